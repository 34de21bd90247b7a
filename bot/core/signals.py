"""What we hear in a customer's message beside its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.facts import FACT_NAMES, Fact

TEMPERATURES = ("calm", "annoyed", "upset", "angry", "furious")
SEVERITIES = ("safety", "health", "money", "stranded", "data")
THREATS = ("legal", "public")
_RANKS_KEPT, _RANKS_SHOWN = 12, 5
NEED, TROLL = "need", "troll"


@dataclass(frozen=True)
class Entity:
    """A mention in the text: `value` normalised, `start` and `end` in characters of the original text."""

    entity: str
    value: str
    start: int
    end: int
    text: str = ""

    @classmethod
    def from_parse(cls, row: Mapping[str, Any], text: str) -> Entity:
        """An entity of Rasa's parse data; `text` is the whole message."""
        start, end = int(row.get("start", 0)), int(row.get("end", 0))
        return cls(row["entity"], str(row["value"]), start, end, row.get("text") or text[start:end])


@dataclass(frozen=True)
class Triage:
    """Need or troll; `score` is the probability of a need (0-1); `reasons` are Italian, for a community manager."""

    verdict: str = NEED
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One of several problems in a message: its complaint intent and the words that tell it."""

    intent: str
    text: str


@dataclass(frozen=True)
class Signals:
    """Everything understood about one message, or about several that are one story.

    `ranking` holds (intent, probability) best first; `temperature` is 0 (calm) to 4 (furious); `severity` and `threats`
    name what is at stake and what is threatened, independent of the tone; `irony` is a probability (0-1);
    `occurrences` is how often it happened ("la terza volta": 3, 0 unknown), `waiting` since how long (ISO 8601: P3W);
    `problems` are the distinct complaints of a message that tells several, in the order told, else empty.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    triage: Triage = field(default_factory=Triage)
    temperature: int = 0
    severity: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    irony: float = 0.0
    kind: str = "text"
    occurrences: int = 0
    waiting: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def ironic(self) -> bool:
        """Whether the message probably says the contrary of its words."""
        return self.irony >= 0.5

    def as_dict(self) -> dict[str, Any]:
        """The signals as JSON, as `teorema parse` prints them and the database stores them."""
        return {
            "intent": {"name": self.intent, "confidence": round(self.confidence, 4)},
            "ranking": [{"name": name, "confidence": round(score, 4)} for name, score in self.ranking[:_RANKS_SHOWN]],
            "entities": [
                {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end, "text": e.text}
                for e in self.entities
            ],
            "triage": {
                "verdict": self.triage.verdict,
                "score": round(self.triage.score, 4),
                "reasons": list(self.triage.reasons),
            },
            "temperature": self.temperature,
            "severity": list(self.severity),
            "threats": list(self.threats),
            "irony": self.ironic,
            "irony_score": round(self.irony, 4),
            "kind": self.kind,
            "occurrences": self.occurrences,
            "waiting": self.waiting,
            "problems": [{"intent": problem.intent, "text": problem.text} for problem in self.problems],
        }

    def facts(self, *, message_id: int | None) -> Iterator[Fact]:
        """The facts that the message states."""
        for entity in self.entities:
            if entity.entity in FACT_NAMES:
                yield Fact(entity.entity, entity.value, entity.text or entity.value, message_id)

    @classmethod
    def from_parse(cls, parse: Mapping[str, Any]) -> Signals:
        """The signals of a message as Rasa parsed it; what no component set has its calm default."""
        intent = parse.get("intent") or {}
        triage = parse.get("triage") or {}
        return cls(
            intent=intent.get("name") or "nlu_fallback",
            confidence=float(intent.get("confidence") or 0.0),
            ranking=tuple(
                (row["name"], float(row["confidence"])) for row in parse.get("intent_ranking", ())[:_RANKS_KEPT]
            ),
            entities=tuple(Entity.from_parse(row, str(parse.get("text") or "")) for row in parse.get("entities") or ()),
            triage=Triage(
                triage.get("verdict", NEED), float(triage.get("score", 1.0)), tuple(triage.get("reasons", ()))
            ),
            temperature=int(parse.get("temperature") or 0),
            severity=tuple(parse.get("severity") or ()),
            threats=tuple(parse.get("threats") or ()),
            irony=float(parse.get("irony_score") or 0.0),
            kind=str(parse.get("kind") or "text"),
            occurrences=int(parse.get("occurrences") or 0),
            waiting=str(parse.get("waiting") or ""),
            problems=tuple(Problem(row["intent"], row["text"]) for row in parse.get("problems") or ()),
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Signals:
        """The signals read back from their JSON."""
        triage = data.get("triage") or {}
        return cls(
            intent=data["intent"]["name"],
            confidence=data["intent"]["confidence"],
            ranking=tuple((row["name"], row["confidence"]) for row in data.get("ranking", ())),
            entities=tuple(Entity(**row) for row in data.get("entities", ())),
            triage=Triage(triage.get("verdict", NEED), triage.get("score", 1.0), tuple(triage.get("reasons", ()))),
            temperature=data.get("temperature", 0),
            severity=tuple(data.get("severity", ())),
            threats=tuple(data.get("threats", ())),
            irony=data.get("irony_score", 0.0),
            kind=data.get("kind", "text"),
            occurrences=data.get("occurrences", 0),
            waiting=data.get("waiting", ""),
            problems=tuple(Problem(row["intent"], row["text"]) for row in data.get("problems", ())),
        )
