"""The leaflet: one sheet in each language of the panel, tagged, literal, the same bytes for the same words."""

from __future__ import annotations

import io

import pikepdf
import pytest

from codesign.documents.render.leaflet import leaflet
from tests.documents.reading import elements
from tests.documents.test_render import HOSTILE, text_of

ADDRESS = "https://record.example.org/advice/veldhaven/2026-3"


def made(document, language):
    return leaflet(document, next(p for p in document["in_short"] if p["language"] == language), ADDRESS)


@pytest.mark.parametrize("language", ["en", "nl", "ar", "ti"])
def test_it_is_one_page_in_its_language_and_passes_as_accessible(example, language):
    content = made(example("advice"), language)
    file = pikepdf.open(io.BytesIO(content))
    assert len(file.pages) == 1
    assert str(file.Root.Lang) == language
    with file.open_metadata() as meta:
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
    found = list(elements(file.Root.StructTreeRoot.K))
    levels = [str(n.S) for n in found if str(n.get("/S", "")) in {"/H1", "/H2"}]
    assert levels == (["/H1", "/H2", "/H2"] if language == "en" else ["/H1", "/H2"])
    figures = [n for n in found if str(n.get("/S", "")) == "/Figure"]
    assert [str(n.Alt) for n in figures] == [ADDRESS]
    text = text_of(content)
    assert ADDRESS in text
    assert {"en": "We speak with", "nl": "Wij praten met", "ar": "الجيران", "ti": "ጎረባብቲ"}[language] in text


def test_only_the_language_of_the_advice_has_its_recommendations(example):
    assert "Invite street contacts" in text_of(made(example("advice"), "en"))
    assert "Invite street contacts" not in text_of(made(example("advice"), "nl"))


def test_two_hundred_long_words_fit_one_page_and_the_longest_summary_one_sheet(example):
    document = example("advice")
    document["in_short"][1]["text"] = " ".join(["welkomstgids", "aan", "huis", "samen"] * 50)
    assert len(pikepdf.open(io.BytesIO(made(document, "nl"))).pages) == 1
    document["in_short"][1]["text"] = ("woord " * 1333).strip()
    assert len(document["in_short"][1]["text"]) == 7997
    assert len(pikepdf.open(io.BytesIO(made(document, "nl"))).pages) <= 2


def test_words_stay_words_and_the_bytes_stay_the_same(example):
    document = example("advice")
    document["title"] = document["in_short"][0]["text"] = HOSTILE
    content = made(document, "en")
    assert text_of(content).count("panic(") == 2
    again = example("advice")
    again["title"] = again["in_short"][0]["text"] = HOSTILE
    assert made(again, "en") == content


def test_year_and_serial_keep_their_order_behind_arabic_letters(example):
    assert "2026-3" in text_of(made(example("advice"), "ar")).replace(ADDRESS, "")
