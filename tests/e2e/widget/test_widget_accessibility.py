"""The web widget and the demo page can be used by everybody."""

import pytest

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.needs_browser

SMALLEST_TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8


def findings(chat):
    """What axe calls serious or critical on the page, widget included."""
    violations = axe_playwright.Axe().run(chat.page).response["violations"]
    serious = [v for v in violations if v["impact"] in ("serious", "critical")]
    return [(v["id"], [node["target"] for node in v["nodes"]]) for v in serious]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demo_page_has_no_serious_fault(visit, scheme):
    assert findings(visit(color_scheme=scheme, reduced_motion="reduce")) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_chat_has_no_serious_fault(visit, scheme):
    chat = visit(color_scheme=scheme, reduced_motion="reduce").open()
    expect(chat.panel).to_be_visible()

    assert findings(chat) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_conversation_with_all_its_parts_has_no_serious_fault(visit, fake, scheme):
    chat = visit(color_scheme=scheme, reduced_motion="reduce").open().write("#immagine")
    expect(chat.said_by("bot")).to_have_count(1)
    chat.write("#operatore")
    expect(chat.said_by("operator")).to_have_count(1)
    fake.plan("say", author="bot", text="Scegli", buttons=[{"title": "Sì"}, {"title": "No"}])
    expect(chat.choices).to_have_count(2)
    assert findings(chat) == []

    fake.plan("fail", call="messages", status=413)
    fake.plan("fail", call="messages", status=503, times=50)
    chat.write("rifiutato").write("in attesa")
    expect(chat.row("in attesa").last).to_contain_text("In attesa")
    chat.field.fill("x" * 10_001)
    chat.button("Altre azioni").click()
    assert findings(chat) == []


def test_the_question_before_a_new_conversation_has_no_serious_fault(visit):
    chat = visit(reduced_motion="reduce").open()
    chat.button("Altre azioni").click()
    chat.button("Nuova conversazione").click()

    expect(chat.host.get_by_role("alertdialog")).to_be_visible()
    assert findings(chat) == []


@pytest.mark.parametrize("color", ["#ffe14d", "#777777", "#0a84ff", "rebeccapurple", "#000"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_colour_a_site_chooses_stays_readable(visit, host_page, color, theme):
    html = host_page(attributes=f'data-color="{color}" data-theme="{theme}"')
    chat = visit(html=html, reduced_motion="reduce").open()
    expect(chat.panel).to_be_visible()

    assert [name for name, _ in findings(chat) if name == "color-contrast"] == []


def test_every_control_is_large_enough_to_touch(visit, fake):
    fake.plan("fail", call="messages", status=503, times=50)
    chat = visit(viewport={"width": 390, "height": 844}, reduced_motion="reduce").open().write("in attesa")
    expect(chat.button("Riprova")).to_be_visible()

    sizes = chat.host.evaluate(
        "host => [...host.shadowRoot.querySelectorAll('button, textarea')].map(n => n.getBoundingClientRect())"
        ".filter(box => box.width).map(box => [box.width, box.height])"
    )
    assert min(min(size) for size in sizes) >= SMALLEST_TARGET


def test_new_messages_are_announced_and_history_is_a_log(visit):
    chat = visit().open()

    expect(chat.host.get_by_role("log", name="Conversazione con Casa Ginepro")).to_have_attribute("aria-live", "polite")
    expect(chat.host.get_by_role("textbox", name="Il tuo messaggio")).to_be_focused()
