"""How good predictions are: pure functions over what was said and what was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.errors import Refused
from bot.core.signals import NEED, TROLL

GENUINE = "genuine"
_TEMPERATURE_TOLERANCE = 1
_DEGREES = frozenset("01234")


@dataclass(frozen=True)
class IntentScore:
    """One intent: `support` right answers exist; precision, recall and f1 are 0-1."""

    intent: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Confusion:
    """One message that was understood as another intent, and how sure of it the model was (0-1)."""

    text: str
    right: str
    said: str
    confidence: float


@dataclass(frozen=True)
class Change:
    """A message that two models understand differently."""

    text: str
    right: str
    before: str
    after: str


@dataclass(frozen=True)
class NluScores:
    """How well intents were told; `need` and `temperature` scores are there when the file had those columns.

    `temperature_within_one` is the share of messages whose temperature is at most one step off.
    """

    accuracy: float
    macro_f1: float
    examples: int
    intents: tuple[IntentScore, ...]
    confusions: tuple[Confusion, ...]
    need_accuracy: float | None = None
    temperature_exact: float | None = None
    temperature_within_one: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The scores as JSON; `intents` maps a name to its numbers; confusions are left out."""
        shown: dict[str, Any] = {
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "examples": self.examples,
            "intents": {
                row.intent: {
                    "precision": round(row.precision, 4),
                    "recall": round(row.recall, 4),
                    "f1": round(row.f1, 4),
                    "support": row.support,
                }
                for row in self.intents
            },
        }
        for name in ("need_accuracy", "temperature_exact", "temperature_within_one"):
            value = getattr(self, name)
            if value is not None:
                shown[name] = round(value, 4)
        return shown


@dataclass(frozen=True)
class TriageScores:
    """Fractions (0-1): genuine people called trolls, and trolls caught; and who was misjudged."""

    genuine_called_troll: float
    trolls_caught: float
    examples: int
    wronged: tuple[str, ...]
    missed: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The two fractions and the number of examples, as JSON."""
        return {
            "genuine_called_troll": round(self.genuine_called_troll, 4),
            "trolls_caught": round(self.trolls_caught, 4),
            "examples": self.examples,
        }


def read_tsv(text: str, *columns: str) -> list[dict[str, str]]:
    """Read tab-separated rows; Refused when the header lacks one of `columns` or a row has another width."""
    lines = [line for line in text.splitlines() if line.strip()]
    header = lines[0].lstrip("\ufeff").split("\t") if lines else []
    missing = [name for name in columns if name not in header]
    if missing:
        raise Refused("evaluation_column_missing", column=missing[0])
    rows = [line.split("\t") for line in lines[1:]]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise Refused("evaluation_row_broken", line=number)
    if not rows:
        raise Refused("evaluation_empty")
    return [dict(zip(header, row, strict=True)) for row in rows]


def score_nlu(rows: Sequence[Mapping[str, str]], parses: Sequence[Mapping[str, Any]]) -> NluScores:
    """Compare parses (as of `Interpreter.parse`) with rows that have `text`, `intent` and perhaps more columns."""
    right = [row["intent"] for row in rows]
    said = [str(parse["intent"]["name"]) for parse in parses]
    table = intent_table(right, said)
    present = [row for row in table if row.support]
    confusions = [
        Confusion(row["text"], row["intent"], name, float(parse["intent"]["confidence"]))
        for row, name, parse in zip(rows, said, parses, strict=True)
        if name != row["intent"]
    ]
    exact, near = _temperature_scores(rows, parses)
    return NluScores(
        accuracy=sum(one == other for one, other in zip(right, said, strict=True)) / len(rows),
        macro_f1=sum(row.f1 for row in present) / len(present),
        examples=len(rows),
        intents=tuple(table),
        confusions=tuple(sorted(confusions, key=lambda confusion: -confusion.confidence)),
        need_accuracy=_need_accuracy(rows, parses),
        temperature_exact=exact,
        temperature_within_one=near,
    )


def changes(
    rows: Sequence[Mapping[str, str]], before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[Change, ...]:
    """Return the messages whose intent differs between two models' parses."""
    pairs = (
        (row, str(old["intent"]["name"]), str(new["intent"]["name"]))
        for row, old, new in zip(rows, before, after, strict=True)
    )
    return tuple(Change(row["text"], row["intent"], old, new) for row, old, new in pairs if old != new)


def intent_table(right: Sequence[str], said: Sequence[str]) -> list[IntentScore]:
    """Return precision, recall and f1 of every intent that was right or was said, in alphabetical order."""
    support, claims = Counter(right), Counter(said)
    hits = Counter(one for one, other in zip(right, said, strict=True) if one == other)
    return [_score(name, hits[name], claims[name], support[name]) for name in sorted(support | claims)]


def _score(intent: str, hits: int, claims: int, support: int) -> IntentScore:
    precision = hits / claims if claims else 0.0
    recall = hits / support if support else 0.0
    return IntentScore(intent, precision, recall, 2 * hits / (claims + support), support)


def _need_accuracy(rows: Sequence[Mapping[str, str]], parses: Sequence[Mapping[str, Any]]) -> float | None:
    """Share of right triage verdicts; the column says `need` or `troll`."""
    if "need" not in rows[0] or "triage" not in parses[0]:
        return None
    return sum(row["need"] == parse["triage"]["verdict"] for row, parse in zip(rows, parses, strict=True)) / len(rows)


def _temperature_scores(
    rows: Sequence[Mapping[str, str]], parses: Sequence[Mapping[str, Any]]
) -> tuple[float | None, float | None]:
    if "temperature" not in rows[0] or "temperature" not in parses[0]:
        return None, None
    wrong = next((number for number, row in enumerate(rows, start=2) if row["temperature"] not in _DEGREES), None)
    if wrong is not None:
        raise Refused("evaluation_temperature", line=wrong)
    off = [abs(int(row["temperature"]) - int(parse["temperature"])) for row, parse in zip(rows, parses, strict=True)]
    return off.count(0) / len(off), sum(step <= _TEMPERATURE_TOLERANCE for step in off) / len(off)


def score_triage(rows: Sequence[Mapping[str, str]], parses: Sequence[Mapping[str, Any]]) -> TriageScores:
    """Compare verdicts with rows that have `text` and `label` (`genuine` or `troll`)."""
    judged = [
        (row["text"], row["label"], str(parse["triage"]["verdict"])) for row, parse in zip(rows, parses, strict=True)
    ]
    genuine = [(text, verdict) for text, label, verdict in judged if label == GENUINE]
    trolls = [(text, verdict) for text, label, verdict in judged if label == TROLL]
    if len(genuine) + len(trolls) != len(judged):
        raise Refused("evaluation_label_unknown", labels=f"{GENUINE}, {TROLL}")
    wronged = tuple(text for text, verdict in genuine if verdict == TROLL)
    missed = tuple(text for text, verdict in trolls if verdict == NEED)
    return TriageScores(
        genuine_called_troll=len(wronged) / max(1, len(genuine)),
        trolls_caught=1 - len(missed) / max(1, len(trolls)) if trolls else 0.0,
        examples=len(judged),
        wronged=wronged,
        missed=missed,
    )
