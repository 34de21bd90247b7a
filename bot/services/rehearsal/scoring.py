"""The care score of a rehearsed conversation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.care_score import CareScore, GivenPromise, Message, OpenedCase, Transcript, score_care
from bot.core.record import Record, RecordedMessage


def care_score(record: Record, *, zone: ZoneInfo) -> CareScore:
    """How well the customer was cared for; from the words alone where nothing else is known. `zone` is theirs."""
    return score_care(
        Transcript(
            messages=tuple(_message(number, message) for number, message in enumerate(record.messages, start=1)),
            cases=tuple(OpenedCase(case.code, case.opened) for case in record.cases),
            promises=tuple(GivenPromise(one.made, one.due, one.state.value) for one in record.promises),
            zone=zone,
        )
    )


def _message(number: int, message: RecordedMessage) -> Message:
    plain = Message(number, message.author, message.text, message.at)
    heard = message.signals
    if heard is None:
        return plain
    known = {"verdict": heard.triage.verdict, "temperature": heard.temperature, "intent": heard.intent}
    return Message(**{**plain.__dict__, **known})
