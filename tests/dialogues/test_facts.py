"""What is missing is asked once and together; what was said once is known."""

from __future__ import annotations

from tests.dialogues.customer import Customer

VAGUE = "il pacco non è ancora arrivato"


def facts_of(customer: Customer) -> dict[str, str]:
    return {fact.name: fact.value for fact in customer.cases[-1].facts}


def test_missing_facts_are_asked_together(customer: Customer):
    answer = customer.says(VAGUE)

    assert answer.responses.count("utter_ask_details") == 1
    assert "numero d'ordine" in answer.text
    assert "città" in answer.text


def test_missing_facts_are_never_asked_again(customer: Customer):
    customer.tells(VAGUE, "non lo so", "il pacco non arriva!", "a che punto è la mia pratica?", "48213", VAGUE)

    assert customer.has_read("utter_ask_details") == 1


def test_facts_given_in_crumbs_all_reach_the_case(customer: Customer):
    customer.tells(VAGUE, "48213", "sono di Padova")

    assert facts_of(customer)["order_number"] == "48213"
    assert facts_of(customer)["place"] == "Padova"


def test_facts_given_all_at_once_leave_nothing_to_ask(customer: Customer):
    customer.says("il pacco dell'ordine 48213 per Padova non è ancora arrivato")

    assert customer.has_read("utter_ask_details") == 0
    assert facts_of(customer).items() >= {"order_number": "48213", "place": "Padova"}.items()


def test_only_what_is_missing_is_asked(customer: Customer):
    answer = customer.says("il pacco dell'ordine 48213 non è ancora arrivato")

    assert "utter_ask_details" in answer.responses
    assert "città" in answer.text
    assert "numero d'ordine" not in answer.text


def test_facts_given_before_the_problem_are_known_to_its_case(customer: Customer):
    customer.tells("buongiorno, numero d'ordine 48213", "il pacco non è arrivato a Padova")

    assert facts_of(customer)["order_number"] == "48213"
    assert customer.has_read("utter_ask_details") == 0


def test_facts_are_known_to_the_second_problem_too(customer: Customer):
    customer.says("il pacco dell'ordine 48213 per Padova non è ancora arrivato")
    answer = customer.says("e mi avete addebitato due volte 120 euro")

    assert "numero d'ordine" not in answer.text
    assert facts_of(customer)["order_number"] == "48213"


def test_what_the_customer_puts_right_counts(customer: Customer):
    customer.says("il pacco dell'ordine 48213 per Padova non è ancora arrivato")
    customer.says("scusa ho sbagliato, l'ordine è il 48231")

    assert customer.cases[-1].facts.latest("order_number").value == "48231"
