"""The Rasa graph component that puts the signals beside the intent; it runs last in the pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.signals.reading import Reading, read_signals

_NORMALISED, _KIND, _BAITING = "normalised", "kind", "baiting"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SignalReader(GraphComponent):
    """Sets `triage`, `temperature`, `severity`, `threats`, `irony` and `irony_score`.

    When ironic praise hides a complaint, that complaint also becomes the intent and leads the ranking.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignalReader:
        """Create the component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read every message."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        reading = read_signals(
            message.get(TEXT) or "",
            ranking=[
                (row[INTENT_NAME_KEY], float(row[PREDICTED_CONFIDENCE_KEY]))
                for row in message.get(INTENT_RANKING_KEY) or ()
            ],
            entities=[row["entity"] for row in message.get(ENTITIES) or ()],
            kind=message.get(_KIND) or "text",
            normalised=message.get(_NORMALISED),
            baiting=message.get(_BAITING),
        )
        for name, value in reading.as_dict().items():
            message.set(name, value, add_to_output=True)
        self._prefer(message, reading)

    @staticmethod
    def _prefer(message: Message, reading: Reading) -> None:
        """Let the complaint behind ironic praise take the place, and the confidence, of the praise."""
        ranking = message.get(INTENT_RANKING_KEY) or []
        intent = message.get(INTENT) or {}
        if reading.complaint is None or intent.get(INTENT_NAME_KEY) != ranking[0][INTENT_NAME_KEY]:
            return
        preferred = {INTENT_NAME_KEY: reading.complaint, PREDICTED_CONFIDENCE_KEY: ranking[0][PREDICTED_CONFIDENCE_KEY]}
        others = [row for row in ranking if row[INTENT_NAME_KEY] != reading.complaint]
        passed = next((row for row in ranking if row[INTENT_NAME_KEY] == reading.complaint), None)
        if passed:
            others[0] = {**others[0], PREDICTED_CONFIDENCE_KEY: passed[PREDICTED_CONFIDENCE_KEY]}
        by_confidence = sorted(others, key=lambda row: -row[PREDICTED_CONFIDENCE_KEY])
        message.set(INTENT, preferred, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [preferred, *by_confidence], add_to_output=True)
