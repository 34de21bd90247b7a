"""The tables. Times are UTC; JSON columns hold values that no rule of the database speaks about."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.storage.search_index import POSTGRES_INDEX, SQLITE_DROP, SQLITE_INDEX

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator):  # type: ignore[type-arg]
    """An instant: goes in with any zone, is stored in UTC, comes out aware. SQLite keeps no zone by itself."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; a naive time is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: every instant needs a zone")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def _at(name: str = "at", *, nullable: bool = False) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


customer = Table("customer", metadata, _id(), Column("name", String(200)), Column("locale", String(8)), _at("created"))

identity = Table(
    "identity",
    metadata,
    _id(),
    _ref("customer_id", "customer"),
    Column("channel", String(32), nullable=False),
    Column("external_id", String(128), nullable=False),
    _at("created"),
    UniqueConstraint("channel", "external_id"),
)

operator = Table(
    "operator",
    metadata,
    _id(),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    _at("created"),
    _one_of("role", "agent", "manager", "trainer", "admin"),
)

operator_session = Table(
    "operator_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _ref("operator_id", "operator"),
    Column("csrf", String(64), nullable=False),
    _at("created"),
    _at("expires"),
)

login_failure = Table(
    "login_failure",
    metadata,
    _id(),
    Column("key", String(300), nullable=False, index=True),
    _at(),
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    Column("public_id", String(36), nullable=False, unique=True),
    _ref("customer_id", "customer"),
    Column("channel", String(32), nullable=False),
    Column("state", String(16), nullable=False, default="bot"),
    _ref("operator_id", "operator", nullable=True),
    Column("last_seq", Integer, nullable=False, default=0),
    Column("memory", JSON, nullable=False, default=dict),
    Column("temperature", Integer, nullable=False, default=0),
    Column("verdict", String(8), nullable=False, default="need"),
    _at("created"),
    _at("updated"),
    _one_of("state", "bot", "waiting", "human", "closed"),
    Index("ix_conversation_state_updated", "state", "updated"),
    Index("ix_conversation_updated", "updated"),
)

widget_session = Table(
    "widget_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _ref("conversation_id", "conversation"),
    _at("created"),
    _at("expires"),
)

message = Table(
    "message",
    metadata,
    _id(),
    _ref("conversation_id", "conversation", index=False),
    Column("seq", Integer, nullable=False),
    Column("public_id", String(36), nullable=False),
    Column("external_id", String(128)),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("extra", JSON, nullable=False, default=dict),
    Column("signals", JSON),
    Column("status", String(16), nullable=False),
    Column("answers", Integer),
    _at(),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "external_id"),
    _one_of("author", "customer", "bot", "operator"),
    _one_of("status", "received", "processed", "pending", "sent", "failed"),
    Index("ix_message_status", "status", "conversation_id"),
)

for _dialect, _moment, _statements in (
    ("sqlite", "after_create", SQLITE_INDEX),
    ("sqlite", "before_drop", SQLITE_DROP),
    ("postgresql", "after_create", POSTGRES_INDEX),
):
    for _statement in _statements:
        event.listen(message, _moment, DDL(_statement).execute_if(dialect=_dialect))

attachment = Table(
    "attachment",
    metadata,
    _id(),
    Column("public_id", String(36), nullable=False, unique=True),
    _ref("conversation_id", "conversation"),
    _ref("message_id", "message", nullable=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    _at(),
    CheckConstraint("size > 0", name="size_positive"),
)

case = Table(
    "care_case",
    metadata,
    _id(),
    _ref("customer_id", "customer"),
    _ref("conversation_id", "conversation"),
    Column("code", String(9), nullable=False, unique=True),
    Column("category", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("severity", JSON, nullable=False, default=list),
    Column("facts", JSON, nullable=False, default=list),
    Column("asked", JSON, nullable=False, default=list),
    _at("opened"),
    _at("updated"),
    _one_of("state", "open", "solved", "closed"),
    Index("ix_care_case_state_updated", "state", "updated"),
)

case_event = Table(
    "case_event",
    metadata,
    _id(),
    _ref("case_id", "care_case"),
    Column("kind", String(32), nullable=False),
    Column("note", Text, nullable=False, default=""),
    _at(),
)

case_ticket = Table(
    "case_ticket",
    metadata,
    Column("case_id", Integer, ForeignKey("care_case.id", ondelete="CASCADE"), primary_key=True),
    Column("number", String(64)),
    Column("tries", Integer, nullable=False),
    _at("next_try"),
    _at("opened", nullable=True),
    Index("ix_case_ticket_number_next_try", "number", "next_try"),
)

promise = Table(
    "promise",
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    _ref("case_id", "care_case", nullable=True),
    Column("kind", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("author", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    _at("made"),
    _at("due"),
    _at("next_update", nullable=True),
    _one_of("state", "open", "updated", "kept", "broken"),
    CheckConstraint("due > made", name="due_after_made"),
    Index("ix_promise_state_next_update", "state", "next_update"),
)

handoff = Table(
    "handoff",
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    Column("reason", String(32), nullable=False),
    Column("context", JSON, nullable=False, default=dict),
    _at("requested"),
    _at("claimed", nullable=True),
    _at("ended", nullable=True),
    _ref("operator_id", "operator", nullable=True),
)

review = Table(
    "review",
    metadata,
    _id(),
    _ref("message_id", "message"),
    _ref("operator_id", "operator"),
    Column("verdict", String(32), nullable=False),
    Column("right_intent", String(64)),
    Column("note", Text, nullable=False, default=""),
    _at(),
)

tracker_state = Table(
    "tracker_state",
    metadata,
    Column("conversation_id", Integer, ForeignKey("conversation.id"), primary_key=True),
    Column("state", JSON, nullable=False),
)

tracker_event = Table(
    "tracker_event",
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    Column("event", JSON, nullable=False),
    _at(),
)

training_run = Table(
    "training_run",
    metadata,
    _id(),
    _at("started"),
    _at("ended", nullable=True),
    Column("stage", String(16), nullable=False),
    Column("accuracy", Float),
    Column("report", JSON, nullable=False, default=dict),
)

care_score = Table(
    "care_score",
    metadata,
    _id(),
    Column("conversation_id", Integer, ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("score", Integer),
    Column("details", JSON, nullable=False, default=dict),
    _at("scored_at"),
    CheckConstraint("score >= 0 AND score <= 100", name="score_in_range"),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    _id(),
    _at(),
    Column("actor", String(254), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(128), nullable=False, default=""),
    Column("detail", JSON, nullable=False, default=dict),
)
