"""Our training of the project in the working folder, timed."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.child import answering
from bot.brain.quiet import quieten


def main() -> None:
    """`python -m benchmarks.ours.train`: trains the linear stage each time it is asked."""

    def prepare() -> Any:
        quieten()
        from bot.nlu.training import train_linear

        def train() -> dict[str, float]:
            begun = perf_counter()
            train_linear(Path(), force=True, compare=False)
            return {"seconds": perf_counter() - begun}

        return train

    answering(prepare)


if __name__ == "__main__":
    main()
