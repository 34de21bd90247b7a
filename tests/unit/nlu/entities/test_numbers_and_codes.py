import pytest

from tests.unit.nlu.entities.reading import found, mentions, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ordine 48213 mai arrivato", "48213"),
        ("ord. n° AB-2291/24", "AB-2291/24"),
        ("#48213 che fine ha fatto", "48213"),
        ("la pratica 2024/118 è ferma", "2024/118"),
        ("mi riferisco al n. 4410", "4410"),
        ("codice cliente: 70031", "70031"),
        ("Rif. cliente 0098-K.", "0098-K"),
        ("il mio ordine è il 778", "778"),
        ("PNR HT6WQ9 per favore", "HT6WQ9"),
        ("la prenotazione QWERTY non si apre", "QWERTY"),
        ("tracking: 2c44xyz9981", "2C44XYZ9981"),
        ("Con raccomandata A/R n. 15382774-2 ho disdetto", "15382774-2"),
        ("è la 40921877 e basta", "40921877"),
        ("aggiornamenti sul 55-1190?", "55-1190"),
        ("matricola 7 7 1 0 2 4", "771024"),
        ("numero utenza 400 118 776, intestata a mia zia", "400118776"),
        ("48213", "48213"),
        ("ordine 3475550182 sparito", "3475550182"),
        ("fattura n. 2231, il totale non torna", "2231"),
    ],
)
def test_a_number_that_a_back_office_can_look_up_is_found(text, value):
    assert values(text, "order_number") == [value]


def test_two_numbers_behind_one_word_are_two():
    assert values("ordini 4410 e 4411 insieme", "order_number") == ["4410", "4411"]


@pytest.mark.parametrize(
    "text",
    [
        "pagato 1200 euro a marzo",
        "sono cliente dal 2003",
        "sul contratto del 2011 c'era scritto altro",
        "chiamatemi al 347 5550182",
        "abito in via Mazzini 12",
        "via Roma 1234, terzo piano",
        "ho fatto 3 ordini in due mesi",
        "ordine di 40 magliette",
        "consegna del 12/03",
        "ho 71 anni e peso 80 kg",
        "sconto del 20%",
        "rata 13 di 12, complimenti",
        "raccomandata il 19 aprile",
        "la carta che finisce con 3308",
        "il numero di conto è 0012345",
        "articolo 1453 codice civile",
        "Reg. 261/2004",
        "CAP 20121 Milano",
        "codice OTP 445566",
        "P.IVA 01234567890",
        "frigorifero modello WM-2300X",
        "errore 503, sempre",
        "24/7 non risponde nessuno",
        "stagione 2025/2026",
    ],
)
def test_prices_years_phones_houses_quantities_and_dates_are_no_order_number(text):
    assert values(text, "order_number") == []


@pytest.mark.parametrize("text", ["T6QYJ5XIA", "la pratica t6qyj5xia", "codice T6QY J5XIA", "T6Q-YJ5-XIA grazie"])
def test_a_case_code_is_read_however_it_is_typed(text):
    assert values(text, "case_code") == ["T6QYJ5XIA"]


def test_a_case_code_with_a_wrong_character_is_a_mention_but_not_valid():
    (mention,) = mentions("la mia pratica è T6QYJ5XIB")

    assert (mention.entity, mention.value, mention.extra["valid"]) == ("case_code", "T6QYJ5XIB", False)


def test_a_right_case_code_says_nothing_about_validity():
    (mention,) = mentions("T6QYJ5XIA")

    assert "valid" not in mention.extra


@pytest.mark.parametrize(
    "text", ["TENTATIVO INUTILE", "il traghetto terribile", "t9plm2c7 non è completo", "ti ho visto"]
)
def test_words_and_halves_are_no_case_code(text):
    assert values(text, "case_code") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("AZ1671 cancellato", "AZ1671"),
        ("volo FR 3666 in ritardo", "FR3666"),
        ("volo 61 per Roma", "Volo 61"),
        ("treno 9613 soppresso", "Treno 9613"),
        ("Frecciarossa 9528 fermo", "Frecciarossa 9528"),
        ("IC 583 per Bari", "IC 583"),
        ("il regionale 2345 non parte", "Regionale 2345"),
        ("intercity 607", "IC 607"),
    ],
)
def test_flights_and_trains_have_one_spelling(text, value):
    assert values(text, "flight_or_train") == [value]


@pytest.mark.parametrize(
    "text",
    ["ho il volo il 30", "volo di 4 ore", "sn 3 mesi che aspetto", "un Frecciarossa 1000 nuovo", "treno delle 7:12"],
)
def test_days_hours_and_models_are_no_train(text):
    assert values(text, "flight_or_train") == []


def test_a_mention_is_exactly_what_was_written():
    assert found("Mi chiamo Rossi, ORDINE n. ab-2291, grazie", "order_number") == [("ab-2291", "AB-2291")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("55731 è l'ordine, se vi serve", ["55731"]),
        ("eccolo: 48213, il numero d'ordine", ["48213"]),
        ("90118 il mio ordine", ["90118"]),
        ("parlo dello stesso ordine eh, il 90118", ["90118"]),
        ("ordine, scusi, il 77120", ["77120"]),
        ("ho letto male, è 64218 non 64281", ["64218"]),
        ("non 64281 ma 64218", ["64218"]),
        ("non è il 4410, è il 4411", ["4411"]),
        ("l'ordine 64218 anziché 64281", ["64218"]),
    ],
)
def test_a_number_announced_behind_or_put_right_is_found(text, numbers):
    assert values(text, "order_number") == numbers


@pytest.mark.parametrize(
    "text",
    [
        "nel 2019 era un ordine diverso",
        "1500 euro e non 1800 euro",
        "aspetto da 2000 anni, altro che ordine",
        "ordine di 1200 euro",
    ],
)
def test_years_and_sums_beside_an_order_are_not_its_number(text):
    assert values(text, "order_number") == []
