"""Which facts a sentence of ours asks for, and which of them the customer need not have been asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.record import RecordedMessage

_ASKS_FOR_DETAILS = "utter_ask_details"
_NAMED: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "order_number": r"\b(?:il|tuo|suo) numero (?:d['’]|dell['’]|di )ordine|\b(?:quale|che) ordine\b"
        r"|\bordine o (?:un |del )?viaggio\b",
        "case_code": r"\bil codice (?:della|di) pratica\b",
        "amount": r"\bl['’]importo\b|\bche (?:importo|cifra)\b|\bquanti (?:soldi|euro)\b",
        "date": r"\bla data\b|\b(?:che|quale|in che) (?:giorno|data)\b",
        "time": r"\bl['’](?:orario|ora)\b|\ba che ora\b",
        "place": r"\bla città\b|\bl['’]indirizzo\b(?! e-?mail)|\bin (?:che|quale) città\b",
        "product": r"\bil prodotto\b|\b(?:che|quale|di (?:che|quale)) prodotto\b",
        "person": r"\bil nome di chi\b",
        "company": r"\bil nome dell['’]azienda\b",
        "phone": r"\b(?:un|il|tuo|suo) numero di telefono\b",
        "email": r"\bindirizzo e-?mail\b|\b(?:la|una|tua|sua) e?-?mail\b",
        "iban": r"\biban\b",
        "tax_code": r"\bil codice fiscale\b",
        "flight_or_train": r"\bil numero del (?:volo|treno|viaggio)\b"
        r"|\b(?:che|quale) (?:volo|treno|viaggio)\b|\bordine o (?:un |del )?viaggio\b",
    }.items()
}
_ASKS = re.compile(
    r"\?|\b(?:dimm(?:i|elo|eli)|scriv(?:imi|imelo)|mandam[ie]|indicami|dammi|hai per caso|ha per caso"
    r"|mi (?:dica|dia|dai|dici|scriva|mandi|indichi|serv\w+|manc\w+|aiut\w+|è utile|farebbe comodo)"
    r"|manca ancora|ancora non so|si fa (?:più in fretta|prima)|fa(?:ccio|cciamo) prima)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")


@dataclass(frozen=True)
class AskedTwice:
    """A question of ours for a fact that was known, or had been asked for: what we wrote, and what made it needless.

    `because` is `given` (the customer had said it) or `asked` (we had); `earlier` are the words of that message.
    """

    fact: str
    question: str
    at: datetime
    because: str
    earlier: str


def questions_in(text: str, *, asks: bool = False) -> dict[str, str]:
    """By the fact's name, the sentence of ours that asks for it; with `asks` every sentence is known to ask."""
    found: dict[str, str] = {}
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if asks or _ASKS.search(sentence):
            found.update({name: sentence for name, named in _NAMED.items() if named.search(sentence)})
    return found


def questions_of(message: RecordedMessage) -> dict[str, str]:
    """By the fact's name, the sentence of a message of ours that asks for it.

    Where the responses behind the message are known, the one that asks for details asks however it is worded.
    """
    if not message.parts:
        return questions_in(message.text)
    found: dict[str, str] = {}
    for part in message.parts:
        found.update(questions_in(part.text, asks=part.response == _ASKS_FOR_DETAILS))
    return found


def facts_asked(messages: Sequence[RecordedMessage]) -> tuple[str, ...]:
    """The facts that the bot asked for in these messages, each once, in the order asked."""
    names = (name for message in messages if message.author == "bot" for name in questions_of(message))
    return tuple(dict.fromkeys(names))


def asked_twice(messages: Sequence[RecordedMessage]) -> Iterator[AskedTwice]:
    """The needless questions of the bot in a story, oldest message first."""
    known: dict[str, tuple[str, str]] = {}
    for message in messages:
        if message.author == "bot":
            for fact, question in questions_of(message).items():
                if fact in known:
                    yield AskedTwice(fact, question, message.at, *known[fact])
                known.setdefault(fact, ("asked", question))
        elif message.author == "customer" and message.signals is not None:
            known.update({entity.entity: ("given", message.text) for entity in message.signals.entities})
