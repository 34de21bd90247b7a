"""brand.yml, checked field by field with a sentence for whoever edits it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.brand import Brand
from bot.core.errors import Misconfigured
from bot.services.brand_file import load_brand

PROJECT = Path(__file__).parents[3]
SMALLEST: dict[str, Any] = {
    "name": "Casa Prova",
    "bot_name": "Prova",
    "url": "https://prova.example",
    "opening_hours": {"mon": ["09:00-13:00", "14:00-18:00"]},
    "promises": {"default": {"within": "4h", "lead": "30m"}},
}


@pytest.fixture
def load(tmp_path: Path):
    """Loads a brand made of the smallest file and these changes."""

    def loaded(**changes: Any) -> Brand:
        path = tmp_path / "brand.yml"
        path.write_text(yaml.safe_dump({**SMALLEST, **changes}, allow_unicode=True), encoding="utf-8")
        return load_brand(path)

    return loaded


def test_the_smallest_file_has_sensible_defaults(load):
    brand = load()

    assert (brand.address, brand.emoji, brand.listen_window) == ("tu", True, timedelta(seconds=1))
    assert str(brand.hours.zone) == "Europe/Rome"
    assert brand.promise_rule("complaint_refund").within == timedelta(hours=4)
    assert brand.wanted("complaint_refund") == ()


def test_the_projects_own_brand_is_right():
    brand = load_brand(PROJECT / "brand.yml")

    assert brand.answers
    assert brand.wanted("complaint_missed_appointment")


def test_hours_with_a_break_are_understood(load):
    hours = load().hours

    at = [datetime(2026, 11, 23, hour, 30, tzinfo=timezone.utc) for hour in (8, 12, 13)]
    assert [hours.is_open(moment) for moment in at] == [True, False, True]


def test_holidays_of_the_country_are_kept(load):
    assert load(opening_hours={"fri": ["09:00-18:00"]}).hours.spans(date(2026, 12, 25)) == ()


@pytest.mark.parametrize(("text", "duration"), [("30m", timedelta(minutes=30)), ("4 h", timedelta(hours=4))])
def test_durations_are_written_briefly(load, text: str, duration: timedelta):
    assert load(promises={"default": {"within": text, "lead": "1m"}}).promise_rule("x").within == duration


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("promises", {"default": {"within": "presto", "lead": "1h"}}),
        ("promises", {"complaint_refund": {"within": "1h", "lead": "1h"}}),
        ("address", "voi"),
        ("listen_window", 99),
        ("listen_window", "poco"),
        ("opening_hours", {"lun": ["09:00-18:00"]}),
        ("opening_hours", {"mon": ["9-18"]}),
        ("opening_hours", {"mon": ["18:00-09:00"]}),
        ("opening_hours", {"mon": ["09:00-25:00"]}),
        ("opening_hours", {}),
        ("time_zone", "Europa/Roma"),
        ("holidays", "ITALIA"),
        ("details_wanted", {"default": ["order_number|shoe_size"]}),
        ("colour", "verde"),
    ],
)
def test_a_mistake_is_told_with_its_field(load, field: str, value: Any):
    with pytest.raises(Misconfigured) as error:
        load(**{field: value})

    assert error.value.setting == "TEOREMA_BRAND"
    assert "brand.yml" in error.value.reason
    if value:
        assert field in error.value.reason


@pytest.mark.parametrize("missing", SMALLEST)
def test_a_missing_field_is_named(tmp_path: Path, missing: str):
    path = tmp_path / "brand.yml"
    path.write_text(yaml.safe_dump({name: value for name, value in SMALLEST.items() if name != missing}))

    with pytest.raises(Misconfigured, match=missing):
        load_brand(path)


@pytest.mark.parametrize("text", ["name: [", "- just\n- a list", "", "name: \x00"])
def test_what_is_no_brand_at_all_is_told(tmp_path: Path, text: str):
    path = tmp_path / "brand.yml"
    path.write_text(text)

    with pytest.raises(Misconfigured):
        load_brand(path)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(Misconfigured, match=r"nowhere\.yml"):
        load_brand(tmp_path / "nowhere.yml")
