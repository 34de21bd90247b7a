from __future__ import annotations

import pytest

from bot.nlu.signals.surface import amounts_in, look_at


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("ho pagato 1.250,50 euro", (1250.5,)),
        ("€ 40", (40.0,)),
        ("€40,00 e poi 9,90€", (40.0, 9.9)),
        ("12.50 euro", (12.5,)),
        ("3.150 euro", (3150.0,)),
        ("250€", (250.0,)),
        ("ordine 48213 del 3 marzo", ()),
        ("tre euro", ()),
        ("il 12 ho chiesto euro", ()),
    ],
)
def test_sums_of_money_are_read_with_their_currency(text: str, amounts: tuple[float, ...]):
    assert amounts_in(text) == amounts


def test_capitals_count_only_in_texts_long_enough_to_shout():
    assert look_at("OK").capitals == 0.0
    assert look_at("RIDATEMI I SOLDI").capitals == 1.0


def test_runs_links_and_codes_are_seen():
    look = look_at("basta!!! guarda truffa.example, ordine AB12345 ??")

    assert (look.exclamations, look.longest_run, look.links, look.codes) == (3, 3, 1, 1)
