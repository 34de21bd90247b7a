"""What customers ask for: where their case stands, a human, an answer, their data."""

from __future__ import annotations

from bot.core.case import Case, CaseState, is_case_code
from bot.core.conversation import ConversationState
from bot.core.facts import Fact, Facts
from bot.core.turn import Part, Turn
from bot.services import wording
from bot.services.back_office import SEARCH, near_day, order_news
from bot.services.care import answer_complaint, current_case, likely_complaint, open_case
from bot.services.promises import make_promise, promise_for

_A_STORY, _IN_A_STORY = 8, 0.05  # words, and the probability that is enough in a message of so many
_A_COMPLAINT = 0.1
"""Probability from which, in fewer words, a question about an unknown order is answered as a complaint about it."""
_TOLD = frozenset({"facts", "attachments", "reopened", SEARCH})
"""The events of a case that a customer wants to hear of; the others are ours."""
_OUR_FAULT = {
    "utter_order_late": "complaint_delivery_delay",
    "utter_order_appointment_missed": "complaint_missed_appointment",
}
"""The news that nobody needs to complain about: the case is opened when it is told, of this category."""


def tell_case_status(turn: Turn) -> list[Part]:
    """Where the case stands, from what we know: the code they name, else the case the conversation is about.

    Who asks about an order that no case of theirs is about hears the news of that order.
    """
    code, order = _named_now(turn, "case_code"), _named_now(turn, "order_number")
    if code is not None:
        return _status_by_code(turn, code.value)
    case = _case_of_order(turn, order) if order else _case_spoken_of(turn)
    if case is not None:
        return _status(turn, case)
    news = order_news(turn, turn.facts)
    if news:
        return [*news, *_put_right(turn, news[0])]
    case = _case_spoken_of(turn)
    if case is not None:
        return _status(turn, case, with_news=False)
    enough = _IN_A_STORY if len(turn.text.split()) >= _A_STORY else _A_COMPLAINT
    complaint = likely_complaint(turn, at_least=enough) if order else None
    return answer_complaint(turn, complaint) if complaint else [Part("utter_case_status_none")]


def call_human(turn: Turn, reason: str = "asked") -> list[Part]:
    """Put the conversation in the operators' queue and say honestly when somebody is there."""
    if turn.state is not ConversationState.BOT:
        return [Part("utter_human_already")]
    turn.ask_for_human(reason)
    turn.remember(pending=None)
    hours = turn.brand.hours
    if hours.is_open(turn.now):
        return [Part("utter_human_open")]
    return [Part("utter_human_closed", {"opening": wording.when(turn, hours.next_opening(turn.now))})]


def answer_question(turn: Turn) -> list[Part]:
    """What the company says about itself, if it is there; else an honest promise that a human will answer."""
    found = turn.answers.best(turn.text)
    if found is not None:
        return [Part("utter_information", {"answer": found})]
    case = turn.case_for("ask_information")
    if case is None:
        case = open_case(turn, "ask_information")
    turn.put(case)
    promise, _ = promise_for(turn, case)
    return [Part("utter_information_unknown", {"deadline": wording.when(turn, promise.due)})]


def take_privacy_request(turn: Turn) -> list[Part]:
    """A request about personal data is a case of its own, with a deadline, and a human handles it."""
    case = turn.case_for("privacy_request") or open_case(turn, "privacy_request")
    turn.put(case.with_facts(turn.learned, at=turn.now))
    promise = turn.owed(case.code) or make_promise(turn, kind="privacy_request", case_code=case.code)
    values = {"case_code": case.code, "deadline": wording.when(turn, promise.due)}
    return [Part("utter_privacy", values)]


def _named_now(turn: Turn, name: str) -> Fact | None:
    """The fact of this name that the customer gave in this turn, the last of several."""
    return next((fact for fact in reversed(turn.learned) if fact.name == name), None)


def _status_by_code(turn: Turn, code: str) -> list[Part]:
    case = turn.cases.get(code)
    if case is not None:
        return _status(turn, case)
    known_shape = "unknown" if is_case_code(code) else "mistyped"
    return [Part(f"utter_case_status_{known_shape}_code", {"case_code": code})]


def _put_right(turn: Turn, news: Part) -> list[Part]:
    """When the news is our fault: an apology, a case and a promise, before anybody has to ask for them."""
    category = _OUR_FAULT.get(news.response)
    if category is None:
        return []
    case = open_case(turn, category)
    turn.put(case)
    turn.remember(category=category)
    promise, _ = promise_for(turn, case)
    return [
        Part("utter_apology", goes_on=True),
        Part("utter_case_opened", {"case_code": case.code}),
        Part(f"utter_promise_{category}", {"deadline": wording.when(turn, promise.due)}),
    ]


def _case_of_order(turn: Turn, order: Fact) -> Case | None:
    """The case about this order, the one touched last."""
    return next((case for case in reversed(turn.cases.values()) if order.key in {one.key for one in case.facts}), None)


def _case_spoken_of(turn: Turn) -> Case | None:
    return current_case(turn) or next(reversed(turn.cases.values()), None)


def _status(turn: Turn, case: Case, *, with_news: bool = True) -> list[Part]:
    """The news of its order, where it stands, what has been done."""
    code = {"case_code": case.code}
    if case.state is not CaseState.OPEN:
        return [Part("utter_case_status_solved", code)]
    news = order_news(turn, _facts_of(turn, case), case.category, told=case.opened) if with_news else []
    if turn.state is ConversationState.WAITING:
        standing = turn.owed(case.code)
        due = [Part("utter_promise_standing", {"deadline": wording.when(turn, standing.due)})] if standing else []
        return [*news, Part("utter_case_status_waiting_human", code), *due]
    promise, _ = promise_for(turn, case)
    opened = wording.day(turn, case.opened)
    status = Part("utter_case_status_open", {**code, "opened": opened, "deadline": wording.when(turn, promise.due)})
    return [*news, status, *_done(turn, case)]


def _facts_of(turn: Turn, case: Case) -> Facts:
    """What the case knows, and the conversation where the case knows nothing."""
    known, _ = turn.facts.learn(case.facts)
    return known


def _done(turn: Turn, case: Case) -> list[Part]:
    """What has been done since the case was opened, each kind of thing once, the latest time."""
    told = (event for event in case.history if event.kind in _TOLD)
    since = [event for event in told if event.at > case.opened or event.kind == SEARCH]
    latest = {event.kind: event.at.astimezone(turn.brand.hours.zone).date() for event in since}
    steps = [turn.phrases(f"utter_part_done_{kind}", day=near_day(turn, day)) for kind, day in latest.items()]
    return [Part("utter_status_done", {"done": wording.listed(turn, steps)}, goes_on=True)] if steps else []
