"""The tables of the embedded back office, in the same database as everything else; `metadata` then knows them all."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table

from bot.storage.tables import UtcDateTime, metadata

__all__ = ["bo_appointment", "bo_order", "bo_order_item", "bo_ticket", "metadata"]

bo_order = Table(
    "bo_order",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(64), nullable=False, unique=True),
    Column("status", String(16), nullable=False),
    Column("placed", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),
    Column("promised", Date),
    Column("refund_cents", Integer),
    Column("refund_day", Date),
    Column("refund_state", String(8)),
    CheckConstraint(
        "status IN ('received', 'preparing', 'shipped', 'out_for_delivery', 'delivered', 'returned', 'cancelled')",
        name="status_known",
    ),
    CheckConstraint("refund_state IN ('planned', 'paid')", name="refund_state_known"),
    CheckConstraint(
        "(refund_cents IS NULL) = (refund_day IS NULL) AND (refund_day IS NULL) = (refund_state IS NULL)",
        name="refund_whole",
    ),
)

bo_order_item = Table(
    "bo_order_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", Integer, ForeignKey("bo_order.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)

bo_appointment = Table(
    "bo_appointment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", Integer, ForeignKey("bo_order.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    CheckConstraint("kind IN ('delivery', 'assembly', 'repair', 'pickup')", name="kind_known"),
    CheckConstraint("state IN ('planned', 'done', 'missed', 'moved')", name="state_known"),
    CheckConstraint("window_end > window_start", name="window_not_empty"),
)

bo_ticket = Table(
    "bo_ticket",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_code", String(9), ForeignKey("care_case.code", ondelete="CASCADE"), nullable=False, unique=True),
    Column("category", String(64), nullable=False),
    Column("department", String(200), nullable=False),
    Column("severity", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("asks", JSON, nullable=False),
    Column("opened", UtcDateTime, nullable=False),
)
"""A person who is erased takes the tickets of their cases along."""
