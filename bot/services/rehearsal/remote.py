"""The stage outside: a running service, spoken to over the widget's public API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone

from bot.core.record import Record, RecordedMessage
from bot.services.rehearsal.scenario import WEB
from bot.services.rehearsal.stage import Exchange, Line, Patience, Talker

NO_PAUSES = "the pauses were skipped: a running service's time is nobody's to move"
ONLY_WEB = "everything was written in the widget: no other channel can be reached from here"
NOT_HERE = "the database at hand does not hold this conversation: signals, cases and promises are unknown"


class RemoteService:
    """`Stage` on a running service; `look_up` finds the conversation in the database at hand, if it is there."""

    moves_time = False

    def __init__(
        self,
        open_line: Callable[[], Line],
        *,
        look_up: Callable[[str], Record | None],
        patience: Patience | None = None,
    ) -> None:
        self._talker = Talker(open_line(), patience or Patience())
        self._look_up = look_up
        self.notes: list[str] = []

    def now(self) -> datetime:
        """The real instant."""
        return datetime.now(timezone.utc)

    def say(self, texts: Sequence[str], *, channel: str) -> Exchange:
        """Write in the widget and wait for the answer."""
        if channel != WEB:
            self._note(ONLY_WEB)
        return self._talker.say(texts)

    def pass_time(self, pause: timedelta) -> None:
        """Nothing: the pause is skipped and noted."""
        self._note(NO_PAUSES)

    def record(self) -> Record:
        """The stored record when the database is at hand, else what the widget shows."""
        stored = self._look_up(self._talker.line.conversation)
        if stored is not None:
            return stored
        self._note(NOT_HERE)
        return Record(tuple(self._shown()), complete=False)

    def _shown(self) -> list[RecordedMessage]:
        found: list[RecordedMessage] = []
        after = 0
        while True:
            page, _ = self._talker.line.read(after=after)
            if not page:
                return found
            after = page[-1].seq
            for message in page:
                meta = message.extra.get("meta") or {}
                found.append(RecordedMessage(message.id, WEB, message.author, message.text, message.at, meta))

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
