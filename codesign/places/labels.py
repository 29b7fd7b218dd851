"""Words for the kinds of networks and moments, and for advice that comes too late."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.places.domain import MomentKind, Standing
from codesign.web.i18n import _, _l, ngettext

STANDINGS: dict[Standing, LazyString] = {
    Standing.INFORMAL: _l("Informal group"),
    Standing.ASSOCIATION: _l("Association"),
    Standing.FOUNDATION: _l("Foundation"),
    Standing.SERVICE: _l("Service"),
}
MOMENT_KINDS: dict[MomentKind, LazyString] = {
    MomentKind.PURCHASE: _l("Buying a service"),
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


def left_words(days: int) -> str:
    """How long there is for advice, in words; the warning when it is too late (R24)."""
    if days < 0:
        return _("Too late for advice now.")
    if days == 0:
        return _("Today is the last day for advice.")
    return ngettext("%(num)d day left for advice.", "%(num)d days left for advice.", days)
