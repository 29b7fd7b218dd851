"""A file is known by its first bytes, opened, and made anew without who, when, where and with what."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from codesign.fieldwork.files import JPEG, MOST_BYTES, PDF, PNG, NotTaken, Problem, clean
from codesign.settings import Settings
from fieldwork.conftest import NAME, bomb, photo, scan

LARGEST = Settings().largest_report


def test_a_photo_says_no_longer_where_and_by_whom_it_was_taken():
    for kind, media_type in (("JPEG", JPEG), ("PNG", PNG)):
        raw = photo(kind=kind)
        assert NAME.encode() in raw
        made = clean(raw, LARGEST)
        assert made.media_type == media_type
        assert NAME.encode() not in made.content
        assert b"PhoneMaker" not in made.content
        with Image.open(io.BytesIO(made.content)) as opened:
            assert not opened.getexif()
            assert opened.size == (40, 60)  # the right way up
        assert clean(raw, LARGEST).digest == made.digest


def test_a_pdf_keeps_its_page_and_loses_author_remarks_attachment_script_and_what_its_photo_tells():
    made = clean(scan(), LARGEST)
    assert made.media_type == PDF
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        plain = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.disable
        pdf.save(plain, object_stream_mode=mode, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        picture = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
        assert Image.open(io.BytesIO(picture)).size == (60, 40)
    for told in (NAME.encode(), b"PhoneMaker", b"JavaScript", b"list.txt"):
        assert told not in plain.getvalue()
    assert clean(scan(), LARGEST).media_type == PDF


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"<!doctype html><script>alert(1)</script>", Problem.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Problem.OTHER_KIND),
        (b"PK\x03\x04 a zip", Problem.OTHER_KIND),
        (photo((900, 900))[:400], Problem.BROKEN_PICTURE),
        (b"\x89PNG\r\n\x1a\n nothing", Problem.BROKEN_PICTURE),
        (bomb(8_000), Problem.TOO_MANY_PIXELS),
        (bomb(60_000), Problem.TOO_MANY_PIXELS),
        (b"%PDF-1.7 and then nothing", Problem.BROKEN_PDF),
        (scan("secret"), Problem.LOCKED_PDF),
        (photo() + b"x" * LARGEST, Problem.TOO_LARGE),
    ],
    ids=["empty", "html", "svg", "zip", "half", "broken", "bomb", "huge", "pdf", "locked", "large"],
)
def test_what_cannot_be_taken_is_refused_by_name(content: bytes, problem: Problem):
    with pytest.raises(NotTaken) as refused:
        clean(content, LARGEST)
    assert refused.value.problem is problem


def test_the_setting_of_the_largest_file_is_looked_at_before_a_start():
    assert LARGEST < MOST_BYTES
    assert Settings(largest_report=MOST_BYTES).problems() == []
    for wrong in (0, MOST_BYTES + 1):
        assert "LARGEST_REPORT" in Settings(largest_report=wrong).problems()[0]
