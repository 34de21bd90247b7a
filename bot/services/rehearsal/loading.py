"""Scenarios from YAML, leniently: many spellings mean the same, and what cannot be used is named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import yaml

from bot.core.errors import Misconfigured
from bot.services.rehearsal.expectations import read_expectation
from bot.services.rehearsal.scenario import CHANNELS, WEB, Scenario, Script
from bot.services.rehearsal.turns import Words, read_move

_LISTS = ("scenarios", "scenari", "customers", "clienti")
_TURNS = ("turns", "turni", "steps", "messages", "messaggi", "script")
_STARTS = ("starts", "start", "starts_at", "start_at", "inizio")
_EXPECT = ("expect", "expects", "expected", "expectations", "attese")
_ID, _TITLE, _CHANNEL = ("id", "name", "nome"), ("title", "titolo", "description", "descrizione"), ("channel", "canale")
_SPOKEN_OF = {"widget": "web", "site": "web", "sito": "web", "tg": "telegram"}


def load_scenarios(text: str, *, source: str) -> Script:
    """The scenarios of a YAML text; raises Misconfigured naming `source`, the scenario and the turn."""
    reader = _Reader(source)
    scenarios = [reader.scenario(entry, number) for number, entry in enumerate(reader.entries(text), 1)]
    if not scenarios:
        raise Misconfigured(source, "there is no scenario in it")
    return Script(tuple(reader.told_apart(scenarios)), tuple(reader.warnings))


class _Reader:
    """Reads one file and notes what it did not understand."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.warnings: list[str] = []

    def entries(self, text: str) -> Iterator[Mapping[str, Any]]:
        """The scenarios as written, from all documents of the file."""
        try:
            # Every scalar as text: a customer who writes no, 0123 or 12:30 means just that.
            documents = [document for document in yaml.load_all(text, Loader=yaml.BaseLoader) if document]
        except yaml.YAMLError as error:
            raise Misconfigured(self._source, f"is not YAML: {' '.join(str(error).split())}") from error
        for document in documents:
            yield from self._entries(document)

    def scenario(self, entry: Mapping[str, Any], number: int) -> Scenario:
        """One scenario; `number` counts from 1 and names one without an id."""
        words = Words(entry)
        name = words.take(*_ID)
        if not name:
            name = f"scenario-{number}"
            self._warn(name, "it has no id")
        channel = self._channel(words.take(*_CHANNEL), name)
        scenario = Scenario(
            id=str(name),
            title=str(words.take(*_TITLE) or ""),
            channel=channel,
            starts=self._starts(words.take(*_STARTS), name),
            moves=tuple(self._moves(words.take(*_TURNS), name, channel)),
            expect=self._expect(words.take(*_EXPECT), name),
        )
        for key in words.left():
            self._warn(name, f"{key} means nothing here")
        return scenario

    def told_apart(self, scenarios: list[Scenario]) -> Iterator[Scenario]:
        """The scenarios with an id of its own each."""
        seen: dict[str, int] = {}
        for scenario in scenarios:
            seen[scenario.id] = seen.get(scenario.id, 0) + 1
            if seen[scenario.id] == 1:
                yield scenario
            else:
                self._warn(scenario.id, "another scenario has this id too")
                yield Scenario(**{**scenario.__dict__, "id": f"{scenario.id}-{seen[scenario.id]}"})

    def _entries(self, document: Any) -> Iterator[Mapping[str, Any]]:
        if isinstance(document, list):
            for number, entry in enumerate(document, 1):
                if not isinstance(entry, Mapping):
                    raise self._wrong(f"scenario {number}", "a scenario has an id, a channel and turns")
                yield entry
            return
        if isinstance(document, Mapping):
            yield from self._in_mapping(document)
            return
        raise Misconfigured(self._source, "a list of scenarios is needed")

    def _in_mapping(self, document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Scenarios under a heading, one alone, or several by their ids."""
        listed = next((document[name] for name in _LISTS if name in document), None)
        if isinstance(listed, list | Mapping):
            for key in document:
                if key not in _LISTS:
                    self.warnings.append(f"{self._source}: {key} means nothing here")
            yield from self._entries(listed)
        elif any(name in document for name in _TURNS):
            yield document
        elif all(isinstance(entry, Mapping) for entry in document.values()):
            yield from ({"id": name, **entry} for name, entry in document.items())
        else:
            raise Misconfigured(self._source, "a list of scenarios is needed")

    def _moves(self, turns: Any, name: Any, channel: str) -> Iterator[Any]:
        items = turns if isinstance(turns, list) else [turns] if turns else []
        if not items:
            raise self._wrong(name, "it has no turns")
        for number, item in enumerate(items, 1):
            try:
                read = read_move(item)
            except ValueError as error:
                raise self._wrong(name, f"turn {number}: {error}") from error
            for warning in read.warnings:
                self._warn(name, f"turn {number}: {warning}")
            own = self._channel(read.channel, name, default=channel)
            if not read.texts and read.pause == timedelta(0):
                channel = own  # a channel alone: the customer goes on there
                continue
            yield read.move(own)

    def _channel(self, value: Any, name: Any, *, default: str = WEB) -> str:
        written = str(value or "").strip().casefold()
        channel = _SPOKEN_OF.get(written, written) or default
        if channel in CHANNELS:
            return channel
        self._warn(name, f'channel "{value}" is not one of ours, {default} is used')
        return default

    def _starts(self, value: Any, name: Any) -> datetime | None:
        if not value:
            return None
        try:
            return datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
        except ValueError:
            raise self._wrong(name, f'it starts at "{value}": write it as 2026-03-10T09:40') from None

    def _expect(self, value: Any, name: Any) -> dict[str, Any]:
        if value in (None, ""):
            return {}
        if not isinstance(value, Mapping):
            raise self._wrong(name, "expect: names of expectations with their values are needed")
        found: dict[str, Any] = {}
        for key, wanted in value.items():
            try:
                found[str(key)] = read_expectation(str(key), wanted)
            except KeyError:
                self._warn(name, f"nobody knows how to judge the expectation {key}")
            except ValueError as error:
                raise self._wrong(name, f"expect: {key}: {error}") from error
        return found

    def _warn(self, name: Any, sentence: str) -> None:
        self.warnings.append(f"{self._source}, scenario {name}: {sentence}")

    def _wrong(self, name: Any, reason: str) -> Misconfigured:
        return Misconfigured(f"{self._source}, scenario {name}", reason)
