from __future__ import annotations

import pytest

from bot.core.errors import Refused
from bot.nlu.evaluation import changes, intent_table, read_tsv, score_nlu, score_triage


def parse(intent: str, confidence: float = 0.9, *, verdict: str = "need", temperature: int = 0) -> dict:
    return {
        "intent": {"name": intent, "confidence": confidence},
        "triage": {"verdict": verdict},
        "temperature": temperature,
    }


ROWS = read_tsv("text\tintent\nciao\tgreet\nsalve\tgreet\nno\tdeny\nsì\taffirm\n", "text", "intent")


def test_accuracy_and_macro_f1_weigh_messages_and_intents():
    scores = score_nlu(ROWS, [parse("greet"), parse("greet"), parse("deny"), parse("deny", 0.4)])

    assert scores.accuracy == 0.75
    assert scores.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert [(row.right, row.said, row.confidence) for row in scores.confusions] == [("affirm", "deny", 0.4)]


def test_an_intent_that_is_only_said_in_error_has_no_recall_and_does_not_dilute_the_mean():
    scores = score_nlu(ROWS, [parse("greet"), parse("greet"), parse("deny"), parse("spam")])

    assert {row.intent: row.support for row in scores.intents}["spam"] == 0
    assert scores.macro_f1 == pytest.approx(2 / 3)


def test_need_and_temperature_are_scored_only_when_the_file_has_them():
    rows = read_tsv("text\tintent\tneed\ttemperature\na\tgreet\tneed\t3\nb\tspam\ttroll\t0\n", "text", "intent")
    scores = score_nlu(rows, [parse("greet", temperature=2), parse("spam", verdict="need")])

    assert (scores.need_accuracy, scores.temperature_exact, scores.temperature_within_one) == (0.5, 0.5, 1.0)
    assert score_nlu(ROWS, [parse("greet")] * 4).need_accuracy is None


def test_the_json_has_the_keys_that_scripts_rely_on():
    shown = score_nlu(ROWS, [parse("greet")] * 4).as_dict()

    assert {"accuracy", "macro_f1", "intents"} <= set(shown)
    assert shown["intents"]["greet"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "support": 2}


def test_triage_counts_wronged_people_and_caught_trolls():
    rows = read_tsv("text\tlabel\na\tgenuine\nb\tgenuine\nc\ttroll\n", "text", "label")
    scores = score_triage(rows, [parse("x", verdict="troll"), parse("x"), parse("x", verdict="troll")])

    assert scores.as_dict() == {"genuine_called_troll": 0.5, "trolls_caught": 1.0, "examples": 3}
    assert scores.wronged == ("a",)


def test_a_label_that_is_neither_genuine_nor_troll_is_refused():
    with pytest.raises(Refused):
        score_triage([{"text": "a", "label": "perhaps"}], [parse("x")])


@pytest.mark.parametrize("text", ["", "text\tintent\n", "text\nciao\n", "text\tintent\nciao\n"])
def test_an_unusable_file_is_refused(text):
    with pytest.raises(Refused):
        read_tsv(text, "text", "intent")


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read():
    assert read_tsv("\ufefftext\tintent\r\nciao\tgreet\r\n", "text", "intent") == [{"text": "ciao", "intent": "greet"}]


def test_only_messages_that_are_understood_differently_are_changes():
    found = changes(ROWS[:2], [parse("greet"), parse("deny")], [parse("greet"), parse("greet")])

    assert [(change.text, change.before, change.after) for change in found] == [("salve", "deny", "greet")]


def test_the_table_lists_intents_that_were_right_or_said():
    assert [row.intent for row in intent_table(["b", "a"], ["b", "c"])] == ["a", "b", "c"]
