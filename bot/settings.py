"""Settings from the environment and `.env`; each has an embedded default (INTERFACES, Settings)."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import BaseModel, ConstrainedInt, ValidationError, validator

from bot.core.errors import Misconfigured

_PREFIX = "TEOREMA_"
_HTTP = re.compile(r"https?://[^/?#\s@]+[^?#\s@]*")
_LEAST_SECRET = 32
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY


class _Positive(ConstrainedInt):
    gt = 0


class Settings(BaseModel):
    """What an operator of the service may set; names in the environment are upper case with TEOREMA_ before them."""

    database_url: str = "sqlite:///var/teorema.db"
    redis_url: str = ""
    secret_key: str = ""
    telegram_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    admin_email: str = "admin@localhost"
    admin_password: str = ""
    widget_origins: tuple[str, ...] = ("*",)
    spacy_model: str = "it_core_news_sm"
    brand: Path = Path("brand.yml")
    back_office_url: str = ""
    back_office_secret: str = ""
    model_dir: Path = Path("models")
    state_dir: Path = Path("var")
    turn_timeout: float = 10.0
    listen_window: float | None = None
    attachment_limit: _Positive = _Positive(10 * 1024 * 1024)
    encoder_training: bool = True
    secure_cookies: bool = False
    log_format: str = "console"

    class Config:
        """Settings do not change while the program runs."""

        frozen = True

    @validator("widget_origins", pre=True)
    def _list(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @validator("turn_timeout", "listen_window")
    def _seconds(cls, value: float | None) -> float | None:
        if value is not None and not 0 <= value <= 120:
            raise ValueError("seconds between 0 and 120")
        return value

    @validator("back_office_url")
    def _address(cls, value: str) -> str:
        if value and not _HTTP.fullmatch(value):
            raise ValueError("an address like https://erp.example/teorema")
        return value

    @validator("back_office_secret", always=True)
    def _secret(cls, value: str, values: dict[str, Any]) -> str:
        if values.get("back_office_url") and len(value) < _LEAST_SECRET:
            raise ValueError(f"with TEOREMA_BACK_OFFICE_URL a secret of at least {_LEAST_SECRET} characters is needed")
        return value

    @validator("log_format")
    def _format(cls, value: str) -> str:
        if value not in ("console", "json"):
            raise ValueError('write "console" or "json"')
        return value


def variable_of(setting: str) -> str:
    """The environment variable of a setting."""
    return _PREFIX + setting.upper()


def load_settings(environment: Mapping[str, str] | None = None, *, dotenv: Path = Path(".env")) -> Settings:
    """The settings of an environment over those of `.env`; raises Misconfigured, naming the variable."""
    given = {**dotenv_values(dotenv), **(os.environ if environment is None else environment)}
    values = {
        name: given[variable_of(name)] for name in Settings.__fields__ if given.get(variable_of(name)) not in (None, "")
    }
    try:
        return Settings.parse_obj(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise Misconfigured(variable_of(str(first["loc"][0])), str(first["msg"])) from error


def pass_on(settings: Settings) -> None:
    """Put into the environment what Rasa's components, which Rasa makes itself, can find nowhere else."""
    if settings.spacy_model != Settings.__fields__["spacy_model"].default:
        os.environ.setdefault(variable_of("spacy_model"), settings.spacy_model)


def secret_key(settings: Settings) -> bytes:
    """The key that signs what leaves the house: the configured one, else one made once and kept beside the database."""
    if settings.secret_key:
        return settings.secret_key.encode()
    path = settings.state_dir / "secret_key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), os.fdopen(os.open(path, _NEW_FILE, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_bytes()
    except OSError as error:
        raise Misconfigured("TEOREMA_SECRET_KEY", f"cannot keep a key in {path}: {error}") from error
