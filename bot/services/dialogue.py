"""The dialogue's gate: every answer passes here, whatever action Rasa chose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.conversation import ConversationState
from bot.core.course import boils_over
from bot.core.turn import Part, Turn
from bot.services.care import (
    answer_complaint,
    answer_grave,
    current_case,
    is_grave,
    likely_complaint,
    take_details,
)
from bot.services.reading import asks_only_for_address, is_troll
from bot.services.requests import call_human
from bot.services.trolls import answer_troll
from bot.services.unclear import answer_attachments, answer_kind

Moment = Callable[[Turn], list[Part]]

_TROLL_INTENTS = frozenset({"troll_insult", "troll_provocation", "spam"})
_IDLE = frozenset({"affirm", "deny", "thanks", "greet", "chitchat", "nlu_fallback", "give_details"})
_FLOOD = 5
_LIKELY = 0.25  # probability from which a complaint behind bad manners is taken at its word


def answer(turn: Turn, moment: Moment) -> list[Part]:
    """The parts of this turn's answer: who is new hears first that a bot is talking; a need is never a troll."""
    parts = [] if turn.is_only_attachments else _answer(turn, moment)
    parts = [*parts, *answer_attachments(turn)]
    if len(turn.dossier.incoming) > _FLOOD:
        parts = [Part("utter_flood"), *parts]
    return _introduced(turn, [*parts, *_relief(turn)])


def _relief(turn: Turn) -> list[Part]:
    """A human who steps in unasked when somebody in need stays angry."""
    if turn.state is not ConversationState.BOT or is_troll(turn):
        return []
    return call_human(turn, "anger") if boils_over((*turn.dossier.memory.course, turn.temperature)) else []


def _answer(turn: Turn, moment: Moment) -> list[Part]:
    unusual = [Part("utter_address")] if asks_only_for_address(turn) else answer_kind(turn)
    if unusual:
        return unusual
    if is_troll(turn):
        return answer_troll(turn)
    turn.remember(troll_turns=0, not_understood=0, pending=None)  # in a row, or not at all
    if is_grave(turn) and not turn.signals.intent.startswith("complaint_"):
        return answer_grave(turn)
    if turn.signals.intent in _TROLL_INTENTS:
        return _need_behind(turn)
    if turn.state is ConversationState.WAITING and turn.signals.intent in _IDLE and not turn.learned:
        return [Part("utter_waiting")]
    return moment(turn)


def _need_behind(turn: Turn) -> list[Part]:
    """The need of somebody who sounded like a troll: their case, their likely complaint, the facts they gave."""
    case = current_case(turn)
    if case is not None and not turn.learned:
        return [Part("utter_still_on_it", {"case_code": case.code})]
    complaint = likely_complaint(turn, at_least=_LIKELY)
    if complaint is not None:
        return answer_complaint(turn, complaint)
    return take_details(turn) if turn.learned else [Part("utter_tell_me_more")]


def _introduced(turn: Turn, parts: Sequence[Part]) -> list[Part]:
    if turn.memory.introduced:
        return list(parts)
    turn.remember(introduced=True)
    if any(part.response == "utter_bot_challenge" for part in parts):
        return list(parts)
    return [Part("utter_intro", {"bot_name": turn.brand.bot_name, "brand": turn.brand.name}), *parts]
