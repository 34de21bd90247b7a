"""The console's three cookies: the session, the sign-in form's guard, the language."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

SESSION = "teorema_operator"
FORM = "teorema_form"
LANGUAGE = "teorema_language"
PATH = "/console"

_A_YEAR = timedelta(days=365)


def keep(
    response: Response, request: Request, name: str, value: str, *, secure: bool, lasts: timedelta = _A_YEAR
) -> None:
    """Set a cookie that no script and no other site can use; Secure on HTTPS, or always when `secure`."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=secure or request.url.scheme == "https",
    )


def drop(response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(name, path=PATH, httponly=True, samesite="lax")
