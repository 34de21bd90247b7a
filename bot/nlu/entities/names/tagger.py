"""Trains and runs the conditional random field over tokens (python-crfsuite)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pycrfsuite  # type: ignore[import-untyped]

from bot.core.errors import Misconfigured
from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.names.features import features
from bot.nlu.entities.names.gazetteer import Gazetteer, gazetteer
from bot.nlu.entities.names.tokens import Token, tokenise

KINDS = ("product", "place", "person", "company")
_OUT = "O"
_MOST_TOKENS = 800  # what a person reads in a letter; 10,000 characters stay under 60 ms


@dataclass(frozen=True)
class Example:
    """A message with the spans of its names, the facts that rules found in it and spaCy's tags, token by token."""

    passage: Passage
    names: tuple[tuple[int, int, str], ...]
    facts: tuple[Mention, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """How the field is trained: penalties of its weights and the most passes over the data."""

    l1: float = 0.1
    l2: float = 0.05
    iterations: int = 50


def train(examples: Iterable[Example], path: Path, *, options: Options, lists: Gazetteer | None = None) -> None:
    """Fit the field to the examples and write it to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params({"c1": options.l1, "c2": options.l2, "max_iterations": options.iterations, "feature.minfreq": 1})
    for example in examples:
        tokens = tokenise(example.passage.text, most=_MOST_TOKENS)
        if tokens:
            rows = features(tokens, lists or gazetteer(), facts=_covered(tokens, example.facts), tags=example.tags)
            trainer.append(rows, _labels(tokens, example.names))
    trainer.train(str(path))


class NameTagger:
    """A trained field, ready to read messages; safe to share between threads."""

    def __init__(self, path: Path, *, lists: Gazetteer | None = None) -> None:
        """Open what `train` wrote; Misconfigured when it cannot be read."""
        self._lists = lists or gazetteer()
        self._lock = Lock()
        self._field = pycrfsuite.Tagger()
        try:
            self._field.open(str(path))
        except (OSError, ValueError) as error:
            raise Misconfigured(str(path), f"the name tagger cannot be read, train again ({error})") from error

    def find(self, passage: Passage, facts: Sequence[Mention], *, tags: Sequence[str] = ()) -> list[Mention]:
        """The products, places, people and companies of a message; `facts` are those that rules found."""
        tokens = tokenise(passage.text, most=_MOST_TOKENS)
        if not tokens:
            return []
        rows = features(tokens, self._lists, facts=_covered(tokens, facts), tags=tags)
        with self._lock:
            labels = self._field.tag(rows)
        spans = _spans(tokens, labels)
        return [_mention(passage, *span) for span in spans if any(map(str.isalnum, passage.text[span[1] : span[2]]))]


def _covered(tokens: Sequence[Token], facts: Sequence[Mention]) -> list[str]:
    """For each token, the kind of fact that covers it."""
    kinds = [""] * len(tokens)
    at = 0
    for fact in sorted(facts, key=lambda one: one.start):
        while at < len(tokens) and tokens[at].start < fact.start:
            at += 1
        while at < len(tokens) and tokens[at].start < fact.end:
            kinds[at] = fact.entity
            at += 1
    return kinds


def _labels(tokens: Sequence[Token], names: Iterable[tuple[int, int, str]]) -> list[str]:
    labels = [_OUT] * len(tokens)
    for start, end, kind in names:
        inside = [at for at, token in enumerate(tokens) if start <= token.start and token.end <= end]
        for at in inside:
            labels[at] = f"{'B' if at == inside[0] else 'I'}-{kind}"
    return labels


def _spans(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each run of labels."""
    open_kind, start, end = "", 0, 0
    for token, label in zip(tokens, labels, strict=False):
        position, _, kind = label.partition("-")
        if open_kind and (position != "I" or kind != open_kind):
            yield open_kind, start, end
            open_kind = ""
        if kind and not open_kind:
            open_kind, start = kind, token.start
        end = token.end
    if open_kind:
        yield open_kind, start, end


def _mention(passage: Passage, kind: str, start: int, end: int) -> Mention:
    return Mention(kind, " ".join(passage.text[start:end].split()), start, end)
