"""What the random field sees of each word: spelling, lists, neighbours and the facts already found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.nlu.entities.names.gazetteer import Gazetteer, stem
from bot.nlu.entities.names.tokens import Token

_EDGE = "|"
_SHAPES = ((re.compile("[A-Z]+"), "X"), (re.compile("[a-z]+"), "x"), (re.compile("[0-9]+"), "9"))
_SENTENCE_ENDS = frozenset(".!?:\n")
_NEAR = ("g=", "c=", "e2", "f=", "s=", "t=")


def features(
    tokens: Sequence[Token], lists: Gazetteer, *, facts: Sequence[str], tags: Sequence[str] = ()
) -> list[list[str]]:
    """A list of features for each token.

    `facts` holds the kind of fact that covers a token ("" for none), `tags` what spaCy calls it, if it was loaded.
    """
    words = [token.word for token in tokens]
    names, goods = lists.marks(words), lists.marks([stem(word) for word in words], only="products")
    shouted = _shouted(tokens)
    seen = [
        _seen(
            token.word,
            "" if shouted else token.text,
            at == 0 or words[at - 1] in _SENTENCE_ENDS,
            (*names[at], *goods[at]),
            facts[at],
            tags[at] if at < len(tags) else "",
        )
        for at, token in enumerate(tokens)
    ]
    edge = _Seen((), (f"-1={_EDGE}",), (f"+1={_EDGE}",))
    before, after = [edge, *seen[:-1]], [*seen[1:], edge]
    return [[*own.own, *left.as_left, *right.as_right] for own, left, right in zip(seen, before, after, strict=False)]


class _Seen(NamedTuple):
    """The features of a word, and those it gives to the word at its right (as its left neighbour) and at its left."""

    own: tuple[str, ...]
    as_left: tuple[str, ...]
    as_right: tuple[str, ...]


@lru_cache(maxsize=20_000)
def _seen(word: str, text: str, begins: bool, marks: tuple[str, ...], fact: str, tag: str) -> _Seen:
    extra = [f"g={mark}" for mark in marks] + [f"f={fact}"] * bool(fact) + [f"s={tag}"] * bool(tag)
    own = (*_spelling(word), *_written(text, begins=begins), *extra)
    near = [f"1={word}", *(one for one in own if one.startswith(_NEAR))]
    return _Seen(own, tuple(f"-{one}" for one in near), tuple(f"+{one}" for one in near))


def _spelling(word: str) -> tuple[str, ...]:
    """The word itself, its stem, its beginnings and endings."""
    if not word[0].isalpha():
        return (f"w={'9' * len(word) if word.isdigit() else word}", "sign")
    return (
        f"w={word}", f"t={stem(word)}", f"p2={word[:2]}", f"p3={word[:3]}", f"p4={word[:4]}",
        f"e1={word[-1:]}", f"e2={word[-2:]}", f"e3={word[-3:]}", f"e4={word[-4:]}",
    )  # fmt: skip


def _written(text: str, *, begins: bool) -> list[str]:
    """Capitals, which tell nothing in a message all in capitals ("") and little at the start of a sentence."""
    if not text:
        return ["shouted"]
    kind = _shape(text)
    return [f"c={kind}", f"cb={kind}{begins}", *(["title"] if text[:1].isupper() and not begins else [])]


def _shape(text: str) -> str:
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text[:6]


def _shouted(tokens: Sequence[Token]) -> bool:
    letters = "".join(token.text for token in tokens)
    return sum(map(str.isupper, letters)) > sum(map(str.islower, letters))
