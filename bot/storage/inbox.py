"""Receiving: a message is in the database before anybody is told that it arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.core.ports import Received, Thread
from bot.core.text import storable
from bot.storage.attachments import claim, link
from bot.storage.guard import unavailable_when_down
from bot.storage.messages import add_message, find_external
from bot.storage.tables import conversation, customer, identity


class SqlInbox:
    """`Inbox` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def open_thread(
        self, channel: str, external_id: str, *, name: str | None, locale: str | None, at: datetime
    ) -> Thread:
        """The open conversation of this identity; customer, identity and conversation are made when missing."""
        with self._engine.begin() as session:
            customer_id = _customer_of(session, channel, external_id) or _new_customer(
                session, channel, external_id, name=name, locale=locale, at=at
            )
            return _open_conversation(session, customer_id, channel) or _new_conversation(
                session, customer_id, channel, at=at
            )

    @unavailable_when_down
    def receive(
        self,
        conversation_id: int,
        external_id: str,
        text: str,
        *,
        at: datetime,
        extra: Mapping[str, Any],
        attachments: Sequence[str] = (),
    ) -> Received:
        """Store a customer's message; a second one with the same id answers with the first.

        Raises Refused when one of the attachments (ids) is not of this conversation or has been sent already.
        """
        try:
            with self._engine.begin() as session:
                known = find_external(session, conversation_id, external_id)
                if known:
                    return Received(known, duplicate=True)
                claimed = claim(session, conversation_id, attachments)
                files = {"attachments": [one.as_dict() for one in claimed]} if claimed else {}
                stored = add_message(
                    session,
                    conversation_id,
                    author="customer",
                    text=storable(text),
                    at=at,
                    status="received",
                    extra={**extra, **files},
                    external_id=external_id,
                )
                link(session, conversation_id, stored.seq, claimed)
                return Received(stored, duplicate=False)
        except IntegrityError:
            with self._engine.begin() as session:
                known = find_external(session, conversation_id, external_id)
            if known is None:
                raise
            return Received(known, duplicate=True)


def _customer_of(session: Connection, channel: str, external_id: str) -> int | None:
    query = select(identity.c.customer_id).where(identity.c.channel == channel, identity.c.external_id == external_id)
    found: int | None = session.execute(query).scalar_one_or_none()
    return found


def _new_customer(
    session: Connection, channel: str, external_id: str, *, name: str | None, locale: str | None, at: datetime
) -> int:
    made = session.execute(insert(customer).values(name=name and storable(name), locale=locale, created=at))
    customer_id = int(made.inserted_primary_key[0])
    session.execute(
        insert(identity).values(customer_id=customer_id, channel=channel, external_id=external_id, created=at)
    )
    return customer_id


def _open_conversation(session: Connection, customer_id: int, channel: str) -> Thread | None:
    query = (
        select(conversation)
        .where(
            conversation.c.customer_id == customer_id,
            conversation.c.channel == channel,
            conversation.c.state != "closed",
        )
        .order_by(conversation.c.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return Thread(row.id, row.public_id, row.channel, row.state) if row else None


def _new_conversation(session: Connection, customer_id: int, channel: str, *, at: datetime) -> Thread:
    public_id = str(uuid4())
    made = session.execute(
        insert(conversation).values(
            public_id=public_id, customer_id=customer_id, channel=channel, state="bot", created=at, updated=at
        )
    )
    return Thread(int(made.inserted_primary_key[0]), public_id, channel, "bot")
