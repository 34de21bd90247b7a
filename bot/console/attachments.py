"""The files that customers sent, for whoever is signed in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from bot.console.deps import ConsoleDeps
from bot.console.visit import visit_of
from bot.core.operators import AuditNote
from bot.services.attachments import download_headers


def add_attachment_routes(router: APIRouter, deps: ConsoleDeps) -> None:
    """The address of a file; who opened it is written down."""

    @router.get("/attachments/{attachment_id}")
    def attachment(request: Request, attachment_id: str) -> Response:
        operator = visit_of(request).operator
        found, path = deps.attachments.find(attachment_id)
        deps.audit.record(AuditNote(operator.email, "attachment_viewed", found.id), at=deps.clock.now())
        return FileResponse(path, media_type=found.media_type, headers=download_headers(found))
