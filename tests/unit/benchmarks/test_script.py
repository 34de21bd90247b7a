"""Addresses in the widget's script."""

from __future__ import annotations

import pytest

from benchmarks.measures.script import absolute_addresses


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('import("https://cdn.example.com/x.js")', ["https://cdn.example.com/x.js"]),
        ("url(//fonts.example.com/a.woff2)", ["//fonts.example.com/a.woff2"]),
        ('fetch("/api/widget/session")', []),
        ('document.createElementNS("http://www.w3.org/2000/svg", "path")', []),
        ("const half = total // 2", []),
    ],
)
def test_addresses_on_other_machines_are_found_and_nothing_else(code, found):
    assert absolute_addresses(code) == found


def test_an_address_that_stands_there_twice_counts_once():
    assert absolute_addresses("'https://a.example.com' 'https://a.example.com'") == ["https://a.example.com"]
