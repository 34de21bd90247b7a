"""One request to the console: who asks, in which language, at what time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from bot.console.catalogue import Texts
from bot.console.moments import Moments
from bot.core.errors import Refused
from bot.core.operators import Operator, OperatorSession, Role

_RANKS = tuple(Role)


@dataclass(frozen=True)
class Visit:
    """What the gate found out about a request.

    `address` is its path and query, `csrf` goes into every form, `form` is what came back in one.
    """

    texts: Texts
    moments: Moments
    address: str
    csrf: str
    session: OperatorSession | None = None
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def operator(self) -> Operator:
        """Who is signed in; only pages for everybody are shown to nobody."""
        if self.session is None:
            raise Refused("login_required")
        return self.session.operator

    def require(self, role: Role) -> None:
        """Refuse whoever has a lower role than this one."""
        if _RANKS.index(self.operator.role) < _RANKS.index(role):
            raise Refused("forbidden")


def visit_of(request: Request) -> Visit:
    """The visit that the gate attached to a request."""
    visit: Visit = request.state.visit
    return visit
