"""The signals of one message, from its text and from what was understood of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.irony import IRONIC, complaint_behind, irony_score
from bot.core.severity import severities
from bot.core.signals import NEED, Triage
from bot.core.temperature import temperature
from bot.core.threats import threats
from bot.core.triage import judge
from bot.nlu.italian.kind import EMPTY
from bot.nlu.signals.evidence import (
    Heard,
    Ranking,
    heat_cues,
    irony_cues,
    listen,
    stakes,
    threat_cues,
    triage_evidence,
)
from bot.nlu.signals.wording import reasons


@dataclass(frozen=True)
class Reading:
    """What was heard; `complaint` is the intent that ironic praise hides, if it does."""

    triage: Triage
    temperature: int
    severity: tuple[str, ...]
    threats: tuple[str, ...]
    irony: float
    complaint: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The signals under the names that `teorema parse` prints."""
        return {
            "triage": {
                "verdict": self.triage.verdict,
                "score": round(self.triage.score, 4),
                "reasons": list(self.triage.reasons),
            },
            "temperature": self.temperature,
            "severity": list(self.severity),
            "threats": list(self.threats),
            "irony": self.irony >= IRONIC,
            "irony_score": round(self.irony, 4),
        }


def read_signals(
    text: str,
    *,
    ranking: Ranking = (),
    entities: Sequence[str] = (),
    kind: str = "text",
    normalised: str | None = None,
    baiting: float | None = None,
) -> Reading:
    """Read a message; `ranking` is the full one, best first, `entities` are names, `kind` as in `bot.nlu.italian`.

    `baiting` is the probability (0-1) that a troll wrote it, None when no model was asked.
    """
    heard = listen(text, ranking, entities, normalised=normalised, baiting=baiting)
    ironic = irony_cues(heard)
    irony = irony_score(ironic)
    reading = Reading(
        triage=_triage(heard),
        temperature=temperature(heat_cues(heard, irony=irony)),
        severity=severities(stakes(heard)),
        threats=threats(threat_cues(heard)),
        irony=irony,
        complaint=complaint_behind(ranking, irony, ironic),
    )
    if kind == EMPTY:
        return replace(reading, triage=Triage(NEED, 1.0, reasons(("unreadable",), heard.cues)))
    return reading


def _triage(heard: Heard) -> Triage:
    judgement = judge(triage_evidence(heard))
    return Triage(judgement.verdict, judgement.score, reasons(judgement.reasons or ("doubt",), heard.cues))
