from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.core.brand import PromiseRule
from bot.core.promise import Promise
from bot.services.promises import make_promise, promise_for
from tests.fakes import MONDAY_MORNING, a_brand, a_case, a_turn

FRIDAY_EVENING = datetime(2026, 11, 27, 16, 20, tzinfo=timezone.utc)


def test_a_promise_falls_due_after_so_much_opening_time():
    promise = make_promise(a_turn(), kind="complaint_refund", case_code="TSVZ79SS5")

    assert promise.due - promise.made == timedelta(hours=4)
    assert (promise.kind, promise.case_code, promise.author) == ("complaint_refund", "TSVZ79SS5", "bot")


def test_the_night_and_the_weekend_do_not_count():
    turn = a_turn()
    turn.now = FRIDAY_EVENING

    promise = make_promise(turn, kind="complaint_refund", case_code=None)

    assert promise.due == datetime(2026, 11, 30, 11, 30, tzinfo=timezone.utc)


def test_nobody_promises_an_answer_at_an_odd_minute():
    turn = a_turn()
    turn.now = MONDAY_MORNING + timedelta(minutes=7, seconds=12)

    promise = make_promise(turn, kind="complaint_refund", case_code=None)

    assert promise.due == MONDAY_MORNING + timedelta(hours=4, minutes=30)


def test_the_customer_hears_from_us_before_the_deadline():
    turn = a_turn()

    promise = make_promise(turn, kind="complaint_refund", case_code=None)

    assert turn.promises == [(promise, promise.due - timedelta(hours=1))]


def test_a_lead_longer_than_the_promise_means_at_once():
    turn = a_turn(brand=a_brand(promises={"default": PromiseRule(timedelta(hours=1), timedelta(days=2))}))

    make_promise(turn, kind="complaint_refund", case_code=None)

    assert turn.promises[0][1] == MONDAY_MORNING


def test_a_kind_has_its_own_rule():
    rules = {**a_brand().promises, "complaint_refund": PromiseRule(timedelta(hours=1), timedelta(minutes=30))}

    promise = make_promise(a_turn(brand=a_brand(promises=rules)), kind="complaint_refund", case_code=None)

    assert promise.due - promise.made == timedelta(hours=1)


def test_one_case_has_one_promise_at_a_time():
    turn = a_turn()

    first, again = promise_for(turn, a_case()), promise_for(turn, a_case())

    assert (first[1], again[1]) == (True, False)
    assert first[0] is again[0]


@pytest.mark.parametrize("other", ["TKVQ97QR6", None])
def test_the_promise_of_another_case_does_not_count(other: str | None):
    standing = Promise("complaint_refund", "", MONDAY_MORNING + timedelta(hours=1), MONDAY_MORNING, other)

    _, new = promise_for(a_turn(promises=(standing,)), a_case())

    assert new


def test_a_promise_that_was_kept_does_not_stand():
    kept = Promise("complaint_refund", "", MONDAY_MORNING + timedelta(hours=1), MONDAY_MORNING, a_case().code)
    kept = replace(kept, state=type(kept.state).KEPT)

    _, new = promise_for(a_turn(promises=(kept,)), a_case())

    assert new
