"""A browser, and a console in this process with a day's conversations in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any

import pytest
import uvicorn

from bot.services.score_care import CareScorer
from bot.storage.care_scores import SqlCareScores
from tests.desk import EMAIL, PASSWORD, Desk, RealClock, an_engine, console_app, console_deps, fill
from tests.fakes import ROME


class Site:
    """A running console; `ids` are the public ids of the conversations of desk.yml."""

    def __init__(self, address: str, desk: Desk, ids: dict[str, str]) -> None:
        self.address = address
        self.desk = desk
        self.ids = ids

    def conversation(self, name: str) -> str:
        """The address of one of the conversations."""
        return f"{self.address}/console/conversations/{self.ids[name]}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A console on a port of its own."""
    engine = an_engine(tmp_path_factory.mktemp("console") / "console.db")
    desk = Desk(engine)
    ids = fill(desk, datetime.now(timezone.utc))
    CareScorer(book=SqlCareScores(engine), clock=RealClock(), zone=ROME).score_finished()
    server = uvicorn.Server(
        uvicorn.Config(console_app(console_deps(engine, RealClock())), port=0, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the console did not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", desk, ids)
    server.should_exit = True
    thread.join(timeout=10)
    engine.dispose()


@pytest.fixture
def stranger(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens pages in a browser of its own (options go to its context); any script error or blocked part fails."""
    pages: list[Any] = []
    troubles: list[str] = []

    def open_page(**options: Any) -> Any:
        page = browser.new_context(**{"locale": "it-IT", "reduced_motion": "reduce", **options}).new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if "Content Security" in line.text else None)
        page.on("request", lambda one: None if one.url.startswith(site.address) else troubles.append(one.url))
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert troubles == []


@pytest.fixture
def marta(stranger: Callable[..., Any], site: Site) -> Callable[..., Any]:
    """Opens a page as somebody who has signed in, on the inbox."""

    def open_page(**options: Any) -> Any:
        page = stranger(**options)
        page.goto(f"{site.address}/console")
        page.get_by_label("E-mail").fill(EMAIL)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Entra").click()
        page.wait_for_url("**/console")
        return page

    return open_page
