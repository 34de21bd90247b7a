"""The list of cases."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response

from bot.console.deps import ConsoleDeps
from bot.console.pages import Pages
from bot.console.paging import address, read_cursor, write_cursor
from bot.console.visit import visit_of
from bot.core.case import CaseState
from bot.core.overview import COUNTED_UP_TO, Cases

CASES_PATH = "/console/cases"

_PAGE = 30
_FILTERS = {"open": (CaseState.OPEN,), "solved": (CaseState.SOLVED,), "": tuple(CaseState)}
_ALL = "all"


def add_case_routes(router: APIRouter, deps: ConsoleDeps, pages: Pages) -> None:
    """The page of cases."""

    @router.get("/cases")
    def cases(request: Request) -> Response:
        query = request.query_params
        view = cases_view(deps.cases, query.get("state"), code=query.get("code", ""), after=query.get("after"))
        return pages.render("cases.html", visit_of(request), view)


def cases_view(cases: Cases, state: str | None, *, code: str, after: str | None) -> dict[str, object]:
    """What the template shows. Open cases unless asked otherwise; a code is looked for among all of them."""
    wanted_code = re.sub(r"[^0-9A-Za-z]", "", code).upper()[:9]
    chosen = _chosen(state, wanted_code)
    page = cases.newest(states=_FILTERS[chosen], code=wanted_code, limit=_PAGE, after=read_cursor(after, timed=True))
    counts = {one.value: number for one, number in cases.counts().items()}
    path = {"state": chosen or _ALL, "code": wanted_code}
    return {
        "counts": {**counts, "": min(COUNTED_UP_TO, sum(counts.values()))},
        "filters": [(name, address(CASES_PATH, state=name or _ALL, code=wanted_code)) for name in _FILTERS],
        "chosen": chosen,
        "code": wanted_code,
        "cases": page.items,
        "next_page": address(CASES_PATH, **path, after=write_cursor(page.following)) if page.following else None,
        "first_page": address(CASES_PATH, **path) if after else None,
    }


def _chosen(state: str | None, code: str) -> str:
    if state == _ALL or (state not in _FILTERS and code):
        return ""
    return state if state in ("open", "solved") else "open"
