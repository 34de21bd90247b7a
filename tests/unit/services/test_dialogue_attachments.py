"""A turn to which a customer attached files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.case import Case
from bot.core.conversation import Memory
from bot.core.signals import Triage
from bot.core.turn import Part, Turn
from bot.services.dialogue import answer
from bot.services.reading import read
from tests.fakes import MONDAY_MORNING, a_dossier, a_signal, a_turn

FILE = {"id": "f-1", "name": "divano rotto.jpg", "type": "image/jpeg", "size": 1000}
CASE = Case("T6QYJ5XIA", "complaint_defective_product", MONDAY_MORNING)


def a_turn_with_files(text: str, *files: dict[str, object], kind: str = "text", **changes: object) -> Turn:
    (message,) = a_dossier(text).incoming
    incoming = (replace(message, extra={"attachments": list(files)}),)
    memory = Memory(introduced=True)
    return a_turn(signals=a_signal(kind=kind), **{"incoming": incoming, "memory": memory, **changes})


def moment(_: Turn) -> list[Part]:
    return [Part("utter_thanks")]


def said(turn: Turn) -> list[str]:
    return [part.response for part in answer(turn, moment)]


def test_a_file_without_words_is_not_an_empty_message():
    assert said(a_turn_with_files("", FILE, kind="empty")) == ["utter_attachment_noted"]


def test_a_message_without_words_and_files_is_still_empty():
    assert said(a_turn_with_files("", kind="empty")) == ["utter_empty"]


def test_a_file_beside_words_is_noted_after_their_answer():
    assert said(a_turn_with_files("grazie", FILE)) == ["utter_thanks", "utter_attachment_noted"]


def test_several_files_are_noted_once():
    assert said(a_turn_with_files("grazie", FILE, {**FILE, "id": "f-2"})).count("utter_attachment_noted") == 1


def test_a_file_beside_an_emoji_does_not_hide_the_emoji():
    assert said(a_turn_with_files("😡", FILE, kind="emoji")) == ["utter_emoji", "utter_attachment_noted"]


def test_a_file_without_words_is_never_a_provocation():
    turn = a_turn_with_files("", FILE, kind="empty")
    turn.signals = replace(turn.signals, triage=Triage("troll", 0.1))

    assert said(turn) == ["utter_attachment_noted"]


def test_whoever_begins_with_a_file_still_hears_that_a_bot_is_talking():
    turn = a_turn_with_files("", FILE, kind="empty", memory=Memory())

    assert said(turn) == ["utter_intro", "utter_attachment_noted"]


def test_the_open_case_tells_that_a_file_came():
    turn = a_turn_with_files("", FILE, kind="empty", cases=(CASE,))

    said(turn)

    event = turn.changed[CASE.code].history[-1]
    assert (event.kind, event.note, event.at) == ("attachments", "divano rotto.jpg", turn.now)


@pytest.mark.parametrize(("before", "tone"), [((4,), "sober"), ((4, 0), "warm"), ((), "warm")])
def test_a_file_without_words_does_not_calm_anybody_down(before, tone):
    turn = a_turn_with_files("", FILE, kind="empty", memory=Memory(course=before))

    read(turn)

    assert turn.tone == tone
    assert turn.temperature == (before[-1] if before else 0)


def test_words_beside_a_file_say_how_the_customer_feels():
    turn = a_turn_with_files("grazie", FILE, memory=Memory(course=(4,)))

    assert turn.temperature == 0
