from __future__ import annotations

import pytest

from bot.core.temperature import HeatCues, heat_of, temperature


@pytest.mark.parametrize(
    ("cues", "degrees"),
    [
        (HeatCues(calm=1.0), 0),
        (HeatCues(calm=1.0, politeness=3), 0),
        # joy in capitals is not anger
        (HeatCues(calm=1.0, capitals=1.0, longest_run=3), 0),
        (HeatCues(complaint=1.0), 2),
        (HeatCues(complaint=1.0, politeness=3), 1),
        (HeatCues(complaint=1.0, anger=1), 2),
        (HeatCues(complaint=1.0, anger=2, vulgarity=1), 3),
        (HeatCues(complaint=1.0, anger=2, capitals=1.0, longest_run=4), 4),
        (HeatCues(complaint=1.0, vulgarity=2, insults=2, capitals=1.0, longest_run=3), 4),
    ],
)
def test_the_temperature_rises_from_calm_to_furious(cues: HeatCues, degrees: int):
    assert temperature(cues) == degrees


@pytest.mark.parametrize("cooler", [{"politeness": 3}, {"hedging": 2}, {"laughter": 1}, {"calm": 0.8}])
def test_courtesy_and_hedging_cool(cooler: dict[str, float]):
    assert heat_of(HeatCues(complaint=0.7, anger=1, **cooler)) < heat_of(HeatCues(complaint=0.7, anger=1))


@pytest.mark.parametrize(
    "hotter",
    [
        *({"anger": 1}, {"insults": 1}, {"vulgarity": 1}, {"despair": 1}, {"threats": 1}),
        *({"repetitions": 2}, {"sarcasm": 1.0}, {"capitals": 1.0}, {"longest_run": 4}, {"intensifiers": 3}),
    ],
)
def test_what_heats_adds_up(hotter: dict[str, float]):
    assert heat_of(HeatCues(complaint=0.7, **hotter)) > heat_of(HeatCues(complaint=0.7))


def test_a_name_written_in_capitals_is_no_shouting():
    assert heat_of(HeatCues(capitals=0.35)) == heat_of(HeatCues())
