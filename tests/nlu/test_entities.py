"""How well facts are found in held-out messages: precision and recall by kind, a mention counting when words overlap.

The rules are measured on their own; products, places, people and companies with the model that was trained last.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.nlu.entities.mention import Passage
from bot.nlu.entities.rules import find_facts, settle

ROWS = [json.loads(line) for line in (Path(__file__).parent / "entities.jsonl").read_text("utf-8").splitlines()]
NLU_DATA = Path(__file__).parents[2] / "nlu_data"
NOW = datetime(2026, 11, 21, 15, tzinfo=ZoneInfo("Europe/Rome"))
STRUCTURED = {
    "case_code": (0.95, 0.95), "order_number": (0.70, 0.85), "amount": (0.90, 0.80), "date": (0.90, 0.90),
    "time": (0.95, 0.90), "phone": (0.95, 0.95), "email": (0.95, 0.95), "iban": (1.0, 1.0), "tax_code": (1.0, 1.0),
    "flight_or_train": (0.95, 0.95),
}  # fmt: skip
NAMES = {"product": (0.65, 0.80), "place": (0.90, 0.85), "person": (0.90, 0.65), "company": (0.80, 0.70)}

Pairs = list[tuple[str, str]]


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def precision_and_recall(find: Callable[[str], Iterable[tuple[str, str]]]) -> dict[str, tuple[float, float]]:
    """For each kind of fact: the share of what was found that is right, and of what is there that was found."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for row in ROWS:
        left = [(kind, plain(text)) for kind, text in find(row["text"])]
        found.update(kind for kind, _ in left)
        for gold in row["entities"]:
            kind, text = gold["entity"], plain(gold["value"])
            wanted[kind] += 1
            hit = next((one for one in left if one[0] == kind and (one[1] in text or text in one[1])), None)
            if hit:
                left.remove(hit)
                right[kind] += 1
    return {kind: (right[kind] / max(1, found[kind]), right[kind] / wanted[kind]) for kind in wanted}


NO_PRODUCTS = frozenset(
    "pacco pacchi treno furgone bonifico account pullman segreteria bolletta bollette volantino navetta hotel".split()
)


def test_shipments_documents_and_transport_are_never_annotated_as_products():
    """A product is what a customer buys, rents, subscribes to or has repaired; else every second message has one."""
    examples = (path.read_text("utf-8") for path in sorted(NLU_DATA.rglob("*.yml")))
    called = [found.lower() for text in examples for found in re.findall(r"\[([^\]]+)\]\(product\)", text)]

    assert not NO_PRODUCTS.intersection(called)


@pytest.fixture(scope="module")
def by_rules() -> dict[str, tuple[float, float]]:
    def find(text: str) -> Pairs:
        passage = Passage.of(text, NOW)
        return [(one.entity, text[one.start : one.end]) for one in settle(passage, find_facts(passage))]

    return precision_and_recall(find)


@pytest.fixture(scope="module")
def by_model(interpreter) -> dict[str, tuple[float, float]]:
    return precision_and_recall(
        lambda text: [(one["entity"], text[one["start"] : one["end"]]) for one in interpreter.parse(text)["entities"]]
    )


@pytest.mark.parametrize(("kind", "floors"), STRUCTURED.items())
def test_rules_find_structured_facts(by_rules, kind, floors):
    precision, recall = by_rules[kind]
    assert precision >= floors[0]
    assert recall >= floors[1]


@pytest.mark.parametrize(
    "piece", ["1 ", "a.", "€1 ", "il 1 ", "dal 3 al ", "ordine n. ", "1 e 1 ", "it60 x", "333 ", "a punto a ", "@"]
)
def test_a_hundred_thousand_hostile_characters_are_read_in_linear_time(piece):
    passage = Passage.of((piece * 100_000)[:100_000], NOW)
    started = time.process_time()

    settle(passage, find_facts(passage))

    assert time.process_time() - started < 15


@pytest.mark.needs_model
@pytest.mark.parametrize(("kind", "floors"), NAMES.items())
def test_the_model_finds_names(by_model, kind, floors):
    precision, recall = by_model[kind]
    assert precision >= floors[0]
    assert recall >= floors[1]
