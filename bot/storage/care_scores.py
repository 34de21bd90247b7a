"""Care scores: whole conversations to judge, those that are finished and not judged yet, and what was judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.care_score import CareScore, GivenPromise, Message, OpenedCase, Transcript
from bot.core.care_score.judged import JudgedConversation
from bot.core.signals import Signals
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import care_score, case, conversation, message, promise

_QUIET = timedelta(hours=24)
_PAGE = 500


class SqlCareScores:
    """`CareBook` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def find(self, name: str) -> int | None:
        """The conversation of this public id or number, or None."""
        numbered = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else None
        query = select(conversation.c.id).where(
            or_(conversation.c.public_id == name, conversation.c.id == numbered) if numbered is not None
            else conversation.c.public_id == name
        )  # fmt: skip
        with self._read() as session:
            found: int | None = session.execute(query.order_by(conversation.c.id).limit(1)).scalar_one_or_none()
            return found

    @unavailable_when_down
    def load(self, conversation_id: int) -> Transcript:
        """A conversation with its cases and promises, in UTC."""
        with self._read() as session:
            return Transcript(
                messages=_messages(session, conversation_id),
                cases=_cases(session, conversation_id),
                promises=_promises(session, conversation_id),
            )

    @unavailable_when_down
    def unjudged(self, *, now: datetime, limit: int) -> Sequence[int]:
        """Finished conversations without a score since their last change, the one changed first at the beginning."""
        query = (
            select(conversation.c.id)
            .outerjoin(care_score, care_score.c.conversation_id == conversation.c.id)
            .where(_finished(now), or_(care_score.c.id.is_(None), care_score.c.scored_at < conversation.c.updated))
            .order_by(conversation.c.updated, conversation.c.id)
            .limit(limit)
        )
        with self._read() as session:
            return list(session.execute(query).scalars())

    @unavailable_when_down
    def save(self, conversation_id: int, score: CareScore, *, at: datetime) -> None:
        """Keep a score, in the place of an earlier one."""
        values = {"score": score.score, "details": score.as_dict(), "scored_at": at}
        with self._engine.begin() as session:
            known = update(care_score).where(care_score.c.conversation_id == conversation_id)
            if not session.execute(known.values(**values)).rowcount:
                session.execute(insert(care_score).values(conversation_id=conversation_id, **values))

    def judged(self) -> Iterator[JudgedConversation]:
        """Every conversation that has been judged, the newest first."""
        before: int | None = None
        while rows := self._page(before):
            yield from (judged_conversation(row) for row in rows)
            before = rows[-1].conversation_id

    @unavailable_when_down
    def _page(self, before: int | None) -> Sequence[Row]:
        query = _judged_rows().order_by(care_score.c.conversation_id.desc()).limit(_PAGE)
        if before is not None:
            query = query.where(care_score.c.conversation_id < before)
        with self._read() as session:
            return session.execute(query).all()

    def _read(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)


def load_care(session: Connection, conversation_id: int) -> JudgedConversation | None:
    """What was judged of a conversation, if it was."""
    row = session.execute(_judged_rows().where(care_score.c.conversation_id == conversation_id)).one_or_none()
    return judged_conversation(row) if row else None


def judged_conversation(row: Row) -> JudgedConversation:
    """A row of `care_score` with its conversation."""
    return JudgedConversation(row.public_id, row.channel, row.updated, CareScore.from_dict(row.details), row.scored_at)


def _judged_rows() -> Any:
    columns = conversation.c.public_id, conversation.c.channel, conversation.c.updated
    return select(care_score, *columns).join(conversation, conversation.c.id == care_score.c.conversation_id)


def _finished(now: datetime) -> Any:
    """Closed; or quiet for a day with nobody waiting, nothing unanswered and nothing owed."""
    unanswered = select(message.c.id).where(
        message.c.conversation_id == conversation.c.id, message.c.status == "received"
    )
    owed = select(promise.c.id).where(
        promise.c.conversation_id == conversation.c.id, promise.c.state.in_(("open", "updated"))
    )
    over = and_(
        conversation.c.state.in_(("bot", "human")),
        conversation.c.updated <= now - _QUIET,
        ~unanswered.exists(),
        ~owed.exists(),
    )
    return and_(conversation.c.last_seq > 0, or_(conversation.c.state == "closed", over))


def _messages(session: Connection, conversation_id: int) -> tuple[Message, ...]:
    query = select(message).where(message.c.conversation_id == conversation_id).order_by(message.c.seq)
    return tuple(_message(row) for row in session.execute(query))


def _message(row: Row) -> Message:
    heard = Signals.from_dict(row.signals) if row.signals else None
    return Message(
        number=row.seq,
        author=row.author,
        text=row.text,
        at=row.at,
        verdict=heard.triage.verdict if heard else "",
        temperature=heard.temperature if heard else None,
        intent=heard.intent if heard else "",
        attachments=len((row.extra or {}).get("attachments") or ()),
    )


def _cases(session: Connection, conversation_id: int) -> tuple[OpenedCase, ...]:
    query = select(case.c.code, case.c.opened).where(case.c.conversation_id == conversation_id).order_by(case.c.opened)
    return tuple(OpenedCase(row.code, row.opened) for row in session.execute(query))


def _promises(session: Connection, conversation_id: int) -> tuple[GivenPromise, ...]:
    query = select(promise).where(promise.c.conversation_id == conversation_id).order_by(promise.c.made)
    return tuple(GivenPromise(row.made, row.due, row.state) for row in session.execute(query))
