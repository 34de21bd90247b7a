"""The console can be used by everybody, by day and by night."""

from __future__ import annotations

import pytest

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
pytestmark = pytest.mark.needs_browser

PAGES = {
    "inbox": "/console",
    "search": "/console?q=ordine",
    "nothing found": "/console?q=zzzz",
    "cases": "/console/cases?state=all",
    "not found": "/console/nope",
}


def findings(page):
    violations = axe_playwright.Axe().run(page).response["violations"]
    serious = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in serious]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(marta, site, scheme, width):
    page = marta(color_scheme=scheme, viewport={"width": width, "height": 860})
    found = {}
    for name, path in PAGES.items():
        page.goto(site.address + path)
        found[name] = findings(page)
    for name in ("furious", "stranded", "hostile", "solved"):
        page.goto(site.conversation(name))
        page.get_by_text("Perché", exact=True).first.click()
        assert page.get_by_text("Cura del cliente").is_visible() == (name == "solved")
        found[name] = findings(page)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_has_no_serious_fault(stranger, site, scheme):
    page = stranger(color_scheme=scheme)
    page.goto(f"{site.address}/console/login?expired=1")
    assert findings(page) == []
    page.get_by_label("E-mail").fill("chi@example.com")
    page.get_by_label("Password").fill("x")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()

    assert findings(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_to_press_is_large_enough(marta, site, width):
    page = marta(viewport={"width": width, "height": 860})
    small = []
    for path in ("/console", "/console/cases"):
        page.goto(site.address + path)
        small += page.evaluate(
            """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
            .filter((one) => !one.closest("p, li.line, td, th") && !one.classList.contains("skip"))
            .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
        )

    assert small == []
