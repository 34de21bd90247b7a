import re
import string
from pathlib import Path

import pytest

from bot.console import catalogue
from bot.console.catalogue import choose_language, load_texts
from bot.core.facts import FACT_NAMES
from bot.core.signals import SEVERITIES, TEMPERATURES, THREATS

CONSOLE = Path(catalogue.__file__).parent
TEXTS = load_texts()
NLU_DATA = CONSOLE.parents[1] / "nlu_data"
NAMED_BY_LITERAL = re.compile(r"""\bt(?:exts)?(?:\.many)?\(\s*["']([a-z_.]+[a-z_])["']\s*[,)]""")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things_with_the_same_placeholders():
    italian, english = TEXTS["it"].entries, TEXTS["en"].entries

    assert italian.keys() == english.keys()
    assert {key for key in italian if placeholders(italian[key]) != placeholders(english[key])} == set()


def test_every_text_that_a_template_names_exists():
    named = {
        key
        for file in (CONSOLE / "templates").glob("*.html")
        for key in NAMED_BY_LITERAL.findall(file.read_text("utf-8"))
    }

    assert len(named) > 50
    assert {key for key in named if key not in TEXTS["it"].entries and f"{key}.one" not in TEXTS["it"].entries} == set()


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_intent_fact_and_signal_has_a_name_for_people(language):
    entries = TEXTS[language].entries
    intents = {f"intent.{file.stem}" for file in NLU_DATA.glob("*/*.yml") if file.stem in _intents()}
    facts = {f"fact.{name}" for name in FACT_NAMES}
    signals = {f"severity.{name}" for name in SEVERITIES} | {f"threat.{name}" for name in THREATS}
    temperatures = {f"temperature.{level}" for level in range(len(TEMPERATURES))}

    assert len(intents) > 30
    assert (intents | facts | signals | temperatures) - entries.keys() == set()


def test_an_intent_that_a_trainer_added_is_shown_readably():
    assert TEXTS["it"].label("intent", "complaint_broken_lift") == "complaint broken lift"


def test_one_and_many_are_said_differently():
    assert TEXTS["it"].many("inbox.live", 1) == "Una persona in attesa"
    assert TEXTS["it"].many("inbox.live", 4) == "4 persone in attesa"


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "language"),
    [
        (None, None, "", "it"),
        (None, None, "en-GB,en;q=0.9", "en"),
        (None, None, "de-DE,en;q=0.5,it;q=0.8", "it"),
        (None, None, "fr", "it"),
        (None, None, "en;q=0,it;q=0.1", "it"),
        (None, None, "en;q=high", "it"),
        (None, "en", "it", "en"),
        ("it", "en", "en", "it"),
        ("../x", "de", "it", "it"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_remembered_then_the_browsers(asked, remembered, accepted, language):
    assert choose_language(asked=asked, remembered=remembered, accepted=accepted) == language


def _intents() -> set[str]:
    spoken = {file.stem for file in NLU_DATA.glob("*/*.yml")}
    return {name for name in spoken if "intent: " + name in _examples(name)}


def _examples(name: str) -> str:
    return "\n".join(file.read_text("utf-8") for file in NLU_DATA.glob(f"*/{name}.yml"))
