from datetime import datetime, timezone

import pytest

from bot.console.paging import address, read_cursor, with_language, write_cursor
from bot.core.overview import Cursor

AT = datetime(2026, 11, 20, 15, 30, 1, 250, tzinfo=timezone.utc)


@pytest.mark.parametrize("cursor", [Cursor(41, AT), Cursor(41)])
def test_a_place_in_a_list_survives_the_way_through_an_address(cursor):
    assert read_cursor(write_cursor(cursor), timed=cursor.at is not None) == cursor


@pytest.mark.parametrize(
    "text", [None, "", "x", "4~", "4~yesterday", "4~2026-11-20T15:30:00", "-4~2026-11-20", "٤", "9" * 40]
)
def test_an_invented_place_is_the_first_page(text):
    assert read_cursor(text, timed=True) is None


def test_empty_parts_stay_out_of_an_address():
    assert address("/console", state="", q="a&b", after=None) == "/console?q=a%26b"


def test_the_other_language_is_the_same_page():
    assert with_language("/console?q=a+b&lang=it", "en") == "/console?q=a+b&lang=en"
