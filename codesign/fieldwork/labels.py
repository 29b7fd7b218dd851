"""The words of reports: their kinds, and why a file is not taken."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.fieldwork.files import Problem
from codesign.fieldwork.models import Kind
from codesign.web.i18n import _, _l

KINDS: dict[Kind, LazyString] = {
    Kind.WORKSHOP: _l("Workshop"),
    Kind.INTERVIEWS: _l("Interviews"),
    Kind.SURVEY: _l("Questions to many people"),
    Kind.VISIT: _l("Visit"),
    Kind.OTHER: _l("Something else"),
}
PROBLEMS: dict[Problem, LazyString] = {
    Problem.EMPTY: _l("This file is empty. Choose another."),
    Problem.OTHER_KIND: _l("This is no PDF, PNG or JPEG, whatever its name says. Save it as one of these."),
    Problem.BROKEN_PICTURE: _l("This picture is broken. Open it, save it again, and choose it once more."),
    Problem.TOO_MANY_PIXELS: _l("This picture has too many dots. Make it smaller than 50 million."),
    Problem.BROKEN_PDF: _l("This PDF is broken. Save it again as PDF, and choose it once more."),
    Problem.LOCKED_PDF: _l("This PDF has a password. Save it without one."),
    Problem.TOO_MANY_PAGES: _l("This PDF has more than 500 pages. Leave some out."),
}


def kind_words(kind: str) -> str:
    """The name of a kind of report."""
    return str(KINDS[Kind(kind)])


def size_words(size: int) -> str:
    """How large a file is, for people."""
    return (
        _("%(size)s MB", size=f"{size / 1_000_000:.1f}")
        if size >= 100_000
        else _("%(size)s kB", size=size // 1000 or 1)
    )
