"""Which sentence is said: allowed by tone and channel, and never twice before all have been said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.sentences import Sentences, variation_id
from bot.brain.session import RasaSession, in_session


def with_tone(tone: str) -> list[dict[str, str]]:
    return [{"type": "slot", "name": "tone", "value": tone}]


RESPONSES = {
    "utter_plain": [{"text": "uno"}, {"text": "due"}, {"text": "tre"}],
    "utter_toned": [
        {"text": "comune"},
        {"text": "sobria", "condition": with_tone("sober")},
        {"text": "ironica", "condition": with_tone("ironic")},
    ],
    "utter_channel": [{"text": "ovunque"}, {"text": "solo qui", "channel": "telegram"}],
    "utter_filled": [{"text": "pratica {case_code}, entro {deadline}"}],
    "utter_about": [{"text": "senza"}, {"text": "per l'ordine{about}"}],
    "utter_only_sober": [{"text": "sobria", "condition": with_tone("sober")}],
}


@pytest.fixture
def session() -> Iterator[RasaSession]:
    with in_session(RasaSession("c-1", None, {})) as session:
        yield session


def first(options: Any) -> Any:
    return options[0]


async def say(response: str, *, tone: str = "warm", channel: str = "web", **values: str) -> str | None:
    tracker = DialogueStateTracker("c-1", [AnySlot("tone", mappings=[{}], initial_value=tone)])
    said = await Sentences(RESPONSES, first).generate(response, tracker, channel, **values)
    return said and said["text"]


async def test_nothing_is_said_twice_before_all_has_been_said(session: RasaSession):
    assert sorted([await say("utter_plain") for _ in range(3)]) == ["due", "tre", "uno"]


async def test_when_all_has_been_said_the_last_one_does_not_come_first(session: RasaSession):
    said = [await say("utter_plain") for _ in range(4)]

    assert said[3] != said[2]


@pytest.mark.parametrize(("tone", "text"), [("sober", "sobria"), ("ironic", "ironica"), ("warm", "comune")])
async def test_the_words_of_a_tone_come_before_the_common_ones(session: RasaSession, tone: str, text: str):
    assert await say("utter_toned", tone=tone) == text


async def test_words_of_another_tone_are_never_said(session: RasaSession):
    assert {await say("utter_toned", tone="warm") for _ in range(4)} == {"comune"}


async def test_a_channel_has_its_own_words(session: RasaSession):
    assert await say("utter_channel", channel="telegram") == "solo qui"
    assert await say("utter_channel", channel="web") == "ovunque"


async def test_placeholders_are_filled(session: RasaSession):
    assert await say("utter_filled", case_code="T6QYJ5XIA", deadline="domani") == "pratica T6QYJ5XIA, entro domani"


async def test_a_known_fact_is_said_rather_than_left_out(session: RasaSession):
    assert await say("utter_about", about=" 48213") == "per l'ordine 48213"
    assert await say("utter_about", about="") == "senza"


async def test_without_words_for_a_tone_nothing_is_said(session: RasaSession):
    assert await say("utter_only_sober", tone="warm") is None


async def test_filling_does_not_change_the_catalogue(session: RasaSession):
    await say("utter_filled", case_code="A", deadline="B")

    assert RESPONSES["utter_filled"] == [{"text": "pratica {case_code}, entro {deadline}"}]


def test_a_variation_is_known_by_its_id_or_else_by_what_it_says():
    assert variation_id({"id": "hello", "text": "ciao"}) == "hello"
    assert variation_id({"text": "ciao"}) == variation_id({"text": "ciao"})
    assert variation_id({"text": "ciao"}) != variation_id({"text": "ciao", "condition": with_tone("sober")})
