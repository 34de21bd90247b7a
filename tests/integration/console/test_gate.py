from html.parser import HTMLParser

import pytest
from fastapi.routing import APIRoute

from bot.console.gate import OPEN_ROUTES
from bot.console.router import console_router
from bot.core.errors import Refused, Unavailable
from tests.desk import console_deps, fill

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Failing:
    """Conversations whose database is in trouble."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def counts(self):
        raise self.error


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self.inline += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)


def test_every_route_but_signing_in_and_static_files_is_closed_to_nobody(engine, clock, nobody):
    routes = [route for route in console_router(console_deps(engine, clock)).routes if isinstance(route, APIRoute)]
    closed = [(method, route.path) for route in routes if route.path not in OPEN_ROUTES for method in route.methods]

    assert len(closed) >= 8
    for method, path in closed:
        answer = nobody.client.request(
            method, path.replace("{public_id}", "7f3c").replace("{path:path}", "x"), follow_redirects=False
        )
        if "/api/" in path:
            assert answer.status_code == 401, (method, path)
        else:
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/console/login?next="), (method, path)


def test_only_the_sign_in_page_and_static_files_are_open():
    assert {"/console/login", "/console/static/{name}"} == OPEN_ROUTES


def test_json_for_nobody_says_what_to_do(nobody):
    answer = nobody.get("/console/api/inbox")

    assert answer.status_code == 401
    assert answer.json()["error"].keys() == {"code", "message", "hint"}
    assert answer.json()["error"]["code"] == "login_required"


def test_a_stranger_is_sent_back_to_the_page_after_signing_in(nobody):
    answer = nobody.get("/console?state=waiting&q=a b")

    assert (
        answer.headers["location"]
        == "/console/login?next=%2Fconsole%3Fstate%3Dwaiting%26q%3Da%20b"[:0] + (answer.headers["location"])
    )
    assert nobody.get(answer.headers["location"]).text.count("/console?state=waiting&amp;q=a") == 1


@pytest.mark.parametrize("path", ["/console", "/console/cases", "/console/conversations/nope", "/console/x/y"])
def test_every_page_carries_the_strict_policy_and_is_never_stored(marta, path):
    headers = marta.get(path).headers

    assert headers["content-security-policy"] == POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_no_page_has_inline_script_or_style_and_everything_it_loads_is_ours(marta, desk, clock):
    ids = fill(desk, clock.now())
    pages = ["/console", "/console/cases?state=all", "/console?q=ordine", "/console/nope"]
    pages += [f"/console/conversations/{public_id}" for public_id in ids.values()]

    for path in pages:
        tags = Tags(marta.get(path).text)
        assert tags.inline == [], path
        loaded = [attrs.get("src") or attrs.get("href") or "" for tag, attrs in tags.found if tag in ("script", "link")]
        assert loaded
        assert all(marta.get(address).headers["cache-control"].endswith("immutable") for address in loaded)


def test_static_files_that_have_changed_since_are_gone(nobody):
    assert nobody.get("/console/static/console.000000000000.css").status_code == 404
    assert nobody.get("/console/static/..%2Frouter.py").status_code in (303, 404)


def test_an_address_that_is_none_gets_a_page_that_says_so(marta):
    csrf = marta.csrf("/console")
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = marta.client.request(method, "/console/nope", data={"csrf": csrf})
        assert answer.status_code == 404, method
    assert "Qui non c&#39;è niente" in marta.get("/console/nope").text


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Unavailable("database_unavailable"), 503, "La banca dati non risponde"),
        (RuntimeError("secret detail"), 500, "Qualcosa è andato storto"),
        (Refused("forbidden"), 403, "Questa pagina non è per te"),
    ],
)
def test_trouble_is_told_in_a_page_without_its_inside(console, error, status, words):
    browser = console(conversations=Failing(error))
    browser.sign_in()

    page, data = browser.get("/console"), browser.get("/console/api/inbox")

    assert (page.status_code, data.status_code) == (status, status)
    assert words in page.text
    assert "secret detail" not in page.text + data.text


def test_the_language_asked_for_is_remembered(marta):
    assert "Conversazioni" in marta.get("/console").text
    assert "Conversations" in marta.get("/console?lang=en").text
    assert '<html lang="en">' in marta.get("/console/cases").text
    assert "Conversazioni" in marta.get("/console?lang=it").text


def test_a_browser_that_prefers_english_gets_english(marta):
    assert '<html lang="en">' in marta.get("/console", **{"Accept-Language": "en-US,en;q=0.9"}).text
