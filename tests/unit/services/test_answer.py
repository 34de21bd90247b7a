from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.conversation import ConversationState, Dossier, Memory
from bot.core.outcome import Outcome
from bot.core.ports import Overtaken, StoredMessage
from bot.services.answer import Answerer
from tests.fakes import FakeClock, FakeLive, FakeMind, FakeTurns, a_dossier

HONEST = {"tu": ["Qualcosa si è rotto da noi, te lo devo."], "lei": ["Qualcosa si è rotto da noi, glielo devo."]}


def answerer(turns: FakeTurns, mind: FakeMind, live: FakeLive | None = None) -> Answerer:
    return Answerer(turns=turns, mind=mind, live=live or FakeLive(), clock=FakeClock(), honest=HONEST)


class TakenOver(FakeTurns):
    """A human takes the conversation while the bot thinks."""

    def __init__(self, dossier: Dossier, *, by: ConversationState) -> None:
        super().__init__(dossier)
        self._state = by

    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        if outcome.found is not self._state:
            self.dossier = replace(self.dossier, state=self._state)
            raise Overtaken
        return super().commit(conversation_id, outcome)


def test_a_waiting_message_is_answered_and_announced():
    turns, live = FakeTurns(a_dossier("dov'è il pacco?")), FakeLive()

    assert answerer(turns, FakeMind(), live).answer(1)

    assert [reply.text for reply in turns.committed[0].replies] == ["Hai detto: dov'è il pacco?"]
    assert live.kinds() == ["typing", "message", "typing"]


def test_nothing_waiting_means_nothing_to_do():
    assert not answerer(FakeTurns(None), FakeMind()).answer(1)


def test_a_failing_brain_ends_in_an_honest_sentence_and_a_handoff():
    turns, live = FakeTurns(a_dossier()), FakeLive()

    answerer(turns, FakeMind(failing=True), live).answer(1)

    outcome = turns.committed[0]
    assert [reply.text for reply in outcome.replies] == HONEST["tu"]
    assert outcome.state is ConversationState.WAITING
    assert outcome.handoff is not None
    assert outcome.answered == (1,)
    assert "state" in live.kinds()


def test_whoever_asked_for_lei_gets_it_even_then():
    turns = FakeTurns(a_dossier(memory=Memory(address="lei")))

    answerer(turns, FakeMind(failing=True)).answer(1)

    assert [reply.text for reply in turns.committed[0].replies] == HONEST["lei"]


def test_a_second_failure_does_not_ask_for_a_second_human():
    turns = FakeTurns(a_dossier(state=ConversationState.WAITING))

    answerer(turns, FakeMind(failing=True)).answer(1)

    assert turns.committed[0].handoff is None


def test_while_a_human_has_the_conversation_the_bot_only_takes_notes():
    turns = FakeTurns(a_dossier(state=ConversationState.HUMAN))

    answerer(turns, FakeMind()).answer(1)

    assert turns.committed[0].replies == ()
    assert turns.committed[0].signals[1].intent == "complaint_delivery_delay"


def test_a_conversation_that_changed_hands_meanwhile_is_decided_again():
    turns = TakenOver(a_dossier(), by=ConversationState.HUMAN)

    answerer(turns, FakeMind()).answer(1)

    (outcome,) = turns.committed
    assert outcome.replies == ()
    assert outcome.state is ConversationState.HUMAN


def test_an_outcome_that_cannot_be_stored_becomes_an_honest_one():
    turns = FakeTurns(a_dossier())
    turns.failures.append(ValueError("a case without a code"))

    answerer(turns, FakeMind()).answer(1)

    assert [reply.text for reply in turns.committed[0].replies] == HONEST["tu"]


def test_who_comes_second_says_nothing():
    turns, live = FakeTurns(a_dossier(), taken=True), FakeLive()

    answerer(turns, FakeMind(), live).answer(1)

    assert live.kinds() == ["typing", "typing"]
