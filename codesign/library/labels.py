"""Words of the library: how a measure stands, and who takes part in it."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.library.domain import Stand
from codesign.library.models import ActorKind
from codesign.web.i18n import _l

# The word, its pictogram, and the kind of the badge. No colour says good or bad.
STANDS: dict[Stand, tuple[LazyString, str, str]] = {
    Stand.WAITING: (_l("Waits for an answer"), "hourglass", ""),
    Stand.ADOPTED: (_l("Adopted"), "check", "full"),
    Stand.PARTLY: (_l("Partly"), "heart-half", "half"),
    Stand.LATER: (_l("Later"), "hourglass", "later"),
    Stand.NOT_OURS: (_l("Not ours"), "paper-plane-tilt", ""),
    Stand.NOT: (_l("Not adopted"), "x", ""),
    Stand.WITHDRAWN: (_l("Taken back by the panel"), "arrow-u-up-left", ""),
}

ACTORS: dict[ActorKind, LazyString] = {
    ActorKind.MUNICIPALITY: _l("The municipality"),
    ActorKind.SERVICE: _l("A service or school"),
    ActorKind.SMALL_GROUP: _l("A small group"),
    ActorKind.RESIDENTS: _l("Neighbours"),
    ActorKind.NEWCOMERS: _l("Newcomers"),
}
