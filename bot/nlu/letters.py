"""Long letters: what is asked counts, wherever it stands; greetings and life stories do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.italian import split_story

_LETTER_WORDS = 60
_MOST_SENTENCES = 30
# small talk inside a letter is courtesy, not what the letter is about
_COURTESY = frozenset(
    {"greet", "goodbye", "thanks", "affirm", "deny", "chitchat", "give_details", "troll_insult", "troll_provocation"}
)
_COURTESY_WEIGHT = 0.2
# the last sentence weighs this many times the first
_LAST_WEIGHT = 2.0
_WHOLE_SHARE = 0.5


@dataclass(frozen=True)
class Letter:
    """The sentences of a letter; of a very long one the first few and the last ones."""

    sentences: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Letter:
        """Cut a letter into sentences."""
        found = split_story(text)
        if len(found) > _MOST_SENTENCES:
            found = found[: _MOST_SENTENCES // 3] + found[-2 * _MOST_SENTENCES // 3 :]
        return cls(tuple(found))


def is_letter(text: str) -> bool:
    """Whether a message is long enough to be read sentence by sentence: 60 words."""
    return len(text.split()) >= _LETTER_WORDS


def read_letter(whole: Floats, sentences: Floats, intents: tuple[str, ...]) -> Floats:
    """Combine the probabilities of the whole letter (intents) and of its sentences (sentences, intents)."""
    if len(sentences) < 2:
        return whole
    votes = sentences**2 * np.linspace(1.0, _LAST_WEIGHT, len(sentences))[:, None]
    heard = votes.sum(axis=0) * _weights(intents)
    mixed = _WHOLE_SHARE * whole * _weights(intents) + (1 - _WHOLE_SHARE) * heard / max(heard.sum(), 1e-9)
    return np.asarray(mixed / mixed.sum(), np.float32)


def _weights(intents: tuple[str, ...]) -> Floats:
    return np.array([_COURTESY_WEIGHT if name in _COURTESY else 1.0 for name in intents], np.float32)
