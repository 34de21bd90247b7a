"""One item of a scenario's `turns`: a text, several in a row, a pause, or a mapping of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.services.rehearsal.pauses import is_plain, is_unit, parse_pause
from bot.services.rehearsal.scenario import Move

_TEXT = (
    "text", "say", "says", "message", "msg", "customer", "user", "testo", "cliente", "utente", "content", "body",
    "messaggio", "input", "dice", "scrive",
)  # fmt: skip
_BURST = ("burst", "texts", "messages", "testi", "messaggi", "raffica")
_PAUSES = ("after", "pause", "wait", "pausa", "delay", "dopo", "attesa", "attendi", "sleep", "later")
_PAUSE_IN = re.compile(rf"(?:{'|'.join(_PAUSES)})_(?:in_)?([a-z]+)")
_CHANNEL = ("channel", "canale")
_AUTHOR = ("author", "role", "from", "who", "autore", "chi")
_CUSTOMERS = frozenset({"customer", "user", "cliente", "utente", "human", "me"})


class Words:
    """A mapping whose keys are taken one by one, whatever their case; what nobody took is left over."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self._left = {str(key).strip().casefold(): value for key, value in entry.items()}

    def take(self, *names: str) -> Any:
        """The value of the first of these keys that is there; None when none is."""
        return next((self._left.pop(name) for name in names if name in self._left), None)

    def left(self) -> Iterator[str]:
        """The keys that were not taken."""
        yield from tuple(self._left)


@dataclass(frozen=True)
class ReadMove:
    """An item as read: texts, pause, and the channel as written, if any."""

    texts: tuple[str, ...] = ()
    pause: timedelta = timedelta(0)
    channel: Any = None
    warnings: list[str] = field(default_factory=list)

    def move(self, channel: str) -> Move:
        """The move on a known channel."""
        return Move(self.texts, channel, self.pause)


def read_move(item: Any) -> ReadMove:
    """An item of `turns`; raises ValueError with the reason when nothing can be done with it."""
    if isinstance(item, str):
        return ReadMove((item,))
    if isinstance(item, list):
        return ReadMove(_texts(item))
    if isinstance(item, Mapping):
        return _of_mapping(item)
    raise ValueError(f"{item!r} is neither a text nor a mapping")


def _of_mapping(item: Mapping[str, Any]) -> ReadMove:
    words, warnings = Words(item), list[str]()
    author = words.take(*_AUTHOR)
    if author is not None and str(author).strip().casefold() not in _CUSTOMERS:
        raise ValueError(f'only customers are scripted, not "{author}"')
    text, burst, channel = words.take(*_TEXT), words.take(*_BURST), words.take(*_CHANNEL)
    pause = _pause(words, warnings)
    texts = (*_texts(text), *_texts(burst))
    if not texts and pause is None and not channel:
        raise ValueError("there is neither a text nor a pause in it (a text with a colon needs quotes)")
    warnings += [f"{key} means nothing here" for key in words.left()]
    return ReadMove(texts, pause or timedelta(0), channel, warnings)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    raise ValueError(f"{value!r} is not what a customer writes")


def _pause(words: Words, warnings: list[str]) -> timedelta | None:
    """All pauses of an item together: `after: 2 days`, `pause_days: 2`, `hours: 3`."""
    lengths = []
    for key in words.left():
        named = _PAUSE_IN.fullmatch(key)
        if key in _PAUSES:
            value = words.take(key)
            lengths.append(parse_pause(value))
            if is_plain(value):
                warnings.append(f"{key}: {value} is taken as minutes")
        elif named and is_unit(named[1]):
            lengths.append(parse_pause({named[1]: words.take(key)}))
        elif is_unit(key):
            lengths.append(parse_pause({key: words.take(key)}))
    return sum(lengths, timedelta(0)) if lengths else None
