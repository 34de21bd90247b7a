"""Who watches a conversation hears what happens in it, from whatever thread."""

from __future__ import annotations

import asyncio
import threading

from bot.services.live import MISSED, Event, LiveHub

WAIT = 5.0


async def test_who_listens_hears_events_in_order():
    hub = LiveHub()

    with hub.listening(1) as ear:
        for number in range(3):
            hub.publish(1, "message", {"seq": number})
        heard = [await ear.next(timeout=WAIT) for _ in range(3)]

    assert heard == [Event("message", {"seq": number}) for number in range(3)]


async def test_nobody_hears_another_conversation():
    hub = LiveHub()

    with hub.listening(1) as ear:
        hub.publish(2, "message", {})

        assert await ear.next(timeout=0.01) is None


async def test_all_who_listen_hear():
    hub = LiveHub()

    with hub.listening(1) as one, hub.listening(1) as other:
        hub.publish(1, "state", {"state": "human"})

        assert await one.next(timeout=WAIT) == await other.next(timeout=WAIT) == Event("state", {"state": "human"})


async def test_events_come_in_from_other_threads():
    hub = LiveHub()

    with hub.listening(1) as ear:
        thread = threading.Thread(target=hub.publish, args=(1, "typing", {"on": True}))
        thread.start()

        assert await ear.next(timeout=WAIT) == Event("typing", {"on": True})
        thread.join()


async def test_a_listener_that_lags_behind_is_told_to_read_the_store():
    hub = LiveHub()

    with hub.listening(1) as ear:
        for number in range(300):
            hub.publish(1, "message", {"seq": number})
        await asyncio.sleep(0)
        heard = []
        while (event := await ear.next(timeout=0.05)) is not None:
            heard.append(event)

    assert heard[0] == MISSED
    assert heard[-1] == Event("message", {"seq": 299})
    assert len(heard) < 300


async def test_who_has_left_is_forgotten():
    hub = LiveHub()
    with hub.listening(1):
        pass

    hub.publish(1, "message", {})

    assert not hub._ears


def test_a_listener_whose_loop_is_closed_disturbs_nobody():
    hub = LiveHub()
    left = hub.listening(1)

    async def listen() -> None:
        left.__enter__()

    asyncio.run(listen())

    hub.publish(1, "message", {})
