"""The database's troubles in our own words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from typing_extensions import ParamSpec

from bot.core.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


def unavailable_when_down(use: Callable[P, T]) -> Callable[P, T]:
    """Raise Unavailable when the database is gone, locked, full or has no connection left; nothing was written then."""

    @wraps(use)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return use(*args, **kwargs)
        except IntegrityError:
            raise
        except (OperationalError, PoolTimeout) as error:
            raise Unavailable("database_unavailable", reason=str(error.__cause__ or error)) from error
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise Unavailable("database_unavailable", reason=str(error.__cause__ or error)) from error

    return guarded
