"""Which fine-tuned encoder serves: a pointer file beside the encoders' folders, replaced in one rename."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.core.errors import Misconfigured, Unavailable
from bot.nlu.encoder import EncoderClassifier

POINTER = "current.json"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pointer:
    """`folder` is a name beside the pointer; `weight` (0-1) is the encoder's share in the average."""

    folder: str
    weight: float
    linear_accuracy: float = 0.0
    blend_accuracy: float = 0.0

    @classmethod
    def read(cls, encoders: Path) -> Pointer | None:
        """Return the pointer of an encoders' folder; None when there is none."""
        try:
            return cls(**json.loads((encoders / POINTER).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise Misconfigured(str(encoders / POINTER), f"it is damaged, train again ({error})") from error

    def activate(self, encoders: Path) -> None:
        """Make this the encoder that is loaded next; readers see the old pointer or the new one, never half."""
        fresh = encoders / f".{POINTER}.tmp"
        fresh.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        os.replace(fresh, encoders / POINTER)


def deactivate(encoders: Path) -> None:
    """Serve the linear model alone from the next load on."""
    (encoders / POINTER).unlink(missing_ok=True)


def active_encoder(encoders: Path) -> tuple[EncoderClassifier, float] | None:
    """Load the active encoder and its weight; None when there is none or it cannot run here."""
    try:
        pointer = Pointer.read(encoders)
        return (EncoderClassifier.load(encoders / pointer.folder), pointer.weight) if pointer else None
    except (Unavailable, Misconfigured) as error:
        logger.warning("The fine-tuned encoder is left out, the linear model serves alone: %s", error)
        return None
