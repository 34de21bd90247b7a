"""Zittismo: messages that wait too long for an answer, or for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

from bot.core.care_score.story import Exchange, Story
from bot.core.care_score.verdict import Sin

A_DAY = timedelta(hours=24)
"""No answer for longer, Saturdays and Sundays apart, is silence on any channel."""
AN_HOUR = timedelta(hours=1)
"""In a chat whose customer has to write again, an hour between 8 and 20 o'clock is enough."""
_WAKES, _SLEEPS, _SUNDAY = 8, 20, 6
_STEP = timedelta(minutes=15)


def silences(story: Story) -> Iterator[Sin]:
    """Every turn of the customer's that was left without a word."""
    for turn, answer in zip(story.exchanges, (*story.exchanges[1:], None), strict=True):
        if not turn.is_customers or turn.wants_nothing:
            continue
        if answer is None:
            yield Sin("zittismo", turn.last.evidence("zittismo.never"))
        else:
            yield from _waited(story, turn, answer)


def _waited(story: Story, turn: Exchange, answer: Exchange) -> Iterator[Sin]:
    began, ended = turn.first.message.at, answer.first.message.at
    zone = story.transcript.zone
    hours = max(1, round((ended - began).total_seconds() / 3600))
    if time_between(began, ended, counts=lambda at: at.astimezone(zone).weekday() < _SUNDAY - 1) > A_DAY:
        yield Sin("zittismo", turn.first.evidence("zittismo.long", hours=hours))
    elif _wrote_again(turn) and time_between(began, ended, counts=lambda at: _is_day(at.astimezone(zone))) > AN_HOUR:
        yield Sin("zittismo", turn.first.evidence("zittismo.again", hours=hours))


def _wrote_again(turn: Exchange) -> bool:
    """Whether the customer came back to a chat in which nobody answered: more than a story in several messages."""
    return any(one.has("chaser", "told_before") for one in turn.readings[1:])


def _is_day(at: datetime) -> bool:
    return _WAKES <= at.hour < _SLEEPS and at.weekday() < _SUNDAY


def time_between(began: datetime, ended: datetime, *, counts: Callable[[datetime], bool]) -> timedelta:
    """The time between two instants that counts, up to a little more than a day."""
    at, end, total = began.astimezone(timezone.utc), ended.astimezone(timezone.utc), timedelta()
    while at < end and total <= A_DAY:
        until = min(at + _STEP, end)
        total += until - at if counts(at) else timedelta()
        at = until
    return total
