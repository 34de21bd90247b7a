"""Finding the company's answer to a question: sentence vectors and character n-grams agree on the nearest one asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.core.brand import Answer
from bot.nlu.arrays import Floats
from bot.nlu.italian.normalise import normalise
from bot.nlu.linear.sentence_vectors import encode

NEAR = 0.53  # mean of the two cosines from which a question counts as asked before; see tests/nlu/test_answers.py


class AnswerFinder:
    """`Answers` over the questions that brand.yml lists."""

    def __init__(self, answers: Sequence[Answer], *, near: float = NEAR) -> None:
        self._near = near
        self._texts = [answer.text for answer in answers for _ in answer.questions]
        questions = [normalise(question).text for answer in answers for question in answer.questions]
        self._characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        if questions:
            self._grams = self._characters.fit_transform(questions)
            self._vectors = encode(questions)

    def best(self, question: str) -> str | None:
        """The answer whose question is nearest, or None when none is near."""
        if not self._texts:
            return None
        scores = self.scores(question)
        nearest = int(scores.argmax())
        return self._texts[nearest] if scores[nearest] >= self._near else None

    def scores(self, question: str) -> Floats:
        """How near (0-1) the question is to each listed one."""
        text = normalise(question).text
        grams = (self._grams @ self._characters.transform([text]).T).toarray().ravel()
        return np.asarray((self._vectors @ encode([text])[0] + grams) / 2, dtype=np.float32)
