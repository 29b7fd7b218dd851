"""A calendar file (iCalendar, RFC 5545) of days: lines folded at 75 octets, text escaped, every line ended by CRLF."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar"
_FOLD = 75


@dataclass(frozen=True)
class Event:
    """One whole day. `stamp` is when its words were written, so that the same calendar gives the same bytes."""

    uid: str
    day: date
    summary: str
    description: str
    language: str
    url: str
    stamp: datetime


def uid(*parts: str) -> str:
    """A name for an event that is the same each time for the same thing (a UUID of version 5, as RFC 7986 asks)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "codesign:" + ":".join(parts)))


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11): backslash, semicolon and comma marked, line breaks as \\n.

    Controls cannot stand in a calendar file at all and are left out.
    """
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    marked = marked.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(c for c in marked if c == "\t" or (c >= " " and c != "\x7f"))


def folded(line: str) -> str:
    """A content line in pieces of 75 octets at most, each further one after CRLF and a space; no letter is cut."""
    pieces: list[str] = []
    piece, size = "", 0
    for c in line:
        octets = len(c.encode())
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + c, size + octets
    return "\r\n".join([*pieces, piece])


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//codesign//policy calendar//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"NAME:{escaped(name)}")
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def _event(event: Event) -> Iterator[str]:
    language = f";LANGUAGE={event.language}" if event.language else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # The day after: the end of a whole day is not part of it (3.6.1).
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY{language}:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    if event.url.isascii() and event.url.isprintable() and event.url:
        yield f"URL:{event.url}"
    # A decision of others does not make somebody busy.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
