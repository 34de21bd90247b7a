"""A browser, a site with the widget, and words for what customers do with it.

`TEOREMA_E2E_URL` points the tests at a running service; without it they start the fake one of `tests/e2e`. Tests that
plan faults ask for `fake` and are skipped on a real service.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[3]


class Chat:
    """The widget on one page, as a customer sees it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        self.host = page.locator("teorema-chat")
        self.launcher = self.host.locator(".launcher")
        self.panel = self.host.get_by_role("dialog")
        self.field = self.host.locator("textarea")
        self.status = self.host.locator("header [role=status]")
        self.badge = self.host.locator(".badge")
        self.banner = self.host.locator(".banner")
        self.choices = self.host.locator(".rows .choice")

    def open(self) -> Chat:
        """Press the launcher."""
        self.launcher.click()
        return self

    def write(self, text: str) -> Chat:
        """Type into the field and send with Enter."""
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def said_by(self, author: str) -> Any:
        """The texts of `customer`, `bot` or `operator`, in order."""
        return self.host.locator(f".row.{author} .text")

    def row(self, text: str) -> Any:
        """The message that holds this text, with its footer."""
        return self.host.locator(".row", has_text=text)

    def button(self, name: str) -> Any:
        """A button by its accessible name."""
        return self.host.get_by_role("button", name=name, exact=True)

    def focused(self) -> str:
        """The class or tag of what has the focus inside the widget; empty when the focus is elsewhere."""
        return str(
            self.page.evaluate(
                "() => { const a = document.querySelector('teorema-chat').shadowRoot.activeElement;"
                " return a ? a.className || a.tagName.toLowerCase() : ''; }"
            )
        )


class Fake:
    """The controls of the fake service."""

    def __init__(self, site: str) -> None:
        self.site = site

    def plan(self, control: str, **plan: Any) -> dict[str, Any]:
        """Use one control and return what the service holds now."""
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.site}/fake/{control}", json.dumps(plan).encode(), headers)
        with urlopen(request, timeout=10) as response:
            return dict(json.load(response))

    def wait_for(self, condition: Callable[[dict[str, Any]], bool], *, seconds: float = 10) -> dict[str, Any]:
        """What the service holds, as soon as the condition is met."""
        deadline = time.monotonic() + seconds
        while not condition(held := self.plan("look")):
            assert time.monotonic() < deadline, held
            time.sleep(0.1)
        return held


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a site whose pages carry the widget, without a slash at the end."""
    if real := os.environ.get("TEOREMA_E2E_URL"):
        yield real.rstrip("/")
        return
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.e2e.fake_server", "--port", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_served(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(address: str, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urlopen(f"{address}/widget.js", timeout=2).close()
            return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {address}")


@pytest.fixture
def fake(site: str) -> Iterator[Fake]:
    """The fake service's controls, reset before and after."""
    if os.environ.get("TEOREMA_E2E_URL"):
        pytest.skip("plans faults, which only the fake service can")
    controls = Fake(site)
    controls.plan("reset")
    yield controls
    controls.plan("reset")


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Chat]]:
    """Open a page in a browser of its own: `visit()` for the demo page, `visit(html=...)` for a host page made up
    here (`headers` are its HTTP headers); other options go to the browser context. Fails on any script error."""
    chats: list[Chat] = []

    def open_page(
        *, html: str = "", headers: dict[str, str] | None = None, context: Any = None, **options: Any
    ) -> Chat:
        context = context or browser.new_context(**options)
        chat = Chat(context.new_page())
        chats.append(chat)
        if html:
            answer = {"body": html, "headers": {"Content-Type": "text/html; charset=utf-8", **(headers or {})}}
            chat.page.route(f"{site}/host-page", lambda route: route.fulfill(**answer))
        chat.page.goto(f"{site}/host-page" if html else f"{site}/", wait_until="domcontentloaded")
        chat.host.wait_for(state="attached")
        return chat

    yield open_page
    for chat in chats:
        chat.page.context.close()
    assert [error for chat in chats for error in chat.errors] == []


@pytest.fixture
def host_page() -> Callable[..., str]:
    """An empty site that embeds the widget, with a style sheet and attributes of the script."""

    def page(*, css: str = "", attributes: str = "") -> str:
        head = f'<title>Sito | Casa</title><meta name="viewport" content="width=device-width"><style>{css}</style>'
        script = f'<script src="/widget.js" data-teorema {attributes} async></script>'
        body = f"<h1>Un sito</h1><p>Testo</p>{script}"
        return f'<!doctype html><html lang="it"><head>{head}</head><body>{body}</body></html>'

    return page


@pytest.fixture
def strangers(site: str) -> Callable[[list[str]], list[str]]:
    """The addresses, out of many, that do not belong to the site."""
    return lambda addresses: [a for a in addresses if urlsplit(a).netloc != urlsplit(site).netloc and a[:5] != "data:"]
