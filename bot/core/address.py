"""Tu or lei: how a customer wants to be spoken to."""

from __future__ import annotations

import re

TU, LEI = "tu", "lei"

_INFORMAL = r"(?:del tu|il tu)"
_FORMAL = r"(?:del lei|il lei|con il lei|in modo formale)"
_ASKING = r"mi dia|dammi|datemi|darmi|diamoci|desse|usa(?:te|re)?|usi|preferi\w+|gradi\w+|vorrei|voglio|esig\w+"
_GIVING_TU = r"dammi|datemi|darmi|diamoci|dai?amoci|mi dia|mi puoi dare|usa|usiamo|preferisco|passiamo"
_WANTS_LEI = re.compile(
    rf"\b(?:{_ASKING})\b[^.!?\n]{{0,30}}\b{_FORMAL}\b"
    rf"|\bnon (?:mi (?:dia|dare|date|dai|desse)|darmi|datemi|diamoci)\b[^.!?\n]{{0,15}}\b{_INFORMAL}\b"
    r"|\b(?:non (?:siamo|siam)|da quando siamo|da quando in qua|chi (?:le|ti|vi) ha detto)\b"
    rf"[^.!?\n]{{0,30}}\b{_INFORMAL}\b"
    rf"|\bsiamo (?:amici|parenti)\b[^.!?\n]{{0,20}}\b{_INFORMAL}\b"
    r"|\bnon (?:abbiamo|ho) (?:mai )?mangiato (?:insieme|nello stesso piatto)\b",
    re.IGNORECASE,
)
_WANTS_TU = re.compile(
    rf"\b(?:{_GIVING_TU})\b[^.!?\n]{{0,20}}\b{_INFORMAL}\b"
    rf"|\bnon (?:mi dare|darmi|datemi|mi dia|serve|usare)\b[^.!?\n]{{0,20}}\b{_FORMAL}\b",
    re.IGNORECASE,
)


def asked_address(text: str) -> str | None:
    """The address that a message asks for ("mi dia del lei", "dammi pure del tu"), or None."""
    if _WANTS_LEI.search(text):
        return LEI
    return TU if _WANTS_TU.search(text) else None
