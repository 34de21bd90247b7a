"""The steps of LATTE and LEARN: how far each was done, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.care_score.deadlines import deadlines
from bot.core.care_score.naming import HALF, MOSTLY, acknowledged, takes_up, turns
from bot.core.care_score.reading import NOT_CARING, Reading, Span
from bot.core.care_score.story import Story
from bot.core.care_score.verdict import Evidence, Step
from bot.core.care_score.wording import sentence

_EARLY = 2  # answers of the company within which caring comes in time
_HINT = 0.25


@dataclass(frozen=True)
class Found:
    """How far (0-1) a step was done in one place."""

    degree: float
    reading: Reading
    hit: Span


def judge_steps(story: Story, *, asked_twice: bool) -> tuple[Step, ...]:
    """Every step, in the order of `STEPS`."""
    return (
        listen(story, asked_twice=asked_twice),
        acknowledge(story),
        apologise(story),
        act(story),
        react_now(story),
        explain(story),
        thank(story),
    )


def listen(story: Story, *, asked_twice: bool) -> Step:
    """The share of the customer's turns whose answer takes up what they said; who asks twice listened half at most."""
    told = list(turns(story))
    heard = [answer for turn, answer in told if answer and takes_up(story, turn, answer)]
    share = len(heard) / len(told) if told else 0.0
    degree = min(share, HALF) if asked_twice else share
    if not degree:
        return _missing("listen")
    return Step("listen", degree, heard[0].first.evidence(f"listen.{_word(degree)}"))


def acknowledge(story: Story) -> Step:
    """Their problem called by its name: facts and content words of the customer's in a sentence that cares."""
    named = ((answer, acknowledged(story, answer)) for answer in story.answers)
    return _best("acknowledge", story, (Found(one[0], answer, one[1]) for answer, one in named if one))


def apologise(story: Story) -> Step:
    """An apology for what happened; one in general terms, under condition or late counts half."""
    if not any(reading.has("failure", "heat", "chaser") for reading in story.customers):
        return Step("apologise", None, Evidence(sentence("apologise.not_due")))
    found = (
        Found(_worth(story, answer), answer, hit)
        for answer in story.answers
        for hit in answer.all("apology", "responsibility")
    )
    return _best("apologise", story, found)


def act(story: Story) -> Step:
    """Something concrete done, or a case opened; checking, forwarding and good will count half."""
    best = _best("act", story, (one for answer in story.answers for one in _acts(answer)), late=1.0)
    if not best.done and story.transcript.cases:
        code = story.transcript.cases[0].code
        return Step("act", 1.0, Evidence(sentence("act.case", code=code), _number_near_case(story)))
    return best


def react_now(story: Story) -> Step:
    """The first concrete act, or promise with day and hour: in the first two answers and before anyone insists."""
    first = first_act(story)
    if first is None:
        return _missing("react_now")
    pressed = sum(one.place < first.reading.place for one in story.insistences)
    turn = story.round_of(first.reading)
    if turn < _EARLY and not pressed:
        return _step("react_now", first)
    return _step("react_now", _at(HALF, first)) if turn <= _EARLY and pressed <= 1 else _missing("react_now")


def explain(story: Story) -> Step:
    """What happens next, with day and hour; or what was done, when the customer says that it is solved."""
    best = max((one for answer in story.answers for one in _explained(answer)), key=_degree, default=None)
    if best and best.degree == 1:
        return _step("explain", best)
    if story.transcript.promises:
        return Step("explain", 1.0, Evidence(sentence("explain.done")))
    solved = _solved(story)
    if best and best.degree >= HALF and solved:
        return Step("explain", 1.0, solved.evidence("explain.solved"))
    return _step("explain", best) if best else _missing("explain")


def thank(story: Story) -> Step:
    """Thanks for something given; for patience that was taken it does not count, for having written it counts half."""
    found = (
        Found(HALF if "thank_formula" in answer.kinds_in(hit) else 1.0, answer, hit)
        for answer in story.answers
        for hit in answer.all("thank")
        if "thank_patience" not in answer.kinds_in(hit)
    )
    return _best("thank", story, found, late=1.0)


def first_act(story: Story) -> Found | None:
    """The first concrete act of the company, or its first promise with day and hour."""
    for answer in story.answers:
        hit = answer.stated("act") or _exact(answer)
        if hit:
            return Found(1.0, answer, hit)
    return None


def _worth(story: Story, answer: Reading) -> float:
    """What an apology is worth: taken back nothing, without their problem or with "il disagio" half."""
    if answer.has("taken_back"):
        return 0.0
    found = acknowledged(story, answer)
    specific = answer.has("responsibility") or (found is not None and found[0] >= MOSTLY)
    return 1.0 if specific and not answer.has("trouble") else HALF


def _acts(answer: Reading) -> Iterator[Found]:
    done = answer.stated("act")
    if done:
        yield Found(1.0, answer, done)
    announced = answer.stated("ownership") or answer.stated("weak_act") or _exact(answer)
    if announced:
        yield Found(HALF, answer, announced)


def _exact(answer: Reading) -> Span | None:
    return next((one.hit for one in deadlines(answer) if one.exact), None)


def _explained(answer: Reading) -> Iterator[Found]:
    for one in deadlines(answer):
        yield Found(1.0 if one.exact else HALF, answer, one.hit)
    for hit in answer.all("explain"):
        if not answer.kinds_in(answer.sentence_of(hit)) & NOT_CARING:
            yield Found(_HINT, answer, hit)


def _solved(story: Story) -> Reading | None:
    """The customer's word that it is solved, soon after something was done."""
    said = next((one for one in reversed(story.customers) if one.has("solved") and not one.has("failure")), None)
    before = [answer for answer in story.answers if said and answer.place < said.place]
    return said if any(answer.has("act") for answer in before[-_EARLY:]) else None


def _number_near_case(story: Story) -> int | None:
    opened = story.transcript.cases[0].at
    return next((one.message.number for one in story.answers if one.message.at >= opened), None)


def _best(name: str, story: Story, found: Iterable[Found], *, late: float = HALF) -> Step:
    """The place where a step was done best; after the first answers it is worth `late` of it."""
    weighed = (one if story.round_of(one.reading) < _EARLY else _at(one.degree * late, one) for one in found)
    best = max(weighed, key=_degree, default=None)
    return _step(name, best) if best and best.degree else _missing(name)


def _degree(found: Found) -> float:
    return found.degree


def _at(degree: float, found: Found) -> Found:
    return Found(degree, found.reading, found.hit)


def _step(name: str, found: Found) -> Step:
    return Step(name, found.degree, found.reading.evidence(f"{name}.{_word(found.degree)}", found.hit))


def _missing(name: str) -> Step:
    return Step(name, 0.0, Evidence(sentence(f"{name}.no")))


def _word(degree: float) -> str:
    return "done" if degree >= MOSTLY else "half"
