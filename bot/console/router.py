"""The console's routes, all behind one gate."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.assets import KEEP_FOR_EVER, Assets
from bot.console.attachments import add_attachment_routes
from bot.console.cases import add_case_routes
from bot.console.catalogue import load_texts
from bot.console.deps import ConsoleDeps
from bot.console.gate import Gate
from bot.console.inbox import INBOX_PATH, add_inbox_routes
from bot.console.login import add_login_routes
from bot.console.pages import Pages
from bot.console.transcript import add_transcript_routes
from bot.core.errors import Refused

_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def console_router(deps: ConsoleDeps) -> APIRouter:
    """Everything under `/console`: pages, what they load, and an answer to every address that is none."""
    assets = Assets.load()
    pages = Pages(assets, brand_name=deps.brand_name)
    gate = Gate(deps, pages, load_texts())
    router = APIRouter(prefix=INBOX_PATH, route_class=gate.route_class(), include_in_schema=False)
    _add_static_route(router, assets)
    add_login_routes(router, deps, pages)
    add_inbox_routes(router, deps, pages)
    add_transcript_routes(router, deps, pages)
    add_case_routes(router, deps, pages)
    add_attachment_routes(router, deps)
    _add_remaining_routes(router)
    return router


def _add_static_route(router: APIRouter, assets: Assets) -> None:
    @router.get("/static/{name}")
    def static(request: Request) -> Response:
        asset = assets.at(request.url.path)
        if asset is None:
            raise Refused("not_found")
        return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": KEEP_FOR_EVER})


def _add_remaining_routes(router: APIRouter) -> None:
    @router.get("/")
    def with_slash() -> Response:
        return RedirectResponse(INBOX_PATH, status_code=308)

    @router.api_route("/{path:path}", methods=_EVERY_METHOD)
    def nothing_here() -> Response:
        raise Refused("not_found")
