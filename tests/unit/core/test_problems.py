from __future__ import annotations

import pytest

from bot.core.problems import distinct_problems

LATE, CHARGE, BROKEN = "complaint_delivery_delay", "complaint_wrong_charge", "complaint_defective_product"


def intents(*heard: tuple[str, float]) -> list[str]:
    return [problem.intent for problem in distinct_problems([(*one, one[0]) for one in heard])]


def test_two_things_that_went_wrong_are_two_problems():
    assert intents((LATE, 0.9), (CHARGE, 0.8)) == [LATE, CHARGE]


def test_one_problem_is_no_list():
    assert intents((LATE, 0.9), ("thanks", 0.9)) == []


def test_a_guess_is_not_a_problem():
    assert intents((LATE, 0.9), (CHARGE, 0.4)) == []


@pytest.mark.parametrize("side", ["complaint_lost_item", "complaint_no_reply", "complaint_broken_promise"])
def test_two_sides_of_one_matter_are_one(side: str):
    assert intents((LATE, 0.9), (side, 0.9)) == []


def test_of_many_the_first_three_are_kept():
    travel = "complaint_travel_disruption"
    assert intents((LATE, 0.9), (CHARGE, 0.9), (BROKEN, 0.9), (travel, 0.9)) == [LATE, CHARGE, BROKEN]


def test_a_problem_told_in_two_parts_keeps_the_words_of_both():
    heard = [(LATE, 0.9, "il pacco manca"), (CHARGE, 0.9, "300 euro in più"), (LATE, 0.8, "ordine 48213")]

    assert distinct_problems(heard)[0].text == "il pacco manca\nordine 48213"
