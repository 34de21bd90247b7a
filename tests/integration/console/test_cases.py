import re
from datetime import timedelta

import pytest

from bot.core.case import CaseState, new_case_code
from tests.desk import NOW, a_case, fill


def codes(page: str) -> list[str]:
    return re.findall(r'data-line title="[^"]*">(\w+)</a>', page)


@pytest.fixture
def _a_day(desk, clock):
    fill(desk, clock.now())


@pytest.mark.usefixtures("_a_day")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["TB4N8R3QV", "TW7KM2P9H", "T6QYJ5XIA"]),
        ("?state=open", ["TB4N8R3QV", "TW7KM2P9H", "T6QYJ5XIA"]),
        ("?state=solved", ["THX5C9D2K"]),
        ("?state=all", ["TB4N8R3QV", "TW7KM2P9H", "T6QYJ5XIA", "THX5C9D2K"]),
        ("?code=thx5", ["THX5C9D2K"]),
        ("?code=T6QY+J5XIA", ["T6QYJ5XIA"]),
        ("?code=THX&state=open", []),
        ("?state=nonsense", ["TB4N8R3QV", "TW7KM2P9H", "T6QYJ5XIA"]),
        ("?code=%27%3B--", ["TB4N8R3QV", "TW7KM2P9H", "T6QYJ5XIA"]),
    ],
)
def test_cases_are_filtered_by_state_and_found_by_their_code(marta, query, expected):
    assert codes(marta.get(f"/console/cases{query}").text) == expected


@pytest.mark.usefixtures("_a_day")
def test_a_case_tells_its_problem_its_facts_and_what_is_owed(marta):
    page = marta.get("/console/cases").text

    for words in (
        "Disagio in viaggio",
        "Bloccato in viaggio",
        "Volo o treno",
        "AZ1432",
        "scaduta oggi",
        "entro domani",
    ):
        assert words in page, words


def test_without_cases_the_page_says_that_all_is_well(marta):
    assert "Nessuna pratica aperta" in marta.get("/console/cases").text
    assert "Nessuna pratica con questo codice" in marta.get("/console/cases?code=TZZ").text


def test_walking_the_pages_shows_every_case_once(marta, desk):
    import random

    choose = random.Random(7).choice
    made = [new_case_code(choose) for _ in range(65)]
    for number, code in enumerate(made):
        state = CaseState.SOLVED if number % 3 else CaseState.OPEN
        desk.conversation("guasto", at=NOW - timedelta(minutes=number // 2), case=a_case(code, state=state))
    seen, address = [], "/console/cases?state=all"

    while address:
        page = marta.get(address).text
        seen += codes(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following.group(1).replace("&amp;", "&") if following else None

    assert len(seen) == 65
    assert set(seen) == set(made)
