"""Figures for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.core.care_score import CareScore

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """What the service counts; one registry each, so that tests do not share figures."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._received = Counter(
            "teorema_messages_received", "Customers' messages stored", ["channel"], registry=self._registry
        )
        self._turns = Counter("teorema_turns", "Turns finished, by how", ["result"], registry=self._registry)
        self._turn_seconds = Histogram(
            "teorema_turn_seconds", "From loading a conversation to its committed answer", buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._promises = Counter(
            "teorema_promise_words", "Words sent for promises falling due", registry=self._registry
        )
        self._promise_states = Gauge(
            "teorema_promises", "Promises by state: open, updated, kept, broken", ["state"], registry=self._registry
        )
        self._care = Histogram(
            "teorema_care_score", "Care scores (0-100) of finished conversations", buckets=range(10, 101, 10),
            registry=self._registry,
        )  # fmt: skip

    def received(self, channel: str) -> None:
        """A customer's message was stored."""
        self._received.labels(channel).inc()

    def turn(self, result: str, seconds: float) -> None:
        """A turn ended: `answered`, `honest` (the brain failed), `noted` (a human has it) or `lost_race`."""
        self._turns.labels(result).inc()
        self._turn_seconds.observe(seconds)

    def promise_words(self, count: int) -> None:
        """So many customers heard from us about a promise."""
        self._promises.inc(count)

    def promises(self, counts: Mapping[str, int]) -> None:
        """How many promises there are in each state."""
        for state, count in counts.items():
            self._promise_states.labels(state).set(count)

    def care_scores(self, scores: Iterable[CareScore]) -> None:
        """These conversations were judged."""
        for care in scores:
            if care.score is not None:
                self._care.observe(care.score)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return bytes(generate_latest(self._registry))
