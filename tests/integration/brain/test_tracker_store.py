"""The bounded tracker store: the same conversation as with all of history, at the same cost for ever."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import chain

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.brain import Brain
from bot.brain.session import RasaSession, in_session
from bot.brain.tracker_store import KEEP_TURNS, BoundedTrackerStore
from bot.core.outcome import Outcome
from bot.core.signals import Signals, Triage
from tests.integration.brain.stories import actions_of, play
from tests.project.repository import read_yaml

INTENTS = read_yaml("domain.yml")["intents"]
TURNS = 24


class FullStore(BoundedTrackerStore):
    """Keeps every event that ever was."""

    def _compact(self, tracker: DialogueStateTracker) -> list[Event]:
        return list(tracker.events)


@pytest.fixture
def on_store(brain: Brain, monkeypatch: pytest.MonkeyPatch) -> Callable[[type[BoundedTrackerStore], int], Brain]:
    """The brain with another tracker store, and the same luck each time."""

    def prepare(store: type[BoundedTrackerStore], seed: int) -> Brain:
        processor = brain._processor
        monkeypatch.setattr(processor, "tracker_store", store(processor.domain))
        random.seed(seed)
        monkeypatch.setattr("bot.services.care.secrets.choice", random.Random(seed).choice)
        return brain

    return prepare


def a_story(seed: int) -> list[Signals]:
    """Any intents in any order, some from trolls, some in anger."""
    luck = random.Random(seed)
    intents = luck.choices(INTENTS, k=TURNS)
    return [
        Signals(
            intent,
            0.9,
            ranking=((intent, 0.9),),
            temperature=luck.randrange(5),
            triage=Triage(luck.choice(("need", "need", "troll")), 0.5),
        )
        for intent in intents
    ]


def essence(outcome: Outcome) -> tuple[object, ...]:
    texts = [reply.text for reply in outcome.replies]
    return actions_of(outcome), texts, outcome.memory, outcome.state, outcome.cases, outcome.promises


@pytest.mark.parametrize("seed", range(4))
def test_a_window_decides_like_the_whole_history(on_store, seed: int):
    story = a_story(seed)

    bounded = play(on_store(BoundedTrackerStore, seed), story)
    full = play(on_store(FullStore, seed), story)

    assert [essence(outcome) for outcome in bounded] == [essence(outcome) for outcome in full]


def test_the_state_does_not_grow(on_store):
    outcomes = play(on_store(BoundedTrackerStore, 1), a_story(1) * 2)
    sizes = [len(outcome.tracker_state["events"]) for outcome in outcomes]

    window = max(sizes[KEEP_TURNS : len(sizes) // 2])
    assert max(sizes[len(sizes) // 2 :]) <= window + 2


def test_the_full_history_does_grow(on_store):
    """Otherwise the tests above would prove nothing."""
    outcomes = play(on_store(FullStore, 1), a_story(1))

    assert len(outcomes[-1].tracker_state["events"]) > 3 * len(outcomes[5].tracker_state["events"])


def test_each_turn_hands_over_only_its_own_events(on_store):
    outcomes = play(on_store(BoundedTrackerStore, 2), a_story(2))

    heard = [[event for event in outcome.tracker_events if event["event"] == "user"] for outcome in outcomes]
    assert [len(events) for events in heard] == [1] * TURNS
    assert [event["text"] for event in chain(*heard)] == [f"messaggio {number}" for number in range(1, TURNS + 1)]


def test_state_and_events_are_json(on_store):
    for outcome in play(on_store(BoundedTrackerStore, 3), a_story(3)[:6]):
        assert json.loads(json.dumps(outcome.tracker_state)) == outcome.tracker_state
        json.dumps(outcome.tracker_events)


@pytest.fixture
def domain() -> Domain:
    return Domain.from_yaml('version: "3.1"\nintents: [greet]\nslots: {tone: {type: text, mappings: [{type: custom}]}}')


@pytest.fixture
def store(domain: Domain) -> Iterator[TrackerStore]:
    return BoundedTrackerStore(domain)


async def test_a_new_conversation_has_no_tracker(store: BoundedTrackerStore):
    with in_session(RasaSession("c-1", None, {})):
        assert await store.retrieve("c-1") is None


async def test_a_slot_that_the_model_no_longer_has_is_forgotten(store: BoundedTrackerStore):
    events = [{"event": "slot", "name": name, "value": "sober"} for name in ("tone", "mood")]

    with in_session(RasaSession("c-1", {"events": events}, {})):
        tracker = await store.retrieve("c-1")

    assert tracker.get_slot("tone") == "sober"
    assert "mood" not in tracker.slots
