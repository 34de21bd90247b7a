"""Making promises: only as the brand allows, and always with an hour."""

from __future__ import annotations

from bot.core.case import Case
from bot.core.promise import Promise
from bot.core.turn import Turn
from bot.services import wording


def promise_for(turn: Turn, case: Case) -> tuple[Promise, bool]:
    """The promise that stands for a case, and whether it is new: one case has one promise at a time."""
    standing = turn.owed(case.code)
    if standing is not None:
        return standing, False
    made = make_promise(turn, kind=case.category, case_code=case.code)
    return made, True


def make_promise(turn: Turn, *, kind: str, case_code: str | None) -> Promise:
    """Promise an answer within the opening time that brand.yml grants this kind."""
    rule = turn.brand.promise_rule(kind)
    due = wording.rounded(turn.brand.hours.add_working_time(turn.now, rule.within))
    made = Promise(kind=kind, text=f"utter_promise_{kind}", due=due, made=turn.now, case_code=case_code)
    turn.promise(made, next_update=made.next_update(now=turn.now, lead=rule.lead))
    return made
