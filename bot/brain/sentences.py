"""Choosing the sentence: Rasa's conditions and channels decide which may be said, we never say one twice."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.session import current_session
from bot.core.address import TU

Variation = dict[str, Any]
Responses = Mapping[str, Sequence[Variation]]


def variation_id(variation: Mapping[str, Any]) -> str:
    """The variation's own `id`, else a short digest of what it says and when."""
    own = variation.get("id")
    return str(own) if own else hashlib.sha256(json.dumps(variation, sort_keys=True).encode()).hexdigest()[:10]


class Sentences(TemplatedNaturalLanguageGenerator):
    """Rasa's templated generator that repeats a variation only after all that may be said have been."""

    def __init__(self, responses: Responses, choose: Callable[[Sequence[Variation]], Variation]) -> None:
        super().__init__(responses)
        self._filter = ResponseVariationFilter(responses)
        self._choose = choose

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Variation | None:
        """A filled variation of the response, or None when there is none for this tone and channel."""
        slots = tracker.current_slot_values()
        eligible = self._filter.responses_for_utter_action(utter_action, output_channel, slots)
        if not eligible:
            return None
        eligible = _addressed(eligible, str(slots.get("address") or TU))
        chosen = copy.deepcopy(self._fresh(utter_action, _telling(eligible, kwargs)))
        return self._fill_response(chosen, slots, **kwargs)

    def _fresh(self, response: str, eligible: Sequence[Variation]) -> Variation:
        session = current_session()
        used = session.used.get(response, ())
        fresh = [variation for variation in eligible if variation_id(variation) not in used]
        if not fresh:
            ids = {variation_id(variation) for variation in eligible}
            last, used = used[-1], tuple(name for name in used if name not in ids)
            fresh = [variation for variation in eligible if variation_id(variation) != last] or list(eligible)
        chosen = self._choose(fresh)
        session.note_use(response, (*used, variation_id(chosen)))
        return chosen


def _addressed(eligible: Sequence[Variation], address: str) -> Sequence[Variation]:
    """The variations in this address; among them those written for the present tone, if there are any.

    Rasa lets every variation through whose conditions hold, so one in tu for an angry customer would pass beside one in
    lei for anybody.
    """
    spoken = [variation for variation in eligible if variation_address(variation) == address] or list(eligible)
    toned = [variation for variation in spoken if "tone" in _conditions(variation)]
    return toned or spoken


def variation_address(variation: Mapping[str, Any]) -> str:
    """Whether a variation says tu or lei: tu unless its conditions say otherwise."""
    return str(_conditions(variation).get("address", TU))


def _conditions(variation: Mapping[str, Any]) -> dict[str, Any]:
    return {str(row["name"]): row["value"] for row in variation.get("condition") or ()}


def _telling(eligible: Sequence[Variation], values: Mapping[str, Any]) -> Sequence[Variation]:
    """The variations that say every fact there is to say; all of them when none does."""
    facts = ["{" + name + "}" for name, value in values.items() if isinstance(value, str) and value.strip()]
    telling = [variation for variation in eligible if all(fact in str(variation.get("text")) for fact in facts)]
    return telling or eligible
