"""spaCy for Italian: the installed model, else the blank one, which still finds the tokens."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.nlu.utils.spacy_utils import SpacyNLP as RasaSpacyNLP
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

SETTING = "TEOREMA_SPACY_MODEL"
_LANGUAGE = "it"
_NAMERS = ("tok2vec", "transformer", "ner")

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(RasaSpacyNLP):
    """Provides spaCy to later components; must keep this class name, by which Rasa's recipe finds the provider."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Letter case tells names from words, so it is kept."""
        return {"case_sensitive": True, "model": "it_core_news_sm"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyNLP:
        """Load the model named by the environment, else by the configuration, else the blank one."""
        config = {**cls.get_default_config(), **config}
        return cls(load_spacy(os.environ.get(SETTING) or config["model"]), config)

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        """Give the training texts their tokens, and the names a trained pipeline finds; nothing learns from more."""
        written = [example for example in training_data.training_examples if example.get(TEXT)]
        docs = _with_names(model.model, [example.get(TEXT) for example in written])
        for example, doc in zip(written, docs, strict=True):
            example.set(SPACY_DOCS[TEXT], doc)
        return training_data


def _with_names(language: Any, texts: list[str]) -> Iterator[Any]:
    needed = [name for name in language.pipe_names if name in _NAMERS]
    if "ner" not in needed:
        yield from map(language.make_doc, texts)
        return
    with language.select_pipes(enable=needed):
        yield from language.pipe(texts, batch_size=256)


def load_spacy(name: str) -> SpacyModel:
    """Load a spaCy model; the name with its version becomes part of Rasa's fingerprint."""
    import spacy

    try:
        language = spacy.load(name, exclude=["parser"])
    except (OSError, ImportError):
        logger.info("spaCy model %s is not installed: tokens only, no lemmas and no names", name)
        language, name = spacy.blank(_LANGUAGE), f"blank:{_LANGUAGE}"
    return SpacyModel(model=language, model_name=f"{name}@{language.meta.get('version')}")
