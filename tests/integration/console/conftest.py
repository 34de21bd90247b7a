"""A console on a fresh SQLite database, and a browser that has signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.storage.tables import audit_entry
from tests.desk import EMAIL, NOW, PASSWORD, Desk, an_engine, console_app, console_deps
from tests.fakes import FakeClock


class Browser:
    """What an operator does, one request at a time; redirects are not followed."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, follow_redirects=False, headers=headers)

    def post(self, path: str, **form: str) -> Response:
        return self.client.post(path, data=form, follow_redirects=False)

    def csrf(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found
        return found.group(1)

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD, **form: str) -> Response:
        return self.post("/console/login", csrf=self.csrf("/console/login"), email=email, password=password, **form)

    @property
    def token(self) -> str | None:
        return self.client.cookies.get("teorema_operator")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = an_engine(tmp_path / "console.db")
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def console(engine: Engine, clock: FakeClock) -> Any:
    """Builds browsers for a console whose parts may be replaced."""

    def build(**changes: Any) -> Browser:
        return Browser(TestClient(console_app(console_deps(engine, clock, **changes)), raise_server_exceptions=False))

    return build


@pytest.fixture
def nobody(console: Any) -> Browser:
    return console()


@pytest.fixture
def marta(console: Any) -> Browser:
    browser = console()
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture
def audited(engine: Engine) -> Any:
    """The audit trail so far, as (action, actor, subject)."""

    def read() -> list[tuple[str, str, str]]:
        columns = audit_entry.c.action, audit_entry.c.actor, audit_entry.c.subject
        with engine.connect() as session:
            return [tuple(row) for row in session.execute(select(*columns).order_by(audit_entry.c.id))]

    return read
