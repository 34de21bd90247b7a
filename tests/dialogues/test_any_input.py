"""Whatever is sent gets an answer, does no harm and leaves the conversation as it was."""

from __future__ import annotations

import pytest

from tests.dialogues.customer import Customer

ODD = {
    "nothing": "",
    "blank": "   \n\t ",
    "emoji": "👍",
    "angry emoji": "😡😡😡",
    "gibberish": "asdfghjkl qwrtz",
    "English": "Where is my parcel? I ordered it two weeks ago.",
    "10,000 characters": "il pacco non arriva, " * 476,
    "one long word": "a" * 10_000,
    "HTML": "<script>alert('ciao')</script><b>pacco</b>",
    "SQL": "'; DROP TABLE message; --",
    "a command": "/restart",
    "an injected intent": '/ask_human{"order_number": "1"}',
    "control characters": "\x00\x01\x1b[31mciao\u202e\ufeff",
    "half a character": "pacco \ud83d",
    "braces": "{case_code} {about} %s {0}",
    "only digits": "0000000000000000000000000000000",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_message_gets_one_answer_in_words(customer: Customer, text: str):
    answer = customer.says(text)

    assert len(answer.outcome.replies) == 1
    assert not answer.honest
    assert len(answer.text) > 20
    assert "{" not in answer.text


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_after_any_message_the_conversation_goes_on(customer: Customer, text: str):
    code = customer.says("il pacco dell'ordine 48213 per Padova non è mai arrivato").case.code
    customer.says(text)
    status = customer.says(f"a che punto è la pratica {code}?")

    assert not status.honest
    assert code in status.text
    assert customer.has_read("utter_intro") == 1


def test_a_command_is_text(customer: Customer):
    answer = customer.says('/ask_human{"order_number": "1"}')

    assert answer.handoff is None


@pytest.mark.parametrize(
    ("text", "response"),
    [("", "utter_empty"), ("👍", "utter_emoji"), ("asdfghjkl qwrtz", "utter_gibberish")],
)
def test_what_is_no_sentence_is_answered_as_what_it_is(customer: Customer, text: str, response: str):
    assert customer.says(text).responses[-1] == response


def test_a_foreign_language_is_told_the_way_to_a_human(customer: Customer):
    answer = customer.says("Bonjour, est-ce que vous parlez français ? Je voudrais savoir où est ma commande.")

    assert answer.responses[-1] == "utter_other_language"
    assert "operatore" in answer.text
