"""The web widget loses and repeats nothing, whatever the network and the server do."""

import re
from contextlib import suppress

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.needs_browser


def test_messages_written_offline_wait_and_leave_in_order(visit, fake):
    chat = visit().open().write("zero")
    expect(chat.said_by("bot")).to_have_count(1)
    chat.page.context.set_offline(True)
    chat.write("uno").write("due")
    expect(chat.row("uno").first).to_contain_text("In attesa")
    expect(chat.banner).to_contain_text("Sei senza rete")

    chat.page.context.set_offline(False)

    expect(chat.said_by("bot")).to_have_text(["Ho letto: zero", "Ho letto: uno", "Ho letto: due"], timeout=15_000)
    expect(chat.banner).to_be_hidden()
    kept = [message["text"] for message in fake.plan("look")["messages"] if message["author"] == "customer"]
    assert kept == ["zero", "uno", "due"]


def test_a_message_written_offline_leaves_after_a_reload_too(visit, fake):
    chat = visit().open().write("zero")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("fail", call="messages", status=503, times=50)
    chat.write("non partito")
    expect(chat.row("non partito").first).to_contain_text("In attesa")
    chat.page.reload()
    expect(chat.row("non partito").first).to_contain_text("In attesa")

    fake.plan("reset")
    with suppress(playwright.TimeoutError):  # it may have left by itself meanwhile
        chat.button("Riprova").click(timeout=3_000)

    expect(chat.said_by("bot").last).to_have_text("Ho letto: non partito")


def test_a_failing_server_gets_the_same_message_again_under_the_same_id(visit, fake):
    fake.plan("fail", call="messages", status=503, times=2)
    chat = visit().open().write("tre tentativi")

    expect(chat.said_by("bot")).to_have_text(["Ho letto: tre tentativi"], timeout=15_000)
    posts = fake.plan("look")["posts"]
    assert len(posts) == 3
    assert len(set(posts)) == 1


def test_a_lost_confirmation_does_not_double_the_message(visit, fake):
    fake.plan("fail", call="messages_after_storing", status=502)
    chat = visit().open().write("una volta sola")

    fake.wait_for(lambda held: len(held["posts"]) == 2)
    expect(chat.said_by("bot")).to_have_text(["Ho letto: una volta sola"])
    expect(chat.said_by("customer")).to_have_text(["una volta sola"])
    expect(chat.row("una volta sola").first).to_contain_text("inviato")


def test_repeated_events_are_shown_once(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)

    fake.plan("repeat")
    fake.plan("say", author="bot", text="fine")

    expect(chat.said_by("bot")).to_have_text(["Ho letto: ciao", "fine"])
    expect(chat.said_by("customer")).to_have_text(["ciao"])


def test_an_expired_token_is_renewed_without_the_customer_noticing(visit, fake):
    chat = visit().open().write("prima")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("expire")

    chat.write("dopo")

    expect(chat.said_by("bot")).to_have_text(["Ho letto: prima", "Ho letto: dopo"])
    expect(chat.said_by("customer")).to_have_text(["prima", "dopo"])


def test_a_token_that_the_server_forgot_starts_a_new_conversation_and_the_message_leaves(visit, fake):
    chat = visit().open().write("prima")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("forget")

    chat.write("dopo")

    expect(chat.said_by("bot").last).to_have_text("Ho letto: dopo")


def test_a_refused_message_says_why_and_gives_its_text_back(visit, fake):
    fake.plan("fail", call="messages", status=413, message="Il messaggio è troppo lungo.", hint="Dividilo in due.")
    chat = visit().open().write("questo non passa")
    expect(chat.row("questo non passa").first).to_contain_text("Il messaggio è troppo lungo. Dividilo in due.")

    chat.button("Modifica").click()

    expect(chat.field).to_have_value("questo non passa")
    expect(chat.said_by("customer")).to_have_count(0)


def test_a_refused_message_does_not_hold_up_the_next_one(visit, fake):
    fake.plan("fail", call="messages", status=422)
    chat = visit().open().write("rifiutato").write("buono")

    expect(chat.said_by("bot")).to_have_text(["Ho letto: buono"])
    expect(chat.row("rifiutato").first).to_contain_text("prova a riscriverlo")


def test_a_busy_server_is_not_asked_again_before_it_said(visit, fake):
    fake.plan("fail", call="messages", status=429, retry_after=3)
    chat = visit().open().write("con calma")
    expect(chat.row("con calma").first).to_contain_text("In attesa")
    chat.button("Riprova").click()
    chat.page.wait_for_timeout(1_500)
    assert len(fake.plan("look")["posts"]) == 1

    expect(chat.said_by("bot")).to_have_text(["Ho letto: con calma"])


def test_without_a_stream_the_widget_asks_for_news_and_later_streams_again(visit, fake):
    fake.plan("stream", mode="refused")
    chat = visit().open().write("ciao")

    expect(chat.said_by("bot")).to_have_text(["Ho letto: ciao"], timeout=15_000)
    assert fake.plan("look")["watchers"] == 0

    fake.plan("stream", mode="normal")
    fake.wait_for(lambda held: held["watchers"] > 0, seconds=30)


def test_a_stream_held_back_by_a_proxy_is_given_up_for_polling(visit, fake):
    fake.plan("stream", mode="silent")
    chat = visit()
    chat.page.clock.install()
    chat.page.reload()
    chat.open().write("ciao")
    expect(chat.row("ciao").first).to_contain_text("inviato")
    fake.plan("say", author="operator", text="arriva lo stesso")

    for _ in range(3):
        chat.page.wait_for_timeout(300)
        chat.page.clock.fast_forward(21_000)

    expect(chat.said_by("operator")).to_have_text(["arriva lo stesso"])


def test_a_stream_that_breaks_goes_on_where_it_stopped(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    with chat.page.expect_request(lambda request: request.url.endswith("/stream")) as again:
        chat.page.context.set_offline(True)
        fake.plan("say", author="bot", text="mentre eri via")
        chat.page.context.set_offline(False)
        chat.page.reload()

    expect(chat.said_by("bot").last).to_have_text("mentre eri via")
    assert again.value.headers["authorization"].startswith("Bearer ")


def test_no_address_ever_carries_the_token(visit, fake, site):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    chat.page.reload()
    expect(chat.said_by("bot")).to_have_count(1)
    token = chat.page.evaluate("key => JSON.parse(localStorage[key]).token", f"teorema:{site}:session")

    assert token
    assert [address for address in chat.requests if token in address] == []


def test_two_tabs_show_one_conversation(visit, fake):
    first = visit().open().write("dalla prima")
    expect(first.said_by("bot")).to_have_count(1)
    second = visit(context=first.page.context).open()
    expect(second.said_by("customer")).to_have_text(["dalla prima"])

    second.write("dalla seconda")

    expect(first.said_by("customer")).to_have_text(["dalla prima", "dalla seconda"])
    expect(first.said_by("bot")).to_have_count(2)


def test_a_new_conversation_in_one_tab_is_followed_by_the_other(visit, fake):
    first = visit().open().write("vecchia")
    expect(first.said_by("bot")).to_have_count(1)
    second = visit(context=first.page.context).open()
    expect(second.said_by("bot")).to_have_count(1)

    second.button("Altre azioni").click()
    second.button("Nuova conversazione").click()
    second.host.get_by_role("alertdialog").get_by_role("button", name="Nuova conversazione").click()
    second.write("nuova")

    expect(second.said_by("bot")).to_have_text(["Ho letto: nuova"])
    expect(first.said_by("bot")).to_have_text(["Ho letto: nuova"])
    expect(first.said_by("customer")).to_have_text(["nuova"])


def test_an_unreachable_server_is_admitted_and_the_words_are_kept(visit, fake):
    fake.plan("fail", call="session", status=503, times=100)
    chat = visit().open().write("c'è nessuno?")

    expect(chat.row("c'è nessuno?").first).to_contain_text(re.compile("In attesa"))
    fake.plan("reset")
    chat.button("Riprova").click()
    expect(chat.said_by("bot")).to_have_text(["Ho letto: c'è nessuno?"])
