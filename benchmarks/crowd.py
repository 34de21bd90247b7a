"""Customers of the widget: each opens a conversation, listens to its stream and says one thing after the other."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

_LONGEST_WAIT = 30.0


class CrowdFailed(Exception):
    """A customer was not answered as the service should."""


@dataclass(frozen=True)
class Turn:
    """When a customer's message left and when its answer was read, in seconds of one clock."""

    asked: float
    answered: float

    @property
    def seconds(self) -> float:
        """How long the customer waited."""
        return self.answered - self.asked


@dataclass(frozen=True)
class Crowd:
    """So many customers at once; each says `messages` things, or as many as fit into `seconds`.

    Between an answer and the next message a customer reads for a while chosen at random from `reading` (seconds).
    """

    customers: int
    messages: int | None = None
    seconds: float | None = None
    reading: tuple[float, float] = (0.0, 0.0)
    seed: int = 1

    def talk_to(self, url: str, texts: Sequence[str]) -> list[list[Turn]]:
        """Hold all conversations; the turns of each. CrowdFailed when one is not answered."""
        try:
            return asyncio.run(self._talk(url, texts))
        except (httpx.HTTPError, asyncio.TimeoutError) as error:
            raise CrowdFailed(f"a customer was left alone: {str(error) or type(error).__name__}") from error

    async def _talk(self, url: str, texts: Sequence[str]) -> list[list[Turn]]:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        async with httpx.AsyncClient(base_url=url, timeout=_LONGEST_WAIT, limits=limits) as client:
            customers = [_Customer(client, texts, random.Random(f"{self.seed}-{one}")) for one in range(self.customers)]
            for customer in customers:
                await customer.arrive()
            return list(await asyncio.gather(*(customer.talk(self) for customer in customers)))


class _Customer:
    def __init__(self, client: httpx.AsyncClient, texts: Sequence[str], dice: random.Random) -> None:
        self._client = client
        self._texts = texts
        self._dice = dice
        self._headers: dict[str, str] = {}

    async def arrive(self) -> None:
        opened = await self._client.post("/api/widget/session", json={"locale": "it"})
        opened.raise_for_status()
        self._headers = {"Authorization": f"Bearer {opened.json()['token']}"}

    async def talk(self, crowd: Crowd) -> list[Turn]:
        turns: list[Turn] = []
        async with _answers(self._client, self._headers) as answers:
            begun = perf_counter()
            await asyncio.sleep(self._dice.uniform(*crowd.reading))
            while not _finished(crowd, turns, perf_counter() - begun):
                turns.append(await self._say(answers))
                await asyncio.sleep(self._dice.uniform(*crowd.reading))
        return turns

    async def _say(self, answers: asyncio.Queue[float]) -> Turn:
        message = {"id": str(uuid4()), "text": self._dice.choice(self._texts)}
        asked = perf_counter()
        posted = await self._client.post("/api/widget/messages", json=message, headers=self._headers)
        posted.raise_for_status()
        return Turn(asked, await asyncio.wait_for(answers.get(), _LONGEST_WAIT))


def _finished(crowd: Crowd, turns: Sequence[Turn], passed: float) -> bool:
    return (crowd.messages is not None and len(turns) >= crowd.messages) or (
        crowd.seconds is not None and passed >= crowd.seconds
    )


@asynccontextmanager
async def _answers(client: httpx.AsyncClient, headers: dict[str, str]) -> AsyncIterator[asyncio.Queue[float]]:
    """The moments at which the bot's messages are read from the stream; yields once the stream is open."""
    arrivals: asyncio.Queue[float] = asyncio.Queue()
    async with client.stream("GET", "/api/widget/stream", headers=headers, timeout=None) as stream:
        stream.raise_for_status()
        reader = asyncio.create_task(_read(stream, arrivals))
        try:
            yield arrivals
        finally:
            if reader.done():
                reader.result()
            reader.cancel()


async def _read(stream: httpx.Response, arrivals: asyncio.Queue[float]) -> None:
    async for line in stream.aiter_lines():
        if line.startswith("data:"):
            _hear(json.loads(line.removeprefix("data:")), arrivals)


def _hear(event: dict[str, Any], arrivals: asyncio.Queue[float]) -> None:
    if event.get("author") != "bot" or "text" not in event:
        return
    if "reason" in event.get("meta", {}):
        raise CrowdFailed(f"the bot could not answer: {event['meta']['reason']}")
    arrivals.put_nowait(perf_counter())


def waits(conversations: Sequence[Sequence[Turn]], *, warming: int) -> list[float]:
    """How long customers waited, in seconds, without the first `warming` turns of each."""
    return [turn.seconds for turns in conversations for turn in turns[warming:]]


def per_second(conversations: Sequence[Sequence[Turn]], *, warming: float) -> float:
    """Turns answered in a second while all customers were there, after the first `warming` seconds."""
    begin = min(turns[0].asked for turns in conversations) + warming
    end = min(turns[-1].answered for turns in conversations)
    answered = [turn for turns in conversations for turn in turns if begin < turn.answered <= end]
    return len(answered) / (end - begin)
