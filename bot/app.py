"""The composition root: the only place that knows every concrete class."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import yaml
from fastapi import FastAPI
from sqlalchemy.engine import Engine
from starlette.middleware.cors import CORSMiddleware

from bot.channels.widget_api import WidgetApi, widget_router
from bot.channels.widget_site import site_router
from bot.console.deps import ConsoleDeps
from bot.console.router import console_router
from bot.core.address import LEI, TU
from bot.core.back_office import BackOffice
from bot.core.brand import Brand
from bot.core.errors import Misconfigured
from bot.core.phrases import PhraseBook
from bot.core.ports import Clock, Mind
from bot.encoder_training import EncoderTraining
from bot.health import health_router
from bot.integrations.back_office_embedded import EmbeddedBackOffice
from bot.integrations.back_office_http import AT_LEISURE, IN_TURN, HttpBackOffice, Patience
from bot.integrations.demo import load_demo_orders
from bot.metrics import Metrics
from bot.models import model_version, newest_model
from bot.services.answer import Answerer
from bot.services.attachments import Attachments
from bot.services.brand_file import load_brand
from bot.services.jobs import Job, keep_doing
from bot.services.keep_promises import PromiseKeeper, Words
from bot.services.live import LiveHub
from bot.services.rehearsal.clock import SimulatedClock, beginning_of
from bot.services.rehearsal.house import House
from bot.services.rehearsal.lines import InboxLine, WidgetLine
from bot.services.rehearsal.scenario import WEB, Scenario
from bot.services.rehearsal.stage import Line
from bot.services.score_care import CareScorer
from bot.services.talk import Talk
from bot.services.tickets import TicketOpener
from bot.services.worker import Worker
from bot.settings import Settings, pass_on
from bot.storage.attachment_files import FolderFiles
from bot.storage.attachments import SqlAttachments
from bot.storage.audit import SqlAudit
from bot.storage.care_scores import SqlCareScores
from bot.storage.console import SqlConversations
from bot.storage.console_cases import SqlCases
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.login_failures import SqlLoginFailures
from bot.storage.migrate import is_current, migrate
from bot.storage.operator_sessions import SqlOperatorSessions
from bot.storage.operators import SqlOperators, ensure_admin
from bot.storage.promises import SqlPromiseBook
from bot.storage.rehearsals import SqlRehearsals
from bot.storage.tickets import SqlTicketBook
from bot.storage.turns import SqlTurns
from bot.storage.widget_sessions import SqlWidgetSessions
from bot.web import BodyLimit, CarefulHeaders, ErrorTexts, add_error_handlers, load_error_texts

log = logging.getLogger(__name__)

_BODY = 64 * 1024  # bytes; a text of 10,000 characters fits in any alphabet
_NLU_DATA = Path("nlu_data")
_BETWEEN_BURSTS = 0.5  # seconds a rehearsed customer's messages in a row may be apart


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(timezone.utc)


@dataclass
class Parts:
    """Everything the service is made of; tests replace what they want by keyword."""

    settings: Settings
    brand: Brand
    engine: Engine
    mind: Mind
    clock: Clock
    live: LiveHub
    metrics: Metrics
    answerer: Answerer
    worker: Worker
    keeper: PromiseKeeper
    refresh: Callable[[], object]
    encoder: EncoderTraining
    attachments: Attachments
    tickets: TicketOpener
    scorer: CareScorer

    def jobs(self) -> list[Job]:
        """The work behind the conversations."""
        return [
            Job("keep promises", 20, self._keep_promises),
            Job("take up a new model", 5, self.refresh),
            Job("open tickets", 10, self.tickets.open_all),
            Job("score care", 300, lambda: self.metrics.care_scores(self.scorer.score_finished())),
            Job("remove files that nobody sent", 3600, self.attachments.sweep),
        ]

    def _keep_promises(self) -> None:
        self.metrics.promise_words(self.keeper.keep())
        self.metrics.promises(self.keeper.counts())


def build_parts(
    settings: Settings,
    *,
    brand: Brand | None = None,
    engine: Engine | None = None,
    mind: Mind | None = None,
    clock: Clock | None = None,
) -> Parts:
    """Put the service together; raises Misconfigured when a setting, brand.yml or the model is not right."""
    brand = brand or load_brand(settings.brand)
    engine = engine or open_engine(settings.database_url)
    clock = clock or SystemClock()
    mind, refresh = (mind, lambda: None) if mind else load_mind(settings, brand, _back_office(settings, engine, clock))
    live, metrics, turns = LiveHub(), Metrics(), SqlTurns(engine)
    honest = _sentences("fallback", "utter_brain_failed")
    answerer = Answerer(
        turns=turns, mind=mind, live=live, clock=clock, honest=honest, address=brand.address, meter=metrics
    )
    window = settings.listen_window if settings.listen_window is not None else brand.listen_window.total_seconds()
    worker = Worker(answerer, turns, listen_window=window)
    keeper = PromiseKeeper(book=SqlPromiseBook(engine), live=live, clock=clock, brand=brand, words=_promise_words())
    files = FolderFiles(settings.state_dir / "attachments")
    limit = int(settings.attachment_limit)
    attachments = Attachments(book=SqlAttachments(engine), files=files, clock=clock, limit=limit)
    office = _back_office(settings, engine, clock, patience=AT_LEISURE)
    return Parts(
        settings=settings,
        brand=brand,
        engine=engine,
        mind=mind,
        clock=clock,
        live=live,
        metrics=metrics,
        answerer=answerer,
        worker=worker,
        keeper=keeper,
        refresh=refresh,
        encoder=EncoderTraining(),
        attachments=attachments,
        tickets=TicketOpener(book=SqlTicketBook(engine), back_office=office, clock=clock, brand=brand),
        scorer=CareScorer(book=SqlCareScores(engine), clock=clock, zone=brand.hours.zone),
    )


def _back_office(settings: Settings, engine: Engine, clock: Clock, *, patience: Patience = IN_TURN) -> BackOffice:
    """The company's own back office if an address is set, else the embedded one."""
    if settings.back_office_url:
        return HttpBackOffice(settings.back_office_url, settings.back_office_secret, patience=patience)
    return EmbeddedBackOffice(engine, clock)


def _prepare(parts: Parts) -> None:
    """Bring the database to its shape; the demo brand gets orders to talk about."""
    migrate(parts.engine)
    if not parts.settings.back_office_url:
        load_demo_orders(parts.engine, parts.brand, now=parts.clock.now())


def look_at_back_office(settings: Settings) -> str:
    """What answers for orders and tickets, in a word; raises Unavailable or Refused when it does not answer well."""
    if settings.back_office_url:
        HttpBackOffice(settings.back_office_url, settings.back_office_secret, patience=AT_LEISURE).ping()
        return settings.back_office_url
    engine = open_engine(settings.database_url)
    try:
        return f"bo_order: {EmbeddedBackOffice(engine, SystemClock()).orders() if is_current(engine) else '-'}"
    finally:
        engine.dispose()


def look_at_database(settings: Settings) -> tuple[str, bool]:
    """The database's address without its password, and whether it has the shape that this version needs."""
    engine = open_engine(settings.database_url)
    try:
        return engine.url.render_as_string(hide_password=True), is_current(engine)
    finally:
        engine.dispose()


def load_mind(
    settings: Settings, brand: Brand, back_office: BackOffice | None = None
) -> tuple[Mind, Callable[[], None]]:
    """The brain of the model that counts, in a thread of its own, and what swaps a newer one in; imports Rasa."""
    from bot.brain.quiet import quieten

    quieten()
    pass_on(settings)
    import actions
    from bot.brain.brain import Brain
    from bot.brain.runner import BrainThread
    from bot.nlu.answers import AnswerFinder

    answers = AnswerFinder(brand.answers)
    version = model_version(settings.model_dir)

    def load() -> Brain:
        model = newest_model(settings.model_dir)
        return Brain(model, brand=brand, actions=actions.ALL, answers=answers, back_office=back_office)

    def refresh() -> None:
        nonlocal version
        newest = model_version(settings.model_dir)
        if newest != version:
            version = newest  # a model that cannot be loaded is tried once, not every few seconds
            log.info("model %s takes over", mind.swap(load))

    mind = BrainThread(load, timeout=settings.turn_timeout)
    return mind, refresh


def open_talk(settings: Settings, database: Path, *, channel: str, parts: Parts | None = None) -> Talk:
    """A conversation of its own in a database of its own."""
    parts = parts or build_parts(settings, engine=open_engine(f"sqlite:///{database}"))
    _prepare(parts)
    return Talk(
        inbox=SqlInbox(parts.engine),
        turns=SqlTurns(parts.engine),
        mind=parts.mind,
        live=parts.live,
        clock=parts.clock,
        honest=_sentences("fallback", "utter_brain_failed"),
        channel=channel,
    )


@contextmanager
def open_house(settings: Settings, scenario: Scenario, *, brand: Brand, mind: Mind) -> Iterator[House]:
    """The whole service, for one scenario: its own database and clock, thrown away afterwards; `mind` is shared."""
    from starlette.testclient import TestClient

    with TemporaryDirectory(prefix="rehearsal-") as folder:
        window = _BETWEEN_BURSTS if scenario.has_bursts else 0.0
        own = {"state_dir": Path(folder), "listen_window": window, "encoder_training": False, "back_office_url": ""}
        clock = SimulatedClock(beginning_of(scenario, brand.hours))
        engine = open_engine(f"sqlite:///{folder}/rehearsal.db")
        parts = build_parts(settings.copy(update=own), brand=brand, engine=engine, mind=mind, clock=clock)
        with TestClient(create_app(parts), raise_server_exceptions=False) as client:
            in_loop: Any = client.portal
            ring = partial(in_loop.call, parts.worker.ring)
            yield House(
                open_line=lambda channel: _line(parts, channel, client=client, ring=ring),
                backstage=SqlRehearsals(engine),
                keep=parts.keeper.keep,
                clock=clock,
            )


def open_rehearsals(settings: Settings) -> SqlRehearsals | None:
    """Rehearsals' view of the configured database, perhaps that of a running service; None when there is no file."""
    engine = open_engine(settings.database_url)
    return None if _has_no_file(engine) else SqlRehearsals(engine)


def _has_no_file(engine: Engine) -> bool:
    """Whether a SQLite database would first have to be made."""
    return engine.url.get_backend_name() == "sqlite" and not Path(engine.url.database or "").is_file()


@contextmanager
def open_care(settings: Settings) -> Iterator[CareScorer]:
    """What judges the conversations of the configured database; raises Misconfigured when it has not our shape."""
    brand, engine = load_brand(settings.brand), open_engine(settings.database_url)
    try:
        if _has_no_file(engine) or not is_current(engine):
            raise Misconfigured("TEOREMA_DATABASE_URL", "no database of this version there; `teorema run` makes it")
        yield CareScorer(book=SqlCareScores(engine), clock=SystemClock(), zone=brand.hours.zone)
    finally:
        engine.dispose()


def _line(parts: Parts, channel: str, *, client: httpx.Client, ring: Callable[[int], object]) -> Line:
    """A new customer's line: the widget's API, or the inbox where a channel's adapter would hand its messages in."""
    if channel == WEB:
        return WidgetLine(client)
    messages = SqlWidgetSessions(parts.engine)
    return InboxLine(channel, inbox=SqlInbox(parts.engine), messages=messages, ring=ring, clock=parts.clock)


def create_app(parts: Parts, *, admin_password: str = "") -> FastAPI:
    """The ASGI application; with a password, the first administrator can sign in with it."""
    texts = load_error_texts(files("bot").joinpath("texts/errors.it.json").read_text(encoding="utf-8"))
    app = FastAPI(
        title="Teorema", version="0.1.0", lifespan=_lifespan(parts, admin_password), docs_url=None, redoc_url=None
    )
    add_error_handlers(app, texts)
    _add_middleware(app, parts.settings, texts)
    app.state.widget_api = _widget_api(parts)
    app.include_router(widget_router(app.state.widget_api))
    app.include_router(console_router(_console_deps(parts)))
    app.include_router(
        health_router(_checks(parts), metrics=parts.metrics, encoder_status=lambda: parts.encoder.status)
    )
    app.include_router(site_router())
    return app


def _widget_api(parts: Parts) -> WidgetApi:
    return WidgetApi(
        inbox=SqlInbox(parts.engine),
        sessions=SqlWidgetSessions(parts.engine),
        live=parts.live,
        clock=parts.clock,
        ring=parts.worker.ring,
        attachments=parts.attachments,
        meter=parts.metrics,
    )


def _console_deps(parts: Parts) -> ConsoleDeps:
    engine = parts.engine
    return ConsoleDeps(
        conversations=SqlConversations(engine),
        cases=SqlCases(engine),
        operators=SqlOperators(engine),
        sessions=SqlOperatorSessions(engine),
        failures=SqlLoginFailures(engine),
        audit=SqlAudit(engine),
        attachments=parts.attachments,
        clock=parts.clock,
        zone=parts.brand.hours.zone,
        brand_name=parts.brand.name,
        secure_cookies=parts.settings.secure_cookies,
    )


def _lifespan(parts: Parts, admin_password: str) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        _prepare(parts)
        if admin_password:
            email = parts.settings.admin_email
            ensure_admin(parts.engine, email=email, password=admin_password, at=parts.clock.now())
        warm = getattr(parts.mind, "warm", None)
        if warm is not None:
            log.info("model %s is ready", await asyncio.to_thread(warm))
        if warm is not None and parts.settings.encoder_training:
            parts.encoder.start()
        running = [asyncio.create_task(parts.worker.run())]
        running += [asyncio.create_task(keep_doing(job)) for job in parts.jobs()]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*running)
            parts.encoder.stop()
            await parts.worker.stop()
            parts.engine.dispose()

    return lifespan


def _add_middleware(app: FastAPI, settings: Settings, texts: ErrorTexts) -> None:
    larger = {"/api/widget/attachments": int(settings.attachment_limit) + _BODY}
    app.add_middleware(BodyLimit, texts=texts, limit=_BODY, larger=larger)
    app.add_middleware(CarefulHeaders)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.widget_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
        max_age=86_400,
    )


def _checks(parts: Parts) -> dict[str, Callable[[], bool]]:
    without_model = not hasattr(parts.mind, "warm")
    return {
        "database": lambda: is_current(parts.engine),
        "model": lambda: without_model or bool(model_version(parts.settings.model_dir)),
    }


def _sentences(topic: str, response: str) -> dict[str, list[str]]:
    """The texts of a response by address, straight from its file: what we say when the brain cannot."""
    path = _NLU_DATA / topic / "responses.yml"
    variations = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"][response]
    spoken: dict[str, list[str]] = {TU: [], LEI: []}
    for variation in variations:
        address = next((row["value"] for row in variation.get("condition") or () if row["name"] == "address"), TU)
        spoken[address].append(str(variation["text"]).strip())
    return {address: texts or spoken[TU] for address, texts in spoken.items()}


def _promise_words() -> Words:
    shared = yaml.safe_load((_NLU_DATA / "shared" / "responses.yml").read_text(encoding="utf-8"))
    return Words(
        update=_sentences("handoff", "utter_promise_update"),
        late=_sentences("handoff", "utter_promise_late"),
        phrases=PhraseBook(shared["responses"]),
    )
