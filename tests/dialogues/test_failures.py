"""Whatever breaks in a turn, the customer hears an honest sentence, a human is asked for, and the next turn works."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import Parts
from bot.core.conversation import ConversationState
from bot.services import care
from tests.dialogues.customer import Answer, Customer

if TYPE_CHECKING:
    from bot.brain.brain import Brain

PROBLEM = "il pacco dell'ordine 48213 per Padova non è mai arrivato"
PATIENCE = 3.0  # seconds


def breaks(*_: object) -> str:
    raise RuntimeError("the code machine is broken")


def assert_honest(answer: Answer) -> None:
    assert answer.honest
    assert len(answer.text) > 20
    assert answer.outcome.state is ConversationState.WAITING
    assert answer.handoff == "brain_failed"
    assert answer.outcome.cases == ()
    assert answer.outcome.promises == ()


def test_a_failing_action_ends_in_honesty_and_a_human(customer: Customer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(care, "new_case_code", breaks)

    assert_honest(customer.says(PROBLEM))


def test_after_a_failing_action_the_next_message_works(customer: Customer, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as broken:
        broken.setattr(care, "new_case_code", breaks)
        customer.says(PROBLEM)

    answer = customer.says(PROBLEM)

    assert not answer.honest
    assert answer.case.category == "complaint_delivery_delay"


def test_a_failure_changes_nothing_of_what_was_known(customer: Customer, monkeypatch: pytest.MonkeyPatch):
    opened = customer.says(PROBLEM)
    with monkeypatch.context() as broken:
        broken.setattr(care, "new_case_code", breaks)
        failed = customer.says("e mi avete addebitato due volte 120 euro sulla carta")

    assert_honest(failed)
    status = customer.says("a che punto è la mia pratica?")
    assert opened.case.code in status.text


def test_two_failures_in_a_row_call_one_human_in_different_words(customer: Customer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(care, "new_case_code", breaks)

    first, second = customer.tells(PROBLEM, PROBLEM)

    assert second.honest
    assert second.handoff is None
    assert first.text != second.text


class Stuck:
    """A brain that never comes to a decision, until the test is over."""

    def __init__(self, brain: Brain, over: threading.Event) -> None:
        self._over = over
        self.model = brain.model
        self.parse = brain.parse
        self.understand = brain.understand

    def decide(self, *_: object, **__: object) -> None:
        self._over.wait(60)


def test_a_brain_that_hangs_ends_in_honesty_and_the_next_message_works(
    assemble: Callable[..., Parts], brain: Brain, database: Path
):
    from bot.brain.runner import BrainThread

    over = threading.Event()
    brains = iter([Stuck(brain, over), brain])
    mind = BrainThread(lambda: next(brains), timeout=PATIENCE)
    mind.warm()
    customer = Customer(assemble(mind), database)

    assert_honest(customer.says(PROBLEM))
    answer = customer.says(PROBLEM)
    over.set()

    assert mind.abandoned == 1
    assert not answer.honest
    assert answer.case.category == "complaint_delivery_delay"
