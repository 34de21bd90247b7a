from __future__ import annotations

import pytest

from bot.core.threats import ThreatCues, threats


@pytest.mark.parametrize(
    ("cues", "heard"),
    [
        (ThreatCues(), ()),
        (ThreatCues(legal=1), ("legal",)),
        (ThreatCues(public=1, legal=1), ("legal", "public")),
        # a mere mention needs the intent's support
        (ThreatCues(legal_words=1), ()),
        (ThreatCues(legal_words=1, legal_mass=0.2), ("legal",)),
        (ThreatCues(public_words=2, public_mass=0.05), ()),
        (ThreatCues(public_mass=0.7), ("public",)),
        # "you deserve a review": praise is no threat
        (ThreatCues(public=1, kind_mass=0.9), ()),
    ],
)
def test_a_threat_is_an_announcement_or_a_mention_that_the_intent_supports(cues: ThreatCues, heard: tuple[str, ...]):
    assert threats(cues) == heard
