import pytest

from tests.unit.nlu.entities.reading import found, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("29,90 €", "29.90"),
        ("€ 4.480 mai visti", "4480.00"),
        ("1.200,50 euro", "1200.50"),
        ("euro 84,60", "84.60"),
        ("49.90 euro", "49.90"),
        ("cento euro", "100.00"),
        ("quarantuno euro al mese", "41.00"),
        ("duemila euro", "2000.00"),
        ("mille e duecento euro", "1200.00"),
        ("2k euro", "2000.00"),
        ("18 euro e 70", "18.70"),
        ("sette euro e cinquanta", "7.50"),
        ("45 euro virgola 8", "45.80"),
        ("rimborsatemi 49 e 90", "49.90"),
        ("un contratto da 7,99", "7.99"),
        ("sono 240 al mese", "240.00"),
        ("bolletta da 312", "312.00"),
        ("prima devo pagare 200 perché", "200.00"),
        ("ci ho messo 15 euri", "15.00"),
        ("10 centesimi", "0.10"),
    ],
)
def test_a_sum_of_money_has_two_decimals(text, value):
    assert values(text, "amount") == [value]


def test_the_currency_belongs_to_the_second_sum_and_to_the_first():
    assert values("una da 68 e una da 190 euro", "amount") == ["68.00", "190.00"]


@pytest.mark.parametrize(
    "text",
    [
        "alle 6 e 50 da Torino",
        "tra il 4 e il 5 giugno",
        "TAEG fa 11,8",
        "gradazione -4,25",
        "10,50 kg di pellet",
        "pagato 3 volte",
        "sconto del 20%",
        "siamo 12k nel server",
        "rata 13 di 12",
        "100 dollari",
        "12 sedie e me ne sono arrivate 9",
    ],
)
def test_other_figures_are_no_money(text):
    assert values(text, "amount") == []


def test_people_after_a_price_stay_out_of_it():
    assert found("50 euro e 3 persone", "amount") == [("50 euro", "50.00")]
