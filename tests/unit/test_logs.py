"""Logs never tell a secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs, hide_secrets

BOT_TOKEN = "123456789:" + "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-"
BEARER = "Bearer " + "q" * 32


@pytest.fixture
def _logs_as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("bot")
    handlers, level, our_level = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    ours.setLevel(our_level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (f"GET https://api.telegram.org/bot{BOT_TOKEN}/getMe", "GET https://api.telegram.org/bot***/getMe"),
        (f"Authorization: {BEARER}", "Authorization: Bearer ***"),
        ("ordine 48213: consegna alle 10:30", "ordine 48213: consegna alle 10:30"),
    ],
)
def test_secrets_are_hidden_and_nothing_else(text: str, safe: str):
    assert hide_secrets(text) == safe


@pytest.mark.usefixtures("_logs_as_before")
def test_no_log_line_tells_a_secret(capsys: pytest.CaptureFixture[str]):
    configure_logs()

    logging.getLogger("bot.channels").info("calling bot%s with %s", BOT_TOKEN, BEARER)
    structlog.get_logger().info("called", token=BOT_TOKEN)

    said = capsys.readouterr().err
    assert "calling" in said
    assert "called" in said
    assert BOT_TOKEN not in said
    assert BEARER not in said


@pytest.mark.usefixtures("_logs_as_before")
def test_an_error_that_holds_a_secret_is_hidden_too(capsys: pytest.CaptureFixture[str]):
    configure_logs()

    try:
        raise RuntimeError(f"no answer from bot{BOT_TOKEN}")
    except RuntimeError:
        logging.getLogger("bot.channels").exception("a call failed")

    said = capsys.readouterr().err
    assert "a call failed" in said
    assert BOT_TOKEN not in said


@pytest.mark.usefixtures("_logs_as_before")
def test_libraries_speak_only_when_something_is_wrong(capsys: pytest.CaptureFixture[str]):
    configure_logs()

    logging.getLogger("somebody.else").info("chatter")
    logging.getLogger("somebody.else").warning("trouble")

    said = capsys.readouterr().err
    assert "chatter" not in said
    assert "trouble" in said


@pytest.mark.usefixtures("_logs_as_before")
def test_json_logs_are_json_line_by_line(capsys: pytest.CaptureFixture[str]):
    configure_logs(json=True)

    structlog.get_logger().info("received", conversation=7)
    logging.getLogger("bot.services").warning("something odd")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["received", "something odd"]
    assert [line["level"] for line in lines] == ["info", "warning"]
