from __future__ import annotations

import pytest

from bot.nlu.italian import kind_of


@pytest.mark.parametrize("text", ["", "   ", "...", "\u200b", "?!"])
def test_nothing_to_read_is_empty(text):
    assert kind_of(text) == "empty"


@pytest.mark.parametrize("text", ["👍", "😡😡!!", "❤️"])
def test_only_emoji_is_emoji(text):
    assert kind_of(text) == "emoji"


@pytest.mark.parametrize("text", ["asdfghjkl", "fdsjkl hdfskjh", "qwrtpsdf", "xcvbnm"])
def test_keyboard_noise_is_gibberish(text):
    assert kind_of(text) == "gibberish"


@pytest.mark.parametrize(
    "text",
    ["QX7R2L", "ahahahah", "mah", "boh", "uff", "Strzelczyk", "nnt", "ok", "wifi", "grrr", "1ZX889220IT", "sì", "no"],
)
def test_codes_laughs_names_and_very_short_words_are_text(text):
    assert kind_of(text) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "where is my parcel? I have been waiting for two weeks",
        "bonjour, je n'ai pas reçu mon colis et personne ne répond",
        "ich habe mein Paket nicht erhalten, wo ist es?",
        "hola, todavía no he recibido mi pedido y nadie me contesta",
    ],
)
def test_a_whole_sentence_in_another_language_is_recognised(text):
    assert kind_of(text) == "other_language"


@pytest.mark.parametrize(
    "text",
    [
        "ma v'avi caruto 'u telefonu?",
        "uè ragass, el mè materass l'è in viagg de tri settiman",
        "vogghiu sapiri cu' cumanna ddocu",
        "aho ma er caldaista nun se vede",
        "my order non arrivato, io aspetto da due giorni, please",
        "il vostro customer service is a joke",
        "hello",
    ],
)
def test_dialect_and_mixed_italian_count_as_italian(text):
    assert kind_of(text) == "text"
