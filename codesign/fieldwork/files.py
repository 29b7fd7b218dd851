"""Opening a file that came in and making it anew: PDF, PNG or JPEG, without who made it, when, where and with what."""

from __future__ import annotations

import hashlib
import io
import os
import re
import resource
import subprocess
import sys
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pikepdf
from PIL import Image

from codesign.fieldwork.jpeg import jpeg_alone

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
            clear = opened.has_transparency_data and kind == "PNG"
            mode = "RGBA" if clear else "L" if opened.mode in {"1", "L"} else "RGB"
            # Small first, then turned: of a large picture each further copy is 150 MB and more.
            plain = opened if opened.mode == mode else opened.convert(mode)
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = _turned(plain, opened)
    except Image.DecompressionBombError as error:
        raise NotTaken(Problem.TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(Problem.BROKEN_PICTURE) from error
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    made = io.BytesIO()
    bare.save(made, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {"compress_level": 7}))
    return made.getvalue()


# Values of the EXIF entry "orientation" that ask for something (CIPA DC-008, 2019, 4.6.5.1).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def _turned(plain: Image.Image, opened: Image.Image) -> Image.Image:
    """The right way up; a picture whose EXIF cannot be read stays as it lies."""
    try:
        turn = _TURNS.get(opened.getexif().get(0x0112, 1))
    except Exception:  # whatever the reader of broken EXIF stumbles over
        turn = None
    return plain if turn is None else plain.transpose(turn)


# Entries of any dictionary that say who, when or with what, or that make a reader do something by itself.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Thumb", "/AA", "/PA", "/JS", "/XFA")
_ROOT = ("/OpenAction", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/URI", "/DSS")
_NAMES = ("/JavaScript", "/EmbeddedFiles", "/Renditions", "/AlternatePresentations")
_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Popup")
_ACTIVE = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/Popup"}
_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_DCT = pikepdf.Name.DCTDecode


# A file without a table in this form cannot unpack while it is opened; the name may be written with signs escaped.
_COULD_GROW = re.compile(rb"XRef|#[0-9A-Fa-f]{2}")
_MOST_MEMORY, _MOST_SECONDS = 1_000_000_000, 30


def _pdf(content: bytes) -> bytes:
    """The PDF made anew; one that could unpack without end by a process of its own, with so much memory and time."""
    if not _COULD_GROW.search(content):
        return _remade(content)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "codesign.fieldwork.files"], input=content, capture_output=True, check=False,
            timeout=_MOST_SECONDS, env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotTaken(Problem.BROKEN_PDF) from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace")
        raise NotTaken(Problem(said) if said in set(Problem) else Problem.BROKEN_PDF)
    return done.stdout


def main() -> int:
    """What that process runs: a PDF from standard input, the new one to standard output, or the problem and 1."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        made = _remade(sys.stdin.buffer.read())
    except NotTaken as error:
        sys.stderr.write(error.problem.value)
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _remade(content: bytes) -> bytes:
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
    except (
        pikepdf.PdfError, zlib.error, RuntimeError, TypeError, ValueError, KeyError, AttributeError, MemoryError,
    ) as error:  # fmt: skip
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
            notes = [a for a in page.obj.Annots if isinstance(a, pikepdf.Dictionary)]
            page.obj.Annots = pikepdf.Array([a for a in notes if str(a.get("/Subtype")) not in _ACTIVE])
    for item in _everything(pdf):
        _drop(item, _TELLING)
        # An action can bring a row of others; outlines, which have no kind, keep what follows them.
        if "/S" in item:
            _drop(item, ("/Next",))
        if isinstance(item.get("/A"), pikepdf.Dictionary) and "/S" in item.A and not _harmless(item.A):
            del item["/A"]
        if "/Rect" in item and str(item.get("/Subtype")) not in {"/Widget", "/Link", "None"}:
            _drop(item, _NOTES)
        if isinstance(item, pikepdf.Stream):
            _strip_jpeg(pdf, item)


def _harmless(action: Any) -> bool:
    """Whether it leads to a page of the file, or to an address somebody sees before following it."""
    kind = str(action.S)
    return kind == "/GoTo" or (kind == "/URI" and _ADDRESS.match(str(action.get("/URI"))) is not None)


def _strip_jpeg(pdf: pikepdf.Pdf, item: pikepdf.Stream) -> None:
    """Take what a device wrote out of a JPEG, also of one that is packed once more."""
    filters = item.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if str(names[-1] if names else "") not in {"/DCTDecode", "/DCT"}:
        return
    given = item.get("/DecodeParms")
    parms = list(given) if isinstance(given, pikepdf.Array) else [given]
    if len(names) > 1 and any(isinstance(p, pikepdf.Dictionary) for p in parms[:-1]):
        raise ValueError("packed in a way nobody packs a JPEG")
    content = item.read_raw_bytes()
    for name in names[:-1]:
        content = _unpacked(pdf, content, name)
    last = parms[-1] if isinstance(parms[-1], pikepdf.Dictionary) else None
    item.write(jpeg_alone(content), filter=_DCT, decode_parms=last)


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


def _unpacked(pdf: pikepdf.Pdf, content: bytes, filter: Any) -> bytes:
    """One packing taken off; what would become larger than any file here is refused before it does. ValueError."""
    if str(filter) in {"/FlateDecode", "/Fl"}:
        reader = zlib.decompressobj()
        made = reader.decompress(content, MOST_BYTES)
        if reader.unconsumed_tail:
            raise ValueError("too large when unpacked")
        return made
    # Of the others these alone hardly grow.
    if str(filter) not in {"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}:
        raise ValueError("packed in a way nobody packs a JPEG")
    packed = pikepdf.Stream(pdf, b"")
    packed.write(content, filter=pikepdf.Array([filter]))
    return packed.read_bytes(pikepdf.StreamDecodeLevel.generalized)


if __name__ == "__main__":
    raise SystemExit(main())
