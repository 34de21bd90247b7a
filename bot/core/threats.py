"""Whether a customer announces the law or the public."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.signals import THREATS

_SURE = 0.5
_SUPPORTS_A_WORD = 0.12


@dataclass(frozen=True)
class ThreatCues:
    """`legal` and `public` count announcements, `*_words` mere mentions, `*_mass` are probabilities (0-1)."""

    legal: int = 0
    legal_words: int = 0
    legal_mass: float = 0.0
    public: int = 0
    public_words: int = 0
    public_mass: float = 0.0
    kind_mass: float = 0.0


def threats(cues: ThreatCues) -> tuple[str, ...]:
    """The threats of a message in the order of `THREATS`.

    An announcement is one by itself, a mere mention only if the intent supports it, the intent alone if it is sure.
    Nobody threatens in a message that is probably kind (`kind_mass`: praise, thanks).
    """
    heard = {
        "legal": _heard(cues.legal, cues.legal_words, cues.legal_mass, cues.kind_mass),
        "public": _heard(cues.public, cues.public_words, cues.public_mass, cues.kind_mass),
    }
    return tuple(name for name in THREATS if heard[name])


def _heard(announced: int, mentioned: int, mass: float, kind: float) -> bool:
    if mass >= _SURE:
        return True
    if kind >= _SURE:
        return False
    return announced > 0 or (mentioned > 0 and mass >= _SUPPORTS_A_WORD)
