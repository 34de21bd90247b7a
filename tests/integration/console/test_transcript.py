import re
from datetime import timedelta

import pytest

from bot.core.conversation import ConversationState
from bot.core.signals import Entity, Signals
from bot.services.score_care import CareScorer
from bot.storage.care_scores import SqlCareScores
from tests.desk import EMAIL, NOW, Said, fill
from tests.fakes import ROME, FakeClock


@pytest.fixture
def ids(desk, clock):
    return fill(desk, clock.now())


def test_a_transcript_shows_what_was_said_and_what_was_heard_in_it(marta, ids):
    page = marta.get(f"/console/conversations/{ids['furious']}").text

    for words in (
        "È LA TERZA VOLTA",
        "Tre appuntamenti saltati",
        "Appuntamento mancato",
        "96%",
        "Furioso",
        "Racconta un problema concreto",
        "Minaccia vie legali",
        "Vie legali",
        "Denaro",
        "Probabile ironia",
        "Preferisco una chiamata",
        '<mark class="fact" title="Numero d&#39;ordine">48213',
    ):
        assert words in page, words


def test_beside_it_stands_everything_we_know_and_owe(marta, ids):
    page = marta.get(f"/console/conversations/{ids['furious']}").text

    for words in (
        "Giulia Conti",
        "Aspetta una persona da 32 minuti",
        "T6QYJ5XIA",
        "entro domani",
        "Temperatura nel tempo",
    ):
        assert words in page, words
    assert "Temperatura turno per turno: Infastidito, Furioso, Arrabbiato" in page


def test_a_promise_past_its_hour_is_called_overdue(marta, ids):
    assert "scaduta oggi" in marta.get(f"/console/conversations/{ids['stranded']}").text


def test_what_a_customer_writes_is_never_html(marta, ids):
    for path in ("/console", f"/console/conversations/{ids['hostile']}", "/console?q=alert"):
        page = marta.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Mario" not in page
        assert "<i>Solo" not in page
    assert "&lt;script&gt;alert(&#34;ciao&#34;)" in page or "&lt;script&gt;<mark>alert</mark>" in page


def test_a_fact_inside_markup_is_marked_and_escaped(marta, desk):
    text = "<b>48213</b>"
    signals = Signals("give_details", 0.9, entities=(Entity("order_number", "48213", 3, 8, "48213"),))
    public_id = desk.conversation(Said(text, "Grazie", signals))

    page = marta.get(f"/console/conversations/{public_id}").text

    assert '&lt;b&gt;<mark class="fact"' in page
    assert "</mark>&lt;/b&gt;" in page


def test_opening_a_transcript_is_written_down_but_refreshing_it_is_not(marta, ids, audited):
    marta.get(f"/console/conversations/{ids['bill']}")
    marta.get(f"/console/api/conversations/{ids['bill']}")
    marta.get("/console/conversations/nope")

    assert [entry for entry in audited() if entry[0] == "transcript_viewed"] == [
        ("transcript_viewed", EMAIL, ids["bill"])
    ]


def test_a_transcript_that_does_not_exist_is_not_found(marta):
    assert marta.get("/console/conversations/nope").status_code == 404
    assert marta.get("/console/api/conversations/nope").json()["error"]["code"] == "not_found"


def test_a_long_conversation_opens_at_its_end_and_can_be_read_from_the_beginning(marta, desk):
    public_id = desk.conversation(*(f"messaggio numero {number:03}." for number in range(110)))
    page = marta.get(f"/console/conversations/{public_id}").text

    assert "messaggio numero 109." in page
    assert "messaggio numero 009." not in page
    earlier = marta.get(f"/console/conversations/{public_id}?before=21").text
    assert "messaggio numero 000." in earlier
    assert "messaggio numero 109." not in earlier
    assert f"/console/conversations/{public_id}?before=21" in page


def test_the_customers_other_conversations_are_one_click_away(marta, desk):
    first = desk.conversation("ciao", person="p", state=ConversationState.CLOSED, at=NOW - timedelta(days=3))
    second = desk.conversation("rieccomi", person="p")
    desk.conversation("un altro cliente")

    page = marta.get(f"/console/conversations/{second}").text

    assert re.findall(r'href="/console/conversations/([\w-]+)"', page) == [first]


def test_times_are_the_brands(marta, desk):
    public_id = desk.conversation("ciao", at=NOW + timedelta(hours=-1))

    assert ">15:30</time>" in marta.get(f"/console/conversations/{public_id}").text


def test_the_thread_refreshes_itself(marta, desk):
    public_id = desk.conversation("ciao", person="p")
    desk.conversation(Said("ci siete?"), person="p", at=NOW + timedelta(minutes=3))

    parts = marta.get(f"/console/api/conversations/{public_id}").json()["parts"]

    assert parts.keys() == {"head", "thread", "panel"}
    assert "ci siete?" in parts["thread"]
    assert "in attesa di risposta" in parts["thread"]


def test_a_message_without_words_is_shown_as_such(marta, desk):
    public_id = desk.conversation(Said("   ", "Ho ricevuto la tua foto."))

    assert "Messaggio senza testo" in marta.get(f"/console/conversations/{public_id}").text


def test_a_finished_conversation_shows_its_care_score_and_the_evidence(marta, desk, engine):
    said = Said(
        "Il tavolo è arrivato rotto", "A noi risulta <b>integro</b>.", Signals("complaint_defective_product", 0.9)
    )
    public_id = desk.conversation(said)
    book = SqlCareScores(engine)
    CareScorer(book=book, clock=FakeClock(NOW + timedelta(days=2)), zone=ROME).score_finished()

    page = marta.get(f"/console/conversations/{public_id}").text

    for words in ("Cura del cliente", "su 100", "Ascolta", "Negazione", "risulta &lt;b&gt;integro", 'href="#m-2"'):
        assert words in page, words


def test_evidence_on_an_earlier_page_is_one_click_away(marta, desk, engine):
    said = Said("Il tavolo è arrivato rotto", "A noi risulta integro.", Signals("complaint_defective_product", 0.9))
    public_id = desk.conversation(said, *(f"messaggio numero {number:03}." for number in range(110)))
    CareScorer(book=SqlCareScores(engine), clock=FakeClock(NOW + timedelta(days=2)), zone=ROME).score_finished()

    assert 'href="?before=3#m-2"' in marta.get(f"/console/conversations/{public_id}").text


def test_a_conversation_that_goes_on_has_no_score_yet(marta, ids):
    assert "Cura del cliente" not in marta.get(f"/console/conversations/{ids['furious']}").text
