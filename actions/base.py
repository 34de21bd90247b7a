"""What all actions share: find the turn, ask a service, say the parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.standalone import turn_from_tracker
from bot.core.turn import Part, Turn, current_turn
from bot.services.dialogue import Moment, answer
from bot.services.reading import read

Events = list[dict[str, Any]]


def the_turn(tracker: Tracker, domain: dict[str, Any]) -> Turn:
    """The service's turn; under `rasa shell` or `rasa test`, one made from the tracker alone."""
    return current_turn() or turn_from_tracker(tracker, domain)


def say(dispatcher: CollectingDispatcher, parts: Sequence[Part]) -> None:
    """Hand the parts of an answer to Rasa, which words them."""
    for part in parts:
        dispatcher.utter_message(response=part.response, goes_on=part.goes_on, **part.values)


class ReadSignals(Action):
    """Sets the slots that decide how we sound; Rasa calls it for every message, before any other action."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_read_signals"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Read the message and set tone, address and verdict."""
        turn = the_turn(tracker, domain)
        read(turn)
        slots = {"tone": turn.tone, "address": turn.address, "verdict": turn.signals.triage.verdict}
        return [SlotSet(name, value) for name, value in slots.items() if tracker.get_slot(name) != value]


class CareAction(Action):
    """An action that answers one moment of the dialogue; `moment` is the service that knows how."""

    moment: ClassVar[Moment]

    def name(self) -> str:
        """Return the name in domain.yml; subclasses are named after it."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer, and keep what a tracker without our database must remember."""
        turn = the_turn(tracker, domain)
        say(dispatcher, answer(turn, type(self).moment))
        case = next(reversed(turn.changed), None)
        events = [SlotSet("case_code", case)] if case else []
        return events if current_turn() else [*events, SlotSet("memory", turn.memory.as_dict())]
