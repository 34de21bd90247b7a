"""Folders to run the service in, so that a benchmark touches neither the database nor the models of the project."""

from __future__ import annotations

import os
from pathlib import Path

from bot.models import newest_model

ROOT = Path(__file__).parent.parent
LINEAR, ENCODER = "linear", "encoder"
_PARTS = ("brand.yml", "domain.yml", "config.yml", "nlu_data")


def kinds_in(models: Path) -> tuple[str, ...]:
    """The stages that can be measured with these models."""
    return (LINEAR, ENCODER) if (models / ENCODER / "current.json").is_file() else (LINEAR,)


def make_place(folder: Path, *, models: Path, kind: str) -> Path:
    """A folder in which the service runs with the newest model, with the encoder or without it."""
    (folder / "models").mkdir(parents=True)
    for name in _PARTS:
        (folder / name).symlink_to(ROOT / name)
    model = newest_model(models)
    (folder / "models" / model.name).symlink_to(model.resolve())
    if kind == ENCODER:
        (folder / "models" / ENCODER).symlink_to((models / ENCODER).resolve())
    return folder


def environment() -> dict[str, str]:
    """The variables of a measured process: the defaults, no waiting for further messages, no training beside it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEOREMA_")}
    spacy = {name: os.environ[name] for name in ("TEOREMA_SPACY_MODEL",) if name in os.environ}
    return {
        **kept,
        **spacy,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "TEOREMA_LISTEN_WINDOW": "0",
        "TEOREMA_ENCODER_TRAINING": "false",
    }
