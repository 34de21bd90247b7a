"""The web widget and the page that embeds it leave each other alone."""

import gzip
from urllib.request import Request, urlopen

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.needs_browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BUDGET = 20_000  # bytes after gzip: the budget of ARCHITECTURE
HOSTILE_CSS = """
html { font-size: 40px !important; letter-spacing: 9px; line-height: 4; direction: rtl; text-transform: uppercase; }
body *, teorema-chat, teorema-chat * {
  all: unset !important; display: none !important; font-size: 40px !important; color: red !important;
  opacity: 0.1 !important; transform: rotate(30deg) !important; pointer-events: none !important; float: left !important;
}
"""
LOOK = """root => ['.panel', '.launcher', 'textarea', '.hello h3', '.choice', '.send'].map(selector => {
  const node = root.shadowRoot.querySelector(selector);
  const box = node.getBoundingClientRect(), style = getComputedStyle(node);
  const names = ['fontSize', 'color', 'display', 'opacity', 'direction', 'letterSpacing', 'lineHeight',
    'textTransform', 'textAlign', 'pointerEvents', 'float', 'transform'];
  return [selector, box.x, box.y, box.width, box.height, ...names.map(name => style[name])];
})"""


def test_everything_the_widget_loads_stays_within_its_budget(site):
    with urlopen(Request(f"{site}/widget.js", headers={"Accept-Encoding": "gzip"}), timeout=10) as response:
        body = response.read()
        compressed = body if response.headers["Content-Encoding"] == "gzip" else gzip.compress(body)

    assert len(compressed) < BUDGET


def test_the_widget_loads_one_script_and_calls_only_its_own_server(visit, host_page, strangers):
    chat = visit(html=host_page()).open().write("ciao")
    expect(chat.said_by("bot").first).to_be_visible(timeout=15_000)

    assert strangers(chat.requests) == []
    known = ("/host-page", "/widget.js", "/api/widget/")
    assert [address for address in chat.requests if not any(part in address for part in known)] == []


def test_the_demo_page_calls_only_its_own_server(visit, strangers):
    chat = visit()
    chat.page.wait_for_load_state("load")

    assert strangers(chat.requests) == []


def test_a_hostile_style_sheet_changes_nothing(visit, host_page):
    def look(css):
        chat = visit(html=host_page(css=css), reduced_motion="reduce")
        chat.launcher.evaluate("launcher => launcher.click()")
        expect(chat.panel).to_be_visible()
        return chat.host.evaluate(LOOK)

    assert look(HOSTILE_CSS) == look("")


def test_the_page_keeps_its_own_styles(visit, host_page):
    chat = visit(html=host_page(css="h1 { color: rgb(1, 2, 3); margin: 7px }"))

    heading = chat.page.get_by_role("heading", name="Un sito")
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")
    expect(heading).to_have_css("margin", "7px")


def test_a_strict_content_policy_is_obeyed(visit, host_page):
    violations = []
    policy = {"Content-Security-Policy": "default-src 'self'; require-trusted-types-for 'script'"}
    html = host_page().replace("<style></style>", "")
    chat = visit(html=html, headers=policy)
    chat.page.on("console", lambda message: violations.append(message.text))
    chat.open().write("ciao")

    expect(chat.said_by("bot").first).to_be_visible(timeout=15_000)
    expect(chat.panel).to_have_css("display", "flex")
    assert [text for text in violations if "Content Security Policy" in text or "Trusted" in text] == []


def test_the_keys_typed_in_the_chat_do_not_reach_the_pages_shortcuts(visit, host_page):
    chat = visit(html=host_page())
    chat.page.evaluate("addEventListener('keydown', event => { window.heard = event.key })")
    chat.open()
    chat.field.press("s")

    assert chat.page.evaluate("window.heard") is None


def test_the_script_twice_on_a_page_makes_one_widget(visit, host_page):
    html = host_page().replace("</body>", '<script src="/widget.js?again" data-teorema async></script></body>')
    chat = visit(html=html)
    chat.page.wait_for_load_state("load")

    expect(chat.host).to_have_count(1)


def test_the_owners_choices_are_followed(visit, host_page):
    words = 'data-brand="Nuvola" data-locale="en"'
    look = 'data-position="left" data-open data-color="#ffe14d" data-theme="dark"'
    chat = visit(html=host_page(attributes=f"{words} {look}"))

    expect(chat.panel).to_be_visible()
    expect(chat.host.get_by_role("heading", name="Hi, I'm the Nuvola bot.")).to_be_visible()
    assert chat.launcher.bounding_box()["x"] < 100
    expect(chat.launcher).to_have_css("background-color", "rgb(255, 225, 77)")
    expect(chat.launcher).to_have_css("color", "rgb(0, 0, 0)")
    expect(chat.panel).to_have_css("background-color", "rgb(27, 28, 33)")


def test_a_page_can_open_the_chat_and_hear_about_it(visit):
    chat = visit()
    chat.page.evaluate("document.addEventListener('teorema:open', () => { window.opened = true })")
    chat.page.evaluate("void teorema.on('message', message => { window.heard = message.author })")
    chat.page.evaluate("teorema.open({ text: 'Buongiorno' })")

    expect(chat.field).to_have_value("Buongiorno")
    chat.field.press("Enter")
    chat.page.wait_for_function("window.heard === 'bot'", timeout=15_000)
    assert chat.page.evaluate("window.opened") is True
    chat.page.evaluate("teorema.close()")
    expect(chat.panel).to_be_hidden()


def test_a_sample_complaint_of_the_demo_page_waits_in_the_field(visit):
    chat = visit()
    sample = chat.page.locator(".samples button").first
    sample.click()

    expect(chat.field).to_have_value(sample.inner_text())
    expect(chat.said_by("customer")).to_have_count(0)
    chat.page.keyboard.press("Escape")
    expect(sample).to_be_focused()


def test_on_a_phone_the_chat_fills_the_screen_and_never_zooms(visit):
    chat = visit(**PHONE)
    chat.launcher.tap()
    expect(chat.panel).to_be_visible()
    chat.page.wait_for_timeout(400)

    box = chat.panel.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    expect(chat.panel).to_have_attribute("aria-modal", "true")
    expect(chat.launcher).to_be_hidden()
    assert float(chat.field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)")) >= 16
    chat.host.locator("header").get_by_role("button", name="Chiudi la chat").tap()
    expect(chat.launcher).to_be_visible()


def test_the_demo_page_fits_a_phone_without_scrolling_sideways(visit):
    chat = visit(**PHONE)

    assert chat.page.evaluate("document.documentElement.scrollWidth") == 390


def test_everything_can_be_done_with_the_keyboard_alone(visit, host_page):
    chat = visit(html=host_page())
    keyboard = chat.page.keyboard
    keyboard.press("Tab")
    assert "launcher" in chat.focused()
    keyboard.press("Enter")
    assert chat.focused() == "textarea"
    keyboard.type("scritto senza mouse")
    keyboard.press("Enter")
    expect(chat.said_by("bot").first).to_be_visible(timeout=15_000)

    for _ in range(20):
        keyboard.press("Shift+Tab")
        if chat.host.get_by_role("button", name="Altre azioni").evaluate("node => node.matches(':focus')"):
            break
    keyboard.press("Enter")
    assert chat.focused() == "entry"
    keyboard.press("Escape")
    assert chat.focused() == "icon"
    expect(chat.panel).to_be_visible()
    keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    assert "launcher" in chat.focused()


def test_whoever_prefers_stillness_sees_no_movement(visit, host_page):
    chat = visit(html=host_page(), reduced_motion="reduce")

    expect(chat.host.locator(".panel")).to_have_css("transition-duration", "0s")
