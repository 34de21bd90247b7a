"""Says "not understood" instead of guessing, when nothing is sure enough or there is nothing to understand."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.text_normaliser import KIND
from bot.nlu.italian.kind import EMPTY, GIBBERISH


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FallbackGate(GraphComponent):
    """Turns the intent into `nlu_fallback`; the ranking stays, so that others still see what it may have been."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below `threshold` (a calibrated probability) an intent is not believed."""
        return {"threshold": 0.12}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FallbackGate:
        """Create the component from its line in `config.yml`."""
        return cls(config["threshold"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intents that are not believed."""
        for message in messages:
            intent = message.get(INTENT) or {}
            confidence = intent.get(PREDICTED_CONFIDENCE_KEY, 0.0)
            if confidence < self._threshold or message.get(KIND) in (EMPTY, GIBBERISH):
                fallback = {
                    INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                    PREDICTED_CONFIDENCE_KEY: 1.0 - confidence,
                }
                message.set(INTENT, fallback, add_to_output=True)
        return messages


def _fallback(confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: confidence}
