"""Words for the kinds of networks and moments, and for advice that comes too late."""

from __future__ import annotations

from datetime import date

from flask_babel.speaklater import LazyString

from codesign.places.domain import MomentKind, Standing
from codesign.web.i18n import _, _l, format_day, ngettext

STANDINGS: dict[Standing, LazyString] = {
    Standing.INFORMAL: _l("Informal group"),
    Standing.ASSOCIATION: _l("Association"),
    Standing.FOUNDATION: _l("Foundation"),
    Standing.SERVICE: _l("Service"),
}
MOMENT_KINDS: dict[MomentKind, LazyString] = {
    MomentKind.PURCHASE: _l("Buying help or care"),
    MomentKind.BUDGET: _l("Budget"),
    MomentKind.EVALUATION: _l("Looking back at what was done"),
    MomentKind.COUNCIL: _l("Decision of the council"),
    MomentKind.OTHER: _l("Something else"),
}
MOMENT_ICONS: dict[MomentKind, str] = {
    MomentKind.PURCHASE: "handshake",
    MomentKind.BUDGET: "coins",
    MomentKind.EVALUATION: "magnifying-glass",
    MomentKind.COUNCIL: "bank",
    MomentKind.OTHER: "calendar-dots",
}


def standing_words(standing: Standing) -> str:
    """What a network is."""
    return str(STANDINGS[standing])


def kind_of_moment(kind: MomentKind) -> str:
    """What kind of decision it is."""
    return str(MOMENT_KINDS[kind])


def late_words(title: str, decided_on: date, before: date) -> str:
    """The warning that advice would come too late for a moment (R24)."""
    return _(
        "Too late for: %(title)s. It is decided on %(day)s. Advice had to be there by %(before)s.", title=title,
        day=format_day(decided_on), before=format_day(before),
    )  # fmt: skip


def left_words(days: int) -> str:
    """How long there is for advice, in words."""
    if days < 0:
        return _("Too late for advice now.")
    if days == 0:
        return _("Today is the last day for advice.")
    return ngettext("%(num)d day left for advice.", "%(num)d days left for advice.", days)
