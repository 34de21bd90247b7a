"""When a phrase is no evidence: it is denied, or it is somebody else's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.nlu.signals.lexicon import Hit
from bot.nlu.signals.words import Word

_NEGATIONS = frozenset("non nn nun no mica nessun nessuna neanche nemmeno neppure".split())
_CARRIERS = frozenset(
    "voglio vorrei volevo vogliamo intendo sto stiamo ho abbiamo faro faccio fare vado andro e era sono siamo sia si"
    " tratta penso pensavo mi vi ti ci la lo li le gli un una uno il i al alla dal di da a per che certo affatto"
    " proprio davvero assolutamente certamente minimamente serve servira ancora mai c stato stata stati state essere"
    " avere so dico".split()
)
# not health: who has no insulin says so with the same words as who needs none
_DENIABLE = frozenset(
    "insult anger despair praise spam legal legal_word public public_word safety stranded money data_leak".split()
)
_QUOTABLE = frozenset("insult abuse vulgarity legal legal_word public public_word".split())
_REACH = 5


def own_words(hits: Iterable[Hit], words: Sequence[Word]) -> list[Hit]:
    """Return the hits that the speaker states in their own name."""
    return [hit for hit in hits if not _denied(hit, words) and not _quoted(hit, words)]


def _quoted(hit: Hit, words: Sequence[Word]) -> bool:
    return hit.kind in _QUOTABLE and words[hit.start].quoted


def _denied(hit: Hit, words: Sequence[Word]) -> bool:
    """Whether only auxiliaries and particles stand between a negation of the same clause and the phrase."""
    if hit.kind not in _DENIABLE:
        return False
    for at in range(hit.start - 1, max(hit.start - 1 - _REACH, -1), -1):
        word = words[at]
        if word.clause != words[hit.start].clause:
            return False
        if word.text in _NEGATIONS:
            return True
        if word.text not in _CARRIERS:
            return False
    return False
