"""Rows to values of the core and back; one function a kind."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row

from bot.core.case import Case, CaseEvent, CaseState
from bot.core.conversation import Incoming
from bot.core.facts import Fact, Facts
from bot.core.ports import StoredMessage
from bot.core.promise import Promise, PromiseState


def stored_message(row: Row) -> StoredMessage:
    """A row of `message` as channels show it."""
    return StoredMessage(row.seq, row.public_id, row.author, row.text, row.at, row.extra or {})


def incoming(row: Row) -> Incoming:
    """A row of `message` that waits for its answer."""
    return Incoming(row.id, row.seq, row.text, row.at, row.extra or {})


def case(row: Row, events: list[Row]) -> Case:
    """A row of `care_case` with its history."""
    return Case(
        code=row.code,
        category=row.category,
        opened=row.opened,
        state=CaseState(row.state),
        severity=tuple(row.severity),
        facts=Facts(tuple(Fact(**fact) for fact in row.facts)),
        asked=tuple(row.asked),
        history=tuple(CaseEvent(event.kind, event.at, event.note) for event in events),
        id=row.id,
    )


def case_columns(value: Case, *, at: datetime) -> dict[str, Any]:
    """What a case changes in its row."""
    return {
        "category": value.category,
        "state": value.state.value,
        "severity": list(value.severity),
        "facts": [asdict(fact) for fact in value.facts],
        "asked": list(value.asked),
        "updated": at,
    }


def promise(row: Row) -> Promise:
    """A row of `promise`; `case_code` comes from a join."""
    return Promise(
        kind=row.kind,
        text=row.text,
        due=row.due,
        made=row.made,
        case_code=row.code,
        state=PromiseState(row.state),
        author=row.author,
        id=row.id,
    )
