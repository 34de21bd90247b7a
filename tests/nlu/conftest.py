from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.nlu.interpreter import Interpreter


@pytest.fixture(scope="session")
def interpreter(trained_model: Path) -> Interpreter:
    """The model that counts, ready to parse."""
    from bot.nlu.interpreter import Interpreter

    return Interpreter.load(trained_model)
