"""The PDF: tagged, in the right languages and order, the same bytes for the same document, and quick."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time

import pikepdf
import pytest

from codesign.documents.domain import digest, freeze
from codesign.documents.render.glyphs import covered, uncovered
from codesign.documents.render.pdf import RenderError, draw, pdf
from codesign.documents.render.words import words_in
from tests.documents.hostile import filled

HOSTILE = '#panic("x") *b* _i_ $x$ `c` <tag> @ref //c /* \\u{41} [#sys] "q" </p><script>alert(1)</script>'


def open_pdf(document):
    made = draw(document, digest(freeze("advice", document)))
    return pikepdf.open(io.BytesIO(made)), made


def text_of(made):
    if shutil.which("pdftotext") is None:
        if os.environ.get("CODESIGN_NO_SKIPS") == "1":
            pytest.fail("pdftotext is missing, and nothing may be skipped here")
        pytest.skip("pdftotext is not installed")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    ).stdout.decode()


def test_it_is_tagged_titled_and_says_which_standards_it_meets(example):
    file, _made = open_pdf(example("advice"))
    root = file.Root
    assert bool(root.MarkInfo.Marked) is True
    assert str(root.Lang) == "en"
    assert str(file.docinfo["/Title"]) == "Meet before you need help"
    assert bool(root.ViewerPreferences.DisplayDocTitle) is True
    with file.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == "Meet before you need help"


def test_sentences_lead_to_their_evidence_and_one_without_says_so(example):
    _file, made = open_pdf(example("advice"))
    text = " ".join(text_of(made).split())
    assert "We hardly speak with neighbours. [7, 11, 12]" in text
    assert "Some of us need rest first. (no evidence given)" in text
    assert "[11] Workshop" in text
    assert "(JPEG, 184 kB)" in text
    assert "/advice/veldhaven/2026-3/reports/p1" in text
    assert "Council decides on the budget of 2027" in text
    assert "budget (12 November 2026)" in text


def test_the_same_document_gives_the_same_bytes_in_another_process(example, tmp_path):
    document = example("advice")
    stored = freeze("advice", document)
    (tmp_path / "advice.json").write_bytes(stored)
    code = (
        "import sys, hashlib, pathlib; from codesign.documents.render.pdf import pdf;"
        "print(hashlib.sha256(pdf(pathlib.Path(sys.argv[1]).read_bytes())).hexdigest())"
    )
    others = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "advice.json")], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert others == {digest(pdf(stored)) + "\n"}


@pytest.mark.long
def test_a_warm_rendering_of_a_new_document_takes_under_four_tenths_of_a_second(example):
    document = example("advice")
    draw(document, "0" * 64)
    times = []
    for n in range(3):
        changed = {**document, "title": f"{document['title']} {n}", "goes_well": f"{n} {document['goes_well']}"}
        began = time.perf_counter()
        draw(changed, "0" * 64)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.4


def test_arabic_and_tigrinya_read_in_the_right_order(example):
    _file, made = open_pdf(example("advice"))
    text = text_of(made)
    assert "ጎረባብቲ" in text
    assert "الجيران" in text
    assert "Wij praten met ambtenaren" in text


def test_a_document_in_arabic_runs_from_right_to_left(example):
    document = example("advice")
    arabic = next(p for p in document["in_short"] if p["language"] == "ar")
    document["language"] = "ar"
    document["title"] = "لنلتقِ قبل أن نحتاج إلى المساعدة"
    others = [{**p, "translated_by": "person"} for p in document["in_short"] if p["language"] != "ar"]
    document["in_short"] = [{**arabic, "translated_by": None}, *others]
    file, made = open_pdf(document)
    assert str(file.Root.Lang) == "ar"
    assert "المساعدة" in text_of(made)


def test_words_of_people_are_never_read_as_markup(example):
    document = filled("advice", example("advice"), HOSTILE)
    file, made = open_pdf(document)
    assert str(file.docinfo["/Title"]) == HOSTILE
    assert text_of(made).count("panic(") >= 10


def test_a_character_without_a_letter_is_named_and_stops_the_drawing(example):
    assert uncovered("We met. The tea was good 🍵 there. Bye.") == [("🍵", "The tea was good 🍵 there.")]
    assert uncovered("Één ነገር، وقت، Їжак, معلم‌ها: “ja” – €5… 50%\nş ğ ı") == []
    document = example("advice")
    document["goes_well"] = "Tea 🍵"
    with pytest.raises(RenderError, match="could not be displayed"):
        draw(document, "0" * 64)


def test_every_character_said_to_be_covered_can_be_drawn(example):
    document = example("advice")
    drawn = [chr(c) for c in sorted(covered()) if c > 0x20 and chr(c).isprintable() and chr(c).isalnum()]
    text = " ".join(drawn)
    for start in range(0, len(text), 7900):
        document["goes_well"] = text[start : start + 7900].strip()
        draw(document, "0" * 64)


def test_days_and_quarters_are_said_in_the_language_of_the_document():
    assert words_in("en").day("2026-09-07") == "7 September 2026"
    assert words_in("nl").day("2026-09-07") == "7 september 2026"
    assert words_in("ti").language == "en"
    assert words_in("en").quarters([]) == "Not shown, so that nobody can be counted out"
