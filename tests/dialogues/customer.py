"""A customer who writes, and what they got for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.app import Parts, open_talk
from bot.core.case import Case
from bot.core.conversation import ConversationState
from bot.core.outcome import Outcome
from bot.core.promise import Promise


@dataclass(frozen=True)
class Answer:
    """One turn as the customer sees it, with what was decided behind it."""

    outcome: Outcome

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(reply.text for reply in self.outcome.replies)

    @property
    def responses(self) -> tuple[str, ...]:
        """The responses that make up the answer, in order."""
        events = (event for event in self.outcome.tracker_events if event["event"] == "bot")
        return tuple(event["metadata"]["utter_action"] for event in events)

    @property
    def honest(self) -> bool:
        """Whether this is the sentence that is said when the brain failed."""
        return any("reason" in reply.meta for reply in self.outcome.replies)

    @property
    def case(self) -> Case:
        """The one case that this turn opened or changed."""
        (case,) = self.outcome.cases
        return case

    @property
    def promise(self) -> Promise:
        """The one promise that this turn made."""
        ((promise, _),) = self.outcome.promises
        return promise

    @property
    def handoff(self) -> str | None:
        """Why a human was asked for in this turn, if one was."""
        return self.outcome.handoff.reason if self.outcome.handoff else None

    @property
    def intent(self) -> str:
        """What the last message was understood to be."""
        return self.outcome.signals[max(self.outcome.signals)].intent


class Customer:
    """Somebody with a conversation of their own."""

    def __init__(self, parts: Parts, database: Path, *, channel: str = "web") -> None:
        self.parts = parts
        self._talk = open_talk(parts.settings, database, channel=channel, parts=parts)
        self.answers: list[Answer] = []

    def says(self, *texts: str) -> Answer:
        """Write messages in a row and read the answer."""
        answer = Answer(self._talk.say(*texts))
        self.answers.append(answer)
        return answer

    def tells(self, *texts: str) -> list[Answer]:
        """Write messages one after the other, each answered before the next."""
        return [self.says(text) for text in texts]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases that this customer has, each as it was changed last."""
        found: dict[str, Case] = {}
        for answer in self.answers:
            found.update({case.code: case for case in answer.outcome.cases})
        return tuple(found.values())

    @property
    def state(self) -> ConversationState:
        """Who has the conversation now."""
        return self.answers[-1].outcome.state

    def has_read(self, response: str) -> int:
        """How often this customer has read a response."""
        return sum(answer.responses.count(response) for answer in self.answers)
