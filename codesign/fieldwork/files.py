"""Opening a file that came in and making it anew: PDF, PNG or JPEG, without who made it, when, where and with what."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pikepdf
from PIL import Image, ImageOps

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
# The largest picture of a phone today is under this; unpacked it takes about 150 MB of memory for a moment.
MOST_PIXELS = 50_000_000
# Longer than this side nobody reads on paper or on a screen.
LONGEST_SIDE = 4000
MOST_PAGES = 500
# What one file can be at most, whatever the setting says: it crosses the wall whole (documents/schemas/attachment-1).
MOST_BYTES = 20_000_000

# Refused here by name, so no line in the log is needed.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class Problem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    BROKEN_PICTURE = "broken_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN_PDF = "broken_pdf"
    LOCKED_PDF = "locked_pdf"
    TOO_MANY_PAGES = "too_many_pages"


class NotTaken(ValueError):
    """The file is not taken; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Clean:
    """A file as it is stored."""

    content: bytes
    media_type: str

    @property
    def digest(self) -> str:
        """SHA-256 of the stored bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def name(self, kind: str, day: date) -> str:
        """A name that says nothing of people: what the sender called it may hold one."""
        ending = {PDF: "pdf", PNG: "png", JPEG: "jpg"}[self.media_type]
        return f"{kind}-{day.isoformat()}.{ending}"


def clean(content: bytes, largest: int) -> Clean:
    """The same file made anew, at most `largest` bytes; it is known by its first bytes, never by its name.

    Raises `NotTaken`.
    """
    largest = min(largest, MOST_BYTES)
    if not content:
        raise NotTaken(Problem.EMPTY)
    if len(content) > largest:
        raise NotTaken(Problem.TOO_LARGE)
    if content.startswith(b"%PDF-"):
        made = Clean(_pdf(content), PDF)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        made = Clean(_picture(content, "PNG"), PNG)
    elif content.startswith(b"\xff\xd8\xff"):
        made = Clean(_picture(content, "JPEG"), JPEG)
    else:
        raise NotTaken(Problem.OTHER_KIND)
    if len(made.content) > MOST_BYTES:
        raise NotTaken(Problem.TOO_LARGE)
    return made


def _picture(content: bytes, kind: str) -> bytes:
    """The pixels alone, the right way up; no EXIF, XMP, comments, thumbnails or colour profile of a device."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotTaken(Problem.TOO_MANY_PIXELS)
            opened.load()
            turned = ImageOps.exif_transpose(opened)
            clear = turned.has_transparency_data and kind == "PNG"
            plain = turned.convert("RGBA" if clear else "L" if turned.mode in {"1", "L"} else "RGB")
    except Image.DecompressionBombError as error:
        raise NotTaken(Problem.TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(Problem.BROKEN_PICTURE) from error
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    made = io.BytesIO()
    bare.save(made, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {"compress_level": 7}))
    return made.getvalue()


# Entries of any dictionary that say who, when or with what, or that make a reader do something by itself.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Thumb", "/AA", "/JS", "/XFA")
_ROOT = ("/OpenAction", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/URI", "/DSS")
_NAMES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/AlternatePresentations")
_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Popup")
_ACTIVE = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/Popup"}
_HARMLESS = {"/GoTo", "/URI"}
_DCT = pikepdf.Name.DCTDecode


def _pdf(content: bytes) -> bytes:
    """The pages with their words and pictures; no properties, authors of remarks, attachments or scripts."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise NotTaken(Problem.TOO_MANY_PAGES)
            if not pdf.pages:
                raise NotTaken(Problem.BROKEN_PDF)
            _strip(pdf)
            made = io.BytesIO()
            pdf.save(made, deterministic_id=True, encryption=False)
            return made.getvalue()
    except pikepdf.PasswordError as error:
        raise NotTaken(Problem.LOCKED_PDF) from error
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError, MemoryError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(Problem.BROKEN_PDF) from error


def _strip(pdf: pikepdf.Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    _drop(pdf.Root, _ROOT)
    if "/Names" in pdf.Root:
        _drop(pdf.Root.Names, _NAMES)
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array([a for a in page.obj.Annots if str(a.get("/Subtype")) not in _ACTIVE])
    for item in _everything(pdf):
        _drop(item, _TELLING)
        if isinstance(item.get("/A"), pikepdf.Dictionary) and str(item.A.get("/S")) not in _HARMLESS:
            del item["/A"]
        if "/Rect" in item and str(item.get("/Subtype")) not in {"/Widget", "/Link", "None"}:
            _drop(item, _NOTES)
        if isinstance(item, pikepdf.Stream) and item.get("/Filter") in (
            pikepdf.Name.DCTDecode,
            [pikepdf.Name.DCTDecode],
        ):
            item.write(_jpeg_alone(item.read_raw_bytes()), filter=_DCT)


def _everything(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of the file, also those inside of others."""
    for found in list(pdf.objects):
        waiting, depth = [found], 0
        while waiting and depth < 10_000:
            item, depth = waiting.pop(), depth + 1
            if isinstance(item, pikepdf.Array):
                inner = list(item)
            elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                yield item
                inner = [item[key] for key in item.keys()]  # noqa: SIM118 (a stream has no iterator of its keys)
            else:
                continue
            waiting += [i for i in inner if isinstance(i, pikepdf.Array | pikepdf.Dictionary) and not i.is_indirect]


def _drop(item: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in item:
            del item[name]


_SEGMENT = re.compile(rb"\xff([\xe0-\xef\xfe])")


def _jpeg_alone(content: bytes) -> bytes:
    """A JPEG inside a PDF without EXIF, XMP and comments; its pixels are untouched (JFIF and Adobe marks stay).

    Source: ITU-T T.81 (1992), annex B: before the first scan a file is a row of segments, each with its length.
    """
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in {0xDA, 0xD9}:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if not (_SEGMENT.match(content, at) and content[at + 1] not in {0xE0, 0xEE}):
            kept.append(content[at:end])
        at = end
    return b"".join(kept) + content[at:]
