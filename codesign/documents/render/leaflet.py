"""The short version of an advice on one sheet of paper, in one language, as a tagged PDF."""

from __future__ import annotations

from datetime import date

import segno

from codesign.documents.domain import Json, digest
from codesign.documents.render.keeping import Kept
from codesign.documents.render.press import pdf_of
from codesign.documents.render.view import passage
from codesign.documents.render.words import words_in
from codesign.web.i18n import lang_name

TEMPLATE = "leaflet.typ"
_kept = Kept(64)


def leaflet(document: Json, short: Json, address: str) -> bytes:
    """The sheet of a checked advice; `short`: language, text, translated_by; `address`: where all of it can be read.

    The language of the advice also has its recommendations; in the others only what a person translated stands there.
    The same bytes for the same words and address. Raises `RenderError`.
    """
    name = digest(repr((document["number"], document["title"], document["cover"], short, address)).encode())
    return _kept.get(name, lambda: _drawn(document, short, address))


def _drawn(document: Json, short: Json, address: str) -> bytes:
    own = words_in(short["language"])
    language, sent = document["language"], date.fromisoformat(document["cover"]["sent_on"])
    asks = document["recommendations"] if short["language"] == language else []
    data = {
        "words": own.labels(),
        "own": passage("", own.language),
        "doc": passage("", short["language"]),
        "web": passage("", "en"),
        "title": document["title"],
        "number": document["number"],
        "place": document["place"]["name"],
        "date": [sent.year, sent.month, sent.day],
        "heading": passage(document["title"], language),
        "panel": passage(document["panel"], language),
        "addressee": passage(document["place"]["addressee"], language),
        "text": passage(short["text"], short["language"]),
        "name": lang_name(short["language"]),
        "person": short["translated_by"] == "person",
        "asks": [
            {
                "title": passage(f"{r['number']}. {r['title']}", language),
                "who": passage("; ".join(a["name"] for a in r["actors"]), language),
                "by_when": passage(r["by_when"], language),
            }
            for r in asks
        ],
        "due": own.day(document["cover"]["answer_due"]),
        "address": address,
        "square": _square(address),
    }
    return pdf_of(TEMPLATE, data, sent)


def _square(text: str) -> str:
    """The address as a square to scan."""
    return segno.make(text, error="m", micro=False).svg_inline(border=2, dark="#2b1a3e", omitsize=True)
