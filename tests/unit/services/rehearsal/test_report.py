from __future__ import annotations

import json
from datetime import timedelta

from bot.core.promise import Promise
from bot.core.record import RecordedHandoff
from bot.services.rehearsal.playing import Performance
from bot.services.rehearsal.report import Result, report_of, result_of, scenario_report
from tests.fakes import MONDAY_MORNING, ROME, a_case
from tests.rehearsing import a_performance, heard, said, states


def judged(performance: Performance) -> Result:
    return result_of(performance, zone=ROME)


GIVEN = heard("ordine 48213, il pacco non arriva", signals=states(order_number="48213"))
NAMED = said("Un pacco che non arriva: scusaci.", response="utter_ack_complaint_delivery_delay")


def test_a_scenario_tells_what_was_said_decided_and_judged():
    performance = a_performance(
        GIVEN,
        NAMED,
        expect={"promise": True},
        cases=(a_case(),),
        promises=(Promise("k", "t", MONDAY_MORNING + timedelta(hours=4), MONDAY_MORNING, "TSVZ79SS5"),),
        handoffs=(RecordedHandoff("asked", MONDAY_MORNING),),
    )

    told = scenario_report(judged(performance))

    assert told["id"] == "prova"
    assert told["passed"] is True
    assert told["problem_acknowledged"] == {"acknowledged": True, "evidence": NAMED.text}
    assert told["cases"][0]["code"] == "TSVZ79SS5"
    assert told["promises"][0]["due"] == "2026-11-23T13:00:00Z"
    assert told["handoff"] == {"reason": "asked", "at": "2026-11-23T09:00:00Z"}
    assert told["tones"] == ["warm"]
    assert [line["author"] for line in told["transcript"]] == ["customer", "bot"]
    assert json.loads(json.dumps(told))["id"] == "prova"


def test_a_customers_line_has_its_signals_and_an_answer_its_tone():
    told = scenario_report(judged(a_performance(GIVEN, NAMED)))
    customer, bot = told["transcript"]

    assert set(customer["signals"]) == {"intent", "triage", "temperature", "severity", "threats", "irony"}
    assert customer["signals"]["triage"]["verdict"] == "need"
    assert bot["tone"] == "warm"


def test_a_needless_question_is_told_with_its_evidence():
    told = scenario_report(judged(a_performance(GIVEN, said("Mi dai il numero d'ordine?"))))

    assert told["passed"] is False
    assert told["facts_asked_twice"] == [
        {
            "fact": "order_number",
            "question": "Mi dai il numero d'ordine?",
            "at": "2026-11-23T09:00:00Z",
            "because": "given",
            "earlier": GIVEN.text,
        }
    ]


def test_what_nobody_here_knows_is_null():
    told = scenario_report(judged(a_performance(heard("ciao", signals=None), complete=False)))

    assert told["cases"] is told["promises"] is told["handoff"] is told["facts"] is None
    assert told["transcript"][0]["signals"] is None


def test_where_only_the_words_are_known_they_tell_whether_the_problem_was_named():
    complaint = heard("il divano non è mai arrivato, sono tre settimane che aspetto", signals=None)
    named = said("Tre settimane senza il divano: hai ragione, ti chiedo scusa.")

    told = [scenario_report(judged(a_performance(complaint, one, complete=False))) for one in (named, said("Ciao!"))]

    assert told[0]["problem_acknowledged"]["acknowledged"] is True
    assert "divano" in told[0]["problem_acknowledged"]["evidence"]
    assert told[1]["problem_acknowledged"] == {"acknowledged": False, "evidence": None}


def test_the_care_score_comes_with_its_evidence():
    told = scenario_report(judged(a_performance(GIVEN, NAMED, cases=(a_case(),))))

    assert 0 <= told["care_score"]["score"] <= 100
    assert {step["name"] for step in told["care_score"]["steps"]} >= {"listen", "acknowledge", "apologise"}


def test_the_report_counts_what_passed():
    good, bad = judged(a_performance(GIVEN, NAMED)), judged(a_performance(GIVEN))

    report = report_of([good, bad], at=MONDAY_MORNING, stage="in process", files=["a.yml"], warnings=["w"])

    assert (report["passed"], report["failed"]) == (1, 1)
    assert [scenario["passed"] for scenario in report["scenarios"]] == [True, False]
    assert report["at"] == "2026-11-23T09:00:00Z"
