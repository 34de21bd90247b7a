"""The facts in an Italian customer message: one module a kind, one component for Rasa.

Structured facts (codes, numbers, amounts, dates) are found by rules and never guessed; names of products, places,
people and companies by a conditional random field trained on the annotated examples.
"""
