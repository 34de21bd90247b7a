"""The sins of PANZA, and the two against rule 6: what was said, and what was left undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.core.care_score.contradiction import contradictions
from bot.core.care_score.deadlines import Deadline, deadlines
from bot.core.care_score.questions import asked_twice
from bot.core.care_score.reading import Reading, Span
from bot.core.care_score.silence import silences
from bot.core.care_score.steps import first_act
from bot.core.care_score.story import Story
from bot.core.care_score.transcript import GivenPromise
from bot.core.care_score.verdict import Evidence, Sin
from bot.core.care_score.wording import sentence

_GRACE = timedelta(minutes=30)
_A_MOMENT = timedelta(minutes=15)
_PATIENCE = 2  # times a customer presses before action is late; a heated one need press only once
_HEATED = 2


def judge_sins(story: Story) -> tuple[Sin, ...]:
    """Every sin, in the order of the messages."""
    judges = (_paraculismo, _negazione, _attesa, silences, _late_action, asked_twice, _sent_elsewhere)
    found = (sin for judge in judges for sin in judge(story))
    return tuple(sorted(found, key=lambda sin: sin.evidence.message or 0))


def _paraculismo(story: Story) -> Iterator[Sin]:
    """Rules, other culprits, lectures; and an apology taken back, unless something is done about it."""
    for reading in story.companys:
        kinds = ("blame", "rules", "not_us", *(() if reading.has("act") else ("taken_back",)))
        yield from _first(reading, "paraculismo", *kinds)


def _negazione(story: Story) -> Iterator[Sin]:
    """Our screen against what they lived, or a closed door; not when we own up, act, promise or are proved right."""
    for reading in story.companys:
        redeemed = reading.has("act", "responsibility", "belief")
        if not (redeemed or _promises(reading) or _proved_right(story, reading)):
            yield from _first(reading, "negazione", "denial", "refusal")
    for reading, place in contradictions(story):
        yield Sin("negazione", reading.evidence("negazione.contradiction", place))


def _sent_elsewhere(story: Story) -> Iterator[Sin]:
    """Another door to knock at; emergency numbers and what is left to the customer's choice are none."""
    for reading in story.companys:
        if not reading.has("emergency", "optional"):
            yield from _first(reading, "sent_elsewhere", "elsewhere")


def _attesa(story: Story) -> Iterator[Sin]:
    """Told to wait, put off without a time, left to ask again, a promised hour that passed."""
    for reading in story.companys:
        if not (_promises(reading) or _back_soon(story, reading)):
            yield from _first(reading, "attesa", "wait")
        if not (deadlines(reading) or reading.has("wait") or _stands(story, reading)):
            yield from _first(reading, "attesa", "vague_time")
    yield from _chased(story)
    yield from _missed(story)


def _chased(story: Story) -> Iterator[Sin]:
    """The customer asks for news after answers that named no deadline at all."""
    for answer, turn in zip(story.exchanges, story.exchanges[1:], strict=False):
        chaser = next((one for one in turn.readings if turn.is_customers and one.has("chaser")), None)
        promised = any(deadlines(one) for one in story.companys if one.place < turn.first.place)
        if chaser and not promised and not answer.has("wait", "vague_time", "asks"):
            yield Sin("attesa", chaser.evidence("attesa.chased", chaser.all("chaser")[0]))


def _missed(story: Story) -> Iterator[Sin]:
    """A deadline after which the customer had to complain before the company spoke, or a promise recorded as broken."""
    for reading in story.companys:
        missed = next((one for one in deadlines(reading) if _passed_in_silence(story, reading, one)), None)
        if missed:
            yield Sin("attesa", reading.evidence("attesa.missed", missed.hit))
    if any(promise.state == "broken" and not _admitted(story, promise) for promise in story.transcript.promises):
        yield Sin("attesa", Evidence(sentence("attesa.missed")))


def _admitted(story: Story, promise: GivenPromise) -> bool:
    """Whether the company spoke up between the promise and its hour: what is said before it passes is no silence."""
    return any(promise.made + _A_MOMENT < one.message.at <= promise.due for one in story.companys)


def _passed_in_silence(story: Story, reading: Reading, one: Deadline) -> bool:
    following = story.readings[reading.place + 1 :]
    last = one.due + _GRACE
    spoke = any(
        not later.message.is_customers and reading.message.at + _A_MOMENT < later.message.at <= last
        for later in following
    )
    asked = next((later for later in following if later.message.at > last), None)
    return not spoke and asked is not None and _complains(asked)


def _late_action(story: Story) -> Iterator[Sin]:
    """Nothing concrete until the customer was heated or had pressed twice; or nothing at all."""
    acted = first_act(story)
    opened = min((case.at for case in story.transcript.cases), default=None)
    moved = min((at for at in (acted and acted.reading.message.at, opened) if at), default=None)
    pressed = [one for one in story.insistences if moved is None or one.message.at < moved]
    if not story.answers or not pressed or (len(pressed) < _PATIENCE and pressed[-1].temperature < _HEATED):
        return
    if moved is None:
        yield Sin("late_action", pressed[-1].evidence("late_action.never"))
    elif acted:
        yield Sin("late_action", acted.reading.evidence("late_action.late", acted.hit))
    else:
        yield Sin("late_action", pressed[-1].evidence("late_action.late"))


def _complains(reading: Reading) -> bool:
    return reading.message.is_customers and (reading.has("chaser", "told_before") or reading.temperature >= _HEATED)


def _promises(reading: Reading) -> bool:
    return any(one.exact for one in deadlines(reading))


def _stands(story: Story, reading: Reading) -> bool:
    """Whether a promise with day and hour, given before, has not fallen due yet."""
    before = (one for earlier in story.companys if earlier.place < reading.place for one in deadlines(earlier))
    return any(one.exact and one.due >= reading.message.at for one in before)


def _proved_right(story: Story, reading: Reading) -> bool:
    """Whether the customer's next word is that it works: what was affirmed was news, not denial."""
    reply = story.reply_to(reading)
    return reply is not None and reply.has("solved") and not reply.has("failure", "heat")


def _back_soon(story: Story, reading: Reading) -> bool:
    """Whether "one moment" was one: the company spoke again before the customer did, within minutes."""
    following = story.after(reading)
    if following is None or following.message.is_customers:
        return False
    return following.message.at - reading.message.at <= _A_MOMENT


def _first(reading: Reading, sin: str, *kinds: str) -> Iterator[Sin]:
    hit: Span | None = next(iter(reading.all(*kinds)), None)
    if hit:
        yield Sin(sin, reading.evidence(f"{sin}.{hit.kind}", hit))
