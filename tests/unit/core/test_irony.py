from __future__ import annotations

import pytest

from bot.core.irony import IRONIC, IronyCues, complaint_behind, irony_score

PRAISE_FIRST = [("praise", 0.5), ("complaint_service_outage", 0.3), ("complaint_refund", 0.1), ("thanks", 0.1)]


@pytest.mark.parametrize(
    "cues",
    [
        IronyCues(praise=1, mockery=1, failures=2, complaint_mass=0.4, kind_mass=0.5),
        IronyCues(mockery=2, failures=1, complaint_mass=0.9),
        IronyCues(praise=2, mockery=1, failures=1, laughter=1, complaint_mass=0.6),
    ],
)
def test_praise_of_a_failure_is_ironic(cues: IronyCues):
    assert irony_score(cues) >= IRONIC


@pytest.mark.parametrize(
    "cues",
    [
        IronyCues(),
        IronyCues(praise=2, kind_mass=0.95),
        IronyCues(failures=3, complaint_mass=0.95),
        # the trouble is over: thanks that name it are sincere
        IronyCues(praise=1, failures=1, relief=1, kind_mass=0.9),
    ],
)
def test_plain_praise_and_plain_complaints_are_not(cues: IronyCues):
    assert irony_score(cues) < IRONIC


def test_the_likeliest_complaint_stands_behind_ironic_praise():
    assert complaint_behind(PRAISE_FIRST, 0.8, IronyCues(failures=1)) == "complaint_service_outage"


def test_without_a_complaint_in_the_ranking_the_problem_is_simply_not_solved():
    assert complaint_behind([("thanks", 0.9)], 0.8, IronyCues(failures=1)) == "problem_not_solved"


@pytest.mark.parametrize(
    ("ranking", "irony", "failures"),
    [
        (PRAISE_FIRST, 0.3, 1),  # sincere
        (PRAISE_FIRST, 0.9, 0),  # no failure is named
        ([("complaint_refund", 0.9)], 0.9, 1),  # a complaint already
        ([], 0.9, 1),
    ],
)
def test_nothing_changes_when_it_means_what_it_says(ranking: list[tuple[str, float]], irony: float, failures: int):
    assert complaint_behind(ranking, irony, IronyCues(failures=failures)) is None
