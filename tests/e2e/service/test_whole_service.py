"""The service as it is started by `make run`: a customer in the browser, an operator in the console."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[3]
EMAIL, PASSWORD = "capo@casaginepro.example", "prova-prova-2026"
SECONDS = 60_000  # milliseconds: the machines of the tests are slow and shared

pytestmark = [pytest.mark.needs_model, pytest.mark.needs_browser]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running service with a database of its own and the trained model."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `teorema train --stage linear`")
    folder = tmp_path_factory.mktemp("service")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "TEOREMA_DATABASE_URL": f"sqlite:///{folder}/service.db",
        "TEOREMA_STATE_DIR": str(folder),
        "TEOREMA_ADMIN_EMAIL": EMAIL,
        "TEOREMA_ADMIN_PASSWORD": PASSWORD,
        "TEOREMA_ENCODER_TRAINING": "false",
        "TEOREMA_LISTEN_WINDOW": "0.2",
        "TEOREMA_TURN_TIMEOUT": "60",
    }
    command = [sys.executable, "-m", "bot.cli", "run", "--port", str(port)]
    with (folder / "service.log").open("w") as log:
        service = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", service, folder / "service.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            service.terminate()
            service.wait(20)


def _wait_until_ready(address: str, service: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert service.poll() is None, log.read_text()
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of a new visitor."""
    context = browser.new_context(locale="it-IT", timezone_id="Europe/Rome")
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    yield page
    context.close()


def test_a_complaint_is_answered_survives_a_reload_and_is_seen_in_the_console(page: Any, address: str):
    page.goto(address)
    write(page, "È LA TERZA VOLTA CHE IL TECNICO NON SI PRESENTA, ordine 48213!!!")
    answer = said_by_bot(page, 1)

    assert "48213" in answer
    code = re.search(r"\bT[0-9A-Z]{8}\b", answer)
    assert code is not None
    assert re.search(r"\d{1,2}:\d{2}", answer)

    page.reload()
    write(page, "a che punto siamo?")
    assert code[0] in said_by_bot(page, 2)

    sign_in(page, address)
    page.locator("a[href*='/console/conversations/']").first.click()
    page.get_by_text("È LA TERZA VOLTA").first.wait_for()
    assert code[0] in page.content()


def test_two_visitors_have_conversations_of_their_own(page: Any, browser: Any, address: str):
    page.goto(address)
    write(page, "il divano è arrivato con una gamba rotta, ordine 99001")
    said_by_bot(page, 1)

    other = browser.new_context().new_page()
    other.set_default_timeout(SECONDS)
    other.goto(address)
    write(other, "sei un bot?")
    answer = said_by_bot(other, 1)

    assert "99001" not in other.locator("teorema-chat").inner_text()
    assert re.search(r"bot|digitale|robot", answer, re.IGNORECASE)
    other.context.close()


def write(page: Any, text: str) -> None:
    chat = page.locator("teorema-chat")
    if not chat.locator("textarea").is_visible():
        chat.locator(".launcher").click()
    chat.locator("textarea").fill(text)
    chat.locator("textarea").press("Enter")


def said_by_bot(page: Any, count: int) -> str:
    """The bot's message number `count`, once it is there."""
    message = page.locator("teorema-chat .row.bot .text").nth(count - 1)
    message.wait_for()
    return str(message.inner_text())


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/console")
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/console"))
