"""The brain's thread: a deadline for every turn, a new brain for a stuck one, another model while turns run."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.brain.runner import BrainThread
from bot.core.errors import Unavailable
from tests.fakes import MONDAY_MORNING, a_dossier

SOON = 0.3  # seconds


class FakeBrain:
    """Answers with its model's name, or does in `decide` what it is told to."""

    def __init__(self, model: str = "first", *, deciding: Callable[[], None] = lambda: None) -> None:
        self.model = model
        self.threads: set[int] = set()
        self._deciding = deciding

    def close(self) -> None:
        self.model = ""

    def parse(self, text: str) -> dict[str, str]:
        return {"text": text}

    def understand(self, dossier: object) -> object:
        return dossier

    def decide(self, dossier: object, heard: object, *, now: object) -> str:
        self.threads.add(threading.get_ident())
        self._deciding()
        return self.model


def think(mind: BrainThread) -> object:
    return mind.think(a_dossier(), now=MONDAY_MORNING)


def test_turns_run_in_one_thread_of_their_own():
    brain = FakeBrain()
    mind = BrainThread(lambda: brain, timeout=5)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: think(mind), range(50))) == {"first"}

    assert len(brain.threads) == 1
    assert threading.get_ident() not in brain.threads


def test_what_goes_wrong_in_the_brain_is_unavailable_and_the_next_turn_works():
    faults = [RuntimeError("broken")]

    def fail_once() -> None:
        if faults:
            raise faults.pop()

    mind = BrainThread(lambda: FakeBrain(deciding=fail_once), timeout=5)

    with pytest.raises(Unavailable, match="brain_failed"):
        think(mind)
    assert think(mind) == "first"
    assert mind.abandoned == 0


def test_a_stuck_turn_is_left_behind_with_its_brain():
    over = threading.Event()
    brains = iter([FakeBrain("stuck", deciding=lambda: over.wait(30) and None), FakeBrain("fresh")])
    mind = BrainThread(lambda: next(brains), timeout=SOON)
    mind.warm()

    with pytest.raises(Unavailable, match="brain_too_slow"):
        think(mind)

    assert think(mind) == "fresh"
    assert mind.abandoned == 1
    over.set()


def test_a_stuck_turn_does_not_keep_the_program_from_ending():
    script = """
import threading, time
from bot.core.errors import Unavailable
from tests.integration.brain.test_runner import FakeBrain, BrainThread, think
mind = BrainThread(lambda: FakeBrain(deciding=lambda: time.sleep(600)), timeout=0.2)
mind.warm()
try:
    think(mind)
except Unavailable:
    print("left behind")
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)

    assert ended.stdout.strip() == "left behind"


def test_who_stood_behind_a_stuck_turn_is_served_by_the_new_brain():
    over = threading.Event()
    brains = iter([FakeBrain("stuck", deciding=lambda: over.wait(30) and None), FakeBrain("fresh")])
    mind = BrainThread(lambda: next(brains), timeout=SOON)
    mind.warm()

    with ThreadPoolExecutor(2) as pool:
        stuck = pool.submit(think, mind)
        time.sleep(SOON / 3)
        behind = pool.submit(think, mind)

        assert isinstance(stuck.exception(10), Unavailable)
        assert behind.result(10) == "fresh"
    over.set()


def test_a_turn_that_waits_for_the_loading_is_late_but_leaves_nobody_behind():
    loaded = threading.Event()
    loads = []

    def load() -> FakeBrain:
        loads.append(1)
        loaded.wait(30)
        return FakeBrain()

    mind = BrainThread(load, timeout=SOON)

    for _ in range(2):
        with pytest.raises(Unavailable, match="brain_too_slow"):
            think(mind)
    loaded.set()

    assert mind.warm() == "first"
    assert think(mind) == "first"
    assert (len(loads), mind.abandoned) == (1, 0)


def test_a_model_that_cannot_be_loaded_is_unavailable():
    def load() -> FakeBrain:
        raise FileNotFoundError("no model")

    with pytest.raises(Unavailable, match="brain_failed"):
        think(BrainThread(load, timeout=5))


def test_another_brain_takes_over_while_turns_run_and_none_is_lost():
    mind = BrainThread(lambda: FakeBrain("old", deciding=lambda: time.sleep(0.002)), timeout=5)
    mind.warm()
    swapped = threading.Event()

    def customer(_: int) -> list[object]:
        answers = []
        while not swapped.is_set():
            answers.append(think(mind))
        return [*answers, think(mind)]

    with ThreadPoolExecutor(4) as pool:
        customers = [pool.submit(customer, number) for number in range(4)]
        time.sleep(0.05)
        assert mind.swap(lambda: FakeBrain("new")) == "new"
        swapped.set()
        answers = [one.result(10) for one in customers]

    for heard in answers:
        assert heard[0] == "old"
        assert heard[-1] == "new"
        assert heard == sorted(heard, reverse=True)  # once new, never old again


def test_a_turn_under_way_finishes_with_the_brain_it_began_with():
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(10)

    mind = BrainThread(lambda: FakeBrain("old", deciding=slow), timeout=10)
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(think, mind)
        begun.wait(10)
        mind.swap(lambda: FakeBrain("new"))
        go_on.set()

        assert turn.result(10) == "old"
    assert think(mind) == "new"


def test_a_new_model_that_cannot_be_loaded_leaves_the_old_brain_in_place():
    mind = BrainThread(FakeBrain, timeout=5)

    def broken() -> FakeBrain:
        raise ValueError("not a model")

    with pytest.raises(ValueError, match="not a model"):
        mind.swap(broken)

    assert think(mind) == "first"
