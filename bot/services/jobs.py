"""Work that goes on behind the conversations: each job again and again, none able to stop another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to do every `seconds`, in a thread; a failure is logged and the next time comes."""

    name: str
    seconds: float
    do: Callable[[], object]


async def keep_doing(job: Job) -> None:
    """Do a job until cancelled."""
    while True:
        try:
            await run_in_threadpool(job.do)
        except Exception:
            log.exception("the job %s failed; next try in %s s", job.name, job.seconds)
        await asyncio.sleep(job.seconds)
