"""The whole service with its back office: the demo's orders at the start, tickets behind the conversations, doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.app import Parts, build_parts, create_app, look_at_back_office
from bot.core.errors import TeoremaError
from bot.integrations.tables import bo_order, bo_ticket
from bot.services.brand_file import load_brand
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from tests.back_office_server import SECRET, BackOfficeServer
from tests.fakes import FakeClock, FakeMind, a_case
from tests.integration.back_office.conftest import with_a_case

DEMO = load_brand(Path("brand.yml"))


@pytest.fixture
def a_service(tmp_path: Path) -> Callable[..., Parts]:
    def made(**settings: object) -> Parts:
        own = Settings(state_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/service.db", **settings)
        return build_parts(own, brand=DEMO, mind=FakeMind(), clock=FakeClock())

    return made


def open_tickets(parts: Parts) -> object:
    """Do once what the service does every few seconds."""
    (job,) = (job for job in parts.jobs() if job.name == "open tickets")
    return job.do()


def orders(parts: Parts) -> int:
    with parts.engine.connect() as session:
        return len(session.execute(select(bo_order.c.id)).all())


def test_a_service_of_the_demo_brand_starts_with_orders(a_service: Callable[..., Parts]):
    parts = a_service()
    with TestClient(create_app(parts)):
        assert orders(parts) >= 40


def test_with_a_back_office_of_its_own_the_company_gets_no_invented_orders(
    a_service: Callable[..., Parts], server: BackOfficeServer
):
    parts = a_service(back_office_url=server.url, back_office_secret=SECRET)
    with TestClient(create_app(parts)):
        assert orders(parts) == 0


def test_a_case_becomes_a_ticket_in_our_database_for_the_right_department(a_service: Callable[..., Parts]):
    parts = a_service()
    migrate(parts.engine)
    with_a_case(parts.engine, a_case())

    open_tickets(parts)

    with parts.engine.connect() as session:
        assert session.execute(select(bo_ticket.c.case_code, bo_ticket.c.department)).all() == [
            (a_case().code, "Consegne")
        ]


def test_a_case_becomes_a_ticket_of_the_company(a_service: Callable[..., Parts], server: BackOfficeServer):
    parts = a_service(back_office_url=server.url, back_office_secret=SECRET)
    migrate(parts.engine)
    with_a_case(parts.engine, replace(a_case(), severity=("money",)))

    open_tickets(parts)

    (body,) = server.bodies
    assert (body["case_code"], body["department"], body["severity"]) == (a_case().code, "Consegne", ["money"])


def test_doctor_looks_at_the_embedded_tables_before_and_after_the_first_start(tmp_path: Path):
    settings = Settings(database_url=f"sqlite:///{tmp_path}/new.db")

    before = look_at_back_office(settings)
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()

    assert (before, look_at_back_office(settings)) == ("bo_order: -", "bo_order: 0")


def test_doctor_sees_a_back_office_that_answers_and_one_that_does_not(server: BackOfficeServer):
    good = Settings(back_office_url=server.url, back_office_secret=SECRET)
    wrong = Settings(back_office_url=server.url, back_office_secret="another secret of thirty-two letters")

    assert look_at_back_office(good) == server.url
    with pytest.raises(TeoremaError, match="signature_wrong"):
        look_at_back_office(wrong)
