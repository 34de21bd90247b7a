"""Our data as a project of stock Rasa."""

from __future__ import annotations

from pathlib import Path

from benchmarks.stock.project import plain_domain, plain_responses, plain_rules, stories

FOUND = [
    (
        Path("care/responses.yml"),
        {"responses": {"utter_ack": [{"text": "Ciao {name}"}, {"text": "Eccomi."}, {"text": "Ti leggo."}]}},
    ),
    (
        Path("care/rules.yml"),
        {
            "rules": [
                {"rule": "care", "steps": [{"intent": "refund"}, {"action": "action_care"}]},
                {"rule": "care again", "steps": [{"intent": "delay"}, {"action": "action_care"}]},
                {"rule": "thanks", "steps": [{"intent": "thanks"}, {"action": "action_thanks"}]},
            ]
        },
    ),
]


def test_actions_become_responses():
    rules = list(plain_rules(FOUND))

    assert [rule["steps"][1] for rule in rules] == [
        {"action": "utter_care"},
        {"action": "utter_care"},
        {"action": "utter_thanks"},
    ]
    assert [rule["steps"][0]["intent"] for rule in rules] == ["refund", "delay", "thanks"]


def test_every_response_is_a_sentence_that_needs_no_values():
    assert plain_responses(FOUND) == {"utter_care": [{"text": "Eccomi."}], "utter_thanks": [{"text": "Ti leggo."}]}


def test_stories_follow_the_rules_and_begin_with_each():
    rules = list(plain_rules(FOUND))
    told = stories(rules)
    answers = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}

    assert {story["steps"][0]["intent"] for story in told} == {"refund", "delay", "thanks"}
    for story in told:
        intents = [step["intent"] for step in story["steps"][::2]]
        assert [step["action"] for step in story["steps"][1::2]] == [answers[intent] for intent in intents]


def test_stories_are_the_same_in_every_run():
    rules = list(plain_rules(FOUND))

    assert stories(rules) == stories(rules)


def test_the_domain_has_no_slots_and_no_actions():
    domain = plain_domain({"intents": ["greet"], "entities": ["date"], "slots": {"tone": {}}, "actions": ["a"]}, {})

    assert (domain["intents"], domain["entities"]) == (["greet"], ["date"])
    assert not {"slots", "actions"} & set(domain)
