"""A customer writes and is answered in the web widget."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.needs_browser


def test_a_customer_opens_the_chat_writes_and_is_answered(visit):
    chat = visit().open().write("la lampada non si accende")

    expect(chat.said_by("customer")).to_have_text(["la lampada non si accende"])
    expect(chat.said_by("bot").first).to_be_visible(timeout=15_000)
    expect(chat.row("la lampada non si accende").first).to_contain_text("inviato")


def test_the_empty_conversation_says_who_answers_and_where_the_data_go(visit):
    chat = visit().open()

    expect(chat.host.get_by_role("heading", name="Ciao, sono il bot di Casa Ginepro.")).to_be_visible()
    link = chat.host.get_by_role("link", name="Come trattiamo i tuoi dati")
    expect(link).to_have_attribute("href", re.compile("privacy"))


def test_a_suggestion_is_sent_as_the_customers_words_and_the_welcome_goes(visit):
    chat = visit().open()
    chat.button("È arrivato rotto").click()

    expect(chat.said_by("customer")).to_have_text(["È arrivato rotto"])
    expect(chat.host.locator(".welcome")).to_be_hidden()


def test_nothing_is_asked_of_the_server_before_the_first_message(visit):
    chat = visit().open()
    chat.page.wait_for_timeout(300)

    assert [address for address in chat.requests if "/api/" in address] == []


def test_a_reload_restores_the_conversation_and_the_open_window(visit):
    chat = visit().open().write("ordine 48213, mai arrivato")
    expect(chat.said_by("bot").first).to_be_visible(timeout=15_000)
    answers = chat.said_by("bot").count()

    chat.page.reload()

    expect(chat.panel).to_be_visible()
    expect(chat.said_by("customer")).to_have_text(["ordine 48213, mai arrivato"])
    expect(chat.said_by("bot")).to_have_count(answers)


def test_a_half_written_message_survives_a_reload(visit):
    chat = visit().open()
    chat.field.fill("stavo scrivendo una cosa lunga")

    chat.page.reload()

    expect(chat.field).to_have_value("stavo scrivendo una cosa lunga")


def test_shift_enter_breaks_the_line_and_the_field_grows(visit):
    chat = visit().open()
    before = chat.field.bounding_box()["height"]
    chat.field.press_sequentially("prima riga")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("seconda riga")
    after = chat.field.bounding_box()["height"]
    chat.field.press("Enter")

    assert after > before
    expect(chat.said_by("customer")).to_have_text("prima riga\nseconda riga", use_inner_text=True)


def test_a_new_conversation_begins_only_after_a_yes(visit, fake):
    chat = visit().open().write("prima storia")
    expect(chat.said_by("bot")).to_have_count(1)

    chat.button("Altre azioni").click()
    chat.button("Nuova conversazione").click()
    chat.button("Annulla").click()
    expect(chat.said_by("customer")).to_have_count(1)

    chat.button("Altre azioni").click()
    chat.button("Nuova conversazione").click()
    chat.host.get_by_role("alertdialog").get_by_role("button", name="Nuova conversazione").click()
    expect(chat.said_by("customer")).to_have_count(0)

    chat.write("seconda storia")
    expect(chat.said_by("bot")).to_have_text(["Ho letto: seconda storia"])


def test_quick_replies_are_sent_as_words_with_their_payload_and_then_go(visit, fake):
    chat = visit().open().write("#bottoni")
    expect(chat.choices).to_have_count(3)

    with chat.page.expect_request(lambda request: request.method == "POST" and "messages" in request.url) as sent:
        chat.button("Domani mattina").click()

    assert sent.value.post_data_json["text"] == "Domani mattina"
    assert sent.value.post_data_json["payload"] == "slot_1"
    expect(chat.said_by("customer").last).to_have_text("Domani mattina")
    expect(chat.choices).to_have_count(0)


def test_markup_in_a_message_is_shown_as_text_and_never_runs(visit, fake):
    chat = visit().open().write("<b onmouseover=alert(1)>#html</b>")

    expect(chat.said_by("customer")).to_have_text(["<b onmouseover=alert(1)>#html</b>"])
    expect(chat.said_by("bot")).to_contain_text('<img src=x onerror="hacked=1"><script>hacked=1</script>')
    assert chat.host.locator(".rows script, .rows img, .rows b").count() == 0
    assert chat.page.evaluate("window.hacked") is None


def test_an_address_becomes_a_link_without_the_full_stop_after_it(visit, fake):
    chat = visit().open().write("#html")
    link = chat.said_by("bot").get_by_role("link")

    expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_picture_is_shown_with_its_description(visit, fake):
    chat = visit().open().write("#immagine")

    expect(chat.host.get_by_role("img", name="Lampada ad arco accesa")).to_be_visible()


def test_a_picture_that_is_not_a_web_address_is_not_loaded(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("say", author="bot", text="eccola", image="javascript:window.hacked=1")

    expect(chat.said_by("bot").last).to_have_text("eccola")
    assert chat.host.locator(".rows img, .rows a").count() == 0


def test_the_header_says_who_answers_at_every_moment(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.status).to_have_text("Assistente digitale")

    fake.plan("state", state="waiting")
    expect(chat.status).to_have_text("In attesa di un collega")

    fake.plan("state", state="human")
    fake.plan("say", author="operator", text="Eccomi", meta={"name": "Giulia"})
    expect(chat.status).to_have_text("Ti risponde Giulia")
    expect(chat.row("Eccomi")).to_contain_text("Giulia")

    fake.plan("state", state="closed")
    expect(chat.status).to_have_text("Conversazione conclusa")
    expect(chat.host.get_by_text("Se serve altro, scrivi qui")).to_be_visible()


def test_typing_is_shown_until_the_message_comes(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("typing", on=True, author="operator")
    expect(chat.host.locator(".typing")).to_be_visible()
    expect(chat.host.get_by_text("Una persona sta scrivendo")).to_be_attached()

    fake.plan("say", author="operator", text="Ecco")

    expect(chat.host.locator(".typing")).to_be_hidden()


def test_what_arrives_while_the_chat_is_closed_is_counted_until_it_is_opened(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    chat.field.press("Escape")
    fake.plan("say", author="operator", text="uno")
    fake.plan("say", author="bot", text="due")

    expect(chat.badge).to_have_text("2")
    expect(chat.launcher).to_have_attribute("aria-label", "Apri la chat con Casa Ginepro: 2 messaggi da leggere")
    chat.page.reload()
    expect(chat.badge).to_have_text("2")

    chat.open()
    expect(chat.badge).to_be_hidden()


def test_a_reader_of_old_messages_is_not_moved_but_told(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    for number in range(25):
        fake.plan("say", author="bot", text=f"riga {number}")
    expect(chat.said_by("bot").last).to_be_in_viewport()
    chat.host.get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    chat.page.wait_for_timeout(100)

    fake.plan("say", author="bot", text="ultimissima")

    expect(chat.button("Un messaggio nuovo")).to_be_visible()
    assert chat.host.get_by_role("log").evaluate("log => log.scrollTop") == 0
    chat.button("Un messaggio nuovo").click()
    expect(chat.said_by("bot").last).to_be_in_viewport()
    expect(chat.host.locator(".pill")).to_be_hidden()


def test_days_are_separated_and_times_are_exact_in_the_tooltip(visit, fake):
    chat = visit().open().write("ciao")
    expect(chat.said_by("bot")).to_have_count(1)
    fake.plan("say", author="bot", text="dal futuro", at="2031-03-05T10:15:00+00:00")

    expect(chat.host.locator(".day")).to_have_text(["Oggi", "mercoledì 5 marzo"])
    expect(chat.row("dal futuro").locator(".bubble")).to_have_attribute("title", re.compile("mercoledì 5 marzo 2031"))


def test_a_word_without_blanks_stays_inside_its_bubble(visit, fake):
    chat = visit().open().write("X" * 400)

    expect(chat.said_by("customer")).to_have_count(1)
    log = chat.host.get_by_role("log")
    assert log.evaluate("log => log.scrollWidth <= log.clientWidth")


def test_a_text_beyond_the_limit_is_neither_sent_nor_lost(visit):
    chat = visit().open()
    chat.field.fill("a" * 9_990)
    expect(chat.host.locator(".counter")).to_have_text("Ancora 10 caratteri")
    chat.field.fill("a" * 10_005)
    chat.field.press("Enter")

    expect(chat.host.locator(".counter")).to_contain_text("5 caratteri di troppo")
    expect(chat.field).to_have_value("a" * 10_005)
    expect(chat.said_by("customer")).to_have_count(0)
