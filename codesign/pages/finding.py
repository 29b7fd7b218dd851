"""How the library is asked: what stands in the address, the state of an advice in words, and the links to more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import flask
from werkzeug.datastructures import MultiDict

from codesign.documents.clock import Clock, clock
from codesign.documents.models import AdviceStatus
from codesign.documents.queries import Waiting, Wanted
from codesign.places.models import Place
from codesign.web.clock import today
from codesign.web.i18n import _, current_lang, ngettext
from codesign.web.paging import Page, page_number

MOST_WORDS = 200


@dataclass(frozen=True)
class LibraryForm:
    """What somebody asked of the library; whatever cannot be read asks for nothing."""

    wanted: Wanted

    @classmethod
    def read(cls, args: MultiDict[str, str], places: Iterable[str], themes: Iterable[str]) -> LibraryForm:
        """From the address; only codes we know are taken over."""
        year = args.get("year", "")
        return cls(
            Wanted(
                words=args.get("q", "").strip()[:MOST_WORDS],
                place=next((p for p in places if p == args.get("place")), ""),
                themes=tuple(t for t in themes if t in args.getlist("theme")),
                year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
                states=tuple(s for s in Waiting if s.value in args.getlist("state")),
                page=page_number(args.get("page")),
            )
        )

    def fields(self, *without: str) -> list[tuple[str, str]]:
        """The same as pairs of name and value, for hidden fields and links."""
        w = self.wanted
        pairs = [("q", w.words), ("place", w.place), ("year", str(w.year or ""))]
        pairs += [("theme", code) for code in w.themes] + [("state", s.value) for s in w.states]
        return [(name, value) for name, value in pairs if value and name not in without]

    @property
    def asks(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.fields())


def links(form: LibraryForm, page: Page[Any]) -> dict[str, str | None]:
    """Where the pages before and after are."""

    def to(number: int | None) -> str | None:
        asked = urlencode([*form.fields(), ("page", str(number))])
        return f"{flask.url_for('pages.home')}?{asked}" if number else None

    return {"before": to(page.before), "after": to(page.after)}


def clock_of(status: AdviceStatus, place: Place) -> Clock:
    """The clock of an advice, in days of its place."""
    zone = ZoneInfo(place.timezone)
    answered = status.answered_at.astimezone(zone).date() if status.answered_at else None
    return clock(status.sent_on, status.due_on, today(place.timezone), answered)


def short_in(status: AdviceStatus) -> tuple[str, str]:
    """The first sentences and their language: the reader's own where there is one."""
    for language in (current_lang(), status.language):
        if language in status.short:
            return status.short[language], language
    return "", status.language


def state_badge(status: AdviceStatus, place: Place) -> tuple[str, str, str]:
    """Icon, words and kind of the badge that says where an advice is."""
    if status.withdrawn_on is not None:
        return "arrow-u-up-left", _("Taken back by the panel"), ""
    c = clock_of(status, place)
    if c.answered_on:
        return "check", _("Answered in week %(used)s of %(weeks)s", used=c.used, weeks=c.weeks), "full"
    if c.late_days:
        words = ngettext("No answer. %(num)s day late.", "No answer. %(num)s days late.", c.late_days)
        return "clock", words, "later"
    return "hourglass", _("Week %(used)s of %(weeks)s", used=c.used, weeks=c.weeks), ""
