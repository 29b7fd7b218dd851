"""Files made to say or do more than their pages: what starts by itself, what a phone wrote, what cannot be read."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from codesign.fieldwork.files import MOST_BYTES, PDF, Clean, NotTaken, Problem, clean
from fieldwork.conftest import NAME, photo

LARGEST = 10_000_000


def page_with(note: Dictionary | None) -> bytes:
    """A PDF of one page with this note on it, and a table whose heading says of what it is one."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.Annots = Array([note])
    heading = Dictionary(S=Name.TH, A=Dictionary(O=Name.Table, Scope=Name.Column))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=heading))
    first, second = pdf.make_indirect(Dictionary(Title="one")), pdf.make_indirect(Dictionary(Title="two"))
    first.Next, pdf.Root.Outlines = second, Dictionary(First=first, Last=second)
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def link(**action: object) -> bytes:
    return page_with(Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(**action)))


def plain(made: Clean) -> bytes:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        written = io.BytesIO()
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def test_no_action_of_a_pdf_brings_another_and_an_address_is_one_people_can_see():
    launch, send = Dictionary(S=Name.Launch, F="evil"), Dictionary(S=Name.SubmitForm, F="evil")
    field = Dictionary(Subtype=Name.Widget, Rect=[0, 0, 9, 9], PA=Dictionary(S=Name.URI, URI="https://evil"))
    hostile = [
        link(S=Name.GoTo, D="here", Next=launch),
        link(S=Name.URI, URI="https://example.org", Next=Array([send, launch])),
        link(S=Name.URI, URI="javascript:evil()"),
        link(S=Name.URI, URI="file:///evil"),
        link(S=Name.GoToR, F="evil"),
        page_with(field),
        page_with(None),
    ]
    for content in hostile:
        assert b"evil" not in plain(clean(content, LARGEST))
    kept = plain(clean(link(S=Name.URI, URI="https://example.org/page"), LARGEST))
    for told in (b"https://example.org/page", b"/Scope /Column", b"(two)"):
        assert told in kept


def picture_in(content: bytes, *filters: Name) -> bytes:
    """What a PDF keeps of this picture, packed in these ways."""
    pdf = pikepdf.new()
    image = pikepdf.Stream(pdf, b"")
    image.write(content, filter=Array(filters))
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 60, 40
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    pdf.add_blank_page().obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    made = io.BytesIO()
    pdf.save(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pikepdf.open(io.BytesIO(clean(made.getvalue(), LARGEST).content)) as taken:
        stored: bytes = taken.pages[0].Resources.XObject.Im0.read_raw_bytes()
    return stored


def test_a_photo_in_a_pdf_tells_nothing_however_it_is_packed():
    raw, once, jpeg = photo(), io.BytesIO(), Name.DCTDecode
    # As progressive pictures have several scans, each is followed to its end.
    Image.open(io.BytesIO(raw)).save(once, "JPEG", progressive=True, comment=NAME.encode(), exif=Image.Exif())
    ways = [
        picture_in(zlib.compress(raw), Name.FlateDecode, jpeg),
        picture_in(raw.hex().encode() + b">", Name.ASCIIHexDecode, jpeg),
        picture_in(raw, Name.DCT),
        picture_in(raw[:2] + b"\xff\xff" + raw[2:], jpeg),
        picture_in(b"\n" + raw, jpeg),
        picture_in(raw + b"second picture of " + NAME.encode(), jpeg),
        picture_in(once.getvalue(), jpeg),
    ]
    for stored in ways:
        assert NAME.encode() not in stored
        assert b"PhoneMaker" not in stored
        with Image.open(io.BytesIO(stored)) as opened:
            opened.load()
            assert opened.size == (60, 40)
    bomb = zlib.compress(b"\xff\xd8" + b" " * MOST_BYTES, 9)
    for broken in (
        (b"no picture at all", jpeg), (bomb, Name.FlateDecode, jpeg), (b"no zlib", Name.FlateDecode, jpeg),
        (raw, Name.RunLengthDecode, jpeg),
    ):  # fmt: skip
        with pytest.raises(NotTaken) as refused:
            picture_in(*broken)
        assert refused.value.problem is Problem.BROKEN_PDF


def test_exif_that_cannot_be_read_costs_nobody_the_picture():
    raw = photo()
    at = raw.index(b"Exif\0\0") + 6
    for broken in (b"\xff" * 40, b"MM\0*\0\0\0\x08\xff\xff" + b"\x80" * 30, b"II*\0\xff\xff\xff\x7f" + b"\0" * 32):
        made = clean(raw[:at] + broken + raw[at + len(broken) :], LARGEST)
        assert Image.open(io.BytesIO(made.content)).size in {(60, 40), (40, 60)}


def packed(size: int) -> bytes:
    """A PDF whose pages are an object in a packed stream of `size` bytes."""
    data = zlib.compress(b"2 0 <</Type/Pages/Kids[3 0 R]/Count 1>>" + b" " * size, 1)
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(data), data),
    }
    made, rows = b"%PDF-1.5\n", {0: bytes(6), 2: b"\2\0\0\0\4\0"}
    for number, body in bodies.items():
        rows[number] = b"\1%b\0" % len(made).to_bytes(4, "big")
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows[5] = b"\1%b\0" % len(made).to_bytes(4, "big")
    table = b"".join(rows[n] for n in range(6))
    head = b"<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%b\nendstream" % (len(table), table)
    return made + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, len(made))


def test_a_pdf_that_could_unpack_without_end_is_opened_by_a_process_that_may_hold_so_much():
    assert clean(packed(10), LARGEST).media_type == PDF
    with pytest.raises(NotTaken) as refused:
        clean(packed(10)[:60] + b"XRef", LARGEST)
    assert refused.value.problem is Problem.BROKEN_PDF
    # The same process with a quarter of that: it ends by itself.
    code = "from codesign.fieldwork import files; files._MOST_MEMORY //= 4; raise SystemExit(files.main())"
    found = subprocess.run([sys.executable, "-c", code], input=packed(150_000_000), capture_output=True, check=False)
    assert (found.returncode, found.stdout) == (1, b"")
    assert found.stderr.decode() == Problem.BROKEN_PDF
