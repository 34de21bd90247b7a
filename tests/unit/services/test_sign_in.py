from datetime import datetime, timedelta

import pytest

from bot.core.errors import Refused
from bot.core.operators import AuditNote, Operator, Role
from bot.services.sign_in import ATTEMPTS, WINDOW, Attempt, TooManyAttempts, sign_in
from tests.fakes import MONDAY_MORNING

MARTA = Operator(1, "marta@example.com", "Marta", Role.ADMIN)
RIGHT = Attempt(" Marta@Example.com", "right", "10.0.0.1")
WRONG = Attempt("marta@example.com", "wrong", "10.0.0.1")


class FakeOperators:
    def __init__(self) -> None:
        self.asked = 0

    def authenticate(self, email: str, password: str) -> Operator | None:
        self.asked += 1
        return MARTA if password == "right" else None


class FakeFailures:
    def __init__(self) -> None:
        self.tries: dict[str, list[datetime]] = {}

    def begin(self, key: str, *, at: datetime, since: datetime, limit: int) -> datetime | None:
        made = [one for one in self.tries.get(key, []) if one > since]
        if len(made) >= limit:
            return made[-limit]
        self.tries[key] = [*made, at]
        return None

    def forget(self, key: str) -> None:
        self.tries.pop(key, None)


class FakeAudit:
    def __init__(self) -> None:
        self.notes: list[AuditNote] = []

    def record(self, note: AuditNote, *, at: datetime) -> None:
        self.notes.append(note)


class Door:
    def __init__(self) -> None:
        self.operators, self.failures, self.audit = FakeOperators(), FakeFailures(), FakeAudit()
        self.now = MONDAY_MORNING

    def knock(self, attempt: Attempt) -> Operator:
        return sign_in(attempt, self.operators, self.failures, self.audit, at=self.now)

    def fail(self, times: int) -> None:
        for _ in range(times):
            with pytest.raises(Refused, match="wrong_credentials"):
                self.knock(WRONG)


def test_the_right_password_lets_in_and_forgets_earlier_mistakes():
    door = Door()
    door.fail(ATTEMPTS - 1)

    assert door.knock(RIGHT) == MARTA
    door.fail(ATTEMPTS)


def test_after_five_mistakes_even_the_right_password_is_not_looked_at():
    door = Door()
    door.fail(ATTEMPTS)
    looked_at = door.operators.asked

    with pytest.raises(TooManyAttempts) as refusal:
        door.knock(RIGHT)

    assert refusal.value.wait == WINDOW
    assert door.operators.asked == looked_at


def test_a_quarter_of_an_hour_later_one_may_try_again():
    door = Door()
    door.fail(ATTEMPTS)
    door.now += WINDOW + timedelta(seconds=1)

    assert door.knock(RIGHT) == MARTA


def test_mistakes_from_one_address_do_not_lock_out_another():
    door = Door()
    door.fail(ATTEMPTS)

    assert door.knock(Attempt(RIGHT.email, RIGHT.password, "10.0.0.2")) == MARTA


def test_every_attempt_is_written_down_without_the_password():
    door = Door()
    door.fail(ATTEMPTS)
    with pytest.raises(TooManyAttempts):
        door.knock(RIGHT)

    assert [note.action for note in door.audit.notes] == ["login_failed"] * ATTEMPTS + ["login_throttled"]
    assert {note.actor for note in door.audit.notes} == {"marta@example.com"}
    assert "wrong" not in repr(door.audit.notes)
