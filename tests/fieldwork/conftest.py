"""What tests of reports share: a panel, and files with things in them that must not stay."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from PIL import Image
from worlds import world

__all__ = ["bomb", "photo", "scan", "world"]
NAME = "Fatima Haddad"


def photo(side: tuple[int, int] = (60, 40), kind: str = "JPEG") -> bytes:
    """A picture as a phone makes it: on its side, with place, owner and device inside."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "PhoneMaker", NAME, 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 5.0, 3.0)
    made = io.BytesIO()
    Image.linear_gradient("L").resize(side).convert("RGB").save(made, kind, exif=exif, comment=NAME.encode())
    return made.getvalue()


def scan(password: str = "") -> bytes:
    """A PDF with an author, a remark, a script, an attachment and a phone's photo inside."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    image = pikepdf.Stream(pdf, photo())
    image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 60, 40, pikepdf.Name.DeviceRGB, 8
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pikepdf.Stream(pdf, b"q 60 0 0 40 0 0 cm /Im0 Do Q")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=NAME)
    page.Annots = pikepdf.Array([note])
    pdf.docinfo["/Author"] = NAME
    with pdf.open_metadata() as about:
        about["dc:creator"] = [NAME]
    pdf.attachments["list.txt"] = NAME.encode()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made = io.BytesIO()
    pdf.save(made, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return made.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of some hundred bytes that says it is very large."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")
