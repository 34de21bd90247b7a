"""One spelling for what people type in many: the text that classifiers read, and what was seen on the way."""

from __future__ import annotations

from dataclasses import dataclass

from bot.nlu.italian.clean import EMOJI, clean, plain_letters, strip_invisible, strip_markup, tidy
from bot.nlu.italian.spelling import count_stretched, shorten_marks, spell_text

_LONGEST = 20_000


@dataclass(frozen=True)
class Seen:
    """How a message was typed, before normalisation evened it out.

    `caps_ratio` is the share of capitals among its letters (0-1); the others are counts; `emoji` in their order.
    """

    caps_ratio: float = 0.0
    letters: int = 0
    exclamations: int = 0
    questions: int = 0
    stretched: int = 0
    emoji: tuple[str, ...] = ()


@dataclass(frozen=True)
class Normalised:
    """A message in one spelling: `text` is lower case and written in full, `clean` only lacks markup and the unseen."""

    text: str
    clean: str
    seen: Seen


def normalise(text: str) -> Normalised:
    """Normalise a message; characters after the first 20,000 are ignored."""
    text = text[:_LONGEST]
    readable = clean(text)
    emoji = tuple(EMOJI.findall(strip_markup(text)))
    spaced = tidy(EMOJI.sub(lambda found: f" {found.group()} ", strip_markup(text)))
    lower = plain_letters(strip_invisible(spaced)).lower()
    return Normalised(text=tidy(spell_text(shorten_marks(lower))), clean=readable, seen=_seen(readable, emoji))


def _seen(text: str, emoji: tuple[str, ...]) -> Seen:
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return Seen(
        caps_ratio=capitals / len(letters) if letters else 0.0,
        letters=len(letters),
        exclamations=text.count("!"),
        questions=text.count("?"),
        stretched=count_stretched(text),
        emoji=emoji,
    )
