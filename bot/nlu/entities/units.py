"""What a number counts when it is no fact of its own: people, kilos, minutes, instalments."""

from __future__ import annotations

import re

UNIT = (
    r"(?:%|per ?cento|percento|°|gradi|kg|chil[io]|grammi|gr\b|g\b|km\b|m\b|cm|mm|metr[io]|mq|litr[io]|lt?\b(?!')|"
    r"ml\b|watt|kw|volt|mb\b|gb\b|giga|mega|"
    r"pollici|ore\b|ora\b|h\b|min\b|minut|second|sec\b|giorn|gg\b|settiman|sett\b|mes[ei]\b|bimestr|ann[oi]\b|"
    r"volt[ae]\b|vv\b|person|client|"
    r"ragazz|bambin|figli|nipot|cani\b|gatt|post[io]\b|pian[io]\b|stell|pezz|paia|scatol|confezion|bottigli|pacch|"
    r"colli\b|"
    r"rat[ae]\b|bollett|fattur|prodott|articol|ordin[ie]\b|chiamat|telefonat|mail|messagg|operator|tecnic|"
    r"appuntament|tentativ|"
    r"sollecit|reclam|segnalazion|pagin|parol|righ|punt[io]\b|squill|copi[ae]|porzion|notti|nott[ei]\b|adult|"
    r"taglia|calorie|"
    r"appartament|condomin|famigli|utent|follower|iscritt|pass[io]|chilometr|misur|lavorativ|contatt|filial|negoz|"
    r"sedi[ae])"
)
FOLLOWED_BY_UNIT = re.compile(rf"\s?-?{UNIT}")
MONEY = r"(?:€|eur(?:o|i|ini|ucci)?\b)"
FOLLOWED_BY_MONEY = re.compile(rf"(?:[.,][0-9]{{1,2}})?\s?{MONEY}")


def counts_something(folded: str, end: int) -> bool:
    """Whether the number that ends here is followed by what it counts."""
    return FOLLOWED_BY_UNIT.match(folded, end) is not None or FOLLOWED_BY_MONEY.match(folded, end) is not None
