"""Our Rasa components, each on its own."""

from __future__ import annotations

import os

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components import FallbackGate, IntentClassifier, SpacyNLP, TextNormaliser

CONTEXT = ExecutionContext(GraphSchema({}))


def create(component, storage=None, **config):
    return component.create({**component.get_default_config(), **config}, storage, Resource("it"), CONTEXT)


def test_the_normaliser_puts_kind_into_the_output_and_spelling_beside_it():
    message = create(TextNormaliser).process([Message.build("nn va!!!")])[0]

    assert message.as_dict(only_output_properties=True)["kind"] == "text"
    assert message.get("normalised") == "non va!!"


@pytest.mark.parametrize(
    ("confidence", "kind", "believed"), [(0.9, "text", True), (0.05, "text", False), (0.9, "gibberish", False)]
)
def test_what_is_not_sure_or_not_readable_is_not_believed(confidence, kind, believed):
    intent = {"name": "greet", "confidence": confidence}
    message = Message(data={"text": "x", "intent": intent, "intent_ranking": [intent], "kind": kind})

    create(FallbackGate, threshold=0.1).process([message])

    assert (message.get("intent")["name"] == "greet") is believed
    assert message.get("intent_ranking") == [intent]


def test_a_missing_spacy_model_leaves_the_tokens():
    spacy = create(SpacyNLP, model="it_no_such_model")

    message = spacy.process([Message.build("l'ho aspettato a Roma")], spacy.provide())[0]

    assert [token.text for token in message.get("text_spacy_doc")] == ["l'", "ho", "aspettato", "a", "Roma"]
    assert spacy.provide().model_name.startswith("blank:it@")


def test_the_environment_names_the_spacy_model(monkeypatch):
    monkeypatch.setenv("TEOREMA_SPACY_MODEL", "it_other")

    assert create(SpacyNLP, model="it_core_news_sm").provide().model_name.startswith("blank:it@")


@pytest.fixture
def trained_pipeline(monkeypatch) -> str:
    """A trained Italian pipeline, which not every machine has."""
    path = os.environ.get("TEOREMA_TEST_SPACY_MODEL")
    if not path:
        pytest.skip("TEOREMA_TEST_SPACY_MODEL names no trained spaCy pipeline")
    monkeypatch.setenv("TEOREMA_SPACY_MODEL", path)
    return path


def test_a_trained_pipeline_gives_lemmas_and_names(trained_pipeline):
    spacy = create(SpacyNLP)

    message = spacy.process([Message.build("Ho parlato con Giulia Bianchi a Torino")], spacy.provide())[0]

    doc = message.get("text_spacy_doc")
    assert spacy.provide().model_name.startswith(trained_pipeline)
    assert doc[1].lemma_ == "parlare"
    assert {"PER", "LOC"} <= {entity.label_ for entity in doc.ents}


def test_names_of_a_trained_pipeline_reach_whoever_learns_names(trained_pipeline):
    spacy = create(SpacyNLP)
    data = TrainingData([Message.build("la valigia è rimasta a Torino", intent="complaint_lost_item")])

    (taught,) = spacy.process_training_data(data, spacy.provide()).training_examples

    assert taught.get("text_spacy_doc").has_annotation("ENT_IOB")
    assert [entity.text for entity in taught.get("text_spacy_doc").ents] == ["Torino"]


def test_a_classifier_trained_through_rasa_is_found_again_and_ranks_every_intent(tmp_path):
    (tmp_path / "storage").mkdir()
    storage = LocalModelStorage.create(tmp_path / "storage")
    said = {
        "greet": ["ciao", "salve", "buongiorno"],
        "refund": ["rivoglio i soldi", "rimborso mai visto", "soldi indietro"],
    }
    examples = [Message.build(text, intent=intent) for intent, texts in said.items() for text in texts]
    options = {"encoders": str(tmp_path / "none"), "vectors": str(tmp_path / "vectors.npz")}
    trained = create(IntentClassifier, storage, **options)
    resource = trained.train(TrainingData(examples))

    loaded = IntentClassifier.load({**trained.get_default_config(), **options}, storage, resource, CONTEXT)
    message = loaded.process([Message.build("voglio indietro i soldi")])[0]

    assert message.get("intent")["name"] == "refund"
    assert [row["name"] for row in message.get("intent_ranking")] == ["refund", "greet"]
    assert sum(row["confidence"] for row in message.get("intent_ranking")) == pytest.approx(1, abs=1e-4)


def test_an_untrained_classifier_stays_silent(tmp_path):
    storage = LocalModelStorage.create(tmp_path)
    loaded = IntentClassifier.load(IntentClassifier.get_default_config(), storage, Resource("nothing"), CONTEXT)

    assert loaded.process([Message.build("ciao")])[0].get("intent") is None


def test_changed_code_makes_rasa_train_again():
    assert IntentClassifier.fingerprint_addon({})
