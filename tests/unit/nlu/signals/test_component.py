from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("rasa")

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.signals.component import SignalReader


def parsed(text: str, ranking: list[tuple[str, float]], *, intent: str | None = None) -> dict[str, Any]:
    rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    message = Message.build(text)
    message.set("intent_ranking", rows, add_to_output=True)
    first = {"name": intent, "confidence": 0.9} if intent else rows[0] if rows else {}
    message.set("intent", first, add_to_output=True)
    SignalReader().process([message])
    return message.as_dict(only_output_properties=True)


def test_every_signal_is_part_of_the_output():
    output = parsed("il pacco non arriva", [("complaint_delivery_delay", 0.9), ("thanks", 0.1)])

    assert {"triage", "temperature", "severity", "threats", "irony", "irony_score"} <= set(output)
    assert output["triage"].keys() == {"verdict", "score", "reasons"}


def test_a_message_without_intents_or_text_is_read_too():
    assert parsed("", [])["triage"]["verdict"] == "need"


def test_the_complaint_behind_ironic_praise_leads_the_ranking():
    ranking = [("praise", 0.6), ("complaint_service_outage", 0.3), ("thanks", 0.1)]

    output = parsed("bravissimi, altri tre giorni senza telefono", ranking)

    assert output["intent"] == {"name": "complaint_service_outage", "confidence": 0.6}
    assert [row["name"] for row in output["intent_ranking"]] == ["complaint_service_outage", "praise", "thanks"]
    assert sum(row["confidence"] for row in output["intent_ranking"]) == pytest.approx(1.0)


def test_sincere_praise_stays_praise():
    ranking = [("praise", 0.8), ("complaint_service_outage", 0.2)]

    assert parsed("complimenti al tecnico, gentilissimo", ranking)["intent"]["name"] == "praise"


def test_an_intent_that_was_not_believed_stays_not_understood():
    ranking = [("praise", 0.1), ("complaint_service_outage", 0.09)]
    text = "bravissimi, altri tre giorni senza telefono"

    output = parsed(text, ranking, intent="nlu_fallback")

    assert output["intent"]["name"] == "nlu_fallback"
