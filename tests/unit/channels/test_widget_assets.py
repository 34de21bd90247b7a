"""The script, the pages and the drawings that the service hands to browsers."""

import gzip
import json
import re

import pytest

from bot.channels.widget_assets import (
    WIDGET_FOLDER,
    Asset,
    answer,
    bundle,
    compact_css,
    compact_module,
    site_assets,
    widget_script,
)

SOURCES = sorted((WIDGET_FOLDER / "src").glob("*.js"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def texts(locale):
    return json.loads((WIDGET_FOLDER / "texts" / f"{locale}.json").read_text(encoding="utf-8"))


def test_the_script_holds_every_sentence_and_the_style_sheet():
    script = widget_script()

    assert "__TEXTS__" not in script
    assert "__STYLES__" not in script
    assert all(json.dumps(text, ensure_ascii=False) in script for text in texts("it").values())
    assert ":host{all:initial !important;" in script


def test_the_script_has_no_module_left_to_load():
    assert not re.search(r"^(import|export) ", widget_script(), re.MULTILINE)


def test_every_source_module_is_reached_from_the_entry():
    code = bundle(WIDGET_FOLDER / "src", entry="main")

    for source in SOURCES:
        assert compact_module(source.read_text(encoding="utf-8")) in code, source.name


def test_a_module_comes_after_those_it_imports_and_only_once(tmp_path):
    (tmp_path / "main.js").write_text('import { b } from "./b.js";\nimport { c } from "./c.js";\nmain();')
    (tmp_path / "b.js").write_text('import { c } from "./c.js";\nexport const b = 1;')
    (tmp_path / "c.js").write_text("export const c = 2;")

    assert bundle(tmp_path, entry="main") == "const c = 2;\nconst b = 1;\nmain();"


def test_no_two_modules_declare_the_same_name():
    declared = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
    names = [name for source in SOURCES for name in declared.findall(source.read_text(encoding="utf-8"))]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_only_lines_that_are_all_comment_are_dropped():
    comment = "// why\n/**\n * @param x\n */\n"
    code = comment + 'export function f() {\n  return "// no comment"; // kept\n}\n/* one line */\n\n'

    assert compact_module(code) == 'function f() {\nreturn "// no comment"; // kept\n}'


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_source_has_what_compacting_could_break(source):
    """A string over several lines would lose its indentation; code behind a comment would be dropped."""
    for line in source.read_text(encoding="utf-8").splitlines():
        assert line.count("`") % 2 == 0, line
        assert not re.match(r"\s*/\*.*\*/\s*\S", line), line


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_source_parses_text_as_markup_or_code(source):
    code = source.read_text(encoding="utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)


def test_a_style_sheet_keeps_its_meaning_without_its_blanks():
    css = "/* x */\na,\nb :hover { top: calc(1px + 2px);  color: red; }\n"

    assert compact_css(css) == "a,b :hover{top:calc(1px + 2px);color:red}"


def test_both_languages_say_the_same_things_with_the_same_values():
    italian, english = texts("it"), texts("en")

    assert italian.keys() == english.keys()
    for key, sentence in italian.items():
        assert set(PLACEHOLDER.findall(sentence)) == set(PLACEHOLDER.findall(english[key])), key


def test_every_sentence_is_used_and_every_used_key_exists():
    code = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    used = set(re.findall(r'"(\w+)"', code))
    families = (*re.findall(r"`(\w+_)\$\{", code), "suggestion_")
    keys = set(texts("it"))

    assert {key for key in keys if key not in used and not key.startswith(families)} == set()
    assert set(re.findall(r'\bt\("(\w+)"', code)) <= keys


def test_every_address_the_pages_mention_is_served():
    assets = site_assets()
    for name in ("demo.html", "privacy.html"):
        page = (WIDGET_FOLDER / name).read_text(encoding="utf-8")
        local = {path for path in re.findall(r'(?:src|href)="([^"#:]+)"', page) if path != "/console"}
        assert {f"/{path.lstrip('/')}" for path in local} <= assets.keys()


def test_the_pages_obey_a_strict_content_policy():
    for name in ("demo.html", "privacy.html"):
        page = (WIDGET_FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", page)


def test_an_asset_changes_its_tag_with_its_content():
    assert Asset.of("a", name="x.css").etag != Asset.of("b", name="x.css").etag
    assert Asset.of("a", name="x.css") == Asset.of("a", name="x.css")


def test_pages_are_checked_every_time_and_parts_are_kept_for_a_while():
    assets = site_assets()

    assert assets["/"].cache_control == "no-cache"
    assert "max-age" in assets["/widget.js"].cache_control
    assert assets["/widget.js"].media_type.startswith("text/javascript")


def test_a_browser_that_has_the_file_gets_no_body():
    asset = Asset.of("ciao", name="demo.css")
    got = answer(asset, if_none_match=f'"old", {asset.etag}')

    assert (got.status, got.body) == (304, b"")
    assert got.headers["ETag"] == asset.etag


def test_a_body_is_compressed_only_for_those_who_understand_it():
    asset = Asset.of("ciao " * 100, name="demo.css")
    plain, packed = answer(asset), answer(asset, accept_encoding="gzip, br")

    assert plain.body == b"ciao " * 100
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Content-Encoding"] == "gzip"
