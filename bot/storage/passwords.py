"""Passwords: stored as Argon2id, checked in the same time whether or not somebody has them."""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST_PASSWORD = 1024

# OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# a flood of sign-ins must not take the memory that conversations need
_AT_ONCE = BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The password as it may be stored."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def password_is_right(stored: str | None, password: str) -> bool:
    """Whether `password` is the stored one; with nothing stored it is wrong, after the same work."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        with _AT_ONCE:
            return _HASHER.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hash_password("a password that nobody has")
