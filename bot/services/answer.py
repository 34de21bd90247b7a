"""One turn of a conversation: load, think, commit once, announce. It never ends in silence."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from bot.core.address import TU
from bot.core.conversation import ConversationState, Dossier
from bot.core.errors import TeoremaError
from bot.core.outcome import HandoffRequest, Outcome, Reply
from bot.core.ports import AlreadyAnswered, Clock, Live, Meter, Mind, NoMeter, Overtaken, StoredMessage, Turns
from bot.services.public import as_json

log = logging.getLogger(__name__)

BRAIN_FAILED = "brain_failed"


class Answerer:
    """Answers whatever waits in a conversation; callers make sure that one conversation is answered by one thread.

    `honest` holds, by address, what is said when the brain fails; `address` is the brand's.
    """

    def __init__(
        self,
        *,
        turns: Turns,
        mind: Mind,
        live: Live,
        clock: Clock,
        honest: Mapping[str, Sequence[str]],
        address: str = TU,
        meter: Meter | None = None,
    ) -> None:
        self._turns = turns
        self._mind = mind
        self._live = live
        self._clock = clock
        self._honest = honest
        self._address = address
        self._meter = meter or NoMeter()

    def answer(self, conversation_id: int) -> bool:
        """Answer the waiting messages, if there are any; raises Unavailable when the database is gone."""
        dossier = self._turns.load(conversation_id)
        if dossier is None:
            return False
        begun = perf_counter()
        self._live.publish(conversation_id, "typing", {"on": True, "author": "bot"})
        try:
            result = self._decide(dossier)
        finally:
            self._live.publish(conversation_id, "typing", {"on": False, "author": "bot"})
        self._meter.turn(result, perf_counter() - begun)
        return True

    def _decide(self, dossier: Dossier) -> str:
        """Answer from what is known; again from the beginning when the conversation changed hands meanwhile."""
        found: Dossier | None = dossier
        while found is not None:
            try:
                return self._finish(found, self._outcome(found))
            except AlreadyAnswered:
                break
            except Overtaken:
                log.info("conversation %s changed hands during its turn; deciding again", dossier.public_id)
                found = self._turns.load(dossier.conversation_id)
        return "lost_race"

    def _outcome(self, dossier: Dossier) -> Outcome:
        if dossier.state is ConversationState.HUMAN:
            return self._note_for_the_human(dossier)
        try:
            return self._mind.think(dossier, now=self._clock.now())
        except TeoremaError as error:
            log.error("no answer for conversation %s: %s", dossier.public_id, error)
            return self._honest_outcome(dossier, str(error.key))

    def _note_for_the_human(self, dossier: Dossier) -> Outcome:
        outcome = _bare_outcome(dossier, self._clock)
        try:
            return replace(outcome, signals=self._mind.annotate(dossier))
        except TeoremaError:
            log.exception("messages of conversation %s have no signals", dossier.public_id)
            return outcome

    def _honest_outcome(self, dossier: Dossier, reason: str) -> Outcome:
        """The brain failed: say so, keep everything, and ask for a human."""
        sentences = self._honest[dossier.memory.address or self._address]
        sentence = sentences[dossier.memory.turns % len(sentences)]
        waits = dossier.state is ConversationState.WAITING
        return replace(
            _bare_outcome(dossier, self._clock),
            memory=replace(dossier.memory, turns=dossier.memory.turns + 1),
            state=ConversationState.WAITING,
            replies=(Reply(sentence, meta={"reason": reason}),),
            handoff=None if waits else HandoffRequest(BRAIN_FAILED, {"reason": reason}),
        )

    def _finish(self, dossier: Dossier, outcome: Outcome) -> str:
        try:
            sent = self._turns.commit(dossier.conversation_id, outcome)
        except (AlreadyAnswered, Overtaken, TeoremaError):
            raise
        except Exception:
            log.exception("the outcome for conversation %s could not be stored", dossier.public_id)
            outcome = self._honest_outcome(dossier, "not_stored")
            sent = self._turns.commit(dossier.conversation_id, outcome)
        self._announce(dossier, outcome, sent)
        if outcome.handoff is not None and outcome.handoff.reason == BRAIN_FAILED:
            return "honest"
        return "answered" if sent else "noted"

    def _announce(self, dossier: Dossier, outcome: Outcome, sent: Sequence[StoredMessage]) -> None:
        for message in sent:
            self._live.publish(dossier.conversation_id, "message", as_json(message))
        if outcome.state is not dossier.state:
            self._live.publish(dossier.conversation_id, "state", {"state": outcome.state.value})


def _bare_outcome(dossier: Dossier, clock: Clock) -> Outcome:
    """The messages count as read; nothing else changes."""
    return Outcome(
        answered=tuple(message.id for message in dossier.incoming),
        at=clock.now(),
        memory=dossier.memory,
        state=dossier.state,
        temperature=max(dossier.memory.course[-1:], default=0),
        found=dossier.state,
    )
