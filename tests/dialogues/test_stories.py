"""A long letter, or several messages in a row, is one story with one answer."""

from __future__ import annotations

from tests.dialogues.customer import Customer

LETTER = """Buongiorno,
mi chiamo Elena e sono vostra cliente da sette anni, da quando mi sono trasferita a Bologna. Ho sempre parlato bene di
voi: il primo tavolo l'ho ancora, e anche mia sorella ha comprato da voi la cucina l'anno scorso, senza un problema.

A settembre ho ordinato due poltrone (ordine 48213). Sono arrivate puntuali, i ragazzi della consegna sono stati
gentilissimi e le hanno portate al terzo piano. Purtroppo il colore non era quello della foto, e così il 2 ottobre le ho
restituite: il ritiro è andato bene e mi avete mandato la ricevuta.

Da allora sto aspettando il rimborso. Sono 640 euro, e sulla carta non è tornato niente. Capisco che i tempi tecnici
esistano, ma sono passate sette settimane e quei soldi mi servono. Quando mi rimborsate?

Vi ringrazio per l'attenzione e vi auguro una buona giornata.
Elena"""


def test_a_letter_is_understood_by_what_it_asks_for(customer: Customer):
    answer = customer.says(LETTER)

    assert answer.case.category == "complaint_refund"
    assert answer.outcome.verdict == "need"


def test_the_facts_of_a_letter_are_taken(customer: Customer):
    facts = customer.says(LETTER).case.facts

    assert facts.latest("order_number").value == "48213"
    assert facts.latest("amount").value == "640.00"
    assert customer.has_read("utter_ask_details") == 0


def test_several_messages_in_a_row_get_one_answer(customer: Customer):
    answer = customer.says("ciao", "il pacco non è mai arrivato", "ordine 48213", "abito a Padova")

    assert len(answer.outcome.replies) == 1
    assert len(answer.outcome.answered) == 4
    assert answer.case.category == "complaint_delivery_delay"
    assert {"order_number", "place"} <= {fact.name for fact in answer.case.facts}
    assert "utter_ask_details" not in answer.responses


def test_each_message_of_a_story_keeps_its_own_signals(customer: Customer):
    answer = customer.says("ciao", "la consegna è in ritardo di una settimana")

    intents = [answer.outcome.signals[message].intent for message in sorted(answer.outcome.signals)]
    assert intents == ["greet", "complaint_delivery_delay"]


def test_a_flood_is_noticed_and_answered_once(customer: Customer):
    answer = customer.says(*["il pacco non è mai arrivato"] * 7)

    assert answer.responses.count("utter_flood") == 1
    assert len(answer.outcome.replies) == 1
