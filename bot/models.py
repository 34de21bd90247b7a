"""Where trained models are, and which one counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.core.errors import Misconfigured

_BUILT = "built.json"
_POINTER = Path("encoder") / "current.json"


def newest_model(folder: Path) -> Path:
    """The Rasa model that our training activated, else the one trained last; Misconfigured when there is none."""
    activated = folder / str(_read(folder / _BUILT).get("model", ""))
    if activated.is_file():
        return activated
    found = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise Misconfigured("TEOREMA_MODEL_DIR", f"no trained model in {folder}: run `teorema train`")
    return found[-1]


def model_version(folder: Path) -> str:
    """A name that changes whenever another model or another encoder should be used."""
    return "+".join((newest_model(folder).name, str(_read(folder / _POINTER).get("folder", "linear"))))


def encoder_accuracy(folder: Path) -> float | None:
    """How often both stages together were right when the encoder was activated (0-1); None without an encoder."""
    accuracy: float | None = _read(folder / _POINTER).get("blend_accuracy")
    return accuracy


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
