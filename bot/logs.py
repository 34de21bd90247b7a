"""Logs: one line an event, for people or as JSON; secrets never reach them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import datetime, timezone
from json import dumps
from typing import Any

import structlog

_BOT_TOKEN = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")  # in addresses right behind the word "bot"
_BEARER = re.compile(r"(?i)(bearer\s+)[A-Za-z0-9._~+/=-]{16,}")


def hide_secrets(text: str) -> str:
    """The text without bot tokens and bearer tokens."""
    return _BEARER.sub(r"\1***", _BOT_TOKEN.sub("***", text))


class _Lines(logging.Formatter):
    """Records for people, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(super().format(record))


class _JsonLines(logging.Formatter):
    """Records as one JSON object a line, with the keys that structlog's lines have."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat()
        line = {"event": record.getMessage(), "level": record.levelname.lower(), "timestamp": at, "logger": record.name}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return hide_secrets(dumps(line, ensure_ascii=False))


def _hide_values(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = hide_secrets(value)
    return event


def configure_logs(*, json: bool = False, level: int = logging.INFO) -> None:
    """Send all logs to stderr; library chatter only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if json else _Lines("%(asctime)s %(levelname)-7s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _hide_values,
            structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
