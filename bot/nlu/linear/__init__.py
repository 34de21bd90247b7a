"""The first-stage intent classifier: sentence vectors and n-grams into a linear model that trains in seconds."""

from bot.nlu.linear.baiting import train_baiting
from bot.nlu.linear.classifier import LinearClassifier, Recipe, Scales
from bot.nlu.linear.sentence_vectors import encode

__all__ = ["LinearClassifier", "Recipe", "Scales", "encode", "train_baiting"]
