from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import Case, CaseState, is_case_code, new_case_code, normalise_case_code
from bot.core.facts import Fact
from tests.fakes import MONDAY_MORNING

CODE = "T6QYJ5XIA"


def test_the_code_everybody_quotes_is_a_right_one():
    assert is_case_code(CODE)


@given(st.integers(0, 2**32))
def test_new_codes_are_right_and_have_no_character_that_sounds_like_another(seed: int):
    import random

    code = new_case_code(random.Random(seed).choice)

    assert is_case_code(code)
    assert not set(code[1:]) & set("01IOW")


@given(st.integers(1, 8), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_character_shows(position: int, wrong: str):
    code = new_case_code(secrets.choice)
    damaged = code[:position] + wrong + code[position + 1 :]

    assert (damaged == code) or not is_case_code(damaged)


@given(st.integers(1, 7))
def test_two_swapped_characters_show(position: int):
    code = new_case_code(secrets.choice)
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]

    assert (swapped == code) or not is_case_code(swapped)


@pytest.mark.parametrize("written", ["t6qyj5xia", "T6Q YJ5 XIA", "T6QYJ-5XIA", " T6Q.YJ5.XIA "])
def test_a_code_is_read_however_it_is_written(written: str):
    assert normalise_case_code(written) == CODE


@pytest.mark.parametrize("written", ["T6QYJ5XI", "X6QYJ5XIA", "T6QYJ5XIAB", "", "ordine"])
def test_what_has_not_the_shape_of_a_code_is_none(written: str):
    assert normalise_case_code(written) is None


def test_history_tells_only_what_is_new():
    case = Case(CODE, "complaint_refund", MONDAY_MORNING)
    order = Fact("order_number", "48213", "48213")

    once = case.with_facts((order,), at=MONDAY_MORNING)
    twice = once.with_facts((order,), at=MONDAY_MORNING)

    assert [event.note for event in twice.history] == ["order_number=48213"]
    assert len(twice.facts) == 1


def test_a_solved_case_is_no_longer_open():
    case = Case(CODE, "complaint_refund", MONDAY_MORNING)

    assert not case.with_event("solved", at=MONDAY_MORNING, state=CaseState.SOLVED).is_open
