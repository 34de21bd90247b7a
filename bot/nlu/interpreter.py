"""Understands messages with the NLU part of a trained Rasa model, without dialogue and without a server."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.core.errors import Misconfigured
from bot.core.signals import Signals

_BATCH = 32
_RANKS = 5
_WARMING = "ciao"


class Interpreter:
    """A loaded model that turns texts into what `teorema parse` prints."""

    def __init__(self, run: Callable[[list[str]], list[dict[str, Any]]]) -> None:
        """Use `load`; `run` gives Rasa's parse data for some texts."""
        self._run = run

    @classmethod
    def load(cls, model_path: Path) -> Interpreter:
        """Load a model archive and parse once, so that the first real message is quick.

        Misconfigured when the archive is missing, broken or was trained without NLU.
        """
        if not model_path.is_file():
            raise Misconfigured(str(model_path), "there is no model, run `teorema train`")
        interpreter = cls(_runner(model_path))
        interpreter.parse(_WARMING)
        return interpreter

    def parse(self, text: str) -> dict[str, Any]:
        """Return the signals of one message as JSON values, with `text` and the five best intents."""
        return self.parse_many([text])[0]

    def parse_many(
        self, texts: Sequence[str], *, progress: Callable[[float], None] | None = None
    ) -> list[dict[str, Any]]:
        """Parse several messages; `progress` hears the share that is done (0-1)."""
        parsed: list[dict[str, Any]] = []
        for at in range(0, len(texts), _BATCH):
            batch = list(texts[at : at + _BATCH])
            parsed += [_shown(text, parse) for text, parse in zip(batch, self._run(batch), strict=True)]
            if progress:
                progress(len(parsed) / len(texts))
        return parsed


def _shown(text: str, parse: dict[str, Any]) -> dict[str, Any]:
    shown = Signals.from_parse(parse).as_dict()
    return {"text": text, **shown, "ranking": shown["ranking"][:_RANKS]}


def _runner(model_path: Path) -> Callable[[list[str]], list[dict[str, Any]]]:
    """Unpack a model and keep only the components that understand messages."""
    # components read their files while they load, so the unpacked model may go afterwards
    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model_path)
        target = metadata.nlu_target
        if target is None:
            raise Misconfigured(str(model_path), "the model was trained without NLU, run `teorema train`")
        schema = metadata.predict_schema.minimal_graph_schema([target])
        context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
        runner = DaskGraphRunner.create(schema, storage, context)

    def run(texts: list[str]) -> list[dict[str, Any]]:
        messages = [UserMessage(text) for text in texts]
        found = runner.run(inputs={PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: None}, targets=[target])
        return [message.as_dict(only_output_properties=True) for message in found[target]]

    return run
