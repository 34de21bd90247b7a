"""The brain: one story in, one decision and its sentences out. Stores nothing; that is the turn's transaction."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.processor import MessageProcessor
from rasa_sdk import Action

from bot.brain.actions import InProcessActions, trust_own_actions
from bot.brain.sentences import Sentences
from bot.brain.session import RasaSession, in_session
from bot.brain.tracker_store import BoundedTrackerStore
from bot.core.back_office import BackOffice
from bot.core.brand import Brand
from bot.core.context import in_context
from bot.core.conversation import Dossier
from bot.core.outcome import Outcome, Reply
from bot.core.phrases import PhraseBook
from bot.core.ports import Answers, NoAnswers
from bot.core.signals import Signals, Triage
from bot.core.triage import reconsider
from bot.core.turn import Phrases, Turn, deciding

_ANNOTATED = 20  # of a flood, the last messages get signals of their own; the rest share the story's


@dataclass(frozen=True)
class Understanding:
    """A story understood: the signals of the whole, those of each message, and Rasa's own reading of the whole."""

    story: Signals
    messages: Mapping[int, Signals]
    parse: Mapping[str, Any]


class Brain:
    """A loaded model with our tracker store, sentences and actions; used by one thread at a time."""

    def __init__(
        self,
        model: Path,
        *,
        brand: Brand,
        actions: Iterable[type[Action]],
        answers: Answers | None = None,
        back_office: BackOffice | None = None,
        choose: Callable[[Sequence[Any]], Any] = random.choice,
    ) -> None:
        trust_own_actions()
        self._brand = brand
        self._answers = answers or NoAnswers()
        self._back_office = back_office
        self._processor = MessageProcessor(str(model), None, InMemoryLockStore(), None)
        domain = self._processor.domain
        self._processor.tracker_store = BoundedTrackerStore(domain)
        self._processor.nlg = Sentences(domain.responses, choose)
        self._processor.action_endpoint = InProcessActions(actions, domain)
        self._phrases = PhraseBook(domain.responses)
        self._loop = asyncio.new_event_loop()
        self.model = model.name

    def close(self) -> None:
        """Free the event loop; the brain cannot be used afterwards."""
        self._loop.close()

    def parse(self, text: str, *, sent: datetime | None = None) -> Mapping[str, Any]:
        """Rasa's reading of one text, with our signals in it; "yesterday" is the day before it was sent."""
        return self._loop.run_until_complete(self._parse(text, sent))

    def understand(self, dossier: Dossier) -> Understanding:
        """Read the waiting messages, one by one and as one story."""
        messages = dossier.incoming
        parse = self.parse("\n".join(message.text for message in messages), sent=messages[-1].at)
        story = Signals.from_parse(parse)
        if len(messages) == 1:
            return Understanding(story, {messages[0].id: story}, parse)
        own = {
            message.id: Signals.from_parse(self.parse(message.text, sent=message.at))
            for message in messages[-_ANNOTATED:]
        }
        return Understanding(story, {message.id: own.get(message.id, story) for message in messages}, parse)

    def decide(self, dossier: Dossier, heard: Understanding, *, now: datetime) -> Outcome:
        """Answer the waiting messages; raises what an action raised, or SilentTurn when nothing would be said."""
        heard = _in_context(dossier, heard, self._phrases)
        turn = Turn(
            dossier,
            signals=heard.story,
            brand=self._brand,
            now=now,
            phrases=self._phrases,
            answers=self._answers,
            back_office=self._back_office,
        )
        turn.learn(_facts_of(dossier, heard))
        session = RasaSession(dossier.public_id, dossier.tracker_state, dict(turn.memory.used))
        with deciding(turn), in_session(session):
            said = self._loop.run_until_complete(self._run(dossier, heard))
        if session.errors:
            raise session.errors[0]
        if not said:
            raise SilentTurn(heard.story.intent)
        turn.remember(used=session.used)
        return _outcome(turn, heard, said, session)

    async def _parse(self, text: str, sent: datetime | None) -> Mapping[str, Any]:
        # A customer's "/restart" is text, never a command: Rasa treats a leading slash as an intent.
        message = UserMessage(text.lstrip("/ "), CollectingOutputChannel(), metadata=_sent_at(sent))
        parsed: Mapping[str, Any] = await self._processor.parse_message(message)
        return {**parsed, "text": text}

    async def _run(self, dossier: Dossier, heard: Understanding) -> list[Mapping[str, Any]]:
        output = _Output(dossier.channel)
        message = UserMessage(
            heard.parse["text"],
            output,
            sender_id=dossier.public_id,
            parse_data=dict(heard.parse),
            input_channel=dossier.channel,
        )
        await self._processor.handle_message(message)
        return list(output.messages)


class SilentTurn(Exception):
    """The dialogue ended without a word; the caller says something honest instead."""


class _Output(CollectingOutputChannel):
    """Collects what is said, under the name of the customer's channel, so that its variations are chosen."""

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message whole: the parts of an answer are joined later."""
        self.messages.append(message)


def _sent_at(sent: datetime | None) -> dict[str, str]:
    return {"sent_at": sent.isoformat()} if sent else {}


def _in_context(dossier: Dossier, heard: Understanding, phrases: Phrases) -> Understanding:
    """The same understanding with the intent that fits this conversation; Rasa's policies see it too."""
    open_cases = [case.category for case in dossier.open_cases]
    spoken_of = dossier.memory.category
    said = {fact.name for fact in heard.story.facts(message_id=None)}
    asked = {option for case in dossier.open_cases for name in case.asked for option in name.split("|")}
    story = in_context(
        heard.story,
        words=len(heard.parse["text"].split()),
        open_category=spoken_of if spoken_of in open_cases else (open_cases[-1] if open_cases else None),
        pending=dossier.memory.pending,
        states_facts=bool(said),
        answers_us=bool(said & asked),
    )
    story = _with_history(dossier, story, phrases)
    if story is heard.story:
        return heard
    parse = {**heard.parse, "intent": {"name": story.intent, "confidence": story.confidence}}
    last = dossier.incoming[-1].id
    messages = {**heard.messages, last: story} if len(heard.messages) == 1 else heard.messages
    return Understanding(story, messages, parse)


def _with_history(dossier: Dossier, story: Signals, phrases: Phrases) -> Signals:
    """The story with the verdict that stands once the history of its sender is weighed too."""
    if story.kind != "text":
        return story
    again = {text.strip().casefold() for text in dossier.last_texts}
    judged = reconsider(
        story.triage.score,
        has_open_case=bool(dossier.open_cases),
        earlier_need=dossier.memory.category is not None,
        repeated=all(message.text.strip().casefold() in again for message in dossier.incoming),
    )
    if judged.verdict == story.triage.verdict:
        return story
    reasons = tuple(phrases(f"utter_part_reason_{name}") for name in judged.reasons)
    return replace(story, triage=Triage(judged.verdict, judged.score, reasons))


def _facts_of(dossier: Dossier, heard: Understanding) -> list[Any]:
    return [fact for message in dossier.incoming for fact in heard.messages[message.id].facts(message_id=message.id)]


def _outcome(turn: Turn, heard: Understanding, said: Sequence[Mapping[str, Any]], session: RasaSession) -> Outcome:
    memory = turn.memory
    turn.remember(turns=memory.turns + 1, course=(*memory.course, turn.temperature)[-50:])
    return Outcome(
        answered=tuple(message.id for message in turn.dossier.incoming),
        at=turn.now,
        memory=turn.memory,
        state=turn.state,
        replies=(_joined(said),),
        signals=heard.messages,
        cases=tuple(turn.changed.values()),
        promises=tuple(turn.promises),
        handoff=turn.handoff,
        temperature=turn.temperature,
        verdict=heard.story.triage.verdict,
        tracker_state=session.new_state,
        tracker_events=tuple(session.new_events),
        found=turn.dossier.state,
    )


def _joined(said: Sequence[Mapping[str, Any]]) -> Reply:
    """All parts of an answer as one message: a paragraph each, unless a part goes on with the one before."""
    text = ""
    for part in said:
        between = "" if not text else " " if part.get("goes_on") else "\n\n"
        text += between + str(part.get("text") or "").strip()
    buttons = tuple(
        {"title": button["title"], "payload": button.get("payload", button["title"])}
        for part in said
        for button in part.get("buttons") or ()
    )
    image = next((str(part["image"]) for part in said if part.get("image")), None)
    return Reply(text, buttons, image)
