"""How stored values look on a page: names for the nameless, marked words, the course of a temperature."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent

from bot.console.catalogue import Texts
from bot.core.overview import COUNTED_UP_TO
from bot.core.signals import Entity

_HUES = 6
_BEFORE_MATCH = 40
_MOST_TURNS = 40
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Piece:
    """A part of a text; `mark` names why it stands out, empty when it does not."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Dot:
    """A turn on the drawing of a temperature's course, in its own units."""

    x: float
    y: float
    level: int


def customer_label(texts: Texts, name: str | None, public_id: str) -> str:
    """The customer's name, or a friendly one that stays the same for those who have not said theirs."""
    if name and name.strip():
        return name.strip()
    names = texts("guest.names").split()
    return texts("guest.label", name=names[_number(public_id) % len(names)])


def initials(label: str) -> str:
    """One or two letters for a customer's badge."""
    words = [word for word in re.split(r"\W+", label) if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def hue(public_id: str) -> int:
    """Which of the badge colours a conversation has; always the same."""
    return _number(public_id) % _HUES


def counted(number: int) -> str:
    """A count as it fits on a tab."""
    return f"{COUNTED_UP_TO - 1}+" if number >= COUNTED_UP_TO else str(number)


def percent(texts: Texts, share: float) -> str:
    """`87%`."""
    return format_percent(share, locale=texts.language)


def file_size(texts: Texts, size: int) -> str:
    """`2,4 MB`, `18 kB`; never less than 1 kB."""
    number, unit = (size / _MEGABYTE, "MB") if size >= _MEGABYTE else (max(1, round(size / 1024)), "kB")
    return f"{format_decimal(number, '#,##0.#', locale=texts.language)} {unit}"


def language_name(texts: Texts, locale: str) -> str:
    """`italiano` for `it` or `it-IT`; a locale that nobody knows is shown as it is."""
    try:
        return Locale.parse(locale.replace("-", "_")).get_language_name(texts.language) or locale
    except (ValueError, UnknownLocaleError):
        return locale


def excerpt(text: str, *, words: Sequence[str] = (), length: int = 160) -> list[Piece]:
    """One line of a text, beginning shortly before the first of the searched words, with those marked."""
    line = " ".join(text.split())
    pattern = _beginnings(words)
    first = pattern.search(line) if pattern else None
    start = max(0, first.start() - _BEFORE_MATCH) if first else 0
    cut = ("…" if start else "") + line[start : start + length] + ("…" if len(line) > start + length else "")
    return _marked(cut, pattern) if pattern else [Piece(cut)]


def highlight(text: str, entities: Iterable[Entity]) -> list[Piece]:
    """A message with its facts marked; facts that are not where they should be, or overlap, are left unmarked."""
    pieces, end = [], 0
    for entity in sorted(entities, key=lambda one: (one.start, -one.end)):
        said = text[entity.start : entity.end]
        if entity.start < end or not said or (entity.text and entity.text != said):
            continue
        pieces += [Piece(text[end : entity.start]), Piece(said, entity.entity)]
        end = entity.end
    return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]


def course_dots(levels: Sequence[int], *, width: int, height: int) -> list[Dot]:
    """Where the turns lie on a drawing: from left to right, calm (0) below, furious (4) above."""
    recent = list(levels)[-_MOST_TURNS:]
    step = width / max(1, len(recent) - 1)
    return [
        Dot(round(index * step, 1), round(height - level * height / 4, 1), level) for index, level in enumerate(recent)
    ]


def _number(public_id: str) -> int:
    return zlib.crc32(public_id.encode())


def _beginnings(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    accents = {"a": "[aàá]", "e": "[eèé]", "i": "[iìí]", "o": "[oòó]", "u": "[uùú]"}
    spelled = ("".join(accents.get(letter, re.escape(letter)) for letter in word) for word in words)
    return re.compile(rf"\b(?:{'|'.join(spelled)})", re.IGNORECASE)


def _marked(line: str, pattern: re.Pattern[str]) -> list[Piece]:
    pieces, end = [], 0
    for match in pattern.finditer(line):
        pieces += [Piece(line[end : match.start()]), Piece(match.group(), "match")]
        end = match.end()
    return [piece for piece in [*pieces, Piece(line[end:])] if piece.text]


HELPERS: Mapping[str, Callable[..., object]] = {
    "counted": counted,
    "course_dots": course_dots,
    "customer_label": customer_label,
    "excerpt": excerpt,
    "file_size": file_size,
    "highlight": highlight,
    "hue": hue,
    "initials": initials,
    "language_name": language_name,
    "percent": percent,
}
