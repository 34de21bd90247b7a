"""The care method, part by part: what is said about a problem and what is done about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.case import Case, CaseState, is_case_code
from bot.core.conversation import ConversationState, Memory
from bot.core.facts import Fact, Facts
from bot.core.promise import Promise
from bot.core.signals import Problem
from bot.core.turn import Part, Turn
from bot.services import care
from tests.fakes import MONDAY_MORNING, a_case, a_signal, a_turn

LATE = "complaint_delivery_delay"
ORDER = Fact("order_number", "48213", "48213", 1)
PLACE = Fact("place", "Padova", "Padova", 1)


def a_complaint(*facts: Fact, category: str = LATE, case: Case | None = None, **signals: object) -> Turn:
    """A turn in which a complaint was understood that states these facts."""
    cases = (case,) if case else ()
    turn = a_turn("il pacco non arriva", signals=a_signal(category, **signals), cases=cases)
    turn.learn(facts)
    return turn


def names(parts: list[Part]) -> list[str]:
    return [part.response for part in parts]


def values(parts: list[Part], response: str) -> dict[str, str]:
    return dict(next(part.values for part in parts if part.response == response))


def test_a_new_problem_goes_through_the_whole_method():
    turn = a_complaint()

    assert names(care.answer_problem(turn)) == [
        f"utter_ack_{LATE}",
        "utter_apology",
        "utter_case_opened",
        f"utter_promise_{LATE}",
        "utter_thank",
        "utter_ask_details",
    ]


def test_the_case_it_opens_has_a_valid_code_and_its_facts():
    turn = a_complaint(ORDER)

    parts = care.answer_problem(turn)

    (case,) = turn.changed.values()
    assert is_case_code(case.code)
    assert (case.category, case.is_open, tuple(case.facts)) == (LATE, True, (ORDER,))
    assert values(parts, "utter_case_opened") == {"case_code": case.code}
    assert [event.kind for event in case.history] == ["opened", "facts", "care", "care"]


def test_the_apology_continues_the_acknowledgement():
    parts = care.answer_problem(a_complaint())

    assert [part.goes_on for part in parts[:3]] == [False, True, False]


def test_the_acknowledgement_names_the_order():
    parts = care.answer_problem(a_complaint(ORDER))

    assert values(parts, f"utter_ack_{LATE}") == {"about": "about_order|48213"}


def test_missing_facts_are_asked_once():
    first = a_complaint()
    parts = care.answer_problem(first)
    (case,) = first.changed.values()
    again = a_complaint(case=case)

    assert values(parts, "utter_ask_details") == {"missing": "missing_order_number"}
    assert case.asked == ("order_number",)
    assert "utter_ask_details" not in names(care.answer_problem(again))


def test_a_fact_of_the_conversation_is_not_asked_for():
    turn = a_complaint(ORDER)

    assert "utter_ask_details" not in names(care.answer_problem(turn))


def test_either_of_two_facts_will_do():
    turn = a_complaint(Fact("flight_or_train", "AZ1234", "AZ1234", 1))
    turn.brand = replace(turn.brand, details_wanted={"default": ("order_number|flight_or_train",)})

    assert "utter_ask_details" not in names(care.answer_problem(turn))


def test_the_same_problem_without_news_is_only_kept_company():
    case = a_case(category=LATE)
    turn = a_complaint(case=case)

    parts = care.answer_problem(turn)

    assert names(parts)[0] == "utter_still_on_it"
    assert list(turn.changed) == [case.code]


def test_the_same_problem_with_news_updates_its_case():
    case = a_case(category=LATE)
    turn = a_complaint(PLACE, case=case)

    parts = care.answer_problem(turn)

    assert values(parts, "utter_case_updated") == {"case_code": case.code}
    assert turn.changed[case.code].facts.knows("place")


def test_a_different_problem_is_a_case_of_its_own():
    turn = a_complaint(case=a_case(category="complaint_refund"))

    care.answer_problem(turn)

    assert {case.category for case in turn.open_cases()} == {"complaint_refund", LATE}


TWO = (
    Problem(LATE, "il divano dell'ordine 48213 non arriva"),
    Problem("complaint_wrong_charge", "mi avete addebitato 300 euro in più"),
)
CHARGE = Fact("amount", "300.00", "300 euro", 1)


def test_two_problems_in_one_message_are_two_cases_each_with_its_facts():
    turn = a_complaint(ORDER, CHARGE, problems=TWO)

    parts = names(care.answer_problem(turn))

    late, charge = turn.changed.values()
    assert (late.category, charge.category) == (LATE, "complaint_wrong_charge")
    assert (tuple(late.facts), tuple(charge.facts)) == ((ORDER,), (CHARGE,))
    assert parts.count("utter_case_opened") == 2
    assert [name for name in parts if name.startswith("utter_ack_")] == [
        f"utter_ack_{LATE}",
        "utter_ack_complaint_wrong_charge",
    ]
    assert len(turn.promises) == 2


def test_of_two_problems_the_missing_facts_are_asked_together():
    parts = care.answer_problem(a_complaint(problems=TWO))

    assert names(parts).count("utter_ask_details") == 1
    assert names(parts)[-1] == "utter_ask_details"


def test_how_we_treated_somebody_in_an_open_matter_is_part_of_it():
    case = a_case(category=LATE)
    turn = a_complaint(category="complaint_no_reply", case=case)

    care.answer_problem(turn)

    assert list(turn.changed) == [case.code]
    assert "complaint_no_reply" in [event.note for event in turn.changed[case.code].history]


def test_another_order_does_not_inherit_what_broke_in_the_first():
    lamp = Fact("product", "lampada", "lampada", 7)
    first = a_case(category="complaint_defective_product").with_facts((lamp,), at=MONDAY_MORNING)
    turn = a_turn(
        "il pacco 48213 non arriva", signals=a_signal(LATE), cases=(first,), memory=Memory(facts=Facts((lamp,)))
    )
    turn.learn([ORDER])

    care.answer_problem(turn)

    assert tuple(turn.case_for(LATE).facts) == (ORDER,)


def test_another_side_of_the_open_matter_joins_its_case():
    case = a_case(category="complaint_wrong_charge")
    turn = a_complaint(category="complaint_refund", case=case, confidence=0.9)

    care.answer_problem(turn)

    assert [one.code for one in turn.open_cases()] == [case.code]


@pytest.mark.parametrize(("confidence", "category"), [(0.9, "complaint_refund"), (0.7, "complaint_wrong_charge")])
def test_a_case_becomes_about_what_is_heard_more_clearly(confidence: float, category: str):
    turn = a_complaint(
        category="complaint_refund", case=a_case(category="complaint_wrong_charge"), confidence=confidence
    )

    care.answer_problem(turn)

    assert [one.category for one in turn.open_cases()] == [category]


def test_a_doubtful_solved_closes_nothing():
    case = a_case(category=LATE)
    turn = a_turn("va a Matera", signals=a_signal("problem_solved", confidence=0.24), cases=(case,))
    turn.learn([PLACE])

    care.mark_solved(turn)

    assert turn.cases[case.code].is_open
    assert turn.cases[case.code].facts.knows("place")


def test_what_we_are_not_sure_to_hear_joins_the_open_case():
    case = a_case(category=LATE)
    turn = a_complaint(category="complaint_insurance_claim", case=case, confidence=0.4)

    care.answer_problem(turn)

    assert list(turn.changed) == [case.code]


@pytest.mark.parametrize("kind", ["ask_information", "privacy_request"])
def test_a_complaint_is_never_part_of_a_question_that_stands_open(kind: str):
    turn = a_complaint(case=a_case(category=kind), confidence=0.4)

    parts = names(care.answer_problem(turn))

    assert parts[0] == f"utter_ack_{LATE}"
    assert {one.category for one in turn.open_cases()} == {kind, LATE}


def test_another_order_is_another_case_even_of_a_kin_problem():
    case = a_case(category="complaint_wrong_charge").with_facts((ORDER,), at=MONDAY_MORNING)
    turn = a_complaint(Fact("order_number", "50001", "50001", 3), category="complaint_refund", case=case)

    care.answer_problem(turn)

    assert {one.category for one in turn.open_cases()} == {"complaint_wrong_charge", "complaint_refund"}


def test_a_case_about_our_silence_becomes_about_what_we_were_silent_on():
    case = a_case(category="complaint_no_reply")
    turn = a_complaint(category="complaint_refund", case=case, confidence=0.9)

    care.answer_problem(turn)

    assert [(one.code, one.category) for one in turn.open_cases()] == [(case.code, "complaint_refund")]


def test_danger_opens_a_case_before_anything_is_asked():
    turn = a_complaint(category="complaint_service_outage", confidence=0.2, ranking=GUESSES, severity=("safety",))

    parts = names(care.answer_problem(turn))

    assert "utter_tell_me_more" not in parts
    assert {"utter_stake_safety", "utter_case_opened"} <= set(parts)
    assert turn.state is ConversationState.WAITING


def test_a_solved_case_does_not_take_a_new_problem():
    solved = replace(a_case(category=LATE), state=CaseState.SOLVED)
    turn = a_complaint(case=solved)

    care.answer_problem(turn)

    assert list(turn.changed) != [solved.code]


@pytest.mark.parametrize(
    ("heard", "response", "said"),
    [
        ({"occurrences": 3, "waiting": "P3W", "irony": 0.9}, "utter_ack_repeated", {"times": "times|3"}),
        ({"waiting": "P3W", "irony": 0.9}, "utter_ack_waiting", {"wait": "3 settimane"}),
        ({"irony": 0.9}, "utter_ack_irony", {}),
    ],
)
def test_what_weighs_most_is_acknowledged(heard: dict[str, object], response: str, said: dict[str, str]):
    parts = care.answer_problem(a_complaint(**heard))

    assert values(parts, response) == said
    assert len([name for name in names(parts) if name.startswith("utter_ack_")]) == 2


def test_once_is_not_repeated():
    assert "utter_ack_repeated" not in names(care.answer_problem(a_complaint(occurrences=1)))


@pytest.mark.parametrize("stake", ["safety", "health", "stranded", "data", "money"])
def test_what_is_at_stake_is_said_first_and_calls_a_human(stake: str):
    turn = a_complaint(severity=(stake,))

    parts = care.answer_problem(turn)

    assert f"utter_stake_{stake}" in names(parts)
    assert turn.handoff.reason == f"severity_{stake}"
    assert next(iter(turn.changed.values())).severity == (stake,)


def test_of_several_stakes_the_gravest_is_said():
    parts = care.answer_problem(a_complaint(severity=("money", "safety")))

    assert [name for name in names(parts) if name.startswith("utter_stake_")] == ["utter_stake_safety"]


def test_a_threat_inside_a_complaint_calls_a_human():
    turn = a_complaint(threats=("legal",))

    assert "utter_threat_legal" in names(care.answer_problem(turn))
    assert turn.state is ConversationState.WAITING


def test_facts_are_read_back_unless_the_acknowledgement_named_them():
    turn = a_complaint(ORDER, PLACE)
    turn.brand = replace(turn.brand, details_wanted={"default": ("order_number", "place")})

    assert values(care.answer_problem(turn), "utter_facts_noted") == {"facts": "fact_place|Padova"}


def test_what_the_case_has_no_use_for_is_not_read_back():
    shoes = Fact("product", "scarpe", "scarpe", 1)

    turn = a_complaint(ORDER, shoes, category="complaint_rude_staff")

    assert "utter_facts_noted" not in names(care.answer_problem(turn))


def test_the_one_thing_it_is_about_is_read_back():
    bookcase = Fact("product", "libreria", "libreria", 1)

    assert values(care.answer_problem(a_complaint(ORDER, bookcase)), "utter_facts_noted") == {
        "facts": "fact_product|libreria"
    }


def test_a_day_alone_is_not_read_back():
    turn = a_complaint(ORDER, Fact("date", "2026-11-20", "ieri", 1))
    turn.brand = replace(turn.brand, details_wanted={"default": ("order_number", "date")})

    assert "utter_facts_noted" not in names(care.answer_problem(turn))


def test_private_facts_are_not_read_back():
    iban = Fact("iban", "IT60X0542811101000000123456", "IT60 X054...", 1)

    assert "utter_facts_noted" not in names(care.answer_problem(a_complaint(iban)))


def test_an_ultimatum_is_not_read_back():
    friday = Fact("date", "2026-11-27", "venerdì", 1)

    assert "utter_facts_noted" not in names(care.answer_problem(a_complaint(friday)))


def test_a_promise_that_stands_is_not_made_again():
    case = a_case(category=LATE)
    standing = Promise(LATE, "utter_promise", MONDAY_MORNING + timedelta(hours=2), MONDAY_MORNING, case.code)
    turn = a_turn(signals=a_signal(LATE), cases=(case,), promises=(standing,))

    parts = care.answer_problem(turn)

    assert values(parts, "utter_promise_standing") == {"deadline": "today|12:00"}
    assert turn.promises == []


GUESSES = (("complaint_refund", 0.2), ("ask_information", 0.15), ("greet", 0.14))


def test_a_guess_is_asked_about_instead_of_opening_a_case():
    turn = a_complaint(category="complaint_refund", confidence=0.2, ranking=GUESSES)

    assert names(care.answer_problem(turn)) == ["utter_tell_me_more"]
    assert not turn.changed


def test_a_doubt_between_complaints_is_a_complaint():
    ranking = (("complaint_refund", 0.25), ("complaint_no_reply", 0.24), ("complaint_bounced", 0.2))
    turn = a_complaint(category="complaint_refund", confidence=0.25, ranking=ranking)

    assert "utter_case_opened" in names(care.answer_problem(turn))


def test_a_guess_that_fits_an_open_case_belongs_to_it():
    case = a_case(category="complaint_refund")
    turn = a_complaint(category="complaint_refund", confidence=0.2, ranking=GUESSES, case=case)

    assert "utter_still_on_it" in names(care.answer_problem(turn))


def told(*facts: Fact, case: Case | None = None, memory: Memory | None = None) -> Turn:
    """A turn in which the customer gave facts."""
    turn = a_turn("48213", signals=a_signal("give_details"), cases=(case,) if case else (), memory=memory or Memory())
    turn.learn(facts)
    return turn


def test_details_go_into_the_case():
    case = a_case(category=LATE, asked=("order_number",))
    turn = told(ORDER, case=case)

    parts = care.take_details(turn)

    assert values(parts, "utter_details_noted") == {"facts": "fact_order_number|48213"}
    assert turn.changed[case.code].facts.knows("order_number")


def test_thanks_are_said_once_in_a_case():
    first = told(ORDER, case=a_case(category=LATE))
    parts = care.take_details(first)
    (case,) = first.changed.values()
    again = told(PLACE, case=case)

    assert "utter_thank" in names(parts)
    assert "utter_thank" not in names(care.take_details(again))


def test_an_apology_is_made_again_only_when_the_customer_is_hotter_than_before():
    first = a_complaint()
    care.answer_problem(first)
    (case,) = first.changed.values()
    calm = a_complaint(PLACE, case=case)
    hot = a_complaint(PLACE, case=case, temperature=3)

    assert "utter_apology" not in names(care.answer_problem(calm))
    assert "utter_apology" in names(care.answer_problem(hot))


def test_what_the_back_office_knows_of_an_order_is_not_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(care, "order_news", lambda *_, **__: [Part("utter_order_shipped", {"order": "48213"})])
    turn = a_complaint(ORDER)
    turn.brand = replace(turn.brand, details_wanted={"default": ("order_number", "date", "place", "phone")})

    parts = care.answer_problem(turn)

    assert "utter_order_shipped" in names(parts)
    assert values(parts, "utter_ask_details") == {"missing": "missing_phone"}


def test_what_was_told_on_another_channel_is_not_asked_for():
    turn = a_complaint()
    turn.dossier = replace(turn.dossier, known=Facts((ORDER,)))

    assert "utter_ask_details" not in names(care.answer_problem(turn))
    assert next(iter(turn.changed.values())).facts.knows("order_number")


def test_details_go_into_the_case_spoken_of_last():
    first, second = a_case(category=LATE), a_case(code="TKVQ97QR6", category="complaint_refund")
    turn = a_turn(cases=(first, second), memory=Memory(category=LATE), signals=a_signal("give_details"))
    turn.learn([ORDER])

    care.take_details(turn)

    assert list(turn.changed) == [first.code]


def test_details_before_a_problem_are_kept():
    turn = told(ORDER)

    assert names(care.take_details(turn)) == ["utter_details_without_case"]
    assert turn.facts.knows("order_number")


def test_details_that_cannot_be_read_are_asked_about():
    assert names(care.take_details(told())) == ["utter_details_unclear"]


def test_a_detail_said_twice_is_not_asked_about():
    case = a_case(category=LATE)
    turn = told(ORDER, case=case, memory=Memory(facts=Facts((ORDER,))))

    assert names(care.take_details(turn)) == ["utter_still_on_it"]


def test_a_correction_counts_from_now_on():
    case = a_case(category=LATE).with_facts((ORDER,), at=MONDAY_MORNING)
    turn = told(Fact("order_number", "48231", "48231", 2), case=case)

    parts = care.take_correction(turn)

    assert names(parts) == ["utter_correction_noted"]
    assert turn.changed[case.code].facts.latest("order_number").value == "48231"


def test_a_correction_without_a_fact_asks_what_is_wrong():
    assert names(care.take_correction(told())) == ["utter_correction_unclear"]


def test_a_solved_problem_closes_its_case():
    case = a_case(category=LATE)
    turn = a_turn(signals=a_signal("problem_solved"), cases=(case,))

    assert names(care.mark_solved(turn)) == ["utter_solved", "utter_thank"]
    assert turn.changed[case.code].state is CaseState.SOLVED
    assert turn.changed[case.code].history[-1].kind == "solved"


def test_nothing_to_solve_is_said_kindly():
    assert names(care.mark_solved(a_turn(signals=a_signal("problem_solved")))) == ["utter_solved_without_case"]


@pytest.mark.parametrize(
    ("state", "response"), [(CaseState.SOLVED, "utter_not_solved"), (CaseState.OPEN, "utter_still_not_solved")]
)
def test_a_problem_that_is_still_there_opens_its_case_for_a_human(state: CaseState, response: str):
    case = replace(a_case(category=LATE), state=state)
    turn = a_turn(signals=a_signal("problem_not_solved"), cases=(case,))

    parts = care.reopen(turn)

    assert names(parts) == [response, f"utter_promise_{LATE}"]
    assert turn.changed[case.code].is_open
    assert turn.handoff.reason == "not_solved"


def test_not_solved_without_a_case_asks_for_the_story():
    turn = a_turn(signals=a_signal("problem_not_solved"))

    assert names(care.reopen(turn)) == ["utter_not_solved_without_case"]
    assert turn.handoff is None


def test_a_threat_with_an_open_case_is_noted_in_it_and_reaches_a_human():
    case = a_case(category=LATE)
    turn = a_turn(signals=a_signal("threat_legal"), cases=(case,))

    parts = care.answer_threat(turn)

    assert names(parts)[0] == "utter_threat_legal"
    assert (turn.changed[case.code].history[-1].kind, turn.changed[case.code].history[-1].note) == ("threat", "legal")
    assert turn.handoff.reason == "threat_legal"


def test_a_threat_with_a_problem_is_answered_as_the_problem():
    ranking = (("threat_public", 0.6), (LATE, 0.3))
    turn = a_turn(signals=a_signal("threat_public", ranking=ranking))

    parts = care.answer_threat(turn)

    assert names(parts)[0] == f"utter_ack_{LATE}"
    assert "utter_threat_public" in names(parts)
    assert turn.state is ConversationState.WAITING


def test_a_threat_out_of_the_blue_asks_for_the_story():
    turn = a_turn(signals=a_signal("threat_legal"))

    assert names(care.answer_threat(turn)) == ["utter_threat_legal", "utter_tell_me_more"]
    assert turn.state is ConversationState.WAITING


def test_who_waits_for_a_human_is_not_queued_again():
    turn = a_turn(signals=a_signal(LATE, severity=("safety",)), state=ConversationState.WAITING)

    care.answer_problem(turn)

    assert turn.handoff is None


def test_in_danger_what_to_do_comes_first_and_nobody_is_thanked_or_asked():
    turn = a_complaint(severity=("health",))

    parts = names(care.answer_problem(turn))

    assert parts[0] == "utter_stake_health"
    assert not {"utter_thank", "utter_ask_details"} & set(parts)


def test_a_threat_about_a_thing_is_answered_as_its_problem():
    turn = a_turn(
        "vado dall'avvocato, il frigo perde",
        signals=a_signal("threat_legal", ranking=(("threat_legal", 0.95), (LATE, 0.02))),
    )
    turn.learn([Fact("product", "frigo", "frigo", 1)])

    assert f"utter_ack_{LATE}" in names(care.answer_threat(turn))


def test_facts_told_in_a_story_are_not_answered_with_a_question_for_the_story():
    ranking = (("give_details", 0.6), (LATE, 0.15))
    story = a_turn(
        "la credenza che è arrivata giovedì ha il vetro incrinato", signals=a_signal("give_details", ranking=ranking)
    )
    story.learn([PLACE])
    bare = a_turn("Padova", signals=a_signal("give_details", ranking=ranking))
    bare.learn([PLACE])

    assert f"utter_ack_{LATE}" in names(care.take_details(story))
    assert names(care.take_details(bare)) == ["utter_details_without_case"]
