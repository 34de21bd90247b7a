"""Is it alive, is it ready, what does it count: for whoever runs the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from bot.core.errors import Misconfigured, Unavailable
from bot.metrics import Metrics

Checks = Mapping[str, Callable[[], bool]]


def health_router(checks: Checks, *, metrics: Metrics, encoder_status: Callable[[], str]) -> APIRouter:
    """`/healthz`, `/readyz` (every check must be true) and `/metrics`."""
    router = APIRouter(tags=["service"])

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @router.get("/readyz", responses={503: {"description": "Not ready"}})
    def ready() -> Response:
        """Database, model and channels can work."""
        found = {name: _outcome(check) for name, check in checks.items()}
        ok = all(value == "ok" for value in found.values())
        status = {"status": "ok" if ok else "unavailable", "checks": found, "encoder_training": encoder_status()}
        return JSONResponse(status, 200 if ok else 503)

    @router.get("/metrics")
    def figures() -> Response:
        """Figures in Prometheus' text format."""
        return Response(metrics.text(), media_type=metrics.content_type)

    return router


def _outcome(check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "unavailable"
    except (Unavailable, Misconfigured) as error:
        return str(error)
