from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import Misconfigured
from bot.nlu.entities import clock
from bot.nlu.entities.mention import Passage
from bot.nlu.entities.names.features import features
from bot.nlu.entities.names.gazetteer import LISTS, gazetteer, names_in
from bot.nlu.entities.names.tagger import Example, NameTagger, Options, train
from bot.nlu.entities.names.tokens import tokenise
from bot.nlu.entities.names.variants import usual_replacer
from bot.nlu.entities.rules import find_facts
from tests.unit.nlu.entities.reading import NOW

SENTENCES = (
    ("abito a Padova da anni", "Padova", "place"),
    ("vivo a Lecce con mia zia", "Lecce", "place"),
    ("il treno per Ancona è fermo", "Ancona", "place"),
    ("abito a Vibo Valentia da anni", "Vibo Valentia", "place"),
    ("sono di Ascoli Piceno", "Ascoli Piceno", "place"),
    ("mi chiamo Ornella e aspetto", "Ornella", "person"),
    ("mi chiamo Saverio, buongiorno", "Saverio", "person"),
    ("la lavatrice perde acqua", "lavatrice", "product"),
    ("il divano è arrivato rotto", "divano", "product"),
    ("il forno non scalda", "forno", "product"),
    ("il pacco di Zalando è aperto", "Zalando", "company"),
    ("il corriere GLS non suona", "GLS", "company"),
    ("non mi risponde nessuno", "", ""),
)


def example(text: str, name: str, kind: str) -> Example:
    start = text.index(name)
    return Example(Passage.of(text, NOW), ((start, start + len(name), kind),) if name else ())


@pytest.fixture(scope="module")
def tagger(tmp_path_factory) -> NameTagger:
    path = tmp_path_factory.mktemp("names") / "field"
    examples = [example(*row) for row in SENTENCES]
    train(usual_replacer()(examples), path, options=Options(iterations=60))
    return NameTagger(path)


def tagged(tagger: NameTagger, text: str) -> list[tuple[str, str]]:
    passage = Passage.of(text, NOW)
    return [(one.entity, one.value) for one in tagger.find(passage, find_facts(passage))]


def test_names_it_never_saw_are_found_by_lists_and_context(tagger):
    assert tagged(tagger, "mi chiamo Filomena e la lavastoviglie perde acqua") == [
        ("person", "Filomena"),
        ("product", "lavastoviglie"),
    ]


def test_a_town_of_several_words_is_one_place(tagger):
    assert ("place", "Reggio Emilia") in tagged(tagger, "abito a Reggio Emilia da anni")


@pytest.mark.parametrize("text", ["", "   ", "!!!", "😂", "\n"])
def test_a_message_without_words_has_no_names(tagger, text):
    assert tagged(tagger, text) == []


def test_a_damaged_field_says_that_it_must_be_trained_again(tmp_path):
    path = tmp_path / "field"
    path.write_bytes(b"nothing that was trained")

    with pytest.raises(Misconfigured, match="train again"):
        NameTagger(path)


def test_variants_keep_every_span_on_its_own_words():
    row = example("il pacco di Zalando per Padova è aperto", "Zalando", "company")
    start = row.passage.text.index("Padova")
    both = Example(row.passage, (*row.names, (start, start + 6, "place")), tuple(find_facts(row.passage)))

    for variant in usual_replacer()([both]):
        text = variant.passage.text
        named = {kind: text[begin:end] for begin, end, kind in variant.names}
        assert text == f"il pacco di {named['company']} per {named['place']} è aperto"


def test_equal_seeds_give_equal_variants():
    rows = [example(*row) for row in SENTENCES]

    assert list(usual_replacer(seed=3)(rows)) == list(usual_replacer(seed=3)(rows))


def test_capitals_count_for_nothing_in_a_shouted_message():
    (first, *_) = features(tokenise("ABITO A PADOVA"), gazetteer(), facts=["", "", ""])

    assert "shouted" in first


def test_a_word_is_one_token_and_its_elided_article_another():
    assert [token.word for token in tokenise("L'ordine è prontooooo!")] == ["l'", "ordine", "e", "pronto", "!"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_names_without_blanks_around(name):
    names = names_in(name)

    assert len(names) > 30
    assert all(entry == entry.strip() for entry in names)


def test_the_clock_can_be_set_and_goes_back():
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=timezone.utc)
    rome = ZoneInfo("Europe/Rome")

    with clock.as_of(moment):
        assert clock.now(rome).isoformat() == "2026-03-02T00:30:00+01:00"

    assert abs(clock.now(rome) - datetime.now(tz=rome)) < timedelta(minutes=1)
