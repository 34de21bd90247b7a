"""The care method on a problem: acknowledge it, apologise, act, say what happens next (LATTE, LEARN)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from bot.core.care_method import (
    ACKNOWLEDGE,
    ACT,
    APOLOGISE,
    EXPLAIN,
    LISTEN,
    THANK,
    owes_apology,
    steps_taken,
    with_steps,
)
from bot.core.case import Case, CaseState, new_case_code
from bot.core.facts import Fact, Facts
from bot.core.problems import HOW_WE_TREATED_THEM, SURE, same_matter
from bot.core.signals import Problem
from bot.core.turn import Part, Turn
from bot.services import wording
from bot.services.back_office import order_news
from bot.services.promises import promise_for

_URGENT = ("safety", "health", "stranded", "data", "money")
_GUESS, _SOME_COMPLAINT, _BESIDE_A_THREAT = 0.3, 0.55, 0.25  # probabilities; see docs/nlu.md
_COMPLAINT_WITH_A_NUMBER = 0.4
_BESIDE_DETAILS, _A_STORY = 0.12, 8  # who gives facts in a story of so many words has probably told the problem too
_CLEARER = 0.8  # probability from which a kin complaint says better what an open case is about
_THE_MATTER = frozenset({"product", "amount", "date", "time"})
_GRAVE = frozenset({"safety", "health", "stranded"})
_USUAL_DANGER = {"safety": "complaint_defective_product", "stranded": "complaint_travel_disruption"}
_ORDER_FOUND = "order_found"
_IN_THE_ORDER = ("date", "time", "place", "product")
"""What the back office tells of an order: once it is found there, nobody is asked for it."""
_ABOUT_THINGS = frozenset(
    f"complaint_{what}"
    for what in ("delivery_delay", "lost_item", "missed_appointment", "defective_product", "insurance_claim", "refund")
)
_ALWAYS_REPEATED = frozenset({"amount", "case_code"})
_WORTH_REPEATING = frozenset(
    {"product", "place", "date", "amount", "time", "person", "company", "order_number", "flight_or_train", "case_code"}
)


def answer_problem(turn: Turn) -> list[Part]:
    """Answer the complaint that was understood; when it could be anything, ask instead of guessing."""
    signals = turn.signals
    guessing = signals.confidence < _GUESS and not sounds_like_a_complaint(turn) and not is_grave(turn)
    if guessing and current_case(turn) is None:
        return [Part("utter_tell_me_more")]
    if is_grave(turn):
        return answer_grave(turn)
    if len(signals.problems) > 1:
        return answer_problems(turn, signals.problems)
    return answer_complaint(turn, _matter_of(turn, signals.intent))


def answer_problems(turn: Turn, problems: Sequence[Problem]) -> list[Part]:
    """Several problems in one story: a case and a promise for each, with its own facts; one question for all."""
    parts: list[Part] = []
    cases: list[Case] = []
    learned = turn.learned
    for number, problem in enumerate(problems):
        turn.learned = _facts_of(problem, learned, problems)
        if number:
            parts.append(Part("utter_another_problem"))
        said, case = _answer_one(turn, problem.intent, first=number == 0)
        parts += said
        cases.append(case)
    turn.learned = learned
    turn.remember(category=problems[0].intent)
    return [*parts, *_thanks(turn, cases[0]), *_question(turn, *cases)]


def is_grave(turn: Turn) -> bool:
    """Whether somebody may come to harm: then nothing is asked first, whatever else is unclear."""
    return bool(_GRAVE & set(turn.signals.severity))


def answer_grave(turn: Turn) -> list[Part]:
    """What to do at once comes first, then the case it most resembles; a human is called, nobody is asked."""
    parts, _ = _answer_one(turn, _matter_of(turn, _grave_category(turn)))
    stakes = [part for part in parts if part.response.startswith("utter_stake_")]
    return [*stakes, *(part for part in parts if part not in stakes)]


def _grave_category(turn: Turn) -> str:
    """The complaint that is heard clearly, else the one that danger usually comes from."""
    usual = _USUAL_DANGER["stranded" if "stranded" in turn.signals.severity else "safety"]
    return likely_complaint(turn, at_least=SURE) or usual


def sounds_like_a_complaint(turn: Turn) -> bool:
    """Whether something is wrong for this customer, even if it is not clear what."""
    complaining = sum(score for name, score in turn.signals.ranking if name.startswith("complaint_"))
    names_a_matter = any(fact.name in ("order_number", "flight_or_train", "case_code") for fact in turn.learned)
    return complaining >= (_COMPLAINT_WITH_A_NUMBER if names_a_matter else _SOME_COMPLAINT)


def answer_complaint(turn: Turn, category: str) -> list[Part]:
    """Open or update the case of this problem and answer it; facts never asked twice, the promise kept as it stands."""
    parts, case = _answer_one(turn, category)
    return [*parts, *_thanks(turn, case), *_question(turn, case)]


def _answer_one(turn: Turn, category: str, *, first: bool = True) -> tuple[list[Part], Case]:
    """What is said about one problem but for the question, and its case; the `first` of a story is apologised for."""
    known = turn.case_for(category)
    case = _case_now(turn, category, known)
    turn.remember(category=category, not_understood=0)
    said = known is None or bool(turn.learned)
    if not said:
        parts = [Part("utter_still_on_it", {"case_code": case.code})]
    elif first:
        parts = _acknowledgement(turn, category, case)
    else:
        parts = [Part(f"utter_ack_{category}", {"about": _about(turn, category, case)}, goes_on=True)]
    _take_steps(turn, case, *((LISTEN, ACKNOWLEDGE, APOLOGISE) if said else (LISTEN,)), ACT, EXPLAIN)
    parts += _what_is_at_stake(turn) if first else []
    if said:
        parts += _facts_noted(turn, category)
        parts += _news(turn, category, case, new=known is None)
        parts.append(Part("utter_case_opened" if known is None else "utter_case_updated", {"case_code": case.code}))
    return parts + _next_step(turn, case), case


def _matter_of(turn: Turn, category: str) -> str:
    """The category of the case that a complaint belongs to; a case becomes about what turns out to be its cause.

    What may be another side of the matter that stands open, and does not name another order or thing, gets no case of
    its own: neither how we treated somebody in it, nor what one event brings about, nor what we are not sure to hear.
    """
    case = current_case(turn)
    if case is None or not case.category.startswith("complaint_"):
        return category  # a question or a request that stands open is no problem to be part of
    if turn.case_for(category) is not None or _names_another(turn, case):
        return category
    sure = turn.signals.confidence >= SURE
    clearer = same_matter(category, case.category) and turn.signals.confidence >= _CLEARER
    if sure and category not in HOW_WE_TREATED_THEM and (clearer or case.category in HOW_WE_TREATED_THEM):
        turn.put(replace(case, category=category).with_event("category", at=turn.now, note=case.category))
        return category
    if sure and category not in HOW_WE_TREATED_THEM and not same_matter(category, case.category):
        return category
    turn.put(case.with_event("complained", at=turn.now, note=category))
    return case.category


def _names_another(turn: Turn, case: Case) -> bool:
    """Whether the customer now names an order, a journey or a thing that is not this case's."""
    return any(
        case.facts.knows(fact.name) and fact.name in ("order_number", "flight_or_train", "product")
        for fact in turn.learned
    )


def _facts_of(problem: Problem, learned: Iterable[Fact], problems: Sequence[Problem]) -> tuple[Fact, ...]:
    """The facts told with one problem: those in its words, and those in the words of no problem alone."""
    own = []
    for fact in learned:
        tellers = [other for other in problems if fact.text in other.text]
        if problem in tellers or not tellers:
            own.append(fact)
    return tuple(own)


def take_details(turn: Turn) -> list[Part]:
    """The customer gave facts: they go where they belong, and are not asked for again."""
    if not turn.learned:
        return [Part("utter_details_unclear")] if not turn.facts.items else _still_going(turn)
    line = {"facts": wording.facts_line(turn, turn.learned)}
    case = current_case(turn)
    if case is None:
        told = likely_complaint(turn, at_least=_BESIDE_DETAILS) if len(turn.text.split()) >= _A_STORY else None
        if told is not None:
            return answer_complaint(turn, told)
        return order_news(turn, Facts(turn.learned)) or [Part("utter_details_without_case", line)]
    case = _with_facts(turn, case)
    turn.put(case)
    news = _news(turn, case.category, case, new=False)
    thanks = _thanks(turn, case)
    question = _question(turn, turn.cases[case.code])
    return [Part("utter_details_noted", line), *news, *thanks, *_next_step(turn, case), *question]


def take_correction(turn: Turn) -> list[Part]:
    """The customer puts something right: what they say now counts."""
    if not turn.learned:
        return [Part("utter_correction_unclear")]
    case = current_case(turn)
    if case is not None:
        turn.put(_with_facts(turn, case))
    return [Part("utter_correction_noted", {"facts": wording.facts_line(turn, turn.learned)})]


def mark_solved(turn: Turn) -> list[Part]:
    """The customer says that it works: the case is solved, and stays at hand if it comes back."""
    case = current_case(turn)
    if case is None:
        return [Part("utter_solved_without_case")]
    if turn.signals.confidence < _GUESS:
        return take_details(turn) if turn.learned else _still_going(turn)
    thanks = _thanks(turn, case)
    turn.put(turn.cases[case.code].with_event("solved", at=turn.now, state=CaseState.SOLVED))
    return [Part("utter_solved", {"case_code": case.code}), *thanks]


def reopen(turn: Turn) -> list[Part]:
    """Nothing has changed for the customer: the case is open again and a human looks at it too."""
    case = current_case(turn) or _latest_case(turn)
    if case is None:
        return [Part("utter_not_solved_without_case")]
    turn.put(_with_facts(turn, case).with_event("reopened", at=turn.now, state=CaseState.OPEN))
    turn.ask_for_human("not_solved")
    response = "utter_still_not_solved" if case.is_open else "utter_not_solved"
    return [Part(response, {"case_code": case.code}), *_next_step(turn, turn.cases[case.code])]


def answer_threat(turn: Turn) -> list[Part]:
    """A threat is the end of somebody's patience: acknowledged, never argued with; a human sees it.

    The problem behind it, when the message tells one, is answered as the complaint it is.
    """
    threat = turn.signals.intent.removeprefix("threat_")
    complaint = likely_complaint(turn, at_least=0.0 if _names_a_matter(turn) else _BESIDE_A_THREAT)
    if complaint is not None:
        turn.signals = replace(turn.signals, threats=(threat,))
        return answer_complaint(turn, complaint)
    parts = [Part(f"utter_threat_{threat}")]
    case = current_case(turn)
    turn.ask_for_human(f"threat_{threat}")
    if case is None:
        return [*parts, Part("utter_tell_me_more")]
    turn.put(_with_facts(turn, case).with_event("threat", at=turn.now, note=threat))
    return [*parts, *_next_step(turn, case)]


def _names_a_matter(turn: Turn) -> bool:
    """Whether the customer said what it is about: a thing, an order, a journey."""
    return any(fact.name in ("product", "order_number", "flight_or_train") for fact in turn.learned)


def likely_complaint(turn: Turn, *, at_least: float) -> str | None:
    """The most probable complaint of the message, if it is as probable as that (0-1)."""
    complaints = ((name, score) for name, score in turn.signals.ranking if name.startswith("complaint_"))
    name, score = next(complaints, ("", 0.0))
    return name if score >= at_least else None


def current_case(turn: Turn) -> Case | None:
    """The open case the conversation is about: the one spoken of last, else the one touched last."""
    category = turn.memory.category
    cases = turn.open_cases()
    return (turn.case_for(category) if category else None) or (cases[-1] if cases else None)


def open_case(turn: Turn, category: str) -> Case:
    """A new case of this category that knows what the customer has told so far."""
    code = new_case_code(secrets.choice)
    case = Case(code=code, category=category, opened=turn.now).with_event("opened", at=turn.now)
    return case.with_facts(_known_before(turn) + turn.learned, at=turn.now)


def _known_before(turn: Turn) -> tuple[Fact, ...]:
    """What the conversation knew before this turn and may be about a new case too.

    The order named for another open case probably is the same one, unless a number was given now; what was broken,
    when, and how much it cost is not.
    """
    now = {message.id for message in turn.dossier.incoming}
    given = {fact.name for fact in turn.learned}
    taken = {fact.key for case in turn.open_cases() for fact in case.facts if fact.name in _THE_MATTER | given}
    before = [fact for fact in turn.facts if fact.message_id not in now]
    facts, _ = turn.dossier.known.learn(before)
    return tuple(fact for fact in facts if fact.key not in taken)


def _case_now(turn: Turn, category: str, known: Case | None) -> Case:
    case = _with_facts(turn, known) if known else open_case(turn, category)
    case = replace(case, severity=tuple(dict.fromkeys((*case.severity, *turn.signals.severity))))
    turn.put(case)
    return case


def _with_facts(turn: Turn, case: Case) -> Case:
    return case.with_facts(turn.learned, at=turn.now)


def _latest_case(turn: Turn) -> Case | None:
    return next(reversed(turn.cases.values()), None)


def _acknowledgement(turn: Turn, category: str, case: Case) -> list[Part]:
    signals = turn.signals
    parts = [Part(f"utter_ack_{category}", {"about": _about(turn, category, case)})]
    waiting = wording.duration(signals.waiting)
    if signals.occurrences > 1:
        parts.append(
            Part("utter_ack_repeated", {"times": turn.phrases("utter_part_times", n=str(signals.occurrences))})
        )
    elif waiting:
        parts.append(Part("utter_ack_waiting", {"wait": waiting}))
    elif signals.ironic:
        parts.append(Part("utter_ack_irony"))
    for threat in signals.threats[:1]:
        turn.ask_for_human(f"threat_{threat}")
        parts.append(Part(f"utter_threat_{threat}"))
    before = max(turn.dossier.memory.course[-1:], default=0)
    if owes_apology(case, temperature=turn.temperature, before=before):
        parts.append(Part("utter_apology", goes_on=True))
    return parts


def _about(turn: Turn, category: str, case: Case) -> str:
    """What the problem is about, in the customer's own words where they named one thing."""
    thing = wording.the_thing(turn) if category in _ABOUT_THINGS else None
    return wording.about(turn, case.facts, thing=thing)


def _take_steps(turn: Turn, case: Case, *steps: str) -> None:
    """Note in the case which steps of the care method this answer takes."""
    turn.put(with_steps(turn.cases[case.code], steps, at=turn.now))


def _thanks(turn: Turn, case: Case) -> list[Part]:
    """Thanks for what the customer does for us, once in a case."""
    if THANK in steps_taken(turn.cases[case.code]):
        return []
    _take_steps(turn, case, THANK)
    return [Part("utter_thank", goes_on=True)]


def _what_is_at_stake(turn: Turn) -> list[Part]:
    stake = next((name for name in _URGENT if name in turn.signals.severity), None)
    if stake is None:
        return []
    turn.ask_for_human(f"severity_{stake}")
    return [Part(f"utter_stake_{stake}")]


def _news(turn: Turn, category: str, case: Case, *, new: bool) -> list[Part]:
    """What the back office knows of the order, when it is first spoken of in a case."""
    named = any(fact.name == "order_number" for fact in turn.learned)
    news = order_news(turn, case.facts, category) if new or named else []
    if news:
        turn.put(turn.cases[case.code].with_event(_ORDER_FOUND, at=turn.now))
    return news


def _facts_noted(turn: Turn, category: str) -> list[Part]:
    wanted = {option for name in turn.brand.wanted(category) for option in name.split("|")} | _ALWAYS_REPEATED
    things = [fact for fact in turn.learned if fact.name == "product"]
    if category in _ABOUT_THINGS and len(things) == 1 and wording.the_thing(turn) is None:
        wanted |= {"product"}
    new = [fact for fact in turn.learned if _worth_repeating(fact, wanted) and not _lies_ahead(turn, fact)]
    tells = any(fact.name not in ("date", "time") for fact in new)  # "yesterday" alone is nothing to read back
    return [Part("utter_facts_noted", {"facts": wording.facts_line(turn, new)})] if tells else []


def _worth_repeating(fact: Fact, wanted: Set[str]) -> bool:
    """Whether to read a fact back: what the case needs; reading back every noun would be a parrot's attention."""
    return fact.name in wanted & _WORTH_REPEATING and not wording.is_named_in_about(fact)


def _lies_ahead(turn: Turn, fact: Fact) -> bool:
    """Whether a date is still to come: an ultimatum is not a fact to read back."""
    return fact.name == "date" and fact.value[:10] > turn.now.date().isoformat()


def _next_step(turn: Turn, case: Case) -> list[Part]:
    promise, new = promise_for(turn, case)
    response = f"utter_promise_{case.category}" if new else "utter_promise_standing"
    return [Part(response, {"deadline": wording.when(turn, promise.due)})]


def _question(turn: Turn, *cases: Case) -> list[Part]:
    """What is missing, asked once and together; the cases go on without it."""
    asked: dict[str, None] = {}
    for case in cases:
        found = any(event.kind == _ORDER_FOUND for event in turn.cases[case.code].history)
        needless = {*case.asked, *(_IN_THE_ORDER if found else ())}
        missing = _unknown(turn, case, [name for name in turn.brand.wanted(case.category) if name not in needless])
        if missing:
            turn.put(replace(turn.cases[case.code], asked=(*case.asked, *missing)))
            asked.update(dict.fromkeys(missing))
    return [Part("utter_ask_details", {"missing": wording.missing_line(turn, asked)})] if asked else []


def _unknown(turn: Turn, case: Case, wanted: Iterable[str]) -> tuple[str, ...]:
    known, _ = turn.facts.learn((*turn.dossier.known, *case.facts))
    return known.missing(wanted)


def _still_going(turn: Turn) -> list[Part]:
    case = current_case(turn)
    return [Part("utter_still_on_it", {"case_code": case.code})] if case else [Part("utter_details_unclear")]
