"""What the console needs from the outside."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.operators import Audit, LoginFailures, Operators, OperatorSessions
from bot.core.overview import Cases, Conversations
from bot.core.ports import Clock
from bot.services.attachments import Attachments


@dataclass(frozen=True)
class ConsoleDeps:
    """Everything the pages use; `zone` is the brand's, `secure_cookies` when the site is reached by HTTPS only."""

    conversations: Conversations
    cases: Cases
    operators: Operators
    sessions: OperatorSessions
    failures: LoginFailures
    audit: Audit
    attachments: Attachments
    clock: Clock
    zone: ZoneInfo
    brand_name: str
    secure_cookies: bool = False
