"""The intent of a message: the linear classifier, averaged with the fine-tuned encoder when one is active."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.arrays import Floats
from bot.nlu.code_version import code_version
from bot.nlu.letters import is_letter
from bot.nlu.linear import Baiting, LinearClassifier
from bot.nlu.linear.vector_store import VectorStore
from bot.nlu.problems import bare, parts_of, problems_in, surer
from bot.nlu.stages import Stages

_BAITING = "baiting"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets `intent` and the full `intent_ranking`, with calibrated probabilities; `problems` when there are several.

    Also sets `baiting`, how probable it is that the message comes from a troll: a question of its own, which a model of
    its own answers better than the sum over intents does, for trolls that resemble no intent in particular.
    """

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        linear: LinearClassifier | None = None,
        baiting: Baiting | None = None,
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._vectors = Path(config["vectors"])
        self._stages = Stages.of(linear, encoders=Path(config["encoders"])) if linear else None
        self._baiting = baiting

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`encoders` is the folder of the fine-tuned encoders, `vectors` a file that spares a training known work.

        Both are seen from the project's root.
        """
        return {"encoders": "models/encoder", "vectors": ".cache/sentence_vectors.npz"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Train again when the code below this class changed, which Rasa does not look at."""
        return code_version()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Read the trained classifier; without a trained one nothing is classified."""
        try:
            with model_storage.read_from(resource) as folder:
                linear = LinearClassifier.load(Path(folder))
                baiting = Path(folder) / _BAITING
                return cls(
                    config,
                    model_storage,
                    resource,
                    linear,
                    Baiting.load(baiting) if baiting.is_dir() else None,
                )
        except ValueError:
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train the linear classifier on all messages that have an intent, and keep it."""
        examples = training_data.intent_examples
        texts = [example.get(TEXT) for example in examples]
        intents = [example.get(INTENT) for example in examples]
        encode = VectorStore(self._vectors).encode
        linear = LinearClassifier.train(texts, intents, encoder=encode)
        baiting = Baiting.train(texts, intents, encoder=encode)
        with self._storage.write_to(self._resource) as folder:
            linear.save(Path(folder))
            if baiting is not None:
                (Path(folder) / _BAITING).mkdir()
                baiting.save(Path(folder) / _BAITING)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of every message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        if self._stages and written:
            rows = self._stages.probabilities([message.get(TEXT) for message in written])
            for message, row in zip(written, rows, strict=True):
                self._set(message, self._stages.intents, row)
                self._set_problems(message, self._stages)
            if self._baiting is not None:
                judged = self._baiting.judge([message.get(TEXT) for message in written])
                for message, baited in zip(written, judged, strict=True):
                    message.set("baiting", baited, add_to_output=False)
        return messages

    @staticmethod
    def _set_problems(message: Message, stages: Stages) -> None:
        """Set `problems` when the message tells more than one."""
        parts = parts_of(message.get(TEXT))
        if parts:
            rows = surer(
                stages.classifier.probabilities(parts),
                stages.classifier.probabilities([bare(part) for part in parts]),
            )
            whole, letter = message.get(INTENT)[INTENT_NAME_KEY], is_letter(message.get(TEXT))
            found = problems_in(parts, rows, stages.intents, whole=whole, letter=letter)
            told = [{"intent": problem.intent, "text": problem.text} for problem in found]
            message.set("problems", told, add_to_output=True)

    @staticmethod
    def _set(message: Message, intents: tuple[str, ...], row: Floats) -> None:
        ranking = [
            {INTENT_NAME_KEY: intents[at], PREDICTED_CONFIDENCE_KEY: float(row[at])}
            for at in (-row).argsort(kind="stable")
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
