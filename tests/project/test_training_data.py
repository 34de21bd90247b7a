"""What the bot is taught and examined on: enough of everything, nothing twice, no exam question in the lessons."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
DOMAIN = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
INTENTS = [name for name in DOMAIN["intents"] if name != "nlu_fallback"]
ENTITIES = set(DOMAIN["entities"])

LEAST, LEAST_OF_HARD_ONES, LEAST_HELD_OUT = 80, 120, 12
HARD = ("complaint_", "troll_")
# two messages are near copies when they share this part of their character 4-grams; very short ones only when equal
TOO_ALIKE = 0.5
SHORT = 12
MENTION = re.compile(r"\[([^\[\]]+)\](?:\((\w+)\)|\{[^{}]*\})")


def examples() -> dict[str, list[str]]:
    """The training messages by intent, with their annotations."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((PROJECT / "nlu_data").rglob("*.yml")):
        for block in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu") or ():
            lines = str(block["examples"]).splitlines()
            found[block["intent"]] += [line.removeprefix("- ").strip() for line in lines if line.strip()]
    return found


def held_out(name: str) -> list[list[str]]:
    lines = (PROJECT / "tests" / "nlu" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


ANNOTATED = examples()
TAUGHT = {intent: [MENTION.sub(r"\1", line) for line in lines] for intent, lines in ANNOTATED.items()}
EXAM = held_out("heldout.tsv")


def grams(text: str) -> set[str]:
    even = " ".join(text.lower().split())
    return {even[at : at + 4] for at in range(max(1, len(even) - 3))}


def alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(intent):
    assert len(TAUGHT[intent]) >= (LEAST_OF_HARD_ONES if intent.startswith(HARD) else LEAST)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_examined(intent):
    assert Counter(row[1] for row in EXAM)[intent] >= LEAST_HELD_OUT


def test_only_intents_of_the_domain_are_taught_and_examined():
    assert set(TAUGHT) == set(INTENTS)
    assert {row[1] for row in EXAM} | {row[1] for row in held_out("letters.tsv")} <= set(INTENTS)


def test_no_message_is_taught_twice_or_under_two_intents():
    seen = Counter(text.casefold() for texts in TAUGHT.values() for text in texts)

    assert [text for text, times in seen.items() if times > 1] == []


def test_no_exam_question_is_in_the_lessons():
    """Nor a near copy of one; otherwise the exam would measure memory."""
    lessons = [(text, grams(text)) for texts in TAUGHT.values() for text in texts]
    places: dict[str, list[int]] = defaultdict(list)
    for at, (_, found) in enumerate(lessons):
        for gram in found:
            places[gram].append(at)
    copies = []
    for question, *_ in EXAM + held_out("letters.tsv"):
        asked = grams(question)
        for at, _ in Counter(at for gram in asked for at in places.get(gram, ())).most_common(40):
            text, found = lessons[at]
            same = text.casefold() == question.casefold()
            if same or (min(len(text), len(question)) >= SHORT and alike(asked, found) >= TOO_ALIKE):
                copies.append((question, text))
    assert copies == []


def test_annotations_name_entities_of_the_domain_and_leave_no_stray_brackets():
    wrong = []
    for lines in ANNOTATED.values():
        for line in lines:
            entities = {match.group(2) for match in MENTION.finditer(line) if match.group(2)}
            if not entities <= ENTITIES or re.search(r"[\[\]{}]", MENTION.sub(r"\1", line)):
                wrong.append(line)
    assert wrong == []


def test_every_kind_of_fact_is_shown_in_the_examples():
    shown = {match.group(2) for lines in ANNOTATED.values() for line in lines for match in MENTION.finditer(line)}

    assert shown >= ENTITIES


def test_held_out_facts_stand_in_their_texts():
    rows = [
        json.loads(line) for line in (PROJECT / "tests/nlu/entities.jsonl").read_text(encoding="utf-8").splitlines()
    ]

    assert len(rows) >= 100
    assert [row for row in rows if any(fact["value"] not in row["text"] for fact in row["entities"])] == []


def test_triage_is_examined_on_as_many_trolls_as_people():
    labels = Counter(row[1] for row in held_out("triage.tsv"))

    assert set(labels) == {"genuine", "troll"}
    assert min(labels.values()) >= 100
