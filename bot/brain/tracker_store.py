"""A tracker store that costs the same at turn 1,000 as at turn 10 and writes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.session import current_session

KEEP_TURNS = 5  # RulePolicy needs the last applied user turn; a fallback may revert up to three


class BoundedTrackerStore(TrackerStore):
    """Rebuilds a tracker from its state plus the last few turns; leaves what is new in the turn's session."""

    def __init__(self, domain: Domain, *, keep_turns: int = KEEP_TURNS) -> None:
        super().__init__(domain)
        self._keep = keep_turns

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the current session's conversation; None for a new one."""
        session = current_session()
        if session.state is None:
            return None
        tracker = self.init_tracker(sender_id)
        known = {slot.name for slot in self.domain.slots}
        for event in deserialise_events(list(session.state["events"])):
            if not (isinstance(event, SlotSet) and event.key not in known):
                tracker.update(event, self.domain)
        session.loaded_events = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Hand the new events and the compacted state to the session; the turn's transaction writes them."""
        session = current_session()
        session.new_events = [event.as_dict() for event in islice(tracker.events, session.loaded_events, None)]
        session.new_state = {"events": [event.as_dict() for event in self._compact(tracker)]}

    def _compact(self, tracker: DialogueStateTracker) -> list[Event]:
        """The shortest events that rebuild the tracker: its state before the window, then the window.

        Applied events are cut, not raw ones: a reverted turn must not come back to life.
        """
        events = tracker.applied_events()
        turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(turns) <= self._keep:
            return _squeezed(events)
        cut = turns[-self._keep]
        return _state_before(events[cut:], self._replayed(tracker, events[:cut]), self.domain) + _squeezed(events[cut:])

    def _replayed(self, tracker: DialogueStateTracker, events: Iterable[Event]) -> DialogueStateTracker:
        scratch = self.init_tracker(tracker.sender_id)
        for event in events:
            scratch.update(event, self.domain)
        return scratch


def _state_before(window: list[Event], tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """The fewest events that bring an empty tracker into this one's state."""
    at = window[0].timestamp
    initial = {slot.name: slot.initial_value for slot in domain.slots}
    slots = [
        SlotSet(name, slot.value, timestamp=at)
        for name, slot in tracker.slots.items()
        if slot.value != initial.get(name)
    ]
    action = [ActionExecuted(tracker.latest_action_name, timestamp=at)] if tracker.latest_action_name else []
    return [SessionStarted(timestamp=at), *slots, *action]


def _squeezed(events: list[Event]) -> list[Event]:
    """Between two actions only the last value of a slot and the last utterance matter; parse data is not replayed."""
    kept: list[Event] = []
    seen: set[Any] = set()
    for event in reversed(events):
        if isinstance(event, UserUttered | ActionExecuted | ActiveLoop):
            seen.clear()
        key = _replaceable(event)
        if key is None or key not in seen:
            kept.append(_slim(event))
            seen.add(key)
    return kept[::-1]


def _replaceable(event: Event) -> Any:
    if isinstance(event, SlotSet):
        return ("slot", event.key)
    return "utterance" if isinstance(event, BotUttered) else None


def _slim(event: Event) -> Event:
    """A user message without its ranking and texts: only intent and entities decide what comes next."""
    if not isinstance(event, UserUttered):
        return event
    parse = {"intent": event.intent, "entities": [], "text": ""}
    return UserUttered("", event.intent, [], parse, event.timestamp, event.input_channel, event.message_id)
