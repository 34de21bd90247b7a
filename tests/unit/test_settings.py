from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.core.errors import Misconfigured
from bot.settings import Settings, load_settings, pass_on, secret_key, variable_of


def load(tmp_path: Path, dotenv: str = "", **environment: str) -> Settings:
    """The settings of this environment and this `.env`."""
    path = tmp_path / ".env"
    path.write_text(dotenv, encoding="utf-8")
    return load_settings({variable_of(name): value for name, value in environment.items()}, dotenv=path)


def test_nothing_needs_to_be_set(tmp_path: Path):
    assert load(tmp_path) == Settings()


def test_the_environment_counts_more_than_the_file(tmp_path: Path):
    settings = load(
        tmp_path, "TEOREMA_ADMIN_EMAIL=file@example.com\nTEOREMA_BRAND=ours.yml", admin_email="me@example.com"
    )

    assert (settings.admin_email, settings.brand) == ("me@example.com", Path("ours.yml"))


def test_an_empty_value_means_the_default(tmp_path: Path):
    assert load(tmp_path, turn_timeout="", brand="") == Settings()


def test_lists_are_separated_by_commas(tmp_path: Path):
    settings = load(tmp_path, widget_origins=" https://a.example , https://b.example,")

    assert settings.widget_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("turn_timeout", "presto"),
        ("turn_timeout", "-1"),
        ("turn_timeout", "nan"),
        ("listen_window", "999"),
        ("attachment_limit", "0"),
        ("attachment_limit", "10 MB"),
        ("encoder_training", "forse"),
        ("log_format", "xml"),
    ],
)
def test_a_wrong_value_names_its_variable(tmp_path: Path, name: str, value: str):
    with pytest.raises(Misconfigured) as error:
        load(tmp_path, **{name: value})

    assert error.value.setting == variable_of(name)
    assert error.value.reason


def test_settings_do_not_change_while_the_program_runs():
    with pytest.raises(TypeError):
        Settings().brand = Path("other.yml")


def test_a_configured_key_is_used():
    assert secret_key(Settings(secret_key="one for all machines")) == b"one for all machines"


def test_without_a_key_one_is_made_once_and_kept_from_other_users(tmp_path: Path):
    settings = Settings(state_dir=tmp_path / "var")

    key = secret_key(settings)

    assert len(key) >= 48
    assert secret_key(settings) == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path):
    (tmp_path / "var").write_text("a file where the folder should be")

    with pytest.raises(Misconfigured, match="TEOREMA_SECRET_KEY"):
        secret_key(Settings(state_dir=tmp_path / "var"))


def test_the_spacy_model_of_the_file_reaches_rasa(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TEOREMA_SPACY_MODEL", raising=False)

    pass_on(Settings())
    assert "TEOREMA_SPACY_MODEL" not in os.environ
    pass_on(Settings(spacy_model="it_other"))
    assert os.environ["TEOREMA_SPACY_MODEL"] == "it_other"
    monkeypatch.delenv("TEOREMA_SPACY_MODEL")
