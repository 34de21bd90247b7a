from __future__ import annotations

from bot.core.triage import TriageEvidence, features
from bot.nlu.signals.cues import read_cues
from bot.nlu.signals.wording import reasons


def test_every_reason_has_a_sentence():
    keys = {*features(TriageEvidence()), "courtesy_only", "need_mass", "doubt", "unreadable"} - {
        "baiting",
        "least_baiting",
        "need_peak",
    }

    assert all(reasons([key], read_cues("ciao"))[0] for key in keys)


def test_a_sentence_quotes_at_most_three_words():
    (sentence,) = reasons(["concrete"], read_cues("pacco, corriere, modem, bolletta, volo, treno"))

    assert sentence.count("«") == 3
