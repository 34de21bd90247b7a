"""What is known about attachments, and how messages carry them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.attachments import Attachment
from bot.core.errors import Refused
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import attachment, conversation, message

_BATCH = 200


class SqlAttachments:
    """`AttachmentBook` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def add(self, conversation_id: int, kept: Attachment, *, most_unsent: int) -> bool:
        """Note a file before it is written; False when so many of the conversation wait to be sent with a message."""
        unsent = select(func.count()).where(
            attachment.c.conversation_id == conversation_id, attachment.c.message_id.is_(None)
        )
        row = {
            "public_id": kept.id,
            "conversation_id": conversation_id,
            "name": kept.name,
            "media_type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
            "at": kept.at,
        }
        with self._engine.begin() as session:
            if session.execute(unsent).scalar_one() >= most_unsent:
                return False
            session.execute(insert(attachment).values(**row))
            return True

    @unavailable_when_down
    def find(self, attachment_id: str, *, conversation_id: int | None = None) -> Attachment | None:
        """The file of this id, in this conversation only if one is given."""
        query = select(attachment).where(attachment.c.public_id == attachment_id)
        if conversation_id is not None:
            query = query.where(attachment.c.conversation_id == conversation_id)
        with self._engine.connect().execution_options(read_only=True) as session:
            row = session.execute(query).one_or_none()
        return _kept(row) if row else None

    @unavailable_when_down
    def drop(self, attachment_id: str) -> None:
        """Forget a file that could not be written."""
        with self._engine.begin() as session:
            session.execute(delete(attachment).where(attachment.c.public_id == attachment_id))

    def drop_unsent(self, *, before: datetime, remove: Callable[[str], None]) -> int:
        """Remove the files noted before an instant that no message carries; how many there were."""
        return self._drop(and_(attachment.c.message_id.is_(None), attachment.c.at < before), remove)

    def drop_of_conversation(self, conversation_id: int, *, remove: Callable[[str], None]) -> int:
        """Remove every file of a conversation, in its messages too; how many there were."""
        return self._drop(attachment.c.conversation_id == conversation_id, remove)

    def drop_of_customer(self, customer_id: int, *, remove: Callable[[str], None]) -> int:
        """Remove every file of a customer's conversations, in their messages too; how many there were."""
        theirs = select(conversation.c.id).where(conversation.c.customer_id == customer_id)
        return self._drop(attachment.c.conversation_id.in_(theirs), remove)

    def _drop(self, which: Any, remove: Callable[[str], None]) -> int:
        total = 0
        while dropped := self._drop_some(which, remove):
            total += dropped
        return total

    @unavailable_when_down
    def _drop_some(self, which: Any, remove: Callable[[str], None]) -> int:
        """Content first, note last: what fails in between is still noted, and is removed the next time.

        The rows stay locked meanwhile, so that no message can begin to carry a file that is about to go.
        """
        query = select(attachment).where(which).order_by(attachment.c.id).limit(_BATCH).with_for_update()
        with self._engine.begin() as session:
            rows = session.execute(query).all()
            for row in rows:
                remove(row.public_id)
            _take_out_of_messages(session, {row.message_id for row in rows} - {None})
            session.execute(delete(attachment).where(attachment.c.id.in_([row.id for row in rows])))
        return len(rows)


def claim(session: Connection, conversation_id: int, ids: Sequence[str]) -> list[Attachment]:
    """The files of a conversation that a message is about to carry, in this order; raises Refused when one cannot be.

    They stay locked until the transaction ends.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    query = select(attachment).where(
        attachment.c.conversation_id == conversation_id, attachment.c.public_id.in_(wanted)
    )
    found = {row.public_id: row for row in session.execute(query.with_for_update())}
    if len(found) < len(wanted):
        raise Refused("attachment_unknown")
    if any(row.message_id is not None for row in found.values()):
        raise Refused("attachment_used")
    return [_kept(found[attachment_id]) for attachment_id in wanted]


def link(session: Connection, conversation_id: int, seq: int, claimed: Sequence[Attachment]) -> None:
    """Tie files to the message of this number that carries them."""
    if not claimed:
        return
    carrier = select(message.c.id).where(message.c.conversation_id == conversation_id, message.c.seq == seq)
    mine = attachment.c.public_id.in_([one.id for one in claimed])
    session.execute(update(attachment).where(mine).values(message_id=carrier.scalar_subquery()))


def _take_out_of_messages(session: Connection, ids: set[int]) -> None:
    for row in session.execute(select(message.c.id, message.c.extra).where(message.c.id.in_(ids))).all():
        left = {name: value for name, value in (row.extra or {}).items() if name != "attachments"}
        session.execute(update(message).where(message.c.id == row.id).values(extra=left))


def _kept(row: Row) -> Attachment:
    return Attachment(row.public_id, row.name, row.media_type, row.size, row.sha256, row.at)
