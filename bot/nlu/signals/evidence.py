"""From cues, intents and entities to the evidence that the rules of `bot.core` weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.irony import KIND_INTENTS, IronyCues
from bot.core.severity import Stakes
from bot.core.temperature import HeatCues
from bot.core.threats import ThreatCues
from bot.core.triage import DIALOGUE_INTENTS, TROLL_INTENTS, TriageEvidence, family_masses
from bot.nlu.signals.cues import Cues, read_cues

Ranking = Sequence[tuple[str, float]]

# not the names of people, places and things: trolls drop those too
_FACTS = frozenset("order_number case_code amount date flight_or_train phone email iban tax_code".split())
_GRIEVANCES = (
    "complaint_no_reply",
    "complaint_bounced",
    "complaint_broken_promise",
    "complaint_rude_staff",
    "complaint_misleading_offer",
    "threat_",
)
_MONEY = (
    "complaint_wrong_charge",
    "complaint_refund",
    "complaint_payment_blocked",
    "complaint_insurance_claim",
    "complaint_cancellation",
    "threat_",
)
_CALM = (*sorted(DIALOGUE_INTENTS), "ask_information", "ask_case_status", "give_details", "spam", "troll_provocation")
_IDLE = (*sorted(DIALOGUE_INTENTS - {"out_of_scope", "chitchat"}), "troll_", "spam")
_STAKES = ("safety", "health", "stranded", "money", "data_leak")


@dataclass(frozen=True)
class Heard:
    """What one message gives to go by: its cues, the full ranking of intents, the names of its entities.

    `baiting` is the probability (0-1) that a troll wrote it, where a model was asked.
    """

    cues: Cues
    ranking: Ranking = ()
    entities: tuple[str, ...] = ()
    baiting: float | None = None

    def mass(self, *names: str) -> float:
        """The summed probability (0-1) of the intents whose names begin so."""
        return sum(probability for name, probability in self.ranking if name.startswith(names))


def listen(
    text: str,
    ranking: Ranking = (),
    entities: Sequence[str] = (),
    *,
    normalised: str | None = None,
    baiting: float | None = None,
) -> Heard:
    """Read a message; `ranking` is the full one, `entities` the names found in it, `baiting` as in `Heard`."""
    return Heard(read_cues(text, normalised=normalised), ranking, tuple(entities), baiting)


def triage_evidence(heard: Heard) -> TriageEvidence:
    """The evidence for and against a need, without history."""
    cues = heard.cues
    _, dialogue, troll = family_masses(heard.ranking)
    return TriageEvidence(
        dialogue_mass=dialogue,
        troll_mass=troll,
        baiting=heard.baiting,
        peak=max((score for name, score in heard.ranking if name not in TROLL_INTENTS), default=None),
        words=cues.words,
        concrete=cues.count("product", "service"),
        own_matter=cues.count("harm"),
        asks=cues.count("asks_own"),
        failures=cues.count("failure"),
        facts=sum(name in _FACTS for name in heard.entities) + cues.surface.codes,
        stakes=cues.count(*_STAKES),
        threats=cues.count("legal", "public"),
        distress=cues.count("anger", "despair"),
        insults=cues.count("insult", "abuse"),
        bait=cues.count("bait"),
        injection=cues.count("injection"),
        absurd=cues.count("absurd"),
        offers=cues.count("spam"),
        links=cues.surface.links,
        nothing_wanted=cues.count("nothing_wanted"),
        bot_talk=cues.count("bot_talk"),
        thou=cues.count("thou"),
        courtesy_only=cues.words > 0 and cues.share("dialogue") == 1.0,
    )


def heat_cues(heard: Heard, *, irony: float) -> HeatCues:
    """What heats and cools the message; `irony` is its score."""
    cues, surface = heard.cues, heard.cues.surface
    return HeatCues(
        complaint=heard.mass("complaint_", "threat_"),
        grievance=heard.mass(*_GRIEVANCES),
        calm=heard.mass(*_CALM),
        abuse=heard.mass("troll_insult"),
        capitals=surface.capitals,
        longest_run=surface.longest_run,
        questions=surface.questions,
        insults=cues.count("insult", "abuse"),
        vulgarity=cues.count("vulgarity"),
        anger=cues.count("anger"),
        despair=cues.count("despair"),
        threats=cues.count("legal", "public") + round(heard.mass("threat_")),
        stakes=cues.count(*_STAKES),
        intensifiers=cues.count("intensifier"),
        repetitions=cues.count("repetition"),
        sarcasm=irony,
        politeness=cues.count("politeness"),
        hedging=cues.count("hedging"),
        laughter=cues.count("laugh"),
        words=cues.words,
    )


def stakes(heard: Heard) -> Stakes:
    """What may be at stake."""
    cues = heard.cues
    return Stakes(
        safety=cues.count("safety"),
        health=cues.count("health"),
        money=cues.count("money"),
        stranded=cues.count("stranded"),
        data=cues.count("data_leak"),
        amounts=cues.surface.amounts,
        money_mass=heard.mass(*_MONEY),
        travel_mass=heard.mass("complaint_travel_disruption"),
        idle_mass=heard.mass(*_IDLE),
        hard=cues.count("time_hard"),
    )


def threat_cues(heard: Heard) -> ThreatCues:
    """What announces the law or the public."""
    cues = heard.cues
    return ThreatCues(
        legal=cues.count("legal"),
        legal_words=cues.count("legal_word"),
        legal_mass=heard.mass("threat_legal"),
        public=cues.count("public"),
        public_words=cues.count("public_word"),
        public_mass=heard.mass("threat_public"),
        kind_mass=heard.mass("praise", "thanks"),
    )


def irony_cues(heard: Heard) -> IronyCues:
    """What praises, what failed and what winks."""
    cues = heard.cues
    return IronyCues(
        praise=cues.count("praise"),
        mockery=cues.count("sarcasm"),
        failures=cues.count("failure"),
        hyperbole=cues.count("hyperbole"),
        stage=cues.count("stage"),
        laughter=cues.count("laugh"),
        quotes=cues.surface.quotes,
        dots=cues.surface.dots,
        relief=cues.count("relief"),
        kind_mass=heard.mass(*KIND_INTENTS),
        complaint_mass=heard.mass("complaint_", "threat_", "problem_not_solved"),
    )
