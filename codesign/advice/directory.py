"""What a recommendation picks from the place: a small group of its directory, and a moment of its policy calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from codesign.advice.queries import AdviceView
from codesign.advice.values import Moment, Recommendation
from codesign.advice.versions import longest
from codesign.networks import queries
from codesign.web.i18n import _, format_day

Choices = list[tuple[str, str]]


def groups(session: Session, view: AdviceView, shown: Recommendation) -> Choices:
    """Code and name of every small group; one that has ended since stays to be seen."""
    found = [(n.code, n.name) for n in queries.networks_of(session, view.panel.municipality_code)]
    return [("", _("Not from the directory")), *_with(found, shown.small_group, shown.small_initiative)]


def moments(session: Session, view: AdviceView, shown: Recommendation, today: date) -> Choices:
    """Every moment to come, by day, each as the line that is kept; where an answer would come too late, it says so."""
    found = []
    for line in queries.moments_of(session, view.panel.municipality_code):
        moment = str(Moment(" ".join(line.title.split()), line.kind.value, line.day))
        if line.day >= today and len(moment) <= longest("moment"):
            words = _("%(day)s: %(title)s", day=format_day(line.day), title=line.title)
            found.append((moment, words if line.before >= today else _("%(moment)s (too late)", moment=words)))
    kept = shown.moment
    words = _("%(day)s: %(title)s", day=format_day(kept.day), title=kept.title) if kept else ""
    return [("", _("Not from the calendar")), *_with(found, str(kept) if kept else "", words)]


def _with(found: Choices, kept: str, words: str) -> Choices:
    return found if not kept or kept in {value for value, _words in found} else [*found, (kept, words or kept)]
