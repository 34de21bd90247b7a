"""Playing a scenario on a stage, from the first word to the last pause."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.record import Record, RecordedMessage
from bot.services.rehearsal.scenario import Scenario
from bot.services.rehearsal.stage import Exchange, Stage


@dataclass(frozen=True)
class Performance:
    """A scenario as it was played; `began` and `ended` in the customer's world (UTC), `seconds` in ours.

    `waited` is false where the stage cannot move time and the pauses were skipped.
    """

    scenario: Scenario
    exchanges: tuple[Exchange, ...]
    record: Record
    began: datetime
    ended: datetime
    seconds: float
    notes: tuple[str, ...] = ()
    waited: bool = True

    def answers(self) -> Iterator[RecordedMessage | None]:
        """For each thing the customer wrote, the bot's last answer to it; None where there was silence."""
        for exchange in self.exchanges:
            yield self.record.message(exchange.answered[-1]) if exchange.answered else None

    def asked(self) -> Iterator[tuple[RecordedMessage, ...]]:
        """What the customer wrote each time."""
        for exchange in self.exchanges:
            found = (self.record.message(message_id) for message_id in exchange.asked)
            yield tuple(message for message in found if message is not None)

    @property
    def by_the_bot(self) -> tuple[RecordedMessage, ...]:
        """Everything the bot wrote."""
        return tuple(message for message in self.record.messages if message.author == "bot")


def play(scenario: Scenario, stage: Stage) -> Performance:
    """Play a scenario; raises Unavailable when the service cannot be reached."""
    begun, began = time.perf_counter(), stage.now()
    exchanges = []
    for move in scenario.moves:
        if move.pause > timedelta(0):
            stage.pass_time(move.pause)
        if move.texts:
            exchanges.append(stage.say(move.texts, channel=move.channel))
    return Performance(
        scenario=scenario,
        exchanges=tuple(exchanges),
        record=stage.record(),
        began=began,
        ended=stage.now(),
        seconds=round(time.perf_counter() - begun, 3),
        notes=tuple(stage.notes),
        waited=stage.moves_time,
    )
