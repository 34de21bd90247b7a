"""What a browser loads: the widget's script, the demo page and their parts, each as bytes ready to be served.

Sources are read once, when the service starts; see `site_assets` for the addresses. The script is the modules of
`widget/src` joined in the order of their imports, with the style sheet and every catalogue of `widget/texts` inside,
so that a page makes one request for the whole widget.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WIDGET_FOLDER = Path(__file__).parent / "widget"
PAGES = {"/": "demo.html", "/demo.css": "demo.css", "/privacy.html": "privacy.html"}
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
CACHE_PAGE = "no-cache"
CACHE_PART = "public, max-age=300, stale-while-revalidate=86400"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";$', re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file as it goes out: the body, plain and compressed with gzip, and the headers that never change."""

    body: bytes
    gzipped: bytes
    media_type: str
    cache_control: str
    etag: str

    @classmethod
    def of(cls, text: str, *, name: str) -> Asset:
        """The asset with this text; `name` decides media type and caching."""
        body = text.encode()
        suffix = Path(name).suffix
        cache_control = CACHE_PAGE if suffix == ".html" else CACHE_PART
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        return cls(body, gzip.compress(body, mtime=0), MEDIA_TYPES[suffix], cache_control, etag)


@dataclass(frozen=True)
class Answer:
    """An HTTP answer without a framework: 200 with the body, or 304 without."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answer(asset: Asset, *, if_none_match: str = "", accept_encoding: str = "") -> Answer:
    """What to send to a browser that already holds `if_none_match` and understands `accept_encoding`."""
    headers = {
        "Cache-Control": asset.cache_control,
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if asset.etag in if_none_match:
        return Answer(304, headers, b"")
    headers["Content-Type"] = asset.media_type
    if "gzip" not in accept_encoding:
        return Answer(200, headers, asset.body)
    return Answer(200, {**headers, "Content-Encoding": "gzip"}, asset.gzipped)


def site_assets(folder: Path = WIDGET_FOLDER) -> dict[str, Asset]:
    """Every file to serve, by its path on the site: `/`, `/widget.js`, `/widget.css`, `/privacy.html`, `/art/...`."""
    assets = {
        "/widget.js": Asset.of(widget_script(folder), name="widget.js"),
        "/widget.css": Asset.of(compact_css(_read(folder / "widget.css")), name="widget.css"),
    }
    for address, name in PAGES.items():
        assets[address] = Asset.of(_read(folder / name), name=name)
    for drawing in sorted((folder / "art").glob("*.svg")):
        assets[f"/art/{drawing.name}"] = Asset.of(_read(drawing), name=drawing.name)
    return assets


def widget_script(folder: Path = WIDGET_FOLDER) -> str:
    """The one script that a site embeds: modules, style sheet and sentences in every language."""
    texts = {path.stem: json.loads(_read(path)) for path in sorted((folder / "texts").glob("*.json"))}
    styles = compact_css(_read(folder / "widget.css"))
    code = bundle(folder / "src", entry="main")
    code = code.replace("__TEXTS__", _literal(texts)).replace("__STYLES__", _literal(styles))
    return f'(()=>{{"use strict";\n{code}\n}})();\n'


def bundle(source: Path, *, entry: str) -> str:
    """The module `entry` and all that it imports, each once and after its own imports, as one piece of code."""
    seen: set[str] = set()
    pieces: list[str] = []

    def visit(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        code = _read(source / f"{name}.js")
        for imported in IMPORT.findall(code):
            visit(imported)
        pieces.append(compact_module(code))

    visit(entry)
    return "\n".join(pieces)


def compact_module(code: str) -> str:
    """A module's code without imports, `export`, indentation, blank lines and comments that fill whole lines.

    Nothing inside a line is touched: comments behind code stay, and sources hold no string of several lines.
    """
    kept: list[str] = []
    in_comment = False
    for line in (IMPORT.sub("", raw.strip()) for raw in code.splitlines()):
        starts = line.startswith("/*")
        if line and not in_comment and not starts and not line.startswith("//"):
            kept.append(line.removeprefix("export "))
        in_comment = (in_comment or starts) and not line.endswith("*/")
    return "\n".join(kept)


def compact_css(css: str) -> str:
    """A style sheet without comments and without blanks that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(": ", ":")
    return css.replace(";}", "}").strip()


def _literal(value: object) -> str:
    """A JSON value as JavaScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
