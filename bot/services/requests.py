"""What customers ask for: where their case stands, a human, an answer, their data."""

from __future__ import annotations

from bot.core.case import Case, CaseState, is_case_code
from bot.core.conversation import ConversationState
from bot.core.turn import Part, Turn
from bot.services import wording
from bot.services.care import current_case, open_case
from bot.services.promises import make_promise, promise_for


def tell_case_status(turn: Turn) -> list[Part]:
    """Where the case stands, from what we know: the code they name, else the case the conversation is about."""
    named = next((fact.value for fact in reversed(turn.learned) if fact.name == "case_code"), None)
    case = turn.cases.get(named) if named else current_case(turn) or _latest(turn)
    if case is not None:
        return _status(turn, case)
    if named is None:
        return [Part("utter_case_status_none")]
    known_shape = "unknown" if is_case_code(named) else "mistyped"
    return [Part(f"utter_case_status_{known_shape}_code", {"case_code": named})]


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


def _latest(turn: Turn) -> Case | None:
    return next(reversed(turn.cases.values()), None)


def _status(turn: Turn, case: Case) -> list[Part]:
    code = {"case_code": case.code}
    if case.state is not CaseState.OPEN:
        return [Part("utter_case_status_solved", code)]
    if turn.state is ConversationState.WAITING:
        return [Part("utter_case_status_waiting_human", code)]
    promise, _ = promise_for(turn, case)
    opened = wording.day(turn, case.opened)
    return [Part("utter_case_status_open", {**code, "opened": opened, "deadline": wording.when(turn, promise.due)})]
