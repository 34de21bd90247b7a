"""Operators in the database: who may enter the console."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.operators import Operator, Role
from bot.storage.guard import unavailable_when_down
from bot.storage.passwords import hash_password, password_is_right
from bot.storage.tables import operator, operator_session


class SqlOperators:
    """`Operators` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def authenticate(self, email: str, password: str) -> Operator | None:
        """The active operator with this address and password; takes as long for an address that nobody has."""
        with self._engine.connect().execution_options(read_only=True) as session:
            row = _by_email(session, email)
        right = password_is_right(row.password_hash if row else None, password)
        return operator_of(row) if row and right and row.active else None


def operator_of(row: Row) -> Operator:
    """A row of `operator` as a value."""
    return Operator(row.id, row.email, row.name, Role(row.role))


def normalise_email(email: str) -> str:
    """An e-mail address in the one spelling we store."""
    return email.strip().casefold()


@unavailable_when_down
def ensure_admin(engine: Engine, *, email: str, password: str, at: datetime) -> bool:
    """Make sure that this administrator can sign in with this password; True when something had to change.

    Another password than before signs the administrator out everywhere.
    """
    with engine.begin() as session:
        row = _by_email(session, email)
        if row is None:
            _add_admin(session, email, password, at)
            return True
        if row.active and row.role == Role.ADMIN.value and password_is_right(row.password_hash, password):
            return False
        _restore_admin(session, row.id, password)
        return True


def _by_email(session: Connection, email: str) -> Row | None:
    return session.execute(select(operator).where(operator.c.email == normalise_email(email))).one_or_none()


def _add_admin(session: Connection, email: str, password: str, at: datetime) -> None:
    address = normalise_email(email)
    session.execute(
        insert(operator).values(
            email=address,
            name=address.partition("@")[0],
            password_hash=hash_password(password),
            role=Role.ADMIN.value,
            created=at,
        )
    )


def _restore_admin(session: Connection, operator_id: int, password: str) -> None:
    changed = {"password_hash": hash_password(password), "role": Role.ADMIN.value, "active": True}
    session.execute(update(operator).where(operator.c.id == operator_id).values(**changed))
    session.execute(delete(operator_session).where(operator_session.c.operator_id == operator_id))
