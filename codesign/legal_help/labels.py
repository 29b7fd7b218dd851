"""The words for the two lists, and for what is wrong with a line's source and days."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.legal_help.domain import Part, Problem
from codesign.web.i18n import _l

PARTS: dict[Part, LazyString] = {
    Part.SANCTION: _l("Where a sanction can exist"),
    Part.HELP: _l("Where you find free help"),
}

# Each problem with the field of the form it is said at.
PROBLEMS: dict[Problem, tuple[str, LazyString]] = {
    Problem.NO_SOURCE: ("source", _l("Say where this stands. Without a source nothing is kept.")),
    Problem.NO_SOURCE_DAY: ("source_date", _l("Say of which day the source is.")),
    Problem.SOURCE_DAY_COMES: ("source_date", _l("This day has not come yet.")),
    Problem.NO_CHECKED_DAY: ("checked_on", _l("Say on which day somebody compared it with the source.")),
    Problem.CHECKED_DAY_COMES: ("checked_on", _l("This day has not come yet.")),
    Problem.CHECKED_BEFORE_SOURCE: ("checked_on", _l("The source is newer than this check. Check it again.")),
    Problem.NO_VALID_DAY: ("valid_until", _l("Say until which day this check holds.")),
    Problem.VALID_DAY_IS_PAST: ("valid_until", _l("This day is over. Choose a later one.")),
    Problem.VALID_TOO_LONG: ("valid_until", _l("A check holds one year at most.")),
}
