"""One message once it has been read: its sentences, and the kinds of things said in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.care_score.lexicon import find, fold, patterns
from bot.core.care_score.transcript import Message
from bot.core.care_score.verdict import Evidence
from bot.core.care_score.wording import sentence

NOT_CARING = frozenset(
    {"denial", "refusal", "blame", "rules", "not_us", "elsewhere", "wait", "story_again", "taken_back"}
)
"""Kinds of things whose sentences cannot care for anybody, whatever else is in them."""
_SENTENCE = re.compile(r"(?:[^.!?…\n;]|[.](?=\w)|(?<=\bn)[.])+(?:[.!?…;]+|\n|$)")
_LONGEST_QUOTE = 140
_CAPITALS = 0.5
_FURIOUS = 4


@dataclass(frozen=True)
class Span:
    """A piece of a message, in characters; as a hit it has a kind."""

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True)
class Reading:
    """One message with the kinds of things said in it; `place` is its index in the transcript."""

    message: Message
    place: int
    folded: str = field(repr=False)
    hits: tuple[Span, ...] = field(repr=False)

    @classmethod
    def of(cls, message: Message, place: int) -> Reading:
        """Read a message with the phrases of whoever wrote it."""
        folded = fold(message.text)
        speaker = "customer" if message.is_customers else "company"
        hits = (Span(*match.span(), kind) for kind in patterns(speaker) for match in find(speaker, kind, folded))
        return cls(message, place, folded, tuple(sorted(hits, key=lambda hit: hit.start)))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where its sentences lie."""
        return tuple(Span(*match.span()) for match in _SENTENCE.finditer(self.folded) if match.group().strip())

    def has(self, *kinds: str) -> bool:
        """Whether something of any of these kinds is said."""
        return any(hit.kind in kinds for hit in self.hits)

    def all(self, *kinds: str) -> tuple[Span, ...]:
        """Where things of these kinds are said, in order."""
        return tuple(hit for hit in self.hits if hit.kind in kinds)

    def stated(self, *kinds: str) -> Span | None:
        """Where something of these kinds is first said without asking."""
        return next((hit for hit in self.all(*kinds) if not self.asks(self.sentence_of(hit))), None)

    def kinds_in(self, span: Span) -> frozenset[str]:
        """The kinds of things said in a part of the message."""
        return frozenset(hit.kind for hit in self.hits if hit.start < span.end and span.start < hit.end)

    def sentence_of(self, hit: Span) -> Span:
        """The sentence in which something is said."""
        return next((one for one in self.sentences if one.start <= hit.start < one.end), hit)

    def words(self, span: Span) -> str:
        """The folded words of a part."""
        return self.folded[span.start : span.end]

    def asks(self, span: Span) -> bool:
        """Whether a sentence is a question."""
        return self.words(span).rstrip().endswith("?")

    def quote(self, hit: Span | None = None) -> str:
        """The words of the sentence around a hit (of the whole message), shortened."""
        span = self.sentence_of(hit) if hit else Span(0, len(self.message.text))
        said = " ".join(self.message.text[span.start : max(span.end, hit.end if hit else 0)].split())
        return said if len(said) <= _LONGEST_QUOTE else said[: _LONGEST_QUOTE - 1].rstrip() + "…"

    def evidence(self, key: str, hit: Span | None = None, **values: object) -> Evidence:
        """What a sentence of the catalogue says about a part of this message."""
        return Evidence(sentence(key, **values), self.message.number, self.quote(hit))

    @cached_property
    def temperature(self) -> int:
        """How heated the customer is (0-4): as heard, else guessed from words, capitals and marks."""
        if self.message.temperature is not None:
            return self.message.temperature
        letters = [character for character in self.message.text if character.isalpha()]
        shouted = len(letters) > 9 and sum(one.isupper() for one in letters) / len(letters) > _CAPITALS
        return min(_FURIOUS, len(self.all("heat")) + 2 * len(self.all("threat")) + 2 * shouted)
