"""The definite article of a thing, taken from how the customer spoke of it: we do not guess genders."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ARTICLES: Mapping[str, str] = {
    **dict.fromkeys(("il", "un", "del", "dal", "al", "sul", "nel", "col", "questo", "quel"), "il "),
    **dict.fromkeys(("la", "una", "della", "dalla", "alla", "sulla", "nella", "questa", "quella"), "la "),
    **dict.fromkeys(("lo", "uno", "dello", "dallo", "allo", "sullo", "nello"), "lo "),
    **dict.fromkeys(("i", "dei", "dai", "ai", "sui", "nei", "quei"), "i "),
    **dict.fromkeys(("gli", "degli", "dagli", "agli", "sugli", "negli", "quegli"), "gli "),
    **dict.fromkeys(("le", "delle", "dalle", "alle", "sulle", "nelle", "queste"), "le "),
    **dict.fromkeys(("l'", "un'", "dell'", "dall'", "all'", "sull'", "nell'", "quest'", "quell'"), "l'"),
}
_OWNED = r"(?:(?:mi|tu|su)(?:o|a|oi|ei|e)|nostr[oaie]|vostr[oaie]|stess[oaie]|nuov[oaie])"
_LONGEST = 40


def with_article(thing: str, text: str) -> str | None:
    """ "il divano" for "divano" in a text that says "del mio divano"; None when the text does not tell the article."""
    if len(thing) > _LONGEST or "\n" in thing:
        return None
    words = "|".join(sorted(map(re.escape, _ARTICLES), key=len, reverse=True))
    spoken = text.replace("’", "'")
    found = re.search(rf"(?<!\w)({words})\s*(?:{_OWNED}\s+)?{re.escape(thing)}(?!\w)", spoken, re.IGNORECASE)
    if found is None:
        return None
    article = _ARTICLES[found[1].lower()]
    return article + (thing.lower() if thing.isupper() else thing)
