from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.rehearsal.playing import play
from bot.services.rehearsal.scenario import Move
from bot.services.rehearsal.stage import Patience, Talker
from tests.rehearsing import FakeLine, FakeStage, a_scenario

QUICK = Patience(longest=0.05, look=0.001, settle=0.0, silence=0.0)


def test_moves_are_played_in_their_order_each_pause_before_its_texts():
    two_days = timedelta(days=2)
    moves = (Move(("ciao",), "web"), Move(("e allora?", "ehi"), "telegram", two_days), Move((), "web", two_days))
    stage = FakeStage()

    performance = play(a_scenario(moves=moves), stage)

    assert stage.played == [("web", ("ciao",)), two_days, ("telegram", ("e allora?", "ehi")), two_days]
    assert performance.ended - performance.began == 2 * two_days
    assert len(performance.exchanges) == 2
    assert performance.notes == ("a note",)


def test_a_customer_hears_the_answer_to_what_they_wrote():
    line = FakeLine()

    exchange = Talker(line, QUICK).say(["ciao"])

    assert exchange.answered == (f"answer-{exchange.asked[0]}",)


def test_a_word_about_a_promise_answers_nobody():
    line = FakeLine()
    talker = Talker(line, QUICK)
    talker.say(["ciao"])
    line.word("Non mi sono dimenticato.")
    line.silent = True

    assert talker.say(["ehi"]).answered == ()


def test_all_messages_of_a_burst_are_written_before_an_answer_is_awaited():
    line = FakeLine(silent=True)

    exchange = Talker(line, QUICK).say(["uno", "due", "tre"])

    assert [message.text for message in line.log] == ["uno", "due", "tre"]
    assert exchange.answered == ()


@pytest.mark.parametrize(("state", "looks"), [("bot", 3), ("human", 1)])
def test_nobody_waits_for_the_bot_while_a_human_has_the_conversation(state: str, looks: int):
    line = FakeLine(silent=True, state=state)
    counted: list[int] = []
    read = line.read
    line.read = lambda *, after: (counted.append(after), read(after=after))[1]  # type: ignore[method-assign]

    Talker(line, QUICK).say(["ciao"])

    looked_for_an_answer = len(counted) - 1
    assert looked_for_an_answer == 1 if looks == 1 else looked_for_an_answer >= looks
