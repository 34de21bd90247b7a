"""What a community manager does all day."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.core.conversation import ConversationState

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.needs_browser


def test_signing_in_leads_to_the_page_one_wanted(stranger, site):
    page = stranger()
    page.goto(site.conversation("bill"))
    page.get_by_label("E-mail").fill("marta@example.com")
    page.get_by_label("Password").fill("sbagliata")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("E-mail o password non corrette")
    expect(page.get_by_label("Password")).to_be_focused()

    page.get_by_label("Password").fill("una password lunga e tranquilla")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Paolo Bianchi")


def test_the_keyboard_alone_leads_to_a_transcript_and_back(marta):
    page = marta()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-line]").first).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giulia Conti")
    page.keyboard.press("u")

    expect(page.get_by_role("heading", level=1)).to_have_text("Conversazioni")


def test_a_slash_begins_a_search(marta):
    page = marta()
    page.keyboard.press("/")
    page.keyboard.type("jordine")
    expect(page.get_by_role("searchbox")).to_have_value("jordine")
    page.get_by_role("searchbox").fill("bolletta")
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]")).to_have_count(1)
    expect(page.locator("mark")).to_have_text("bolletta")


def test_shortcuts_can_be_switched_off_for_good(marta):
    page = marta()
    page.get_by_role("button", name="Scorciatoie attive").click()
    page.reload()
    page.keyboard.press("j")

    expect(page.locator("[data-line]").first).not_to_be_focused()
    expect(page.get_by_role("button", name="Scorciatoie spente")).to_be_visible()


def test_reasons_and_ranking_open_on_demand(marta, site):
    page = marta()
    page.goto(site.conversation("furious"))
    expect(page.get_by_text("Indica un numero d'ordine").first).to_be_hidden()

    page.get_by_text("Perché", exact=True).nth(1).click()

    expect(page.get_by_text("Indica un numero d'ordine").first).to_be_visible()


def test_hostile_text_is_shown_and_not_run(marta, site):
    page = marta()
    page.on("dialog", lambda dialog: pytest.fail(f"a customer's script ran: {dialog.message}"))
    page.goto(site.conversation("hostile"))

    expect(page.locator(".message-customer .text")).to_contain_text('<script>alert("ciao")</script> <img src=x')
    expect(page.get_by_role("heading", level=1)).to_have_text('<b>Mario</b> "Rossi"')


def test_somebody_who_asks_for_a_person_appears_by_itself(marta, site):
    page = marta()
    page.locator("[data-line]").nth(2).focus()
    focused = page.evaluate("document.activeElement.id")

    site.desk.conversation(
        "mi serve una persona",
        name="Nuova Arrivata",
        at=datetime.now(timezone.utc),
        state=ConversationState.WAITING,
        reason="asked",
    )

    expect(page.get_by_text("Nuova Arrivata")).to_be_visible(timeout=15_000)
    assert page.title().startswith("(3) ")
    assert page.evaluate("document.activeElement.id") == focused


def test_an_open_explanation_stays_open_when_the_thread_refreshes(marta, site):
    page = marta()
    page.goto(site.conversation("praise"))
    page.get_by_text("Perché", exact=True).first.click()
    with page.expect_response("**/console/api/conversations/*", timeout=15_000):
        pass
    page.wait_for_timeout(200)

    expect(page.locator("details.why").first).to_have_attribute("open", "")


def test_signing_out_closes_the_door(marta, site):
    page = marta()
    page.get_by_role("button", name="Esci").click()
    expect(page.get_by_text("Sei uscito")).to_be_visible()
    page.goto(site.conversation("bill"))

    expect(page.get_by_role("button", name="Entra")).to_be_visible()


@pytest.mark.parametrize("name", ["inbox", "furious", "stranded", "cases"])
def test_a_phone_shows_everything_without_sideways_scrolling(marta, site, name):
    page = marta(viewport={"width": 390, "height": 844}, has_touch=True)
    if name != "inbox":
        page.goto(f"{site.address}/console/cases" if name == "cases" else site.conversation(name))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("heading", level=1)).to_be_visible()
