"""What we know about Italian as people type it: spelling, kinds of text, sentences. The words are in `data/`."""

from bot.nlu.italian.kind import kind_of
from bot.nlu.italian.normalise import Normalised, Seen, normalise
from bot.nlu.italian.sentences import split_story

__all__ = ["Normalised", "Seen", "kind_of", "normalise", "split_story"]
