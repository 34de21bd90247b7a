"""Every setting is documented where people look for it, with the name, the default and the meaning it really has."""

from __future__ import annotations

import re

import pytest

from bot.settings import Settings, variable_of
from tests.project.repository import PROJECT

OF_INTERFACES = """DATABASE_URL REDIS_URL SECRET_KEY TELEGRAM_TOKEN TELEGRAM_API_URL TELEGRAM_WEBHOOK_URL ADMIN_EMAIL
    ADMIN_PASSWORD WIDGET_ORIGINS SPACY_MODEL BRAND""".split()
VARIABLES = [variable_of(name) for name in Settings.__fields__]
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
DOCUMENTED = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(TEOREMA_\w+)` \| (.*?) \| (.+) \|$", re.MULTILINE)


def in_words(value: object) -> str:
    """A default as one writes it into the environment; nothing for what is off or chosen elsewhere."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


DEFAULTS = {variable_of(name): in_words(field.default) for name, field in Settings.__fields__.items()}


@pytest.mark.parametrize("name", OF_INTERFACES)
def test_a_setting_that_others_rely_on_exists(name: str):
    assert f"TEOREMA_{name}" in VARIABLES


def test_the_example_lists_every_setting_once_in_order_with_its_default():
    assert [line.removeprefix("#") for line in EXAMPLE if re.match(r"#?TEOREMA_", line)] == [
        f"{variable}={default}" for variable, default in DEFAULTS.items()
    ]


def test_every_line_of_the_example_stands_under_one_comment_in_words():
    for number, line in enumerate(EXAMPLE):
        if re.match(r"#?TEOREMA_", line):
            assert re.match(r"# [A-Z].{20,}", EXAMPLE[number - 1]), line


def test_the_manual_has_a_row_for_every_setting_with_its_default():
    rows = {variable: default.strip("`") for variable, default, _ in ROW.findall(DOCUMENTED)}

    assert rows == {variable: default or "none" for variable, default in DEFAULTS.items()}


def test_the_manual_explains_every_setting():
    assert [variable for variable, _, meaning in ROW.findall(DOCUMENTED) if len(meaning.split()) < 5] == []


def test_no_other_variable_is_read_behind_the_settings():
    """Rasa's own actions read the brand's path where there are no settings."""
    read = set()
    for path in (PROJECT / "bot").rglob("*.py"):
        read |= set(re.findall(r"TEOREMA_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8")))

    assert read <= set(VARIABLES)
