import pytest

from bot.console.login import safe_target


@pytest.mark.parametrize(
    "target", ["/console", "/console?state=waiting", "/console/conversations/7f?before=3", "/console/cases"]
)
def test_a_page_of_the_console_is_where_one_goes_after_signing_in(target):
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://evil.example/console",
        "//evil.example/console",
        "///evil.example",
        "/\\evil.example",
        "/console\\..\\x",
        "/console/../admin",
        "/consoleevil",
        "javascript:alert(1)",
        "/console\r\nSet-Cookie: a=b",
        "\t//evil.example",
        "/console/login?next=/console",
        "http:/console",
    ],
)
def test_anything_else_leads_to_the_inbox(target):
    assert safe_target(target) == "/console"
