"""How long an advice may be: what is too long is refused with a sentence, and the longest can still be drawn."""

from __future__ import annotations

import io
import time
from collections import OrderedDict

import pikepdf
import pytest

from codesign.documents.domain import MOST_BYTES, DocumentError, digest, freeze
from codesign.documents.render import press
from codesign.documents.render.files import _texts, _words, docx, odt
from codesign.documents.render.pdf import RenderError, _kept, draw, pdf
from codesign.places.house_style import style_of
from tests.documents.hostile import bare
from tests.documents.large import advice, paragraphs

# As it is outside of tests: conftest has files drawn in this process.
APART = press._apart


def pages(made):
    return len(pikepdf.open(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("why_now",), "x" * 8_001, "why_now: is longer than 8000"),
        (("title",), "x" * 501, "title: is longer than 500"),
        (("recommendations", 0, "what"), "x" * 40_000_000, "recommendations/0/what: is longer than 8000"),
        (("recommendations", 0, "actors"), 11, "recommendations/0/actors: is longer than 10"),
        (("heard", "quotes"), 101, "heard/quotes: is longer than 100"),
        (("annexes", "ideas"), 301, "annexes/ideas: is longer than 300"),
        (("recommendations",), 6, "recommendations: is longer than 5"),
    ],
)
def test_a_field_that_is_too_long_is_named_and_its_words_are_not_repeated(example, path, value, says):
    document = example("advice")
    at = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = [at[path[-1]][0]] * value if isinstance(value, int) else value
    with pytest.raises(DocumentError) as caught:
        freeze("advice", document)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 700


def test_two_hundred_pages_are_refused_with_the_number_of_bytes(example):
    document = bare(example("advice"))
    cited = {**document["elsewhere"]["cited"][3], "text": paragraphs("en", 7_900)}
    document["elsewhere"]["cited"] = [cited] * 80
    with pytest.raises(DocumentError, match=f"document: is larger than {MOST_BYTES} bytes"):
        freeze("advice", document)


def test_a_word_without_end_and_a_text_of_line_breaks_are_drawn(example):
    document = example("advice")
    document["goes_well"], document["ourselves"] = "w" * 8_000, "a\n" * 3_999 + "b"
    document["recommendations"][0]["chain"]["activity"] = "x" * 500
    stored = freeze("advice", document)
    assert pages(pdf(stored)) > 5
    assert docx(stored)
    assert odt(stored)


@pytest.mark.long
def test_twenty_pages_of_arabic_and_tigrinya_are_drawn_in_time(example):
    document = advice("ar", ("ar", "ti"), 118_000)
    made = draw(document, digest(freeze("advice", document)))
    assert 20 <= pages(made) <= 24
    times = []
    for n in range(4):
        changed = {**document, "panel": f"Panel {n}"}
        # Seconds of work, whatever else the machine does meanwhile.
        began = time.process_time()
        draw(changed, "0" * 64)
        times.append(time.process_time() - began)
    assert min(times) < 0.4


def test_a_long_advice_is_drawn_apart_with_the_same_bytes_and_the_same_errors(monkeypatch, example):
    document = advice("en", ("en",), 230_000)
    monkeypatch.setattr(press, "_apart", APART)
    apart = draw(document, "0" * 64)
    broken = {**document, "goes_well": "Tea \U0001f375"}
    with pytest.raises(RenderError, match="could not be displayed"):
        draw(broken, "0" * 64)
    monkeypatch.setattr(press, "_MOST_SECONDS", 0.01)
    with pytest.raises(RenderError, match="too long"):
        draw(document, "0" * 64)
    monkeypatch.setattr(press, "_MOST_SECONDS", 60)
    monkeypatch.setattr(press, "_apart", press._compiled)
    assert draw(document, "0" * 64) == apart
    small, style = freeze("advice", example("advice")), freeze("house_style", example("house_style"))
    dress = style_of(example("house_style"), digest(style), style)
    here = [make(small, dress) for make in (pdf, docx, odt)]
    monkeypatch.setattr(press, "_apart", APART)
    for kept in (_kept, _words, _texts):
        monkeypatch.setattr(kept, "_files", OrderedDict())
    assert [make(small, dress) for make in (pdf, docx, odt)] == here


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ar", "ti"])
def test_the_longest_advice_is_drawn_in_every_form(language):
    stored = freeze("advice", advice(language, (language,), MOST_BYTES - 2_000))
    assert len(stored) > 0.8 * MOST_BYTES
    began = time.process_time()
    assert pages(pdf(stored)) > 60
    assert docx(stored)
    assert odt(stored)
    assert time.process_time() - began < 20
