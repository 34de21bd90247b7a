from __future__ import annotations

import pytest

from bot.core.signals import NEED, TROLL
from bot.core.triage import TriageEvidence, family_masses, judge, reconsider


@pytest.mark.parametrize(
    "evidence",
    [
        TriageEvidence(),
        TriageEvidence(words=10, concrete=2, own_matter=2),
        # rude, but about something
        TriageEvidence(words=12, insults=2, concrete=1, own_matter=2, failures=1, troll_mass=0.2),
        # a swear word in a long story weighs little
        TriageEvidence(words=120, insults=3, concrete=6, facts=2, failures=3, troll_mass=0.1),
        TriageEvidence(words=2, dialogue_mass=0.9, troll_mass=0.05),
    ],
)
def test_evidence_of_need_or_none_at_all_is_a_customer(evidence: TriageEvidence):
    assert judge(evidence).verdict == NEED


@pytest.mark.parametrize(
    "evidence",
    [
        TriageEvidence(words=2, insults=1, troll_mass=0.7),
        TriageEvidence(words=6, bait=2, thou=2, troll_mass=0.6),
        TriageEvidence(words=8, offers=3, links=1, troll_mass=0.5),
        # polite words change nothing: a dare with a product in it stays a dare
        TriageEvidence(words=9, bait=3, thou=1, concrete=1, troll_mass=0.7),
        TriageEvidence(words=7, injection=2, bait=1, troll_mass=0.6),
    ],
)
def test_insults_dares_and_adverts_without_an_object_are_trolling(evidence: TriageEvidence):
    assert judge(evidence).verdict == TROLL


def test_the_same_insult_becomes_a_complaint_when_it_has_an_object():
    bare = TriageEvidence(words=8, insults=1, troll_mass=0.4, thou=1)
    about = TriageEvidence(words=8, insults=1, troll_mass=0.4, thou=1, concrete=2, own_matter=1, failures=2)

    assert judge(bare).score < judge(about).score
    assert judge(about).verdict == NEED


@pytest.mark.parametrize(
    "more",
    [
        *({"concrete": 2}, {"own_matter": 2}, {"asks": 2}, {"failures": 2}, {"facts": 2}),
        *({"stakes": 1}, {"threats": 1}),
    ],
)
def test_every_evidence_of_need_raises_the_score(more: dict[str, int]):
    before = TriageEvidence(words=10, insults=1, troll_mass=0.5)
    after = TriageEvidence(words=10, insults=1, troll_mass=0.5, **more)

    assert judge(after).score > judge(before).score


@pytest.mark.parametrize(
    "more", [{"insults": 1}, {"bait": 1}, {"injection": 1}, {"offers": 1}, {"absurd": 1}, {"nothing_wanted": 1}]
)
def test_every_evidence_of_none_lowers_the_score(more: dict[str, int]):
    assert judge(TriageEvidence(words=10, **more)).score < judge(TriageEvidence(words=10)).score


def test_courtesies_alone_are_never_trolling():
    assert judge(TriageEvidence(words=1, troll_mass=0.99, courtesy_only=True)).verdict == NEED


def test_the_reasons_speak_for_the_verdict():
    assert "offers" in judge(TriageEvidence(words=5, offers=3, troll_mass=0.8)).reasons
    assert "failures" in judge(TriageEvidence(words=5, failures=3, concrete=1)).reasons


def test_an_open_case_or_an_earlier_need_makes_a_customer_of_a_troll():
    insult = TriageEvidence(words=4, insults=1, troll_mass=0.8)
    assert judge(insult).verdict == TROLL

    with_case = TriageEvidence(words=4, insults=1, troll_mass=0.8, has_open_case=True, earlier_need=True)
    assert judge(with_case).verdict == NEED
    assert reconsider(judge(insult).score, has_open_case=True, earlier_need=True).verdict == NEED


def test_reconsidering_with_history_equals_judging_with_it():
    plain = TriageEvidence(words=6, bait=1, troll_mass=0.4)
    known = TriageEvidence(words=6, bait=1, troll_mass=0.4, earlier_need=True, repeated=True)

    again = reconsider(judge(plain).score, earlier_need=True, repeated=True)

    assert again.score == pytest.approx(judge(known).score, abs=1e-6)


def test_an_intent_nobody_has_told_us_about_counts_as_a_need():
    assert family_masses([("complaint_new", 0.5), ("thanks", 0.3), ("spam", 0.2)]) == pytest.approx((0.5, 0.3, 0.2))
