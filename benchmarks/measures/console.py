"""The console when there is a lot to show."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from time import perf_counter
from typing import NoReturn

import httpx

from benchmarks.bench import Advance, Bench
from benchmarks.figures import median, milliseconds, percentile
from benchmarks.inbox import filled_database
from benchmarks.rows import Figure, Row, at_most
from bot.app import build_parts, create_app
from bot.core.conversation import Dossier
from bot.core.outcome import Outcome
from bot.core.signals import Signals
from bot.settings import Settings, load_settings
from bot.storage.engine import open_engine
from bot.storage.operators import ensure_admin

_LIMIT = 0.100
_LOGIN = "/console/login"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_NEXT = re.compile(r'href="(/console\?[^"]*after=[^"]+)"')


def console(bench: Bench) -> list[Row]:
    """Pages of the inbox over a million messages (100,000 conversations) in SQLite, for an operator who is signed in.

    The whole application answers in this process: session, queries, template. Stylesheets and the network are not
    included. Median of thirty requests after a first one.
    """
    messages = bench.sizes.messages
    with bench.bar(f"filling an inbox with {messages:,} messages (or taking it from the cache)", 100) as advance:
        database = filled_database(
            bench.cache, messages=messages, texts=[text for text, _ in bench.messages], advance=advance
        )
    settings = Settings(**{**load_settings().dict(), "database_url": f"sqlite:///{database}"})
    with bench.bar("inbox pages", 4 * (bench.sizes.pages + 1)) as advance:
        seconds = asyncio.run(_visit(settings, bench.sizes.pages, advance))
    return [
        at_most(
            f"console with {messages:,} messages: {page}",
            Figure(median(found), milliseconds(median(found))),
            Figure(_LIMIT, milliseconds(_LIMIT)),
            note=f"p95 {milliseconds(percentile(found, 0.95))}",
        )
        for page, found in seconds.items()
    ]


class NobodyThinks:
    """A mind for a service that only shows pages."""

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        """Never asked."""
        self._refuse()

    def annotate(self, dossier: Dossier) -> Mapping[int, Signals]:
        """Never asked."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise AssertionError("a page asked the bot to think")


async def _visit(settings: Settings, times: int, advance: Advance) -> dict[str, list[float]]:
    engine = open_engine(settings.database_url)
    parts = build_parts(settings, engine=engine, mind=NobodyThinks())
    password = secrets.token_urlsafe(16)
    ensure_admin(engine, email=settings.admin_email, password=password, at=parts.clock.now())
    transport = httpx.ASGITransport(app=create_app(parts))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        await _sign_in(browser, settings.admin_email, password)
        pages = {name: await _times(browser, path, times, advance) for name, path in (await _pages(browser)).items()}
    engine.dispose()
    return pages


async def _sign_in(browser: httpx.AsyncClient, email: str, password: str) -> None:
    form = {"csrf": _found(_CSRF, (await browser.get(_LOGIN)).text), "email": email, "password": password}
    answer = await browser.post(_LOGIN, data=form)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.status_code


async def _pages(browser: httpx.AsyncClient) -> dict[str, str]:
    """The addresses of the pages by what is on them."""
    inbox = await browser.get("/console")
    following = _found(_NEXT, inbox.text).replace("&amp;", "&")
    return {
        "inbox": "/console",
        "its second page": following,
        "those who wait": "/console?state=waiting",
        "search for a frequent word": "/console?q=non",
    }


async def _times(browser: httpx.AsyncClient, path: str, times: int, advance: Advance) -> list[float]:
    found = []
    for _ in range(times + 1):
        begun = perf_counter()
        answer = await browser.get(path)
        found.append(perf_counter() - begun)
        assert answer.status_code == httpx.codes.OK, (path, answer.status_code)
        advance()
    return found[1:]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match, pattern.pattern
    return match.group(1)
