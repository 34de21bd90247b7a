"""The Rasa component that finds every fact of a message: rules for what has a form, a trained field for names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.triage import TROLL_INTENTS
from bot.nlu.entities import clock
from bot.nlu.entities.durations import waiting
from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.names.tagger import KINDS, Example, NameTagger, Options, train
from bot.nlu.entities.names.tokens import tokenise
from bot.nlu.entities.names.variants import usual_replacer
from bot.nlu.entities.occurrences import occurrences
from bot.nlu.entities.rules import find_facts, settle

_HERE = Path(__file__).parent
_FIELD = "names.crfsuite"
_SENT_AT = "sent_at"
_ANNOUNCED = {
    "telefono": "phone",
    "cellulare": "phone",
    "cell": "phone",
    "mail": "email",
    "email": "email",
    "iban": "iban",
}
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  # training looks at where facts are, never at their values


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityExtractor(GraphComponent):
    """Sets `entities`, and `occurrences` and `waiting` where the message tells them.

    Relative days are resolved at the moment in the message's metadata (`sent_at`, ISO 8601), else on the clock.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Zone of the customers, and the training options of the name tagger."""
        return {"zone": "Europe/Rome", "l1": Options.l1, "l2": Options.l2, "iterations": Options.iterations}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Train again when the code or the lists changed, which Rasa does not look at."""
        digest = hashlib.sha256()
        for path in sorted(one for one in _HERE.rglob("*") if one.suffix in (".py", ".txt")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        tagger: NameTagger | None = None,
    ) -> None:
        """Use `create` or `load`."""
        self._config = config
        self._zone = ZoneInfo(config["zone"])
        self._model_storage = model_storage
        self._resource = resource
        self._tagger = tagger

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityExtractor:
        """A component that has still to learn names."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EntityExtractor:
        """The component as trained; without a trained field only rules work."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, NameTagger(folder / _FIELD))
        except ValueError:
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train the name tagger on the annotated examples, if there is any."""
        examples = list(_examples(training_data))
        if any(example.names for example in examples):
            options = Options(*(self._config[name] for name in ("l1", "l2", "iterations")))
            with self._model_storage.write_to(self._resource) as folder:
                train(usual_replacer()(examples), folder / _FIELD, options=options)
                self._tagger = NameTagger(folder / _FIELD)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Find the facts of each message."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        passage = Passage.of(message.get(TEXT) or "", self._moment(message))
        facts = find_facts(passage)
        tags = _spacy_tags(message)
        names = self._tagger.find(passage, settle(passage, facts), tags=tags) if self._tagger else []
        names = [name for name in names if not _announces(passage, name, facts)]
        mentions = settle(passage, [*facts, *names])
        message.set(ENTITIES, [self._entity(passage, mention) for mention in mentions], add_to_output=True)
        for name, said in (("occurrences", occurrences(passage)), ("waiting", waiting(passage, mentions))):
            if said:
                message.set(name, said, add_to_output=True)

    def _moment(self, message: Message) -> datetime:
        said = (message.get("metadata") or {}).get(_SENT_AT)
        return datetime.fromisoformat(said).astimezone(self._zone) if said else clock.now(self._zone)

    def _entity(self, passage: Passage, mention: Mention) -> dict[str, Any]:
        return {
            "entity": mention.entity,
            "value": mention.value,
            "text": passage.text[mention.start : mention.end],
            "start": mention.start,
            "end": mention.end,
            "extractor": type(self).__name__,
            **mention.extra,
        }


def _announces(passage: Passage, name: Mention, facts: Sequence[Mention]) -> bool:
    """Whether a product's word only announces a fact: "il mio telefono è 347..." speaks of a number, not of a phone."""
    kind = _ANNOUNCED.get(passage.text[name.start : name.end].lower())
    return kind is not None and any(fact.entity == kind for fact in facts)


def _examples(training_data: TrainingData) -> Iterator[Example]:
    for message in training_data.nlu_examples:
        if message.get(INTENT) in TROLL_INTENTS:
            continue  # what trolls name is nobody's, and is not annotated
        passage = Passage.of(message.get(TEXT) or "", _ANY_DAY)
        names = tuple(
            (one["start"], one["end"], one["entity"]) for one in message.get(ENTITIES, []) if one["entity"] in KINDS
        )
        facts = tuple(settle(passage, find_facts(passage)))
        yield Example(passage, names, facts, tuple(_spacy_tags(message)))


def _spacy_tags(message: Message) -> list[str]:
    """For each of our tokens, the entity type of a trained spaCy pipeline; empty without one."""
    doc = message.get(SPACY_DOCS[TEXT])
    if doc is None or not doc.has_annotation("ENT_IOB"):
        return []
    tags = {at: token.ent_type_ for token in doc for at in range(token.idx, token.idx + len(token))}
    return [tags.get(token.start, "") for token in tokenise(message.get(TEXT) or "")]
