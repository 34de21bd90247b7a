"""Every sentence Teorema can say, checked without a model: never PANZA, never the same one twice, every hole known."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
NLU_DATA = HERE.parents[1] / "nlu_data"
BOT = HERE.parents[1] / "bot"

COMPLAINTS = """missed_appointment delivery_delay lost_item defective_product wrong_charge payment_blocked
    service_outage misleading_offer no_reply bounced broken_promise rude_staff travel_disruption refund insurance_claim
    cancellation"""
OTHER_INTENTS = """ask_case_status ask_human ask_information give_details privacy_request threat_legal threat_public
    praise thanks greet goodbye affirm deny problem_solved problem_not_solved correction chitchat bot_challenge
    troll_insult troll_provocation spam out_of_scope nlu_fallback"""
INTENTS = [*(f"complaint_{name}" for name in COMPLAINTS.split()), *OTHER_INTENTS.split()]

AT_LEAST = 5
SHORTEST, LONGEST = 20, 260
TOO_ALIKE = 0.6
SAME_OPENING = 2
TONES = {"", "sober", "ironic"}
ADDRESSES = {"tu", "lei"}
HEARD_WHEN_ANGRY = {"complaints", "escalation", "handoff"}
PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Sentence:
    """One variation of a response; `tone` is empty when it may be said in any tone that has no words of its own."""

    topic: str
    response: str
    text: str
    tone: str
    only_tone: bool
    address: str = "tu"

    @property
    def is_fragment(self) -> bool:
        return self.response.startswith("utter_part_")

    @property
    def sober(self) -> bool:
        """Whether an angry customer can read it: said soberly, or the response of a problem without sober words."""
        return self.tone == "sober" or (not self.tone and self.only_tone and self.topic in HEARD_WHEN_ANGRY)

    def __str__(self) -> str:
        return f"{self.topic}/{self.response}: {self.text}"


@dataclass(frozen=True)
class Rule:
    """One pattern of panza.yml."""

    sin: str
    pattern: re.Pattern[str]
    reason: str
    catches: str
    topics: tuple[str, ...]
    heard: str
    spared: tuple[str, ...]

    def forbids(self, sentence: Sentence) -> bool:
        in_topic = not self.topics or sentence.topic in self.topics
        heard = self.heard != "sober" or sentence.sober
        spared = any(fnmatch(sentence.response, name) for name in self.spared)
        return in_topic and heard and not spared and bool(self.pattern.search(sentence.text))


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _slot(variation: Mapping[str, Any], name: str) -> str:
    return next((row["value"] for row in variation.get("condition", ()) if row["name"] == name), "")


def _tone(variation: Mapping[str, Any]) -> str:
    return _slot(variation, "tone")


def _sentences() -> Iterator[Sentence]:
    for path in sorted(NLU_DATA.glob("*/responses.yml")):
        for response, variations in _yaml(path)["responses"].items():
            only = all(_tone(variation) != "sober" for variation in variations)
            for variation in variations:
                yield Sentence(
                    path.parent.name,
                    response,
                    variation["text"],
                    _tone(variation),
                    only,
                    _slot(variation, "address") or "tu",
                )


def _rules() -> Iterator[Rule]:
    for sin, rows in _yaml(HERE / "panza.yml").items():
        for row in rows:
            pattern = re.compile(row["pattern"].strip(), re.IGNORECASE)
            topics, spared = tuple(row.get("topics", ())), tuple(row.get("except", ()))
            yield Rule(sin, pattern, row["reason"], row["catches"], topics, row.get("heard", "any"), spared)


SENTENCES = list(_sentences())
WHOLE = [sentence for sentence in SENTENCES if not sentence.is_fragment]
RULES = list(_rules())
PLACEHOLDERS = _yaml(HERE / "placeholders.yml")


def _by_response(sentences: list[Sentence]) -> dict[str, list[Sentence]]:
    grouped: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        grouped[sentence.response].append(sentence)
    return grouped


def _by_response_and_address(sentences: list[Sentence]) -> dict[tuple[str, str], list[Sentence]]:
    grouped: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        grouped[sentence.response, sentence.address].append(sentence)
    return grouped


def _listed(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.sin}: {rule.catches}")
def test_no_sentence_is_panza(rule):
    faults = [str(sentence) for sentence in SENTENCES if rule.forbids(sentence)]

    assert not faults, f"{rule.reason}{_listed(faults)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.sin}: {rule.catches}")
def test_every_pattern_catches_its_example_and_gives_a_reason(rule):
    assert rule.pattern.search(rule.catches)
    assert rule.reason


def test_every_spared_response_exists():
    names = {sentence.response for sentence in SENTENCES}

    assert all(any(fnmatch(name, glob) for name in names) for rule in RULES for glob in rule.spared)


def test_nothing_ironic_is_said_about_a_problem():
    assert not [str(sentence) for sentence in WHOLE if sentence.topic in HEARD_WHEN_ANGRY and sentence.tone == "ironic"]


def test_an_acknowledgement_leaves_apology_case_and_promise_to_the_parts_that_follow():
    another_part = re.compile(r"\bscus(?:a|ami|aci|e)\b|mi dispiace|\bpratica\b|\bentro \{", re.IGNORECASE)
    acknowledgements = [sentence for sentence in WHOLE if sentence.response.startswith("utter_ack_")]

    assert acknowledgements
    assert not [str(sentence) for sentence in acknowledgements if another_part.search(sentence.text)]


def test_every_response_can_be_said_in_five_ways_for_each_address_and_tone():
    few = []
    for name, said in _by_response(WHOLE).items():
        for address in sorted(ADDRESSES):
            counts = Counter(sentence.tone for sentence in said if sentence.address == address)
            tones = {"", *(sentence.tone for sentence in said)}
            few += [
                f"{name}, {address}, {tone or 'any tone'}: {counts[tone]}" for tone in tones if counts[tone] < AT_LEAST
            ]

    assert not few, _listed(few)


def test_a_fragment_has_one_wording_since_services_take_the_first():
    fragments = _by_response([sentence for sentence in SENTENCES if sentence.is_fragment])

    assert fragments
    assert all(len(said) == 1 for said in fragments.values())


def test_a_response_is_written_in_one_place():
    places = defaultdict(set)
    for sentence in SENTENCES:
        places[sentence.response].add(sentence.topic)

    assert not {name: topics for name, topics in places.items() if len(topics) > 1}


def test_conditions_name_only_tones_that_exist():
    assert {sentence.tone for sentence in SENTENCES} <= TONES
    assert {sentence.address for sentence in SENTENCES} <= ADDRESSES


def test_no_sentence_is_written_twice():
    counts = Counter((sentence.address, _folded(sentence.text)) for sentence in WHOLE)

    assert not [text for text, count in counts.items() if count > 1]


def test_no_two_sentences_are_nearly_the_same():
    masks = zip(WHOLE, _masks([_grams(sentence.text) for sentence in WHOLE]), strict=True)
    alike = [
        f"{one}\n    {other}"
        for (one, first), (other, second) in combinations(masks, 2)
        if one.address == other.address and (first & second).bit_count() > TOO_ALIKE * (first | second).bit_count()
    ]

    assert not alike, _listed(alike)


def test_at_most_two_sentences_of_a_response_open_alike():
    faults = []
    for (name, _), said in _by_response_and_address(WHOLE).items():
        openings = Counter(" ".join(_folded(sentence.text).split()[:2]) for sentence in said)
        faults += [f"{name}: {words} x{count}" for words, count in openings.items() if count > SAME_OPENING]

    assert not faults, _listed(faults)


def test_placeholders_are_those_that_services_fill():
    faults = [str(sentence) for sentence in SENTENCES if not _holes_are_right(sentence)]

    assert not faults, _listed(faults)


def test_about_brings_its_own_space_and_ends_a_phrase():
    wrong = re.compile(r"(?:^|\s)\{about\}|\{about\}[^\s,.;:?)]")

    assert not [str(sentence) for sentence in SENTENCES if wrong.search(sentence.text)]


def test_at_least_half_of_the_acknowledgements_of_a_complaint_say_what_it_is_about():
    acks = _by_response([sentence for sentence in WHOLE if sentence.response.startswith("utter_ack_complaint_")])
    shares = {name: sum("{about}" in sentence.text for sentence in said) / len(said) for name, said in acks.items()}

    assert len(shares) == len(COMPLAINTS.split())
    assert min(shares.values()) >= 0.5


def test_sentences_are_neither_grunts_nor_letters():
    faults = [f"{len(_filled(s))} {s}" for s in WHOLE if not SHORTEST <= len(_filled(s)) <= LONGEST]

    assert not faults, _listed(faults)


def test_sentences_are_typed_cleanly():
    sloppy = re.compile(r"\s{2,}|\s[,.;:?!]|^\s|\s$|[‘’`´]|\.\.")

    assert not [str(sentence) for sentence in WHOLE if sloppy.search(sentence.text)]


def test_every_complaint_is_acknowledged_and_promised_an_answer():
    names = {sentence.response for sentence in SENTENCES}
    wanted = {f"utter_{part}_complaint_{name}" for part in ("ack", "promise") for name in COMPLAINTS.split()}

    assert not wanted - names


def test_every_response_that_the_code_names_is_written():
    quoted = re.compile(r'[^f]"(utter_(?!action")\w*[a-z0-9])"')  # not Rasa's own key, nor a mere beginning
    named = {name for path in BOT.rglob("*.py") for name in quoted.findall(path.read_text())}

    assert named
    assert not named - {sentence.response for sentence in SENTENCES}


def test_every_intent_is_in_exactly_one_rule_with_one_action():
    rules = [rule for path in NLU_DATA.glob("*/rules.yml") for rule in _yaml(path)["rules"]]
    intents = Counter(step["intent"] for rule in rules for step in rule["steps"] if "intent" in step)

    assert intents == Counter(INTENTS)
    assert all([list(step) for step in rule["steps"]] == [["intent"], ["action"]] for rule in rules)


def _folded(text: str) -> str:
    """Words alone: lower case, without placeholders, punctuation and emoji."""
    return " ".join(re.findall(r"\w+", PLACEHOLDER.sub(" ", text).casefold()))


def _grams(text: str) -> frozenset[str]:
    folded = _folded(text)
    return frozenset(folded[start : start + 4] for start in range(max(1, len(folded) - 3)))


def _masks(sets: Iterable[frozenset[str]]) -> list[int]:
    """Each set as the bits of an integer: hundreds of thousands of pairs are compared in a second."""
    bits: dict[str, int] = defaultdict(lambda: 1 << len(bits))
    return [sum(bits[gram] for gram in grams) for grams in sets]


def _holes_are_right(sentence: Sentence) -> bool:
    said = PLACEHOLDER.findall(sentence.text)
    known = PLACEHOLDERS["responses"].items()
    entry = next((entry for glob, entry in known if fnmatch(sentence.response, glob)), {})
    must, may = set(entry.get("must", ())), set(entry.get("may", ()))
    stray = re.search(r"[{}]", PLACEHOLDER.sub("", sentence.text))
    return not stray and must <= set(said) <= must | may and len(said) == len(set(said))


def _filled(sentence: Sentence) -> str:
    return PLACEHOLDER.sub(lambda hole: PLACEHOLDERS["samples"][hole[1]], sentence.text)
