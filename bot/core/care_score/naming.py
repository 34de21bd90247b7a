"""Acknowledging and listening: whether an answer speaks of what the customer said."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.care_score.meaning import is_fact, named
from bot.core.care_score.reading import NOT_CARING, Reading, Span
from bot.core.care_score.story import Exchange, Story

HALF = 0.5
MOSTLY = 0.75
_FEELING = frozenset({"empathy", "belief", "apology", "responsibility"})
_EMPTY = NOT_CARING | {"vague_time", "introduction", "thank_formula"}
_A_WORD_OR_TWO = 3


def acknowledged(story: Story, answer: Reading) -> tuple[float, Span] | None:
    """How far (0-1) a message names the customer's problem, and its most telling sentence; None when it does not."""
    about = story.about(answer)
    spans = [one for one in answer.sentences if _can_acknowledge(answer, one)]
    words = {span: named(answer.words(span), about) for span in spans}
    every = frozenset(word for some in words.values() for word in some)
    feels = any(answer.kinds_in(span) & _FEELING for span in spans)
    degree = _degree(every, feels=feels, formula=answer.has("trouble"))
    return (degree, max(spans, key=lambda span: len(words[span]))) if degree else None


def turns(story: Story) -> Iterator[tuple[Exchange, Exchange | None]]:
    """Each turn of the customer's that wants an answer, with the answer it got."""
    following = (*story.exchanges[1:], None)
    for turn, answer in zip(story.exchanges, following, strict=True):
        if turn.is_customers and not turn.wants_nothing:
            yield turn, answer


def takes_up(story: Story, turn: Exchange, answer: Exchange) -> bool:
    """Whether an answer speaks of what was said, or does something about it."""
    caring = list(_caring(answer))
    if any("act" in reading.kinds_in(span) for reading, span in caring) or answer.has("ownership"):
        return True
    words = " ".join(reading.words(span) for reading, span in caring)
    small = sum(len(reading.folded.split()) for reading in turn.readings) <= _A_WORD_OR_TWO
    return len(named(words, story.about(answer.first))) >= 2 or (small and not answer.has(*NOT_CARING))


def _caring(answer: Exchange) -> Iterator[tuple[Reading, Span]]:
    for reading in answer.readings:
        for span in reading.sentences:
            if not reading.kinds_in(span) & (NOT_CARING | {"vague_time"}):
                yield reading, span


def _can_acknowledge(answer: Reading, span: Span) -> bool:
    kinds = answer.kinds_in(span)
    asks = answer.asks(span) or ("asks" in kinds and not kinds & _FEELING)
    return not asks and not kinds & _EMPTY


def _degree(words: frozenset[str], *, feels: bool, formula: bool) -> float:
    """Four words of theirs, or a fact among two, or three with feeling name it; "il disagio" takes the feeling away."""
    feels = feels and not formula
    if len(words) >= 4 or (len(words) >= 2 and any(map(is_fact, words))) or (len(words) >= 3 and feels):
        return 1.0
    if len(words) >= 2 and not formula:
        return MOSTLY if feels else HALF
    return HALF if (words and not formula) or feels else 0.0
