"""The labelled messages of `nlu_data/`, as plain texts and intents."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from sklearn.model_selection import train_test_split

from bot.core.errors import Misconfigured
from bot.nlu.arrays import Labels


@dataclass(frozen=True)
class Examples:
    """Messages and their intents, in the same order."""

    texts: tuple[str, ...]
    intents: tuple[str, ...]

    @classmethod
    def read(cls, nlu_data: Path) -> Examples:
        """Read a folder of Rasa training files; entity annotations are taken out of the texts."""
        if not nlu_data.is_dir():
            raise Misconfigured(str(nlu_data), "the folder with the training data is missing")
        found = RasaFileImporter(training_data_paths=[str(nlu_data)]).get_nlu_data().intent_examples
        return cls(tuple(row.get(TEXT) for row in found), tuple(row.get(INTENT) for row in found))

    def digest(self) -> str:
        """Return a digest of all messages and intents: sentences and rules in the same folder do not change it."""
        return hashlib.sha256(json.dumps([self.texts, self.intents]).encode()).hexdigest()

    def __len__(self) -> int:
        return len(self.texts)

    def at(self, places: Labels) -> Examples:
        """Return the examples at some places."""
        return Examples(tuple(self.texts[at] for at in places), tuple(self.intents[at] for at in places))

    def split(self, *, held: float, seed: int = 0) -> tuple[Examples, Examples]:
        """Return a training part and a held-out part with the same mix of intents."""
        kept, out = train_test_split(np.arange(len(self)), test_size=held, stratify=self.intents, random_state=seed)
        return self.at(kept), self.at(out)
