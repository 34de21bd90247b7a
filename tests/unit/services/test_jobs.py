from __future__ import annotations

import asyncio

import pytest

from bot.services.jobs import Job, keep_doing


async def test_a_job_is_done_again_and_again_and_survives_its_failures(caplog: pytest.LogCaptureFixture):
    done: list[int] = []

    def work() -> None:
        done.append(len(done))
        if len(done) == 2:
            raise RuntimeError("not this time")

    doing = asyncio.create_task(keep_doing(Job("count", 0.001, work)))
    while len(done) < 4:
        await asyncio.sleep(0.001)
    doing.cancel()

    assert "count failed" in caplog.text
