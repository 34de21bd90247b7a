"""Stock Rasa's side of a conversation: its Agent with the stores it has by default."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from benchmarks.child import answering
from bot.brain.quiet import quieten

_FALLBACK = "nlu_fallback"


class StockSide:
    """Rasa's Agent on a model, with its in-memory tracker store and lock store."""

    def __init__(self, model: str) -> None:
        from rasa.core.agent import Agent

        self._loop = asyncio.new_event_loop()
        self._agent = Agent.load(model)
        self.say("warming", "Buongiorno")

    def say(self, conversation: str, text: str) -> dict[str, float]:
        """Say something; the seconds of `Agent.handle_text`."""
        begun = perf_counter()
        answers = self._loop.run_until_complete(self._agent.handle_text(text, sender_id=conversation))
        seconds = perf_counter() - begun
        return {"brain": seconds, "turn": seconds, "answers": len(answers)}

    def understand(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """The best intent of each message; falling back is not held against it."""
        return {"intents": [self._intent(text) for text in texts]}

    def _intent(self, text: str) -> str:
        parsed = self._loop.run_until_complete(self._agent.parse_message(text))
        ranking = [one["name"] for one in parsed["intent_ranking"] if one["name"] != _FALLBACK]
        return str(ranking[0])


def main() -> None:
    """`python -m benchmarks.stock.talk MODEL`."""

    def prepare() -> Any:
        quieten()
        side = StockSide(sys.argv[1])
        return lambda do, **question: getattr(side, do)(**question)

    answering(prepare)


if __name__ == "__main__":
    main()
