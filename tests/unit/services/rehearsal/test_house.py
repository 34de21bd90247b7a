from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.record import Record
from bot.services.rehearsal.clock import SimulatedClock, beginning_of
from bot.services.rehearsal.house import BREATH, House
from bot.services.rehearsal.stage import Patience
from tests.fakes import MONDAY_MORNING, ROME, a_brand
from tests.rehearsing import FakeLine, a_scenario, heard

HOUR = timedelta(hours=1)
QUICK = Patience(longest=0.05, look=0.001, settle=0.0, silence=0.0)


class FakeBackstage:
    """Words owed at these instants; customers who were joined."""

    def __init__(self, clock: SimulatedClock, *owed: datetime) -> None:
        self._clock = clock
        self.owed = list(owed)
        self.spoken: list[datetime] = []
        self.joined: list[tuple[str, str]] = []
        self.stuck = False

    def record(self, public_id: str) -> Record | None:
        return Record((heard(public_id),))

    def next_word(self, *, by: datetime) -> datetime | None:
        return min((at for at in self.owed if at <= by), default=None)

    def join(self, public_id: str, other: str) -> None:
        self.joined.append((public_id, other))

    def keep(self) -> int:
        due = [] if self.stuck else [at for at in self.owed if at <= self._clock.now()]
        self.owed = [at for at in self.owed if at not in due]
        self.spoken += [self._clock.now()] * len(due)
        return len(due)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(MONDAY_MORNING)


def a_house(clock: SimulatedClock, backstage: FakeBackstage) -> House:
    return House(
        open_line=lambda channel: FakeLine(conversation=channel),
        backstage=backstage,
        keep=backstage.keep,
        clock=clock,
        patience=QUICK,
    )


def test_each_word_is_said_at_its_instant_while_time_passes(clock: SimulatedClock):
    owed = [MONDAY_MORNING + 5 * HOUR, MONDAY_MORNING + 3 * HOUR, MONDAY_MORNING + 90 * HOUR]
    backstage = FakeBackstage(clock, *owed)
    house = a_house(clock, backstage)

    house.pass_time(48 * HOUR)

    assert backstage.spoken == [MONDAY_MORNING + 3 * HOUR, MONDAY_MORNING + 5 * HOUR]
    assert house.now() == MONDAY_MORNING + 48 * HOUR


def test_a_word_that_nobody_says_does_not_stop_the_clock(clock: SimulatedClock):
    backstage = FakeBackstage(clock, MONDAY_MORNING + HOUR)
    backstage.stuck = True
    house = a_house(clock, backstage)

    house.pass_time(2 * HOUR)

    assert house.now() == MONDAY_MORNING + 2 * HOUR


def test_a_customer_on_two_channels_is_one_customer(clock: SimulatedClock):
    backstage = FakeBackstage(clock)
    house = a_house(clock, backstage)

    for channel in ("telegram", "web", "telegram"):
        house.say(["ciao"], channel=channel)

    assert backstage.joined == [("telegram", "web")]
    assert [message.text for message in house.record().messages] == ["telegram"]


def test_a_customer_takes_a_breath_between_two_messages(clock: SimulatedClock):
    house = a_house(clock, FakeBackstage(clock))

    house.say(["ciao"], channel="web")
    house.say(["ehi"], channel="web")

    assert house.now() == MONDAY_MORNING + BREATH


def test_before_the_first_word_there_is_nothing_to_record(clock: SimulatedClock):
    assert a_house(clock, FakeBackstage(clock)).record() == Record(())


def test_the_simulated_clock_never_runs_backwards(clock: SimulatedClock):
    clock.move_to(MONDAY_MORNING - HOUR)

    assert clock.now() == MONDAY_MORNING


@pytest.mark.parametrize(
    "starts",
    [
        datetime(2026, 3, 10, 9, 40),  # noqa: DTZ001
        datetime(2026, 3, 10, 8, 40, tzinfo=timezone.utc),
    ],
)
def test_a_scenario_begins_when_it_says_in_the_companys_time(starts: datetime):
    begins = beginning_of(a_scenario(starts=starts), a_brand().hours)

    assert begins == datetime(2026, 3, 10, 8, 40, tzinfo=timezone.utc)


def test_a_scenario_that_does_not_say_begins_at_ten_of_a_day_on_which_people_work():
    begins = beginning_of(a_scenario(), a_brand().hours)

    assert begins.astimezone(ROME).hour == 10
    assert a_brand().hours.is_open(begins)
    assert begins.astimezone(ROME).date() >= datetime.now(ROME).date()
