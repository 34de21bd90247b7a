"""What the customers of the benchmark say."""

from __future__ import annotations

from itertools import islice

from benchmarks.messages import ROUND, held_out, long_conversation, shuffled


def test_every_round_of_a_long_conversation_is_the_same_and_repeats_no_message():
    turns = list(islice(long_conversation(held_out()), 2 * ROUND))

    assert turns[:ROUND] == turns[ROUND:]
    assert len(set(turns)) == ROUND


def test_the_order_is_the_same_in_every_run_but_not_that_of_the_file():
    messages = held_out()

    assert shuffled(messages, seed=1) == shuffled(messages, seed=1)
    assert shuffled(messages, seed=1) != [text for text, _ in messages]
    assert sorted(shuffled(messages, seed=1)) == sorted(text for text, _ in messages)
