"""A broken file tells its line and the reason, and nothing else ever comes out of the readers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.counting.files.domain import BrokenFile
from codesign.counting.files.reading import ENDINGS, parse

from .broken import BROKEN, BUNDLE, CATEGORIES, ORDERS, POINTS, PROJECTS

WHOLE = {"soi": ORDERS, "toi": ORDERS.replace("soi", "toi"), "cat": CATEGORIES, "pb": POINTS, "json": BUNDLE}


@pytest.mark.parametrize(("ending", "text"), [*WHOLE.items(), ("pb", PROJECTS)])
def test_the_files_that_are_broken_here_are_whole_before(ending, text):
    assert parse(text.encode(), ending).voters > 0


@pytest.mark.parametrize(
    ("ending", "text", "line", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_line_and_reason_are_told(ending, text, line, reason):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BrokenFile) as told:
        parse(data, ending)
    assert (told.value.line, reason in told.value.reason) == (line, True), str(told.value)
    assert len(str(told.value)) < 220


@settings(deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_file_with_something_cut_out_or_put_in_is_read_or_refused(ending, data):
    text = WHOLE[ending].encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    put = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"", b";", b",", b"{", b"}", b"\n", b'"', b"9" * 30]))
    )
    told = refused(text[:start] + put + text[end:], ending)
    assert told is None or (1 <= told.line <= text.count(b"\n") + 12 and told.reason.endswith("."))


def refused(data: bytes, ending: str) -> BrokenFile | None:
    try:
        parse(data, ending)
    except BrokenFile as told:
        return told
    return None


@settings(deadline=None)
@given(st.sampled_from(ENDINGS), st.binary(max_size=400))
def test_anything_at_all_is_refused_in_words(ending, data):
    with pytest.raises(BrokenFile):
        parse(data, ending)
