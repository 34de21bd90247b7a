from __future__ import annotations

from bot.core.facts import Fact, Facts


def fact(name: str, value: str, message_id: int = 1) -> Fact:
    return Fact(name, value, value, message_id)


def test_a_fact_said_twice_is_known_once_with_its_first_message():
    facts, _ = Facts().learn([fact("order_number", "48213", 1)])

    again, new = facts.learn([fact("order_number", "48213", 7)])

    assert new == ()
    assert [known.message_id for known in again] == [1]


def test_the_fact_said_last_is_the_one_that_counts():
    facts, new = Facts().learn([fact("date", "2026-11-20"), fact("date", "2026-11-21")])

    assert len(new) == 2
    latest = facts.latest("date")
    assert latest is not None
    assert latest.value == "2026-11-21"


def test_a_fact_repeated_later_counts_again_as_the_latest():
    facts, _ = Facts().learn([fact("place", "Padova"), fact("place", "Rovigo"), fact("place", "Padova")])

    latest = facts.latest("place")
    assert latest is not None
    assert latest.value == "Padova"


def test_either_of_two_wanted_facts_will_do():
    facts, _ = Facts().learn([fact("flight_or_train", "AZ1671")])

    assert facts.missing(["order_number|flight_or_train", "date"]) == ("date",)
