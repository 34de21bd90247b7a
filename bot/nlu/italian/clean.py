"""Takes out of a message what is not writing: markup, control characters, invisible signs, decorated letters."""

from __future__ import annotations

import html
import re
import unicodedata

_LONGEST_TAG = 300
_TAG = re.compile(rf"</?[A-Za-z!][^<>]{{0,{_LONGEST_TAG}}}>")
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,300}>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|~~|\*|_|`{1,3})(?=\S)([^*_`~]{1,2000}?)(?<=\S)\1(?!\w)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*•])[ \t]+", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'})

EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u3030\u303d\u3297\u3299]"
    "(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[\U0001f300-\U0001faff\u2600-\u27bf])*"
)
"""One emoji with its skin tones and joined parts."""


def strip_markup(text: str) -> str:
    """Remove HTML and Markdown, keep what a reader would see; a link leaves its text, an address the word `url`."""
    text = html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text)))
    text = _URL.sub(" url ", _LINK.sub(r"\1", text))
    return _LINE_MARK.sub("", _EMPHASIS.sub(r"\2", text))


def strip_invisible(text: str) -> str:
    """Remove control and zero-width characters; other blanks become a space, line breaks stay."""
    kept = (_visible(char) for char in text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(kept)


def _visible(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Cs", "Co", "Cn"):
        return ""
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else char


def plain_letters(text: str) -> str:
    """Turn fancy letters (𝓬𝓲𝓪𝓸, ｃｉａｏ) and quotes into the ones of the keyboard (NFKC)."""
    return unicodedata.normalize("NFKC", text).translate(_QUOTES)


def tidy(text: str) -> str:
    """Leave one blank between words and one break between lines."""
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def clean(text: str) -> str:
    """Return the writing of a message, letter case and spelling untouched."""
    return tidy(plain_letters(strip_invisible(strip_markup(text))))
