"""The encoder learns in a process of its own, and operators see how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from bot.encoder_training import EncoderTraining

HALF = '{"share": 0.5, "seconds_left": 120}'


@pytest.fixture
def learn() -> Iterator[Callable[[str], EncoderTraining]]:
    """Starts a training whose process runs this Python."""
    started: list[EncoderTraining] = []

    def start(program: str) -> EncoderTraining:
        started.append(EncoderTraining((sys.executable, "-c", program)))
        started[-1].start()
        return started[-1]

    yield start
    for training in started:
        training.stop()


def wait_for(training: EncoderTraining, status: str, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while training.status != status:
        assert time.monotonic() < deadline, training.status
        time.sleep(0.02)


def test_nothing_happens_before_it_starts():
    assert EncoderTraining().status == "off"
    EncoderTraining().stop()


def test_progress_is_told(learn):
    training = learn(f"import time; print('{HALF}', flush=True); time.sleep(60)")

    wait_for(training, "50%, 2 min left")


def test_other_words_are_not_progress(learn):
    training = learn(f"""
print("loading")
print('{HALF}')
print("[1, 2]")
print('{{"share": "much"}}')
import sys; sys.stdout.flush()
import time; time.sleep(60)
""")

    wait_for(training, "50%, 2 min left")


def test_an_end_is_told(learn):
    wait_for(learn("pass"), "finished")


def test_a_failure_is_told(learn):
    wait_for(learn("raise SystemExit(3)"), "ended with code 3")


def test_it_runs_at_the_lowest_priority(learn):
    training = learn("import time; time.sleep(60)")

    assert os.getpriority(os.PRIO_PROCESS, training._process.pid) == 19


def test_stopping_ends_the_process(learn):
    training = learn("import time; print('x', flush=True); time.sleep(60)")

    training.stop()

    assert training._process.poll() is not None
