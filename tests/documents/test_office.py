"""Word and OpenDocument: real headings, lists, heads of tables, alternatives and languages; text stays text."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import shutil
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest

from codesign.documents.domain import digest, freeze
from codesign.documents.render.files import docx, odt
from codesign.documents.support import said
from codesign.places.house_style import style_of
from tests.documents.conftest import load
from tests.documents.hostile import filled
from tests.documents.in_languages import in_language

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, FO = f"{OASIS}text:1.0}}", f"{OASIS}style:1.0}}", f"{OASIS}xsl-fo-compatible:1.0}}"
TABLE, DRAW, SVG = f"{OASIS}table:1.0}}", f"{OASIS}drawing:1.0}}", f"{OASIS}svg-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}href"
HOSTILE = "<b>&amp; </w:t> =1+1 {{7*7}} ${x} #{y} $$a^2$$ \\frac{1}{2} [[x]] %s '\"]]>"


def parts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def xml(made, name):
    return ET.fromstring(parts(made)[name])


def word_headings(made):
    """(level, words) of each heading, in order."""
    found = []
    for paragraph in xml(made, "word/document.xml").iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and (level := re.fullmatch(r"Heading(\d)", style.get(f"{W}val"))):
            found.append((int(level[1]), "".join(t.text for t in paragraph.iter(f"{W}t"))))
    return found


def text_headings(made):
    return [
        (int(h.get(f"{TEXT}outline-level")), words_of(h)) for h in xml(made, "content.xml").iter(f"{TEXT}h")
    ]  # fmt: skip


def words_of(element):
    """The words in an element as ODF means them: spaces in a row have a name."""
    found = element.text or ""
    for child in element:
        found += " " if child.tag == f"{TEXT}s" else "\t" if child.tag == f"{TEXT}tab" else words_of(child)
        found += child.tail or ""
    return found


@pytest.fixture
def stored(example):
    return freeze("advice", example("advice"))


def test_both_have_the_same_headings_from_one_to_four_without_a_gap(stored):
    found = word_headings(docx(stored))
    assert found == text_headings(odt(stored))
    levels = [level for level, _words in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))
    words = [words for _level, words in found]
    assert words[0] == "Meet before you need help"
    assert words.index("In short") < words.index("What we heard") < words.index("Recommendations")
    assert "2. Invite street contacts within four weeks of moving in" in words


def test_contents_name_each_heading_and_lead_to_it(stored):
    wanted = [words for level, words in word_headings(docx(stored)) if level in {2, 3}]
    root = xml(docx(stored), "word/document.xml")
    links = list(root.iter(f"{W}hyperlink"))
    assert ["".join(t.text for t in link.iter(f"{W}t")) for link in links[: len(wanted)]] == wanted
    # After the contents only the numbers of evidence are links: what each sentence rests on.
    numbers = [str(n) for line in said(load("advice")) for piece in line for n in piece.numbers]
    assert ["".join(t.text for t in link.iter(f"{W}t")) for link in links[len(wanted) :]] == numbers
    marks = {m.get(f"{W}name") for m in root.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in links} <= marks
    kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    content = xml(odt(stored), "content.xml")
    entries = list(content.iter(f"{TEXT}a"))
    assert [words_of(entry) for entry in entries] == [*wanted, *numbers]
    there = {m.get(f"{TEXT}name") for m in content.iter() if m.tag in {f"{TEXT}bookmark-start", f"{TEXT}bookmark"}}
    assert {entry.get(XLINK).removeprefix("#") for entry in entries} <= there


def test_right_to_left_passages_say_so_and_each_passage_its_language(stored):
    arabic = [
        p for p in xml(docx(stored), "word/document.xml").iter(f"{W}p")
        if "نتكلم" in "".join(t.text for t in p.iter(f"{W}t"))
    ]  # fmt: skip
    assert len(arabic) == 1
    assert arabic[0].find(f"{W}pPr/{W}bidi") is not None
    run = next(arabic[0].iter(f"{W}rPr"))
    assert run.find(f"{W}rtl") is not None
    assert run.find(f"{W}lang").get(f"{W}bidi") == "ar-SA"
    tags = {lang.get(f"{W}val") for lang in xml(docx(stored), "word/document.xml").iter(f"{W}lang")}
    assert {"en-GB", "nl-NL", "ar-SA", "ti-ER"} <= tags
    latin = [p for p in xml(docx(stored), "word/document.xml").iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is None]
    assert len(latin) > 80

    content = xml(odt(stored), "content.xml")
    styles = {s.get(f"{STYLE}name"): s for s in content.iter(f"{STYLE}style")}
    right = next(p for p in content.iter(f"{TEXT}p") if "نتكلم" in words_of(p))
    look = styles[right.get(f"{TEXT}style-name")].find(f"{STYLE}paragraph-properties")
    assert (look.get(f"{STYLE}writing-mode"), look.get(f"{FO}text-align")) == ("rl-tb", "right")
    words = styles[right.find(f"{TEXT}span").get(f"{TEXT}style-name")].find(f"{STYLE}text-properties")
    assert (words.get(f"{STYLE}language-complex"), words.get(f"{STYLE}country-complex")) == ("ar", "SA")
    spoken = {s.get(f"{FO}language") for s in content.iter(f"{STYLE}text-properties")}
    assert {"en", "nl", "ar", "ti"} <= spoken


def test_every_picture_has_an_alternative_and_its_words_stand_beside_it(stored, example):
    pictures = list(xml(docx(stored), "word/document.xml").iter(DOCPR))
    assert len({p.get("id") for p in pictures}) == len(pictures) >= 10
    described = [p.get("descr") for p in pictures]
    frames = list(xml(odt(stored), "content.xml").iter(f"{DRAW}frame"))
    assert [f.find(f"{SVG}desc").text for f in frames] == described
    assert all(described)
    assert "More than three quarters of those who voted" in described
    chain = example("advice")["recommendations"][1]["chain"]
    assert sum(chain["activity"] in words and chain["change"] in words for words in described) == 1
    listed = [
        "".join(t.text for t in p.iter(f"{W}t")) for p in xml(docx(stored), "word/document.xml").iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle") is not None and p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "ListBullet"
    ]  # fmt: skip
    for words in (chain["activity"], chain["change"], *chain["assumptions"], *chain["risks"]):
        assert any(line.endswith(words) for line in listed)


def test_heads_of_tables_are_repeated_on_each_page(stored):
    tables = list(xml(docx(stored), "word/document.xml").iter(f"{W}tbl"))
    assert len(tables) == 2
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    for table in xml(odt(stored), "content.xml").iter(f"{TABLE}table"):
        assert len(table.findall(f"{TABLE}table-header-rows/{TABLE}table-row")) == 1


def test_title_maker_day_and_language_are_said(stored):
    core = parts(docx(stored))["docProps/core.xml"].decode()
    for words in ("Meet before you need help", "Newcomer panel of Veldhaven", "2026-09-07T00:00:00Z", "en-GB"):
        assert words in core
    meta = xml(odt(stored), "meta.xml")
    assert meta.find(f".//{DC}title").text == "Meet before you need help"
    assert meta.find(f".//{DC}language").text == "en-GB"
    assert meta.find(f".//{DC}date").text == "2026-09-07T00:00:00"


def test_pages_are_numbered(stored):
    foot = parts(docx(stored))["word/footer1.xml"].decode()
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    assert "Advice 2026-3" in foot
    styles = parts(odt(stored))["styles.xml"].decode()
    assert "text:page-number" in styles
    assert "text:page-count" in styles


def test_nothing_lies_outside_of_the_file(stored):
    for made in (docx(stored), odt(stored)):
        for name, content in parts(made).items():
            assert b"TargetMode" not in content, name
            if name.endswith((".xml", ".rels")):
                ET.fromstring(content)
        assert not [name for name in parts(made) if name.startswith(("/", "..")) or "\\" in name]
    for link in xml(odt(stored), "content.xml").iter():
        target = link.get(XLINK, "#")
        assert target.startswith("#") or target in parts(odt(stored))
    assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(parts(docx(stored)))


def test_opendocument_begins_with_its_kind_and_lists_every_part(stored):
    made = odt(stored)
    assert made[30:38] == b"mimetype"
    assert made[38:].startswith(b"application/vnd.oasis.opendocument.textPK")
    manifest = ET.fromstring(parts(made)["META-INF/manifest.xml"])
    listed = {value for entry in manifest for name, value in entry.items() if name.endswith("full-path")}
    assert listed == {"/", *parts(made)} - {"mimetype", "META-INF/manifest.xml"}


def hostile(example):
    """The example with hostile words wherever people write."""
    document = filled("advice", example("advice"), HOSTILE)
    document["other_views"]["text"] = f"=cmd|' /C calc'!A0\n{HOSTILE}"
    document["heard"]["quotes"][0]["text"] = "two  spaces, and three   of them "
    return document


def test_markup_and_formulas_are_literal_text_everywhere(example):
    stored = freeze("advice", hostile(example))
    root = xml(docx(stored), "word/document.xml")
    lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    content = xml(odt(stored), "content.xml")
    others = [words_of(p) for p in content.iter() if p.tag in {f"{TEXT}p", f"{TEXT}h"}]
    for found in (lines, others):
        assert sum(HOSTILE in line for line in found) >= 30
        assert "=cmd|' /C calc'!A0" in found
        assert "[1] two  spaces, and three   of them " in found
    assert word_headings(docx(stored))[0] == (1, HOSTILE)
    assert HOSTILE in next(p.get("descr") for p in root.iter(DOCPR) if p.get("name") == "chain-1")


def test_right_to_left_controls_never_get_so_far(example):
    for mark in "\u202e\u200f\u2066\u200b":
        with pytest.raises(ValueError, match="not a valid advice"):
            freeze("advice", {**example("advice"), "why_now": f"a{mark}b"})


def test_an_arabic_advice_is_right_to_left_as_a_whole(example):
    document = example("advice")
    arabic = next(p for p in document["in_short"] if p["language"] == "ar")
    document["language"], document["title"] = "ar", "لنلتقِ قبل أن نحتاج إلى المساعدة"
    others = [{**p, "translated_by": "person"} for p in document["in_short"] if p["language"] != "ar"]
    document["in_short"] = [{**arabic, "translated_by": None}, *others]
    stored = freeze("advice", document)
    root = xml(docx(stored), "word/document.xml")
    title = next(p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading1")
    assert title.find(f"{W}pPr/{W}bidi") is not None
    styled = [(p, p.find(f"{W}pPr/{W}pStyle")) for p in root.iter(f"{W}p")]
    items = [p for p, style in styled if style is not None and style.get(f"{W}val") == "ListBullet"]
    assert len([p for p in items if p.find(f"{W}pPr/{W}bidi") is None]) == len(document["annexes"]["releases"]) + len(
        document["vision"]
    )
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in root.iter(f"{W}tbl"))
    styles = parts(odt(stored))["styles.xml"].decode()
    assert 'writing-mode="rl-tb"' in styles
    assert text_headings(odt(stored))[0] == (1, document["title"])


def test_the_same_document_gives_the_same_bytes_in_another_process(stored, tmp_path):
    (tmp_path / "advice.json").write_bytes(stored)
    code = (
        "import sys, hashlib, pathlib; from codesign.documents.render.files import docx, odt;"
        "b = pathlib.Path(sys.argv[1]).read_bytes();"
        "print(*(hashlib.sha256(f(b)).hexdigest() for f in (docx, odt)))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "advice.json")], capture_output=True, text=True, check=True
    ).stdout.split()
    assert other == [hashlib.sha256(made).hexdigest() for made in (docx(stored), odt(stored))]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("words", ["plain", "hostile", "arabic", "dressed"])
def test_libreoffice_opens_it_and_loses_no_heading(example, tmp_path, kind, words):
    written = {"hostile": lambda: hostile(example), "arabic": lambda: in_language("ar")}
    stored = freeze("advice", written.get(words, lambda: example("advice"))())
    style = freeze("house_style", load("house_style"))
    dress = style_of(load("house_style"), digest(style), style) if words == "dressed" else None
    made = {"docx": docx, "odt": odt}[kind](stored, dress)
    (tmp_path / f"advice.{kind}").write_bytes(made)
    for form in ("pdf:writer_pdf_Export", "odt"):
        out = tmp_path / form[:3]
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form,
             "--outdir", str(out), str(tmp_path / f"advice.{kind}")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    wanted = word_headings(docx(stored))
    assert text_headings((tmp_path / "odt" / "advice.odt").read_bytes()) == wanted
    pdf = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "pdf" / "advice.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    flat = "".join(pdf.split())
    assert all("".join(heading.split()) in flat for _level, heading in wanted if heading.isascii())
    if words == "arabic":
        assert sum(heading.split()[0] in pdf for _level, heading in wanted if not heading.isascii()) > 10
