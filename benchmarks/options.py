"""How much a run does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """How often each thing is done.

    `turns` are those of the brains side by side; `marks` and `stock_marks` the turns of one long conversation that are
    compared with turn 10, our conversation being held `conversations` times; `questions` the held-out messages asked;
    `readers` the messages of each of ten customers who read; `rush` the seconds of one of `rushes` closed loops;
    `worn` the turns before memory is taken; `starts` the cold starts; `messages` those of the console's database;
    `pages` how often each page is asked for; `examples` the share of the training data that stock Rasa gets.
    """

    turns: int = 300
    marks: tuple[int, ...] = (10, 100, 1000)
    stock_marks: tuple[int, ...] = (10, 100, 400)
    conversations: int = 3
    questions: int = 10_000
    readers: int = 60
    rush: float = 20.0
    rushes: int = 3
    worn: int = 500
    starts: int = 3
    messages: int = 1_000_000
    pages: int = 30
    examples: float = 1.0


FULL = Sizes()
QUICK = Sizes(
    turns=20,
    marks=(10, 40),
    stock_marks=(10, 30),
    conversations=1,
    questions=60,
    readers=5,
    rush=3.0,
    rushes=1,
    worn=50,
    starts=1,
    messages=20_000,
    pages=5,
    examples=0.1,
)


@dataclass(frozen=True)
class Options:
    """What was asked for; `stock_minutes` is the most that training stock Rasa may take."""

    sizes: Sizes
    stock: bool
    stock_epochs: int
    stock_minutes: float
