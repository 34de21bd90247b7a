import pytest

from tests.unit.nlu.entities.reading import values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("partito alle 15.40", "15:40"),
        ("alle 9", "09:00"),
        ("ore 9 in negozio", "09:00"),
        ("h 8.15", "08:15"),
        ("delle 7:12", "07:12"),
        ("alle sei e mezza", "06:30"),
        ("alle 7 e un quarto", "07:15"),
        ("alle otto meno dieci", "07:50"),
        ("verso le undici", "11:00"),
        ("alle 3 del pomeriggio", "15:00"),
        ("mezzogiorno", "12:00"),
        ("mezzogiorno e mezzo", "12:30"),
        ("mezzanotte", "00:00"),
        ("10:12", "10:12"),
        ("tra le 8 e le 12", "08:00-12:00"),
        ("dalle 9 alle 13", "09:00-13:00"),
        ("slot 11.15-11.30", "11:15-11:30"),
        ("fascia 14-16", "14:00-16:00"),
        ("dopo le 18", "18:00-"),
        ("entro le ore 12", "-12:00"),
    ],
)
def test_an_hour_is_normalised(text, value):
    assert values(text, "time") == [value]


@pytest.mark.parametrize(
    "text",
    ["alle 3 persone prima", "h24", "le 2 bollette", "dopo le 3 telefonate", "8-20 pezzi", "alle 45", "delle 40 foto"],
)
def test_other_figures_are_no_hour(text):
    assert values(text, "time") == []
