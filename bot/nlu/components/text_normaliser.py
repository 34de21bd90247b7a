"""Puts beside each message what sort of text it is and its normalised spelling."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.italian import kind_of, normalise

KIND, NORMALISED = "kind", "normalised"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class TextNormaliser(GraphComponent):
    """Sets `kind` (see `bot.nlu.italian.kind`), which is part of the output, and `normalised`, which is not."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Create the component; it has no settings."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set both attributes on every message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(KIND, kind_of(text), add_to_output=True)
            message.set(NORMALISED, normalise(text).text)
        return messages
