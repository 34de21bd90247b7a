"""A turn made from Rasa's tracker alone, so that `rasa shell` and `rasa test` talk like the service does."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker

from bot.core.brand import Brand
from bot.core.conversation import ConversationState, Dossier, Incoming, Memory
from bot.core.phrases import PhraseBook
from bot.core.signals import Signals
from bot.core.turn import Turn
from bot.services.brand_file import load_brand


def turn_from_tracker(tracker: Tracker, domain: dict[str, Any]) -> Turn:
    """A turn that knows what the tracker knows; its cases live as long as the turn."""
    now = datetime.now(timezone.utc)
    parse = {**tracker.latest_message, "intent_ranking": tracker.latest_message.get("intent_ranking") or []}
    memory = Memory.from_dict(tracker.get_slot("memory") or {})
    text = str(parse.get("text") or "")
    dossier = Dossier(
        conversation_id=0,
        public_id=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "shell",
        state=ConversationState.BOT,
        customer_id=0,
        customer_name=None,
        incoming=(Incoming(0, 0, text, now),),
        memory=memory,
    )
    responses = domain["responses"]
    return Turn(dossier, signals=Signals.from_parse(parse), brand=_brand(), now=now, phrases=PhraseBook(responses))


@lru_cache(maxsize=1)
def _brand() -> Brand:
    return load_brand(Path(os.environ.get("TEOREMA_BRAND", "brand.yml")))
