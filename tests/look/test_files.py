"""What browsers load: up to date, small, from our own host, with hashes, and in no direction but the reader's."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from codesign.web import bundle, vendored

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
SOURCES = sorted((STATIC / "css" / "src").glob("*.css"))
FACES = sorted(bundle.FACES)


def packed(path: Path) -> int:
    """Bytes of a file as a browser receives it."""
    return len(gzip.compress(path.read_bytes(), 9))


def test_built_files_are_up_to_date() -> None:
    stale = [str(path) for path, text in bundle.outputs().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: python -m codesign.web.bundle"


@pytest.mark.parametrize("face", FACES)
def test_style_script_and_pictograms_of_a_first_visit_leave_room_for_the_page(face: str) -> None:
    files = [
        STATIC / "css" / f"{face}.css",
        STATIC / "js" / "house.js",
        STATIC / "img" / "icons.svg",
        STATIC / "img" / "mark.svg",
    ]
    files.append(STATIC / "vendor" / "htmx" / "htmx.min.js")
    assert sum(map(packed, files)) <= 39_000  # of 45 KB, so that a page may have 6


def test_letters_fit_in_what_is_left_for_arabic_and_tigrinya() -> None:
    assert (STATIC / "vendor" / "noto" / "arabic.woff2").stat().st_size <= 100_000 - 45_000
    assert (STATIC / "vendor" / "noto" / "ethiopic.woff2").stat().st_size <= 125_000 - 45_000


def test_manifest_names_every_vendored_file_with_its_hash() -> None:
    manifest = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"] == vendored.hashes()
    for line in manifest["packages"]:
        assert set(line) == {"name", "version", "licence", "package_sha256", "kept"}
        assert re.fullmatch(r"[0-9a-f]{64}", line["package_sha256"])
    assert "http" not in json.dumps(manifest)
    assert {line["licence"] for line in manifest["packages"]} == {"EUPL-1.2", "MIT", "0BSD", "OFL-1.1"}


def test_each_licence_text_lies_beside_what_it_covers() -> None:
    for folder, word in {
        "nl-design-system": "EUROPEAN UNION PUBLIC LICENCE",
        "phosphor": "MIT",
        "htmx": "BSD",
        "noto": "OPEN FONT",
    }.items():
        texts = [
            p.read_text(encoding="utf-8")
            for p in (STATIC / "vendor" / folder).iterdir()
            if p.is_file() and p.suffix in {"", ".md", ".txt"}
        ]
        assert any(word.lower() in text.lower() for text in texts), folder
    assert "EUROPEAN UNION PUBLIC LICENCE" in (ROOT / "LICENSE").read_text(encoding="utf-8")


PHYSICAL = re.compile(
    r"(?<![a-z-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)(?:-[a-z]+)?|left|right|top|bottom|(?:min-|max-)?(?:width|height)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|float|text-align:\s*(?:left|right))\s*:"
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_our_style_uses_logical_properties_only(source: Path) -> None:
    css = re.sub(r"/\*.*?\*/|url\(\"[^\"]*\"\)", "", source.read_text(encoding="utf-8"), flags=re.S)
    css = re.sub(r"@media[^{]*", "", css)
    assert PHYSICAL.findall(css) == []


def test_nothing_is_loaded_from_another_host() -> None:
    for path in [
        *STATIC.rglob("*.css"),
        *TEMPLATES.rglob("*.html"),
        *(STATIC / "js").rglob("*.js"),
        *(STATIC / "img").glob("*.svg"),
    ]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//|url\([\"']?(?:https?:)?//|@import", text), path


def test_style_sheets_close_every_bracket() -> None:
    for path in SOURCES:
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert css.count("{") == css.count("}"), path.name


def _drawn() -> set[str]:
    known: set[str] = set(bundle.OWN_ICONS)
    for sheet in ("common", "pictures"):
        known |= {p.stem for p in (STATIC / "vendor" / "phosphor" / sheet).glob("*.svg")}
    return known


def test_each_pictogram_a_template_names_exists() -> None:
    wrong = {}
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        names = set(re.findall(r"\bicon\(\s*[\"']([a-z0-9-]+)[\"']", text))
        names |= set(re.findall(r"\b(?:plain|empty|badge|note)\(\s*[\"']([a-z0-9]+(?:-[a-z0-9]+)+)[\"']", text))
        if names - _drawn():
            wrong[path.name] = names - _drawn()
    assert wrong == {}


def test_no_template_carries_style_or_script_of_its_own() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


# Hooks for scripts and tests, or names of NL Design System kinds that need no style of their own.
BARE = {"no-js", "leaveform", "steps", "actor", "utrecht-form-field--textarea"}


def test_each_class_a_template_uses_has_its_style() -> None:
    css = "".join(text for path, text in bundle.outputs().items() if path.suffix == ".css")
    known = set(re.findall(r"\.([a-z][a-z0-9_-]*)", css)) | BARE
    wrong = {}
    for path in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"\{%.*?%\}", " ", text, flags=re.S)
        text = re.sub(r"\{\{.*?\}\}", "?", text, flags=re.S)  # a name that is put together is not looked up
        used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split() if "?" not in name}
        if used - known:
            wrong[str(path.relative_to(TEMPLATES))] = sorted(used - known)
    assert wrong == {}
