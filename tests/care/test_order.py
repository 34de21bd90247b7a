"""The care score orders conversations as people do: good above middling above PANZA, story by story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.care_score import SINS, CareScore, Transcript, score_care

LEVELS = ("good", "middling", "panza")
FOLDER = Path(__file__).parent / "transcripts"


def stories(level: str) -> dict[str, list[dict[str, Any]]]:
    rows = yaml.safe_load((FOLDER / f"{level}.yml").read_text(encoding="utf-8"))
    assert {row["level"] for row in rows} == {level}
    return {row["story"]: row["messages"] for row in rows}


MESSAGES = {level: stories(level) for level in LEVELS}
SCORES: dict[str, dict[str, CareScore]] = {
    level: {story: score_care(Transcript.of(rows)) for story, rows in told.items()} for level, told in MESSAGES.items()
}
STORIES = sorted(MESSAGES["good"])


def points(level: str, story: str) -> int:
    score = SCORES[level][story].score
    assert score is not None
    return score


def test_there_are_thirty_transcripts_and_more_each_story_told_three_times():
    assert sum(len(told) for told in MESSAGES.values()) >= 30
    assert all(sorted(told) == STORIES for told in MESSAGES.values())


@pytest.mark.parametrize("story", STORIES)
def test_the_three_tellings_begin_with_the_same_words(story: str):
    first = {MESSAGES[level][story][0]["text"] for level in LEVELS}

    assert len(first) == 1


@pytest.mark.parametrize("story", STORIES)
def test_good_is_above_middling_and_middling_above_panza(story: str):
    good, middling, panza = (points(level, story) for level in LEVELS)

    assert good > middling > panza


def test_the_levels_are_apart_not_only_in_order():
    assert min(points("good", story) for story in STORIES) >= 80
    assert max(points("panza", story) for story in STORIES) <= 20
    assert max(points("middling", story) for story in STORIES) < 80


@pytest.mark.parametrize("story", STORIES)
def test_good_care_is_found_free_of_sin_and_panza_is_not(story: str):
    assert SCORES["good"][story].sins == ()
    assert len({sin.name for sin in SCORES["panza"][story].sins}) >= 2


def test_every_sin_is_met_somewhere():
    met = {sin.name for told in SCORES.values() for score in told.values() for sin in score.sins}

    assert met == set(SINS)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("story", STORIES)
def test_all_evidence_quotes_the_message_it_names(level: str, story: str):
    score = SCORES[level][story]
    said = {number: " ".join(row["text"].split()) for number, row in enumerate(MESSAGES[level][story], start=1)}

    for evidence in [one.evidence for one in (*score.steps, *score.sins)]:
        assert evidence.sentence
        assert evidence.message is None or evidence.quote.removesuffix("…") in said[evidence.message]


def test_an_apology_in_fine_words_does_not_lift_a_panza_transcript_above_a_middling_one():
    sugar = "Ci dispiace moltissimo, capiamo perfettamente e la ringraziamo di cuore. "
    for story in STORIES:
        rows = [
            row if row["author"] == "customer" else {**row, "text": sugar + row["text"]}
            for row in MESSAGES["panza"][story]
        ]
        sweetened = score_care(Transcript.of(rows)).score

        assert sweetened is not None
        assert sweetened < points("middling", story), story
