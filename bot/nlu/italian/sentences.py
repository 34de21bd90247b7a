"""Cuts a long message into sentences, without a parser."""

from __future__ import annotations

import re

from bot.nlu.italian.tables import words

_END = re.compile(r"(?<=[.!?…;])[\"')]*\s+")
_LAST_WORD = re.compile(r"(\S+)\.$")
_COMMA = re.compile(
    r"(?<=,)\s+|\s+(?=(?:ma|però|quindi|allora|poi|invece|perché|perche|cioè|comunque|adesso|insomma)\s)", re.I
)
_LONGEST = 40
_SHORTEST = 3


def split_story(text: str) -> list[str]:
    """Return the sentences of a message, in order, each with two words or more where that is possible.

    Line breaks end a sentence. One of more than 40 words, as people dictate them, is cut at commas and conjunctions.
    """
    sentences: list[str] = []
    for line in text.splitlines():
        for sentence in _sentences_of(line):
            sentences += _pieces_of(sentence)
    return _joined(sentences)


def _sentences_of(line: str) -> list[str]:
    found: list[str] = []
    for piece in _END.split(line.strip()):
        if found and _goes_on(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def _goes_on(sentence: str) -> bool:
    """Whether the full stop at its end belongs to an abbreviation, an initial or a number."""
    last = _LAST_WORD.search(sentence)
    if not last:
        return False
    word = last.group(1).lower().strip("(\"'")
    return word in words("dotted") or (len(word) == 1 and word.isalpha())


def _pieces_of(sentence: str) -> list[str]:
    """Cut a very long sentence into pieces of at most about 40 words."""
    if len(sentence.split()) <= _LONGEST:
        return [sentence]
    pieces: list[str] = []
    for part in _COMMA.split(sentence):
        if pieces and len(pieces[-1].split()) + len(part.split()) <= _LONGEST // 2:
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces += _windows(part)
    return pieces


def _windows(part: str) -> list[str]:
    found = part.split()
    return [" ".join(found[at : at + _LONGEST]) for at in range(0, len(found), _LONGEST)]


def _joined(sentences: list[str]) -> list[str]:
    """Join a scrap of one or two words to the sentence before it."""
    whole: list[str] = []
    for sentence in sentences:
        if whole and len(sentence.split()) < _SHORTEST:
            whole[-1] = f"{whole[-1]} {sentence}"
        else:
            whole.append(sentence)
    return whole
