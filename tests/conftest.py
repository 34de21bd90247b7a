"""What all tests share: markers for the parts they need, and the trained model in one brain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.brand import Brand
from bot.core.errors import Misconfigured
from bot.models import newest_model
from bot.services.brand_file import load_brand
from tests.parts import NothingSkipped, mark_by_fixture, nothing_may_be_missing

if TYPE_CHECKING:
    from bot.brain.brain import Brain
    from bot.brain.runner import BrainThread

PROJECT = Path(__file__).parents[1]
PATIENCE = 60.0  # seconds a turn may take on a machine that does other things too


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    config.addinivalue_line("markers", "needs_postgres: uses a PostgreSQL server")
    if nothing_may_be_missing():
        config.pluginmanager.register(NothingSkipped())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_by_fixture(items)


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model that counts in this checkout."""
    try:
        return newest_model(PROJECT / "models")
    except Misconfigured as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def brand() -> Brand:
    """A company that does not change when somebody edits brand.yml."""
    return load_brand(PROJECT / "tests" / "brand.yml")


@pytest.fixture(scope="session")
def brain(trained_model: Path, brand: Brand) -> Iterator[Brain]:
    """The trained brain, loaded once; one thread at a time may use it."""
    from bot.brain.quiet import quieten

    quieten()
    import actions
    from bot.brain.brain import Brain
    from bot.nlu.answers import AnswerFinder

    loaded = Brain(trained_model, brand=brand, actions=actions.ALL, answers=AnswerFinder(brand.answers))
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def mind(brain: Brain) -> BrainThread:
    """The trained brain as the service uses it."""
    from bot.brain.runner import BrainThread

    return BrainThread(lambda: brain, timeout=PATIENCE)
