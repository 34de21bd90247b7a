"""`teorema doctor`: what is in order on this machine, and how to mend what is not."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from bot.core.errors import TeoremaError
from bot.settings import Settings, load_settings

_LEAST_FREE = 2 * 1024**3  # bytes; a model, its reports and the database grow


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `ok`, `note` (works with less) or `wrong`; `remedy` names the text that says how to mend."""

    subject: str
    state: str
    detail: str
    remedy: str = ""


def doctor(as_json: bool = typer.Option(False, "--json", help="One JSON object a line.")) -> None:
    """Check Python, models, database, Redis, Telegram, back office and free disk; say how to mend what is wrong."""
    remedies: dict[str, str] = json.loads(files("bot").joinpath("texts/doctor.it.json").read_text(encoding="utf-8"))
    findings = list(examine(load_settings()))
    if as_json:
        for finding in findings:
            print(json.dumps({**finding.__dict__, "remedy": remedies.get(finding.remedy, "")}, ensure_ascii=False))
    else:
        _show(findings, remedies)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything the service needs; a look that fails is a finding too."""
    looks: dict[str, Callable[[Settings], Finding]] = {
        "Python": _python,
        "spaCy": _spacy,
        "brand.yml": _brand,
        "modello": _model,
        "encoder": _encoder,
        "database": _database,
        "Redis": _redis,
        "Telegram": _telegram,
        "gestionale": _back_office,
        "disco": _disk,
    }
    for subject, look in looks.items():
        try:
            yield look(settings)
        except TeoremaError as error:
            yield Finding(subject, "wrong", str(error), subject)
        except Exception as error:
            yield Finding(subject, "wrong", f"{type(error).__name__}: {error}", subject)


def _python(_: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("Python", "ok" if sys.version_info[:2] == (3, 10) else "wrong", version, "Python")


def _spacy(settings: Settings) -> Finding:
    name = settings.spacy_model
    there = Path(name).exists() or importlib.util.find_spec(name) is not None
    return Finding("spaCy", "ok" if there else "note", name, "" if there else "spaCy")


def _brand(settings: Settings) -> Finding:
    from bot.services.brand_file import load_brand

    return Finding("brand.yml", "ok", load_brand(settings.brand).name)


def _model(settings: Settings) -> Finding:
    from bot.models import newest_model

    return Finding("modello", "ok", newest_model(settings.model_dir).name)


def _encoder(settings: Settings) -> Finding:
    from bot.models import encoder_accuracy
    from bot.workshop import encoder_available

    reason = encoder_available()
    if reason is not None:
        return Finding("encoder", "note", reason, "encoder_missing")
    accuracy = encoder_accuracy(settings.model_dir)
    if accuracy is None:
        return Finding("encoder", "note", "", "encoder_untrained")
    return Finding("encoder", "ok", f"{accuracy:.3f}")


def _database(settings: Settings) -> Finding:
    from bot.app import look_at_database

    shown, current = look_at_database(settings)
    return Finding("database", "ok" if current else "note", shown, "" if current else "database_old")


def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding("Redis", "ok", "-")
    import redis

    client: Any = redis.Redis.from_url(settings.redis_url, socket_timeout=3, socket_connect_timeout=3)
    client.ping()
    return Finding("Redis", "ok", settings.redis_url.rsplit("@", 1)[-1])


def _telegram(settings: Settings) -> Finding:
    if not settings.telegram_token:
        return Finding("Telegram", "note", "-", "telegram_off")
    import httpx

    answer = httpx.get(f"{settings.telegram_api_url}/bot{settings.telegram_token}/getMe", timeout=5).json()
    if not answer.get("ok"):
        return Finding("Telegram", "wrong", str(answer.get("description", "")), "Telegram")
    return Finding("Telegram", "ok", "@" + answer["result"].get("username", ""))


def _back_office(settings: Settings) -> Finding:
    from bot.app import look_at_back_office

    return Finding("gestionale", "ok", look_at_back_office(settings))


def _disk(settings: Settings) -> Finding:
    here = settings.state_dir if settings.state_dir.exists() else Path()
    free = shutil.disk_usage(here).free
    return Finding("disco", "ok" if free > _LEAST_FREE else "wrong", f"{free / 1024**3:.1f} GiB", "disco")


def _show(findings: list[Finding], remedies: dict[str, str]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    marks = {"ok": "[green]✔[/]", "note": "[yellow]•[/]", "wrong": "[red]✘[/]"}
    for finding in findings:
        remedy = "" if finding.state == "ok" else remedies.get(finding.remedy, "")
        table.add_row(marks[finding.state], finding.subject, finding.detail, remedy)
    Console().print(table)
