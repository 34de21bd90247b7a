"""How well a conversation was cared for: the steps of LATTE and LEARN, the sins of PANZA, and the evidence."""

from bot.core.care_score.scoring import score_care
from bot.core.care_score.transcript import GivenPromise, Message, OpenedCase, Transcript
from bot.core.care_score.verdict import LATTE, LEARN, SINS, STEPS, CareScore, Evidence, Sin, Step

__all__ = [
    "LATTE",
    "LEARN",
    "SINS",
    "STEPS",
    "CareScore",
    "Evidence",
    "GivenPromise",
    "Message",
    "OpenedCase",
    "Sin",
    "Step",
    "Transcript",
    "score_care",
]
