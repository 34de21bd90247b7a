"""What the widget costs the page that embeds it."""

from __future__ import annotations

import re

from benchmarks.bench import Bench
from benchmarks.rows import Figure, Row, at_most
from bot.channels.widget_assets import site_assets

_SCRIPT = "/widget.js"
_LIMIT = 20_000
_ADDRESS = re.compile(r"""(?:https?:)?//[a-z0-9][a-z0-9.-]*\.[a-z]{2,}[^\s"'`)<>]*""", re.IGNORECASE)
# the names of markup languages look like addresses, but nobody fetches them
_NAMES = ("http://www.w3.org/",)


def script(_: Bench) -> list[Row]:
    """The bytes of `/widget.js` as it goes out with gzip, and the absolute addresses that stand in it.

    The count is static: an address in the text of the script counts whether it would be fetched or not; names of
    markup languages (www.w3.org) do not.
    """
    asset = site_assets()[_SCRIPT]
    found = absolute_addresses(asset.body.decode())
    return [
        at_most("widget script, gzip", _size(len(asset.gzipped)), _size(_LIMIT)),
        at_most(
            "third-party addresses in it", Figure(len(found), str(len(found))), Figure(0, "0"), note=", ".join(found)
        ),
    ]


def absolute_addresses(code: str) -> list[str]:
    """The addresses on other machines that stand in a text, each once."""
    found = dict.fromkeys(match.group() for match in _ADDRESS.finditer(code))
    return [address for address in found if not address.startswith(_NAMES)]


def _size(size: int) -> Figure:
    return Figure(size, f"{size / 1000:.1f} kB")
