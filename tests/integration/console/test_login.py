import hashlib
import re
import statistics
import time

import pytest
from sqlalchemy import select, update

from bot.storage.operators import SqlOperators, ensure_admin
from bot.storage.tables import operator, operator_session
from tests.desk import EMAIL, NOW, PASSWORD


def without_secrets(page: str, email: str) -> str:
    return re.sub(r'name="csrf" value="[^"]+"', "", page.replace(email, ""))


def test_the_right_password_opens_the_console(nobody, audited):
    answer = nobody.sign_in()

    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    assert nobody.get("/console").status_code == 200
    assert audited() == [("login", EMAIL, "")]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(nobody, audited):
    wrong, unknown = nobody.sign_in(password="sbagliata"), nobody.sign_in(email="chi@example.com")

    assert wrong.status_code == unknown.status_code == 401
    assert "E-mail o password non corrette" in wrong.text
    assert without_secrets(wrong.text, EMAIL) == without_secrets(unknown.text, "chi@example.com")
    assert [entry[:2] for entry in audited()] == [("login_failed", EMAIL), ("login_failed", "chi@example.com")]
    assert nobody.token is None


def test_an_unknown_address_takes_as_long_as_a_wrong_password(engine):
    operators = SqlOperators(engine)
    operators.authenticate("nobody@example.com", "x")

    def typical(email: str) -> float:
        times = []
        for _ in range(7):
            start = time.thread_time()
            operators.authenticate(email, "wrong")
            times.append(time.thread_time() - start)
        return statistics.median(times)

    assert 0.4 < typical("nobody@example.com") / typical(EMAIL) < 2.5


def test_the_sixth_attempt_within_a_quarter_of_an_hour_has_to_wait(nobody, clock, audited):
    for _ in range(5):
        assert nobody.sign_in(password="no").status_code == 401
    clock.advance(minutes=5)

    answer = nobody.sign_in()

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "600"
    assert "Riprova tra 10 minuti" in answer.text
    assert audited()[-1][0] == "login_throttled"
    clock.advance(minutes=10, seconds=1)
    assert nobody.sign_in().status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(nobody):
    cookie = nobody.sign_in().headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_when_the_site_is(console):
    browser = console(secure_cookies=True)
    browser.client.base_url = "https://testserver"

    assert all(
        "Secure" in cookie for cookie in browser.sign_in().headers.get_list("set-cookie") if "Max-Age=43200" in cookie
    )
    assert browser.get("/console").status_code == 200


def test_the_database_never_holds_the_token_or_the_password(marta, engine):
    with engine.connect() as session:
        stored = session.execute(select(operator_session.c.token_hash)).scalars().all()
        passwords = session.execute(select(operator.c.password_hash)).scalars().all()

    assert stored == [hashlib.sha256(marta.token.encode()).hexdigest()]
    assert len(marta.token) >= 43
    assert all(one.startswith("$argon2id$") for one in passwords)


def test_a_session_prepared_by_somebody_else_is_not_taken_over(nobody, console):
    csrf = nobody.csrf("/console/login")
    form = {"csrf": csrf, "email": EMAIL, "password": PASSWORD}
    cookies = {"Cookie": f"teorema_operator=prepared; teorema_form={csrf}"}
    answer = nobody.client.post("/console/login", data=form, headers=cookies, follow_redirects=False)
    attacker = console()
    attacker.client.cookies.set("teorema_operator", "prepared", path="/console")

    assert answer.status_code == 303
    assert "teorema_operator=prepared" not in str(answer.headers.get_list("set-cookie"))
    assert attacker.get("/console").status_code == 303


def test_signing_in_again_ends_the_earlier_session(marta, console):
    earlier, thief = marta.token, console()
    marta.client.post("/console/logout", data={"csrf": marta.csrf("/console")})
    marta.sign_in()
    thief.client.cookies.set("teorema_operator", earlier, path="/console")

    assert marta.token != earlier
    assert thief.get("/console").status_code == 303


def test_whoever_signs_out_is_out_even_with_the_old_cookie(marta, console, audited):
    token, again = marta.token, console()
    answer = marta.post("/console/logout", csrf=marta.csrf("/console"))
    again.client.cookies.set("teorema_operator", token, path="/console")

    assert answer.headers["location"] == "/console/login?signed_out=1"
    assert "Sei uscito" in marta.get("/console/login?signed_out=1").text
    assert again.get("/console").status_code == 303
    assert audited()[-1] == ("logout", EMAIL, "")


def test_a_session_ends_twelve_hours_after_the_last_page(marta, clock):
    clock.advance(hours=11)
    assert "teorema_operator" in marta.get("/console").headers["set-cookie"]
    clock.advance(hours=11)
    assert marta.get("/console").status_code == 200
    clock.advance(hours=12, seconds=1)

    answer = marta.get("/console")

    assert answer.status_code == 303
    assert "expired=1" in answer.headers["location"]
    assert "La sessione è scaduta" in marta.get(answer.headers["location"]).text


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(marta, clock):
    for _ in range(24):
        clock.advance(minutes=30)
        marta.get("/console/api/inbox")

    assert marta.get("/console").status_code == 303


@pytest.mark.parametrize("form", [{}, {"csrf": ""}, {"csrf": "invented"}])
def test_a_form_that_is_not_ours_does_nothing(marta, form):
    answer = marta.post("/console/logout", **form, padding="x")

    assert answer.status_code == 403
    assert "Il modulo è scaduto" in answer.text
    assert marta.get("/console").status_code == 200


def test_the_sign_in_form_must_be_ours_too(nobody):
    answer = nobody.post("/console/login", email=EMAIL, password=PASSWORD, csrf="invented")

    assert answer.status_code == 403
    assert nobody.token is None


def test_one_operators_form_does_not_serve_another(marta, console, engine):
    ensure_admin(engine, email="luca@example.com", password="x" * 20, at=NOW)
    luca = console()
    luca.sign_in("luca@example.com", "x" * 20)

    assert luca.post("/console/logout", csrf=marta.csrf("/console")).status_code == 403


def test_a_form_of_a_megabyte_is_not_read(marta):
    assert marta.post("/console/logout", csrf=marta.csrf("/console"), more="x" * 1_000_000).status_code == 413


def test_one_comes_back_to_where_one_was_going_but_never_to_another_site(nobody):
    assert nobody.sign_in(next="/console/cases?state=all").headers["location"] == "/console/cases?state=all"
    nobody.client.cookies.clear()
    assert nobody.sign_in(next="https://evil.example/").headers["location"] == "/console"


def test_an_operator_who_may_no_longer_enter_is_out_at_once(marta, engine):
    with engine.begin() as session:
        session.execute(update(operator).values(active=False))

    assert marta.get("/console").status_code == 303
    assert marta.sign_in().status_code == 401


def test_the_first_administrator_is_made_once(engine):
    assert ensure_admin(engine, email="capo@example.com", password="una frase lunga", at=NOW)
    assert not ensure_admin(engine, email=" Capo@Example.com ", password="una frase lunga", at=NOW)


def test_a_new_password_for_the_administrator_signs_out_everywhere(marta, engine):
    assert ensure_admin(engine, email=EMAIL, password="un'altra frase", at=NOW)

    assert marta.get("/console").status_code == 303
    assert marta.sign_in().status_code == 401
    assert marta.sign_in(password="un'altra frase").status_code == 303


def test_a_password_of_a_megabyte_is_simply_wrong(engine):
    assert SqlOperators(engine).authenticate(EMAIL, "x" * 1_000_000) is None
