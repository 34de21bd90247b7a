"""rasa_sdk actions: thin, one module per topic; each reads the turn, calls one service and says what it returns."""

from __future__ import annotations

from rasa_sdk import Action

from actions import complaints, escalation, fallback, requests, smalltalk, trolls
from actions.base import CareAction, ReadSignals

ALL: tuple[type[Action], ...] = (
    ReadSignals,
    *(
        action
        for module in (complaints, escalation, fallback, requests, smalltalk, trolls)
        for action in vars(module).values()
        if isinstance(action, type) and issubclass(action, CareAction) and action is not CareAction
    ),
)
