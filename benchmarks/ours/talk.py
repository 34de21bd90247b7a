"""Our side of a conversation: the whole of a turn with SQLite, and the brain's part of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.child import answering
from bot.app import build_parts, load_mind, open_talk
from bot.core.conversation import Dossier
from bot.core.errors import Unavailable
from bot.core.outcome import Outcome
from bot.core.ports import Mind
from bot.core.signals import Signals
from bot.nlu.interpreter import Interpreter
from bot.services.brand_file import load_brand
from bot.services.talk import Talk
from bot.settings import load_settings
from bot.storage.engine import open_engine
from bot.workshop import load_interpreter


class StopWatch:
    """A mind that notes how long its last thought took, in seconds."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self.seconds = 0.0

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        """Think, and note the time."""
        begun = perf_counter()
        outcome = self._mind.think(dossier, now=now)
        self.seconds = perf_counter() - begun
        return outcome

    def annotate(self, dossier: Dossier) -> Mapping[int, Signals]:
        """Not measured."""
        return self._mind.annotate(dossier)


class OurSide:
    """The service without its network: conversations in one SQLite database, on the model of the working folder."""

    def __init__(self, database: Path) -> None:
        self._settings = load_settings()
        brand = load_brand(self._settings.brand)
        mind = load_mind(self._settings, brand)[0]
        getattr(mind, "warm")()  # noqa: B009 - only the mind that loads a model can be warmed
        self._mind = StopWatch(mind)
        engine = open_engine(f"sqlite:///{database}")
        self._parts = build_parts(self._settings, brand=brand, engine=engine, mind=self._mind)
        self._database = database
        self._talks: dict[str, Talk] = {}

    def say(self, conversation: str, text: str) -> dict[str, float]:
        """Say something; seconds of the whole turn (`turn`: received, answered, stored) and of thinking (`brain`)."""
        talk = self._talks.get(conversation) or self._open(conversation)
        begun = perf_counter()
        outcome = talk.say(text)
        seconds = perf_counter() - begun
        if any("reason" in reply.meta for reply in outcome.replies):
            raise Unavailable("brain_failed", reason="a measured turn")
        return {"turn": seconds, "brain": self._mind.seconds}

    def understand(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """The intents that the service would go by."""
        return {"intents": [parse["intent"]["name"] for parse in self._interpreter.parse_many(texts)]}

    def _open(self, conversation: str) -> Talk:
        talk = open_talk(self._settings, self._database, channel="web", parts=self._parts)
        self._talks[conversation] = talk
        return talk

    @cached_property
    def _interpreter(self) -> Interpreter:
        return load_interpreter(self._settings)


def main() -> None:
    """`python -m benchmarks.ours.talk DATABASE`, in a place for our service."""

    def prepare() -> Any:
        side = OurSide(Path(sys.argv[1]))
        return lambda do, **question: getattr(side, do)(**question)

    answering(prepare)


if __name__ == "__main__":
    main()
