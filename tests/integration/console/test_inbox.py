import re
from datetime import timedelta

import pytest

from bot.core.conversation import ConversationState
from bot.storage.console import SqlConversations
from bot.storage.inbox import SqlInbox
from tests.desk import NOW, Said, a_case, fill

WAITING = ConversationState.WAITING


def shown(page: str) -> list[str]:
    """The public ids on a page of the inbox, in their order."""
    return re.findall(r'href="/console/conversations/([\w-]+)"', page)


def ago(minutes: float):
    return NOW - timedelta(minutes=minutes)


def test_those_who_wait_come_first_the_longest_waiting_at_the_top(marta, desk):
    newest = desk.conversation("ciao", at=ago(1))
    short = desk.conversation("aiuto", at=ago(5), state=WAITING, reason="asked")
    long = desk.conversation("aiuto!", at=ago(50), state=WAITING, reason="not_solved")
    older = desk.conversation("salve", at=ago(90))

    page = marta.get("/console").text

    assert shown(page) == [long, short, newest, older]
    assert "aspetta da 50 minuti" in page
    assert "Il problema non è risolto" in page


def test_somebody_who_keeps_writing_while_waiting_does_not_lose_their_place(marta, desk):
    first = desk.conversation("aiuto", at=ago(50), state=WAITING, reason="asked", person="p")
    desk.conversation("aiuto", at=ago(20), state=WAITING, reason="asked")
    desk.conversation(Said("ci siete?"), at=ago(2), person="p")

    assert shown(marta.get("/console?state=waiting").text)[0] == first


def test_a_line_tells_who_where_what_and_how_they_feel(marta, desk, clock):
    fill(desk, clock.now())

    page = marta.get("/console").text

    for words in ("Giulia Conti", "Telegram", "T6QYJ5XIA", "Arrabbiato", "Minaccia vie legali", "Troll", "Ospite "):
        assert words in page
    assert "ok grazie, aspetto notizie" in page


@pytest.mark.parametrize(
    ("state", "expected"), [("waiting", 2), ("human", 1), ("bot", 4), ("closed", 1), ("nonsense", 8)]
)
def test_tabs_show_one_state_each_and_count_it(marta, desk, clock, state, expected):
    fill(desk, clock.now())

    page = marta.get(f"/console?state={state}").text

    assert len(shown(page)) == expected
    counts = [int(one) for one in re.findall(r'class="count">(\d+)<', page)]
    assert counts == [8, 2, 1, 4, 1]


def test_walking_the_pages_shows_every_conversation_once_newest_first(marta, desk):
    made = [desk.conversation("ciao", at=ago(number // 3)) for number in range(75)]
    seen, address, pages = [], "/console?state=bot", 0

    while address:
        page = marta.get(address).text
        seen += shown(page)
        pages += 1
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following.group(1).replace("&amp;", "&") if following else None

    assert pages == 3
    assert sorted(seen) == sorted(made)
    assert len(set(seen)) == 75
    times = {public_id: ago(number // 3) for number, public_id in enumerate(made)}
    assert [times[one] for one in seen] == sorted((times[one] for one in seen), reverse=True)


def test_those_who_wait_can_be_paged_through_too(engine, desk):
    made = [
        desk.conversation("aiuto", at=ago(200 - number // 2), state=WAITING, reason="asked") for number in range(25)
    ]
    conversations, seen, after = SqlConversations(engine), [], None

    while True:
        page = conversations.waiting(limit=10, after=after)
        seen += [one.public_id for one in page.items]
        after = page.following
        if after is None:
            break

    assert seen == made


def test_an_invented_page_address_shows_the_first_page(marta, desk):
    made = desk.conversation("ciao")

    assert shown(marta.get("/console?after=%00%FF'--").text) == [made]


def test_an_empty_inbox_says_what_will_appear_there(marta):
    assert "Ancora nessuna conversazione" in marta.get("/console").text
    assert "Nessuno sta aspettando" in marta.get("/console?state=waiting").text


def test_the_list_refreshes_itself_with_who_waits_now(marta, desk):
    before = marta.get("/console/api/inbox").json()
    new = desk.conversation("aiuto", state=WAITING, reason="asked")
    after = marta.get("/console/api/inbox").json()

    assert (before["waiting"], after["waiting"]) == (0, 1)
    assert after["announcement"] == "Una persona in attesa"
    assert shown(after["parts"]["list"]) == [new]


def test_the_open_cases_of_a_customer_are_on_their_line(marta, desk):
    desk.conversation("rimborso", case=a_case("TB4N8R3QV"), person="p")

    assert "TB4N8R3QV" in marta.get("/console").text


def test_a_conversation_without_any_message_is_still_a_line(marta, engine):
    SqlInbox(engine).open_thread("web", "p", name=None, locale=None, at=NOW)

    assert "Nessun messaggio" in marta.get("/console").text
