from __future__ import annotations

import pytest

from bot.core.severity import Stakes, severities


@pytest.mark.parametrize(
    ("stakes", "at_stake"),
    [
        (Stakes(), ()),
        (Stakes(safety=1), ("safety",)),
        (Stakes(health=1, stranded=1), ("health", "stranded")),
        (Stakes(data=1, safety=2), ("safety", "data")),
        (Stakes(money=1), ("money",)),
        (Stakes(amounts=(850.0,), money_mass=0.6), ("money",)),
        # a small sum, or a sum in a message about something else, is not at stake
        (Stakes(amounts=(9.9,), money_mass=0.9), ()),
        (Stakes(amounts=(850.0,), money_mass=0.0), ()),
        (Stakes(travel_mass=0.8, hard=2), ("stranded",)),
        (Stakes(travel_mass=0.8), ()),
        # figures of speech in idle talk and in baiting
        (Stakes(health=1, safety=1, idle_mass=0.95), ()),
    ],
)
def test_what_is_at_stake(stakes: Stakes, at_stake: tuple[str, ...]):
    assert severities(stakes) == at_stake
