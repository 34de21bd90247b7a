"""The inbox: who wrote, who waits and since when."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.console.deps import ConsoleDeps
from bot.console.pages import Pages
from bot.console.paging import address, read_cursor, write_cursor
from bot.console.visit import Visit, visit_of
from bot.core.conversation import ConversationState
from bot.core.overview import COUNTED_UP_TO, Conversations, ConversationSummary, Page

INBOX_PATH = "/console"
LIVE_PATH = "/console/api/inbox"

_PAGE = 30
_FIRST_WAITING = 10
_LONGEST_QUERY = 200
_QUIET = (ConversationState.BOT, ConversationState.HUMAN, ConversationState.CLOSED)


@dataclass(frozen=True)
class Wanted:
    """Which part of the inbox a request asks for."""

    state: ConversationState | None
    query: str
    after: str | None

    @property
    def state_name(self) -> str:
        """The state as it stands in an address."""
        return self.state.value if self.state else ""


def add_inbox_routes(router: APIRouter, deps: ConsoleDeps, pages: Pages) -> None:
    """The inbox and the parts of it that refresh themselves."""

    @router.get("")
    def inbox(request: Request) -> Response:
        wanted = read_wanted(request)
        return pages.render("inbox.html", visit_of(request), inbox_view(deps.conversations, wanted))

    @router.get("/api/inbox")
    def live_inbox(request: Request) -> Response:
        visit, wanted = visit_of(request), read_wanted(request)
        return JSONResponse(_live(pages, visit, inbox_view(deps.conversations, wanted)))


def read_wanted(request: Request) -> Wanted:
    """What the address asks for; what it asks wrongly counts as not asked."""
    state = request.query_params.get("state", "")
    known = state in {one.value for one in ConversationState}
    query = " ".join(request.query_params.get("q", "")[:_LONGEST_QUERY].split())
    return Wanted(ConversationState(state) if known else None, query, request.query_params.get("after"))


def inbox_view(conversations: Conversations, wanted: Wanted) -> dict[str, object]:
    """What the template shows: tabs, those who wait, everybody else, and where the next page is."""
    counts = conversations.counts()
    waiting, page = _lists(conversations, wanted)
    following = write_cursor(page.following) if page.following else None
    path = {"state": wanted.state_name, "q": wanted.query}
    return {
        "counts": {state.value: number for state, number in counts.items()},
        "total": min(COUNTED_UP_TO, sum(counts.values())),
        "waiting_number": counts[ConversationState.WAITING],
        "wanted": wanted,
        "words": wanted.query.lower().split(),
        "waiting": waiting,
        "rest": page.items,
        "next_page": address(INBOX_PATH, **path, after=following) if following else None,
        "first_page": address(INBOX_PATH, **path) if wanted.after else None,
        "live": None if wanted.after else address(LIVE_PATH, **path),
    }


def _lists(
    conversations: Conversations, wanted: Wanted
) -> tuple[Page[ConversationSummary] | None, Page[ConversationSummary]]:
    if wanted.query:
        after = read_cursor(wanted.after, timed=False)
        return None, conversations.search(wanted.query, state=wanted.state, limit=_PAGE, after=after)
    after = read_cursor(wanted.after, timed=True)
    if wanted.state is ConversationState.WAITING:
        return None, conversations.waiting(limit=_PAGE, after=after)
    if wanted.state is not None:
        return None, conversations.newest(states=(wanted.state,), limit=_PAGE, after=after)
    first = None if after else conversations.waiting(limit=_FIRST_WAITING)
    return first, conversations.newest(states=_QUIET, limit=_PAGE, after=after)


def _live(pages: Pages, visit: Visit, view: dict[str, object]) -> dict[str, object]:
    number = view["waiting_number"]
    assert isinstance(number, int)
    return {
        "parts": {
            "tabs": pages.html("inbox_tabs.html", visit, view),
            "list": pages.html("inbox_list.html", visit, view),
        },
        "waiting": number,
        "announcement": visit.texts.many("inbox.live", number) if number else "",
    }
