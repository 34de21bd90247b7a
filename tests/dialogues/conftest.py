"""The whole bot on its trained model, with a database and a clock of one's own in each conversation."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.app import Parts, build_parts
from bot.core.brand import Brand
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from tests.dialogues.customer import Customer
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from bot.brain.runner import BrainThread


@pytest.fixture(autouse=True)
def _same_choices() -> None:
    """The same variations in every run."""
    random.seed(7)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dialogues") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "dialogue.db"))


@pytest.fixture(scope="session")
def variations() -> dict[str, list[dict[str, Any]]]:
    """Everything the bot may say, by response."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in Path("nlu_data").glob("*/responses.yml")]
    return {name: said for data in files for name, said in data["responses"].items()}


@pytest.fixture
def clock() -> FakeClock:
    """Monday, 10 in the morning in Rome."""
    return FakeClock()


@pytest.fixture
def assemble(database: Path, tmp_path: Path, brand: Brand, clock: FakeClock) -> Iterator[Callable[..., Parts]]:
    """Puts the service together around a brain."""
    engine = open_engine(f"sqlite:///{database}")

    def assembled(mind: BrainThread) -> Parts:
        return build_parts(Settings(state_dir=tmp_path), brand=brand, engine=engine, mind=mind, clock=clock)

    yield assembled
    engine.dispose()


@pytest.fixture
def parts(assemble: Callable[..., Parts], mind: BrainThread) -> Parts:
    return assemble(mind)


@pytest.fixture
def customer(parts: Parts, database: Path) -> Customer:
    """Somebody who has never written before."""
    return Customer(parts, database)


@pytest.fixture
def another(parts: Parts, database: Path) -> Callable[..., Customer]:
    """One more customer of the same company."""
    return lambda **options: Customer(parts, database, **options)
