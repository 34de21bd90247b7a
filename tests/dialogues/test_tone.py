"""A smile where a smile helps, none where somebody is angry."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.dialogues.customer import Answer, Customer

FURIOUS = [
    "È LA TERZA VOLTA CHE IL TECNICO NON SI PRESENTA, ordine 48213!!!",
    "VERGOGNATEVI!!! IL PACCO 48213 NON È MAI ARRIVATO E NESSUNO RISPONDE",
    "SONO FURIOSO!!! MI AVETE ADDEBITATO DUE VOLTE 300 EURO, LADRI",
]


@pytest.mark.parametrize("text", FURIOUS)
def test_whoever_is_furious_is_answered_soberly(customer: Customer, text: str):
    answer = customer.says(text)

    assert answer.outcome.temperature >= 3
    assert not any(unicodedata.category(character) == "So" for character in answer.text)
    assert "!" not in answer.text
    assert answer.case.category.startswith("complaint_")


def test_after_anger_nothing_is_ironic(customer: Customer, variations):
    customer.says(FURIOUS[0])

    assert not ironic(customer.says("ciao"), variations)


def test_whoever_is_calm_gets_irony(customer: Customer, variations):
    assert any(ironic(customer.says(text), variations) for text in ("ciao", "ciao ciao", "salve"))


def ironic(answer: Answer, variations: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether anything in this answer is said in an ironic variation."""
    condition = {"type": "slot", "name": "tone", "value": "ironic"}
    return any(
        condition in variation.get("condition", []) and variation["text"] in answer.text
        for response in answer.responses
        for variation in variations[response]
    )
