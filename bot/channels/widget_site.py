"""Serving what a browser loads: the widget's script and the demo pages."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.channels.widget_assets import Asset, answer, site_assets


def site_router() -> APIRouter:
    """A route for each file, with ETag and compression."""
    router = APIRouter(include_in_schema=False)
    for path, asset in site_assets().items():
        router.add_api_route(path, _serve(asset), methods=["GET", "HEAD"])
    return router


def _serve(asset: Asset) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        found = answer(
            asset,
            if_none_match=request.headers.get("if-none-match", ""),
            accept_encoding=request.headers.get("accept-encoding", ""),
        )
        return Response(found.body, status_code=found.status, headers=dict(found.headers))

    return serve
