"""Greetings, thanks, praise, chatter, yes and no: a pleasure, and never in the way of an open problem."""

from __future__ import annotations

from bot.core.turn import Part, Turn
from bot.services import wording
from bot.services.care import current_case, take_details
from bot.services.requests import call_human

HUMAN = "human"
_A_MATTER = frozenset({"order_number", "case_code", "flight_or_train"})


def greet(turn: Turn) -> list[Part]:
    """A greeting, by name when we know it; a number that comes with it is taken as what it is about."""
    if any(fact.name in _A_MATTER for fact in turn.learned):
        return take_details(turn)
    name = turn.dossier.customer_name
    return [Part("utter_greet_name", {"name": name})] if name else [Part("utter_greet")]


def say_goodbye(turn: Turn) -> list[Part]:
    """A goodbye that does not forget what stands open."""
    case, deadline = _standing(turn)
    if case and deadline:
        return [Part("utter_goodbye_open_case", {"case_code": case, "deadline": deadline})]
    return [Part("utter_goodbye")]


def take_thanks(turn: Turn) -> list[Part]:
    """Thanks are answered; with a promise open, by remembering it. Thanks for an offer mean yes."""
    if turn.dossier.memory.pending == HUMAN:
        return call_human(turn)
    _, deadline = _standing(turn)
    return [Part("utter_thanks_open_case", {"deadline": deadline})] if deadline else [Part("utter_thanks")]


def take_praise(_turn: Turn) -> list[Part]:
    """Praise is shared joy."""
    return [Part("utter_praise")]


def chat(_turn: Turn) -> list[Part]:
    """One line of play that leaves the door open."""
    return [Part("utter_chitchat")]


def admit_bot(turn: Turn) -> list[Part]:
    """The truth: it is a bot."""
    return [Part("utter_bot_challenge", {"bot_name": turn.brand.bot_name})]


def take_yes(turn: Turn) -> list[Part]:
    """Yes to what we asked in the turn before, if we asked anything."""
    return call_human(turn) if turn.dossier.memory.pending == HUMAN else [Part("utter_affirm")]


def take_no(turn: Turn) -> list[Part]:
    """No to what we asked in the turn before, if we asked anything."""
    return [Part("utter_deny_human" if turn.dossier.memory.pending == HUMAN else "utter_deny")]


def _standing(turn: Turn) -> tuple[str | None, str | None]:
    case = current_case(turn)
    promise = turn.owed(case.code) if case else None
    return (case.code if case else None), (wording.when(turn, promise.due) if promise else None)
