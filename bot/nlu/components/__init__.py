"""The Rasa graph components of `config.yml`, one a module."""

from bot.nlu.components.fallback_gate import FallbackGate
from bot.nlu.components.intent_classifier import IntentClassifier
from bot.nlu.components.spacy_nlp import SpacyNLP
from bot.nlu.components.text_normaliser import TextNormaliser

__all__ = ["FallbackGate", "IntentClassifier", "SpacyNLP", "TextNormaliser"]
