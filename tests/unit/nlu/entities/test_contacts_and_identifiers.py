import pytest

from tests.unit.nlu.entities.reading import mentions, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("chiamatemi al 347 5550182", "+393475550182"),
        ("il 347.555.0123 è il mio", "+393475550123"),
        ("fisso 0461 555 028", "+390461555028"),
        ("+39 02 5550 1234", "+390255501234"),
        ("0039 347 5550123", "+393475550123"),
        ("800 123456 non risponde", "+39800123456"),
    ],
)
def test_a_phone_number_is_normalised(text, value):
    assert values(text, "phone") == [value]


@pytest.mark.parametrize(
    "text", ["ordine 3475550182", "matricola contatore: 05-118834", "il 187 non risponde", "9999999999"]
)
def test_other_numbers_are_no_phone(text):
    assert values(text, "phone") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mail: Mario.Rossi@Posta.example", "mario.rossi@posta.example"),
        ("mario.rossi @ posta.example", "mario.rossi@posta.example"),
        ("è mario punto rossi chiocciola posta punto example", "mario.rossi@posta.example"),
        ("anna[at]posta.example", "anna@posta.example"),
    ],
)
def test_an_email_is_read_even_when_dictated(text, value):
    assert values(text, "email")[-1].endswith(value)


@pytest.mark.parametrize("text", ["@mario scrivimi", "ci vediamo @ casa", "a@b"])
def test_nicknames_are_no_email(text):
    assert values(text, "email") == []


@pytest.mark.parametrize("text", ["IT60X0542811101000000123456", "it60 x054 2811 1010 0000 0123 456 grazie"])
def test_an_iban_with_right_check_digits_is_a_fact(text):
    assert values(text, "iban") == ["IT60X0542811101000000123456"]


def test_a_foreign_iban_counts_too():
    assert values("sul conto DE89370400440532013000 per favore", "iban") == ["DE89370400440532013000"]


@pytest.mark.parametrize("text", ["IT61X0542811101000000123456", "CF RSSMRA85T10A562T"])
def test_wrong_check_digits_make_no_fact_of_any_kind(text):
    assert mentions(text) == []


def test_a_tax_code_with_its_right_letter_is_a_fact():
    assert values("cf: rssmra85t10a562s", "tax_code") == ["RSSMRA85T10A562S"]
