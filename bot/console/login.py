"""Signing in and out."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.console import cookies
from bot.console.deps import ConsoleDeps
from bot.console.gate import LOGIN_PATH, SESSION_LASTS
from bot.console.pages import Pages
from bot.console.visit import Visit, visit_of
from bot.core.errors import Refused
from bot.core.operators import AuditNote, Operator
from bot.services.sign_in import Attempt, TooManyAttempts, sign_in

_HOME = "/console"


def add_login_routes(router: APIRouter, deps: ConsoleDeps, pages: Pages) -> None:
    """`GET` and `POST /login`, `POST /logout`."""

    @router.get("/login")
    def login_page(request: Request) -> Response:
        visit = visit_of(request)
        target = safe_target(request.query_params.get("next"))
        if visit.session:
            return RedirectResponse(target, status_code=303)
        notice = next((name for name in ("expired", "signed_out") if name in request.query_params), "")
        view = {
            "target": target,
            "email": "",
            "problem": "",
            "notice": notice and visit.texts(f"login.{notice}"),
        }
        response = pages.render("login.html", visit, view)
        cookies.keep(response, request, cookies.FORM, visit.csrf, secure=deps.secure_cookies)
        return response

    @router.post("/login")
    def login(request: Request) -> Response:
        visit = visit_of(request)
        address = request.client.host if request.client else ""
        attempt = Attempt(visit.form.get("email", ""), visit.form.get("password", ""), address)
        try:
            operator = sign_in(attempt, deps.operators, deps.failures, deps.audit, at=deps.clock.now())
        except TooManyAttempts as error:
            seconds = max(1, math.ceil(error.wait.total_seconds()))
            problem = visit.texts.many("login.too_many", math.ceil(seconds / 60))
            return _again(pages, visit, problem, status=429, headers={"Retry-After": str(seconds)})
        except Refused:
            return _again(pages, visit, visit.texts("login.wrong"), status=401)
        return _enter(request, deps, operator, safe_target(visit.form.get("next")))

    @router.post("/logout")
    def logout(request: Request) -> Response:
        deps.sessions.close(request.cookies[cookies.SESSION])
        deps.audit.record(AuditNote(visit_of(request).operator.email, "logout"), at=deps.clock.now())
        response = RedirectResponse(f"{LOGIN_PATH}?signed_out=1", status_code=303)
        cookies.drop(response, cookies.SESSION)
        return response


def safe_target(target: str | None) -> str:
    """Where to go after signing in: a page of the console, whatever a link says."""
    wanted = target or _HOME
    parts = urlsplit(wanted)
    clean = wanted.isprintable() and "\\" not in wanted and ".." not in wanted
    ours = not parts.scheme and not parts.netloc and (parts.path == _HOME or parts.path.startswith(f"{_HOME}/"))
    return wanted if clean and ours and parts.path != LOGIN_PATH else _HOME


def _again(pages: Pages, visit: Visit, problem: str, *, status: int, headers: dict[str, str] | None = None) -> Response:
    target = safe_target(visit.form.get("next"))
    view = {"target": target, "email": visit.form.get("email", ""), "problem": problem, "notice": ""}
    return pages.render("login.html", visit, view, status=status, headers=headers)


def _enter(request: Request, deps: ConsoleDeps, operator: Operator, target: str) -> Response:
    """A fresh session, whatever the browser brought along: nobody can prepare one for somebody else."""
    earlier = request.cookies.get(cookies.SESSION)
    if earlier:
        deps.sessions.close(earlier)
    now = deps.clock.now()
    token = deps.sessions.open(operator, at=now, expires=now + SESSION_LASTS)
    response = RedirectResponse(target, status_code=303)
    cookies.keep(response, request, cookies.SESSION, token, secure=deps.secure_cookies, lasts=SESSION_LASTS)
    cookies.drop(response, cookies.FORM)
    return response
