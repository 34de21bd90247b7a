"""How many problems a message tells: two things that went wrong are two cases, two sides of one thing are one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.signals import Problem

SURE = 0.6
"""Calibrated probability (0-1) from which a part of a message tells a problem of its own."""
MOST = 3

HOW_WE_TREATED_THEM = frozenset(
    {"complaint_no_reply", "complaint_bounced", "complaint_broken_promise", "complaint_rude_staff"}
)
"""Complaints about our conduct in another matter: beside that matter they are part of its story."""

_KIN = (
    frozenset({"complaint_delivery_delay", "complaint_lost_item", "complaint_missed_appointment"}),
    frozenset(
        {
            "complaint_wrong_charge",
            "complaint_refund",
            "complaint_cancellation",
            "complaint_misleading_offer",
            "complaint_payment_blocked",
        }
    ),
    frozenset({"complaint_defective_product", "complaint_insurance_claim"}),
    frozenset({"complaint_travel_disruption", "complaint_refund", "complaint_lost_item"}),
)
"""Complaints that one event brings about: a parcel that is late may be lost, an annulled order leaves a charge."""


def distinct_problems(heard: Sequence[tuple[str, float, str]]) -> tuple[Problem, ...]:
    """The problems that the parts of a message tell, in their order; empty when there is only one.

    `heard` holds, for each part, its most probable intent, the probability (0-1) and the words.
    """
    found: list[Problem] = []
    for intent, probability, text in heard:
        if not intent.startswith("complaint_") or probability < SURE:
            continue
        same = next((problem for problem in found if same_matter(problem.intent, intent)), None)
        if same is None:
            found.append(Problem(intent, text))
        else:
            found[found.index(same)] = Problem(same.intent, f"{same.text}\n{text}")
    concrete = [problem for problem in found if problem.intent not in HOW_WE_TREATED_THEM]
    return tuple(concrete[:MOST]) if len(concrete) > 1 else ()


def same_matter(one: str, other: str) -> bool:
    """Whether two complaints may be sides of one matter."""
    return one == other or any(one in kin and other in kin for kin in _KIN)
