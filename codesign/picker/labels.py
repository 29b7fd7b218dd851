"""Words for the kinds of evidence, where each comes from, and what went away."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.advice.labels import CITED
from codesign.advice.values import Cited, Outcome, Report
from codesign.evidence.values import Kind
from codesign.web.i18n import _, _l, format_day

KINDS: dict[Kind, LazyString] = {
    Kind.RESULT: _l("Results of the vote"),
    Kind.QUOTE: _l("Words of members"),
    Kind.IDEA: _l("Ideas of the round"),
    Kind.REPORT: _l("Reports of the panel"),
    Kind.CITED: _l("Known elsewhere"),
    Kind.VISION: _l("Points of our vision"),
}
ICONS: dict[Kind, str] = {
    Kind.RESULT: "scales",
    Kind.QUOTE: "chats-circle",
    Kind.IDEA: "lightbulb",
    Kind.REPORT: "clipboard-text",
    Kind.CITED: "graduation-cap",
    Kind.VISION: "path",
}
NOTHING: dict[Kind, LazyString] = {
    Kind.RESULT: _l("No vote of this round is closed yet."),
    Kind.QUOTE: _l("No member released words yet."),
    Kind.IDEA: _l("There is no idea in this round."),
    Kind.REPORT: _l("There is no report that everybody may read."),
    Kind.CITED: _l("Nothing is cited yet."),
    Kind.VISION: _l("The panel has no vision yet."),
}
REPORTS: dict[str, LazyString] = {
    "workshop": _l("Workshop"),
    "interviews": _l("Interviews"),
    "survey": _l("Questions to many people"),
    "visit": _l("Visit"),
    "other": _l("Report"),
}


LOST: dict[Kind, LazyString] = {
    Kind.RESULT: _l("A result of a vote is not here any more."),
    Kind.QUOTE: _l("A member took words back."),
    Kind.REPORT: _l("A report was taken out."),
    Kind.CITED: _l("Something cited was taken out."),
    Kind.VISION: _l("A point of the vision was taken out."),
}


def lost_words(kind: Kind) -> str:
    """What went away from behind a sentence or a recommendation."""
    return str(LOST[kind])


def about_outcome(outcome: Outcome) -> str:
    """The question, and whether the option was chosen."""
    if outcome.chosen is False:
        return _("%(question)s Not chosen.", question=outcome.question)
    return outcome.question


def about_report(report: Report) -> str:
    """Kind and day."""
    return _("%(kind)s, %(day)s", kind=str(REPORTS[report.kind]), day=format_day(report.held_on))


def about_cited(cited: Cited) -> str:
    """Kind and source."""
    return f"{CITED[cited.kind]}: {cited.source}" if cited.source else str(CITED[cited.kind])
