"""The blueprint of the vision, its page on the desk, how its views find a point, and who refers to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.panels.hooks import RailItem, hooks
from codesign.panels.models import Panel
from codesign.vision import queries
from codesign.vision.queries import Seen
from codesign.web.access import me
from codesign.web.i18n import _

bp = flask.Blueprint("vision", __name__)
# Says whether an advice that the panel votes on refers to a point; packages above add theirs.
Citing = Callable[[Session, int], bool]


@bp.record_once
def _join_pages(state: Any) -> None:
    hooks(state.app).panel_rail.append(_rail)
    citing(state.app)


def _rail(_session: Session, panel: Panel) -> Iterable[RailItem]:
    yield RailItem("vision", _("Our place"), flask.url_for("vision.desk", panel_id=panel.id), "house-line")


def citing(app: flask.Flask | None = None) -> list[Citing]:
    """Who is asked whether a point is referred to."""
    found: list[Citing] = (app or flask.current_app).extensions.setdefault("vision_citing", [])
    return found


def is_cited(point_id: int) -> bool:
    """Whether an advice that the panel votes on refers to the point."""
    return any(asked(db.session(), point_id) for asked in citing())


def find(point_id: int, *, moderator: bool = False) -> Seen:
    """The point, for the people of its panel; anybody else gets the same 404 as for a number that is not."""
    seen = queries.point_for(db.session(), point_id, me().id, moderator=moderator)
    if seen is None:
        flask.abort(404)
    flask.g.panel = seen.panel
    return seen
