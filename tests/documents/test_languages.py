"""The worked advice in Dutch, English, Arabic and Tigrinya: its structure, and the language of every passage."""

from __future__ import annotations

import io
import itertools
import unicodedata
from collections import Counter
from functools import cache

import pikepdf
import pytest

from codesign.documents.domain import digest, freeze
from codesign.documents.render.blocks import Text
from codesign.documents.render.office import paper
from codesign.documents.render.pdf import draw
from codesign.documents.render.view import passage, view
from codesign.documents.render.words import words_in
from codesign.documents.support import said
from codesign.web.i18n import lang_name
from tests.documents.in_languages import LANGUAGES, in_language
from tests.documents.reading import elements, told


@cache
def drawn(language):
    """The PDF in this language, drawn once for all tests."""
    document = in_language(language)
    return draw(document, digest(freeze("advice", document)))


def letters(text):
    """Its letters and digits, in their order."""
    return [c for c in text if c.isalnum()]


def same_arabic(there, wanted):
    """Arabic stands in a file line by line from its left: we count letters. Those at a mark may come twice or thrice."""
    marks = sum(bool(unicodedata.combining(c)) for c in wanted)
    plain = unicodedata.normalize("NFKC", there)
    found, meant = Counter(letters(plain)), Counter(letters(wanted))
    return not meant - found and (found - meant).total() <= 2 * marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_headings_tables_figures_and_links_are_there_for_a_screen_reader(language):
    document = in_language(language)
    file = pikepdf.open(io.BytesIO(drawn(language)))
    assert str(file.Root.Lang) == language
    assert str(file.docinfo["/Title"]) == document["title"]
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    found = list(elements(file.Root.StructTreeRoot.K))
    kinds = [str(element.S) for element in found]
    levels = [int(kind[2]) for kind in kinds if kind in {"/H1", "/H2", "/H3", "/H4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))
    # A chain and the evidence of each recommendation, and each report.
    assert levels.count(4) == 2 * len(document["recommendations"]) + len(document["elsewhere"]["reports"])
    tables = [element for element in found if element.S == "/Table"]
    assert len(tables) == 2
    for table in tables:
        head, *_rest = table.K
        assert head.S == "/THead"
        cells = [cell for cell in elements(head.K) if cell.S == "/TH"]
        assert len(cells) == 2
        assert all(cell.A[0].Scope == "/Column" for cell in cells)
    figures = [element for element in found if element.S == "/Figure"]
    assert len(figures) == 7
    assert {str(figure.Alt) for figure in figures} <= {
        words_in(language).quarters([n]) for n in range(1, 5)
    }  # fmt: skip
    # The contents, and each number after a sentence.
    listed = sum(level == 2 for level in levels) + len(document["recommendations"])
    assert kinds.count("/Link") == listed + sum(len(piece.numbers) for line in said(document) for piece in line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_passage_in_another_language_says_so_and_nothing_else_does(language):
    document = in_language(language)
    pieces = told(pikepdf.open(io.BytesIO(drawn(language))))
    others = [(p["language"], text) for p in document["in_short"] for text in (lang_name(p["language"]), p["text"])]
    # Twice each: in the list, and at the recommendation that it belongs to.
    quote, point = document["heard"]["quotes"][0], document["vision"][1]
    others += [(p["language"], p["text"]) for p in (quote, point, point, quote)]
    others = [(code, text) for code, text in others if code != language]
    assert len({code for code, _text in others}) == 3
    ours = words_in(language).language
    for code in {code for code, _text in [*pieces, *others]} - {language}:
        there = "".join(text for one, text in pieces if one == code)
        wanted = [text for one, text in others if one == code]
        if code == ours:
            # Where we have no catalogue our own words are English, and stand between; they name languages.
            assert all("".join(letters(text)) in "".join(letters(there)) for text in wanted)
            assert not any("ETHIOPIC" in unicodedata.name(c, "") for c in there.replace(lang_name("ti"), ""))
        elif code == "ar":
            assert same_arabic(there, "".join(wanted))
        else:
            assert letters(there) == letters("".join(wanted))
    mine = "".join(text for code, text in pieces if code == language)
    labels = [text for text in words_in(language).labels().values() if len(text) > 2]
    assert ours == language or not any(text in mine for text in labels)
    # Two texts of the document itself, for what is missing nowhere else can only be here; Arabic is written backwards.
    for text in (document["title"], document["ourselves"]):
        assert "".join(letters(text)) in "".join(letters(mine)) or language == "ar"


def test_in_arabic_lines_begin_at_the_right_and_names_keep_their_order():
    document = in_language("ar")
    blocks = paper(document, view(document, "0" * 64)).blocks
    lines = {"".join(run.text for run in block.runs): block.rtl for block in blocks if isinstance(block, Text)}
    sources = [rtl for line, rtl in lines.items() if "Pettigrew" in line or "/reports/p1" in line]
    assert len(sources) == 3
    assert all(sources)
    assert lines["[1] One neighbour with tea is worth ten letters."] is False
    assert words_in("ar").names(["nl", "tr"]) == "Nederlands, \u200fTürkçe"
    assert words_in("nl").names(["nl", "tr"]) == "Nederlands, Türkçe"
    assert [passage(text, "ar")["rtl"] for text in ("The Nature, 1954.", "كتاب: The Nature", "2026")] == [
        False,
        True,
        True,
    ]
