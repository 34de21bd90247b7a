"""The first-stage intent classifier: sentence vectors and n-grams into a linear model that trains in seconds."""

from bot.nlu.linear.baiting import Baiting
from bot.nlu.linear.classifier import LinearClassifier, Recipe, Scales
from bot.nlu.linear.sentence_vectors import encode

__all__ = ["Baiting", "LinearClassifier", "Recipe", "Scales", "encode"]
