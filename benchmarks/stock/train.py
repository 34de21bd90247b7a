"""Stock Rasa's training, timed."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.child import answering
from bot.brain.quiet import quieten


def main() -> None:
    """`python -m benchmarks.stock.train`, in a stock project: trains it each time it is asked."""

    def prepare() -> Any:
        quieten()
        from rasa.model_training import train

        def train_stock() -> dict[str, Any]:
            begun = perf_counter()
            found = train("domain.yml", "config.yml", ["data"], "models", force_training=True, fixed_model_name="stock")
            return {"seconds": perf_counter() - begun, "model": str(Path(found.model or "").name), "code": found.code}

        return train_stock

    answering(prepare)


if __name__ == "__main__":
    main()
