"""What a scenario expects, read from its file: which expectations there are and the shape of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.signals import NEED, TROLL
from bot.core.tone import IRONIC, SOBER, WARM

_YES = frozenset({"true", "yes", "y", "si", "sì", "1", "on"})
_NO = frozenset({"false", "no", "n", "0", "off"})


def read_expectation(name: str, value: Any) -> Any:
    """The value of an expectation in its right shape; KeyError for an unknown name, ValueError for a wrong value."""
    return _SHAPES[name](value)


def _flag(value: Any) -> bool:
    word = str(value).strip().casefold()
    if word not in _YES | _NO:
        raise ValueError(f'"{value}" is neither true nor false')
    return word in _YES


def _number(value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise ValueError(f'"{value}" is not a whole number') from None


def _names(value: Any) -> tuple[str, ...]:
    """A list of words; one word stands for a list of one."""
    if isinstance(value, Mapping):
        raise ValueError("a list is needed here")
    words = value if isinstance(value, list) else [value] if str(value).strip() else []
    return tuple(str(word) for word in words)


def _of(*allowed: str) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        words = _names(value)
        wrong = [word for word in words if word not in allowed]
        if wrong:
            raise ValueError(f'"{wrong[0]}" is none of {", ".join(allowed)}')
        return words

    return read


def _per_turn(value: Any) -> tuple[tuple[str, ...], ...]:
    """For each answered turn one tone or a list of tones that will do."""
    one = _of(SOBER, WARM, IRONIC)
    return tuple(one(item) for item in (value if isinstance(value, list) else [value]))


def _facts(value: Any) -> dict[str, tuple[str, ...]]:
    """By the fact's name the values that must be known."""
    if not isinstance(value, Mapping):
        raise ValueError("names of facts with their values are needed here")
    return {str(name): _names(values) for name, values in value.items()}


_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "triage": _of(NEED, TROLL),
    "cases": _names,
    "facts": _facts,
    "never_asks": _names,
    "promise": _flag,
    "update_before_deadline": _flag,
    "handoff": _flag,
    "temperature_at_least": _number,
    "tones": _per_turn,
    "says_bot": _flag,
    "score_at_least": _number,
}
