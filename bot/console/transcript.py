"""One conversation: what was said, what the bot heard in it, and everything we owe this customer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.console.deps import ConsoleDeps
from bot.console.pages import Pages
from bot.console.paging import address
from bot.console.visit import visit_of
from bot.core.errors import Refused
from bot.core.operators import AuditNote
from bot.core.overview import Conversations

PATH = "/console/conversations"

_PAGE = 200


def add_transcript_routes(router: APIRouter, deps: ConsoleDeps, pages: Pages) -> None:
    """The page of a conversation and the parts of it that refresh themselves."""

    @router.get("/conversations/{public_id}")
    def transcript(request: Request, public_id: str) -> Response:
        visit = visit_of(request)
        view = transcript_view(deps.conversations, public_id, before=_before(request))
        note = AuditNote(visit.operator.email, "transcript_viewed", public_id)
        deps.audit.record(note, at=deps.clock.now())
        return pages.render("transcript.html", visit, view)

    @router.get("/api/conversations/{public_id}")
    def live_transcript(request: Request, public_id: str) -> Response:
        visit = visit_of(request)
        view = transcript_view(deps.conversations, public_id, before=None)
        names = {"head": "transcript_head.html", "thread": "transcript_thread.html", "panel": "transcript_panel.html"}
        return JSONResponse({"parts": {part: pages.html(name, visit, view) for part, name in names.items()}})


def transcript_view(conversations: Conversations, public_id: str, *, before: int | None) -> dict[str, object]:
    """What the template shows; raises Refused("not_found")."""
    found = conversations.transcript(public_id, limit=_PAGE, before=before)
    if found is None:
        raise Refused("not_found")
    path = f"{PATH}/{public_id}"
    earlier = address(path, before=str(found.messages[0].seq)) if found.earlier else None
    return {
        "transcript": found,
        "conversation": found.summary,
        "earlier_page": earlier,
        "latest_page": path if before else None,
        "live": None if before else f"/console/api/conversations/{public_id}",
    }


def _before(request: Request) -> int | None:
    before = request.query_params.get("before", "")
    return int(before) if before.isascii() and before.isdigit() and len(before) <= 9 else None
