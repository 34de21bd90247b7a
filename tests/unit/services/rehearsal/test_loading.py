from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.errors import Misconfigured
from bot.services.rehearsal.loading import load_scenarios
from bot.services.rehearsal.scenario import Move, Scenario, Script

DAY = timedelta(days=1)


def loaded(text: str) -> Script:
    return load_scenarios(text, source="prova.yml")


def only(text: str) -> Scenario:
    (scenario,) = loaded(text).scenarios
    return scenario


def turns(text: str) -> tuple[Move, ...]:
    """The moves of a scenario whose `turns` are these."""
    lines = "\n".join(f"    {line}" for line in text.strip().splitlines())
    return only(f"- id: a\n  channel: web\n  turns:\n{lines}\n").moves


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, channel: web, turns: [ciao]}",
        "scenarios:\n- {id: a, channel: web, turns: [ciao]}",
        "scenari:\n- {id: a, turns: [ciao]}",
        "{id: a, channel: web, turns: [ciao]}",
        "a: {channel: web, turns: [ciao]}",
        "scenarios: {a: {channel: web, turns: [ciao]}}",
        "---\n- {id: a, turns: [ciao]}\n---\n",
        '[{"id": "a", "channel": "WEB", "turns": [{"text": "ciao"}]}]',
        "- {ID: a, Canale: widget, turni: ciao}",
    ],
)
def test_a_file_may_be_shaped_in_many_ways(text: str):
    assert only(text) == Scenario("a", "web", (Move(("ciao",), "web"),))


def test_several_documents_are_one_script():
    script = loaded("- {id: a, turns: [ciao]}\n---\n- {id: b, turns: [ehi]}\n")

    assert [scenario.id for scenario in script.scenarios] == ["a", "b"]


@pytest.mark.parametrize("key", ["text", "say", "message", "customer", "user", "testo", "Cliente", "content"])
def test_a_text_has_many_names(key: str):
    assert turns(f"- {key}: il pacco non arriva") == (Move(("il pacco non arriva",), "web"),)


@pytest.mark.parametrize(
    "pause",
    [
        "after: 2 days",
        "pause: 2d",
        "wait: P2D",
        "pausa: 2 giorni",
        "delay: {days: 2}",
        "dopo: 48 ore",
        "pause_days: 2",
        "wait_hours: 48",
        "after_days: 2",
        "days: 2",
        "giorni: 2",
    ],
)
def test_a_pause_has_many_names_and_comes_before_the_text(pause: str):
    assert turns(f"- ciao\n- {pause}\n- {{text: allora, {pause}}}") == (
        Move(("ciao",), "web"),
        Move((), "web", 2 * DAY),
        Move(("allora",), "web", 2 * DAY),
    )


def test_a_bare_number_is_minutes_and_is_remarked_upon():
    script = loaded("- {id: a, turns: [ciao, {after: 90}]}")

    assert script.scenarios[0].moves[1].pause == timedelta(minutes=90)
    assert script.warnings == ("prova.yml, scenario a: turn 2: after: 90 is taken as minutes",)


def test_several_messages_in_a_row_are_one_move():
    both = Move(("scusate", "il pacco non arriva"), "web")

    assert turns("- burst: [scusate, il pacco non arriva]") == (both,)
    assert turns("- [scusate, il pacco non arriva]") == (both,)
    assert turns("- messages: [scusate, il pacco non arriva]") == (both,)


def test_what_customers_type_stays_as_it_is():
    assert [move.texts[0] for move in turns("- no\n- 0123\n- 12:30\n- 2026-01-02\n- ~\n- ''")] == [
        "no",
        "0123",
        "12:30",
        "2026-01-02",
        "~",
        "",
    ]


def test_a_channel_with_a_text_counts_for_it_and_alone_from_there_on():
    moves = turns("- ciao\n- {text: ehi, channel: telegram}\n- ancora qui\n- channel: telegram\n- di là")

    assert [move.channel for move in moves] == ["web", "telegram", "web", "telegram"]


def test_an_unknown_channel_is_played_on_the_web_with_a_warning():
    script = loaded("- {id: a, channel: piccione, turns: [ciao]}")

    assert script.scenarios[0].channel == "web"
    assert "piccione" in script.warnings[0]


def test_unknown_keys_are_left_out_with_a_warning():
    script = loaded("- {id: a, mood: happy, turns: [{text: ciao, colour: blue}]}")

    assert [warning.removeprefix("prova.yml, scenario a: ") for warning in script.warnings] == [
        "turn 1: colour means nothing here",
        "mood means nothing here",
    ]


def test_scenarios_without_an_id_or_with_the_same_one_are_told_apart():
    script = loaded("- {turns: [ciao]}\n- {id: a, turns: [ciao]}\n- {id: a, turns: [ciao]}")

    assert [scenario.id for scenario in script.scenarios] == ["scenario-1", "a", "a-2"]
    assert len(script.warnings) == 2


@pytest.mark.parametrize(
    ("written", "starts"),
    [
        ("2026-03-10T09:40", datetime(2026, 3, 10, 9, 40)),  # noqa: DTZ001
        ("2026-03-10 09:40", datetime(2026, 3, 10, 9, 40)),  # noqa: DTZ001
        ("2026-03-10T09:40Z", datetime(2026, 3, 10, 9, 40, tzinfo=timezone.utc)),
    ],
)
def test_the_beginning_is_local_time_unless_it_has_a_zone(written: str, starts: datetime):
    assert only(f"- {{id: a, starts: '{written}', turns: [ciao]}}").starts == starts


def test_expectations_are_read_in_their_shapes():
    scenario = only(
        """
- id: a
  turns: [ciao]
  expect:
    triage: [need, troll]
    cases: []
    facts: {order_number: 01234, amount: [10, 20]}
    promise: true
    handoff: no
    temperature_at_least: 3
    tones: [sober, [sober, warm]]
"""
    )

    assert scenario.expect == {
        "triage": ("need", "troll"),
        "cases": (),
        "facts": {"order_number": ("01234",), "amount": ("10", "20")},
        "promise": True,
        "handoff": False,
        "temperature_at_least": 3,
        "tones": (("sober",), ("sober", "warm")),
    }


def test_an_expectation_nobody_can_judge_is_left_out_with_a_warning():
    script = loaded("- {id: a, turns: [ciao], expect: {happiness: 10}}")

    assert script.scenarios[0].expect == {}
    assert "happiness" in script.warnings[0]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "prova.yml", "no scenario"),
        ("[]", "prova.yml", "no scenario"),
        ("ciao", "prova.yml", "a list of scenarios"),
        ("a: 1", "prova.yml", "a list of scenarios"),
        ("- ciao", "scenario 1", "turns"),
        ("- {id: a\n  turns", "prova.yml", "not YAML"),
        ("- {id: a}", "scenario a", "no turns"),
        ("- {id: a, turns: []}", "scenario a", "no turns"),
        ("- {id: a, turns: [ciao, {colour: blue}]}", "scenario a", "turn 2: there is neither"),
        ("- {id: a, turns: [ciao, {after: soon}]}", "scenario a", "turn 2: .*soon"),
        ("- {id: a, turns: [{text: {deep: down}}]}", "scenario a", "turn 1"),
        ("- {id: a, turns: [{author: bot, text: eccomi}]}", "scenario a", "turn 1: only customers"),
        ("- {id: a, starts: domani, turns: [ciao]}", "scenario a", "domani"),
        ("- {id: a, turns: [ciao], expect: {tones: [angry]}}", "scenario a", "angry"),
        ("- {id: a, turns: [ciao], expect: {promise: maybe}}", "scenario a", "maybe"),
        ("- {id: a, turns: [ciao], expect: [promise]}", "scenario a", "expect"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(text: str, place: str, reason: str):
    with pytest.raises(Misconfigured, match=reason) as caught:
        loaded(text)

    assert place in str(caught.value)
