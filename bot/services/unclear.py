"""What is not clear, or not for us: an honest answer, and a human when it happens twice."""

from __future__ import annotations

from bot.core.attachments import names_of
from bot.core.conversation import ConversationState
from bot.core.turn import Part, Turn
from bot.services.care import current_case, sounds_like_a_complaint
from bot.services.smalltalk import HUMAN

_KINDS = {
    "empty": "utter_empty",
    "emoji": "utter_emoji",
    "gibberish": "utter_gibberish",
    "other_language": "utter_other_language",
}
_ANSWERS = frozenset({"affirm", "deny"})


def answer_kind(turn: Turn) -> list[Part]:
    """The answer to what is not a sentence in Italian; nothing when it is one, or a thumb that answers our question."""
    if turn.dossier.memory.pending and turn.signals.kind == "emoji" and turn.signals.intent in _ANSWERS:
        return []
    response = _KINDS.get(turn.signals.kind)
    return [Part(response)] if response else []


def answer_attachments(turn: Turn) -> list[Part]:
    """Say that the files which came are kept, and that we cannot look into them; the case tells that they came."""
    if not turn.attachments:
        return []
    case = current_case(turn)
    if case is not None:
        turn.put(case.with_event("attachments", at=turn.now, note=names_of(turn.attachments)))
    return [Part("utter_attachment_noted")]


def answer_not_understood(turn: Turn) -> list[Part]:
    """Say so honestly; the second time in a row offer a human."""
    missed = turn.dossier.memory.not_understood + 1
    turn.remember(not_understood=missed)
    if missed == 1 and sounds_like_a_complaint(turn):
        return [Part("utter_tell_me_more")]
    if missed == 1 or turn.state is not ConversationState.BOT:
        return [Part("utter_not_understood")]
    turn.remember(pending=HUMAN)
    return [Part("utter_offer_human")]


def answer_out_of_scope(_turn: Turn) -> list[Part]:
    """What a customer care has nothing to do with."""
    return [Part("utter_out_of_scope")]
