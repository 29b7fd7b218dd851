"""A policy calendar as a page and as a file: what is to come, what has passed, one event for each day that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import flask

from codesign.places.domain import MomentLine
from codesign.places.icalendar import MEDIA_TYPE, Event, calendar, uid
from codesign.web.i18n import _


def parted(lines: Iterable[MomentLine], today: date) -> tuple[list[MomentLine], list[MomentLine]]:
    """What is decided from today on, the next first; and what was decided before, the last first."""
    kept = list(lines)
    return [x for x in kept if x.day >= today], [x for x in reversed(kept) if x.day < today]


def events(place_code: str, lines: Iterable[MomentLine]) -> Iterator[Event]:
    """For each moment the last day for advice and the day of the decision; once when they are the same day."""
    host, source = flask.request.host, _("Source")
    for line in lines:
        about = f"{source}: {line.source}\n{line.checked_on.isoformat()}"
        if line.before != line.day:
            yield Event(
                uid(host, place_code, line.code, "advice"), line.before,
                _("Last day for advice: %(title)s", title=line.title), about, "", line.url, line.stamp,
            )  # fmt: skip
        yield Event(uid(host, place_code, line.code), line.day, line.title, about, line.language, line.url, line.stamp)


def download(place_code: str, place_name: str, lines: Iterable[MomentLine]) -> flask.Response:
    """The file, to keep or to follow."""
    name = _("What %(place)s decides, and when", place=place_name)
    reply = flask.Response(calendar(name, events(place_code, lines)), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{place_code}-calendar.ics"'
    return reply
