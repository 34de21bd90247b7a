import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.core.conversation import ConversationState
from bot.storage.console import SqlConversations
from bot.storage.tables import message
from tests.desk import NOW, a_case
from tests.integration.console.test_inbox import shown


@pytest.fixture
def talks(desk):
    return {
        "bill": desk.conversation("La bolletta è sbagliata, perché?", at=NOW - timedelta(hours=3)),
        "order": desk.conversation(
            "Dov'è il mio ordine 48213?", at=NOW - timedelta(hours=2), state=ConversationState.CLOSED
        ),
        "case": desk.conversation("rimborso", at=NOW - timedelta(hours=1), case=a_case("TB4N8R3QV")),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bolletta", ["bill"]),
        ("BOLLETTA perche", ["bill"]),
        ("boll sbagl", ["bill"]),
        ("ordine 48213", ["order"]),
        ("dov'è", ["order"]),
        ("tb4n8r3qv", ["case"]),
        ("TB4N", ["case"]),
        ("TB4N 8R3-QV", ["case"]),
        ("bolletta ordine", []),
        ("olletta", []),
    ],
)
def test_words_and_case_codes_find_their_conversation(marta, talks, query, found):
    assert shown(marta.get("/console?q=" + query.replace(" ", "+")).text) == [talks[name] for name in found]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "*",
        "a AND",
        "NEAR(",
        "text:x",
        "%",
        "(((",
        "\x00",
        "''; DROP TABLE message",
        "🙂",
        "-",
        "^x",
        "x" * 5000,
    ],
)
def test_nothing_that_is_typed_into_the_search_breaks_it(marta, talks, query):
    answer = marta.client.get("/console", params={"q": query})

    assert answer.status_code == 200


def test_a_search_stays_within_the_chosen_state(marta, talks):
    assert shown(marta.get("/console?q=ordine&state=bot").text) == []
    assert shown(marta.get("/console?q=ordine&state=closed").text) == [talks["order"]]


def test_the_searched_words_are_marked_in_the_message_that_has_them(marta, desk):
    desk.conversation("il pacco è arrivato rotto", "mandatemi una foto")

    assert "<mark>rotto</mark>" in marta.get("/console?q=rotto").text


def test_an_erased_text_is_found_no_more(marta, talks, engine):
    with engine.begin() as session:
        session.execute(update(message).where(message.c.text.like("%bolletta%")).values(text="cancellato"))
        session.execute(delete(message).where(message.c.text.like("%48213%")))

    assert shown(marta.get("/console?q=bolletta").text) == []
    assert shown(marta.get("/console?q=48213").text) == []
    assert shown(marta.get("/console?q=cancellato").text) == [talks["bill"]]


def test_each_conversation_is_found_once_over_all_pages(engine, desk):
    people = [f"p{number}" for number in range(12)]
    for turn in range(3):
        for person in people:
            desk.conversation("parola rara", at=NOW + timedelta(minutes=turn), person=person)
    conversations, seen, after = SqlConversations(engine), [], None

    while True:
        page = conversations.search("rara", state=None, limit=5, after=after)
        seen += [one.public_id for one in page.items]
        after = page.following
        if after is None:
            break

    assert len(seen) == len(set(seen)) == len(people)


def test_nothing_found_says_how_to_search_better(marta):
    assert "Nessun messaggio con queste parole" in marta.get("/console?q=zzzz").text


def test_the_searched_text_is_shown_as_text(marta):
    page = marta.client.get("/console", params={"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page
    assert re.search(r'value="&#34;&gt;&lt;script&gt;alert\(1\)', page)
