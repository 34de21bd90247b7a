"""The one door to the console: every route passes here, so none can forget a check.

It finds out who asks, sends strangers to the sign-in page, refuses forms that are not ours, turns errors into pages
and sets the headers that keep a browser from being fooled.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from bot.console import cookies
from bot.console.catalogue import Texts, choose_language
from bot.console.deps import ConsoleDeps
from bot.console.moments import Moments
from bot.console.pages import Pages
from bot.console.visit import Visit
from bot.core.errors import Refused, Unavailable
from bot.core.operators import OperatorSession

LOGIN_PATH = "/console/login"
API_PREFIX = "/console/api/"
OPEN_ROUTES = frozenset({LOGIN_PATH, "/console/static/{name}"})
SESSION_LASTS = timedelta(hours=12)

_RENEW_AFTER = timedelta(minutes=30)
_LARGEST_FORM = 64 * 1024
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_STATUS = {"login_required": 401, "forbidden": 403, "form_expired": 403, "not_found": 404, "too_large": 413}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_log = logging.getLogger(__name__)

Handler = Callable[[Request], Awaitable[Response]]


class Gate:
    """Lets requests in, or says why not."""

    def __init__(self, deps: ConsoleDeps, pages: Pages, texts: Mapping[str, Texts]) -> None:
        self._deps = deps
        self._pages = pages
        self._texts = texts

    def route_class(self) -> type[APIRoute]:
        """The class of routes whose every request passes this gate."""
        gate = self

        class GuardedRoute(APIRoute):
            def get_route_handler(self) -> Callable[[Request], Any]:
                handler = super().get_route_handler()
                is_open = self.path in OPEN_ROUTES

                async def guarded(request: Request) -> Response:
                    return await gate.serve(request, handler, is_open=is_open)

                return guarded

        return GuardedRoute

    async def serve(self, request: Request, handler: Handler, *, is_open: bool) -> Response:
        """Answer a request; open routes need nobody to be signed in."""
        response = await self._answer(request, handler, is_open)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        asked = request.query_params.get("lang")
        if asked in self._texts:
            cookies.keep(response, request, cookies.LANGUAGE, str(asked), secure=self._deps.secure_cookies)
        return response

    async def _answer(self, request: Request, handler: Handler, is_open: bool) -> Response:
        visit = request.state.visit = self._stranger(request)
        try:
            visit = request.state.visit = await self._recognise(request, visit)
            if visit.session is None and not is_open:
                return self._send_to_login(request, visit)
            if request.method not in _SAFE_METHODS:
                visit = request.state.visit = await _with_form(request, visit, is_open=is_open)
            response = await handler(request)
            await self._renew(request, response, visit.session)
            return response
        except Refused as error:
            return self._problem(request, visit, error.key, _STATUS.get(error.key, 400))
        except Unavailable:
            _log.warning("console page failed: database unavailable", exc_info=True)
            return self._problem(request, visit, "unavailable", 503, {"Retry-After": "5"})
        except Exception:
            _log.exception("console page failed")
            return self._problem(request, visit, "unexpected", 500)

    def _stranger(self, request: Request) -> Visit:
        language = choose_language(
            asked=request.query_params.get("lang"),
            remembered=request.cookies.get(cookies.LANGUAGE),
            accepted=request.headers.get("Accept-Language", ""),
        )
        texts = self._texts[language]
        moments = Moments(texts, self._deps.zone, self._deps.clock.now())
        csrf = request.cookies.get(cookies.FORM) or secrets.token_urlsafe(32)
        return Visit(texts, moments, _address(request), csrf)

    async def _recognise(self, request: Request, visit: Visit) -> Visit:
        token = request.cookies.get(cookies.SESSION)
        if not token:
            return visit
        session = await run_in_threadpool(self._deps.sessions.find, token, at=self._deps.clock.now())
        return replace(visit, csrf=session.csrf, session=session) if session else visit

    def _send_to_login(self, request: Request, visit: Visit) -> Response:
        if _wants_json(request):
            return self._problem(request, visit, "login_required", 401)
        target = visit.address if request.method in _SAFE_METHODS else cookies.PATH
        expired = "&expired=1" if cookies.SESSION in request.cookies else ""
        return RedirectResponse(f"{LOGIN_PATH}?next={quote(target, safe='')}{expired}", status_code=303)

    async def _renew(self, request: Request, response: Response, session: OperatorSession | None) -> None:
        """Let the session of somebody at work last; a page that refreshes itself is nobody at work."""
        if session is None or _wants_json(request) or cookies.SESSION in response.headers.get("set-cookie", ""):
            return
        expires = self._deps.clock.now() + SESSION_LASTS
        if expires - session.expires < _RENEW_AFTER:
            return
        token = request.cookies[cookies.SESSION]
        await run_in_threadpool(self._deps.sessions.renew, token, expires=expires)
        secure = self._deps.secure_cookies
        cookies.keep(response, request, cookies.SESSION, token, secure=secure, lasts=SESSION_LASTS)

    def _problem(
        self, request: Request, visit: Visit, key: str, status: int, headers: Mapping[str, str] | None = None
    ) -> Response:
        known = key if f"error.{key}.title" in visit.texts.entries else "unexpected"
        if _wants_json(request):
            message, hint = visit.texts(f"error.{known}.text"), visit.texts(f"error.{known}.hint")
            body = {"error": {"code": key, "message": message, "hint": hint}}
            return JSONResponse(body, status_code=status, headers=dict(headers or {}))
        return self._pages.render("error.html", visit, {"key": known}, status=status, headers=headers)


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith(API_PREFIX)


async def _with_form(request: Request, visit: Visit, *, is_open: bool) -> Visit:
    """The visit with the form that came with it, which must be one of ours."""
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdigit() or int(length) > _LARGEST_FORM:
        raise Refused("too_large")
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    expected = request.cookies.get(cookies.FORM, "") if is_open else visit.csrf
    given = form.get("csrf", "")
    if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
        raise Refused("form_expired")
    return replace(visit, form=form)
