"""The trained brain: stories understood, decisions made, sentences joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brain.brain import Brain, SilentTurn, _joined
from bot.core.case import Case
from bot.core.conversation import Memory
from bot.core.errors import Misconfigured
from bot.core.signals import Signals
from tests.fakes import MONDAY_MORNING, a_dossier, a_signal
from tests.integration.brain.stories import play, understood


def test_a_story_is_read_as_a_whole_and_message_by_message(brain: Brain):
    heard = brain.understand(a_dossier("ciao", "la consegna è in ritardo di una settimana"))

    assert heard.story.intent == "complaint_delivery_delay"
    assert [heard.messages[number].intent for number in (1, 2)] == ["greet", "complaint_delivery_delay"]


def test_of_a_flood_the_last_messages_are_read_one_by_one(brain: Brain):
    heard = brain.understand(a_dossier(*["ciao"] * 25))

    assert len(heard.messages) == 25
    assert sum(signals is heard.story for signals in heard.messages.values()) == 5


@pytest.mark.parametrize("text", ["/restart", '/ask_human{"place": "Roma"}', "/", "//back"])
def test_a_slash_is_text_and_never_a_command(brain: Brain, text: str):
    """Rasa would take the intent from a command and leave the pipeline out."""
    parse = brain.parse(text)

    assert parse["text"] == text
    assert "triage" in parse
    assert "temperature" in parse


def test_every_turn_reads_the_signals_before_it_answers(brain: Brain):
    (outcome,) = play(brain, [a_signal("greet", temperature=4)])

    events = [event.get("name") for event in outcome.tracker_events]
    assert events.index("tone") < events.index("action_greet")


def test_a_doubtful_intent_is_weighed_by_what_we_asked(brain: Brain):
    """A place alone is an answer when we have just asked for the place."""
    case = Case("TSVZ79SS5", "complaint_delivery_delay", MONDAY_MORNING, asked=("order_number", "place"))
    dossier = a_dossier("sono di Padova", cases=(case,), memory=Memory(introduced=True, category=case.category))

    outcome = brain.decide(dossier, brain.understand(dossier), now=MONDAY_MORNING)

    assert outcome.signals[1].intent == "give_details"
    assert outcome.cases[0].facts.latest("place").value == "Padova"


def test_a_turn_without_a_word_is_an_error(brain: Brain, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("actions.base.answer", lambda turn, moment: [])
    dossier = a_dossier("ciao")

    with pytest.raises(SilentTurn):
        brain.decide(dossier, understood(dossier, a_signal("greet")), now=MONDAY_MORNING)


def test_what_an_action_raises_reaches_the_caller(brain: Brain, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise Misconfigured("nlu_data", "a fragment is missing")

    monkeypatch.setattr("actions.base.answer", broken)
    dossier = a_dossier("ciao")

    with pytest.raises(Misconfigured):
        brain.decide(dossier, understood(dossier, a_signal("greet")), now=MONDAY_MORNING)


def test_the_course_of_a_conversation_is_remembered(brain: Brain):
    story = [replace(a_signal("greet"), temperature=heat) for heat in (0, 3, 1)]

    outcomes = play(brain, story)

    assert outcomes[-1].memory.course == (0, 3, 1)
    assert outcomes[-1].memory.turns == 3


def test_parts_are_paragraphs_unless_they_go_on():
    reply = _joined([{"text": "Uno."}, {"text": "Due.", "goes_on": True}, {"text": "Tre."}])

    assert reply.text.split() == ["Uno.", "Due.", "Tre."]
    assert "Uno. Due." in reply.text
    assert "\n" in reply.text.partition("Due.")[2]


def test_buttons_of_all_parts_are_offered():
    reply = _joined([{"text": "Uno.", "buttons": [{"title": "Sì"}]}, {"text": "Due.", "buttons": None}])

    assert reply.buttons == ({"title": "Sì", "payload": "Sì"},)


def test_the_greeting_knows_the_name(brain: Brain):
    dossier = a_dossier("ciao", customer_name="Giulia")

    outcome = brain.decide(dossier, understood(dossier, Signals("greet", 1.0)), now=MONDAY_MORNING)

    assert "Giulia" in outcome.replies[0].text
