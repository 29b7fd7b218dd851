"""The blueprint of reports, its page on the desk, how its views find a report, and who rests on one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import flask
from sqlalchemy.orm import Session

from codesign.db import db
from codesign.fieldwork import queries
from codesign.fieldwork.labels import kind_words, size_words
from codesign.fieldwork.queries import Seen
from codesign.panels.hooks import RailItem, Waiting, hooks
from codesign.panels.models import Panel
from codesign.web.access import me
from codesign.web.i18n import _, ngettext

bp = flask.Blueprint("fieldwork", __name__)
# Says whether an advice that went to the panel rests on a report; packages above add theirs.
Citing = Callable[[Session, int], bool]


@bp.record_once
def _join_pages(state: Any) -> None:
    state.app.jinja_env.globals.update(report_kind=kind_words, size_words=size_words)
    hooks(state.app).panel_rail.append(_rail)
    hooks(state.app).panel_waiting.append(_waiting)
    citing(state.app)


def _rail(_session: Session, panel: Panel) -> Iterable[RailItem]:
    yield RailItem("reports", _("Reports"), flask.url_for("fieldwork.desk", panel_id=panel.id), "notebook")


def _waiting(session: Session, panel: Panel) -> Iterable[Waiting]:
    for report_id, many in queries.open_objections(session, panel.id).items():
        yield Waiting(
            "hourglass", _("A member says: this is not what we said"),
            ngettext("%(num)s objection to a report.", "%(num)s objections to a report.", many),
            flask.url_for("fieldwork.report", report_id=report_id), _("Read it"),
        )  # fmt: skip


def citing(app: flask.Flask | None = None) -> list[Citing]:
    """Who is asked whether a report is cited."""
    found: list[Citing] = (app or flask.current_app).extensions.setdefault("report_citing", [])
    return found


def is_cited(report_id: int) -> bool:
    """Whether an advice that went to the panel rests on the report."""
    return any(asked(db.session(), report_id) for asked in citing())


def find(report_id: int) -> Seen:
    """The report, for the people of its panel; anybody else gets the same 404 as for a number that is not."""
    seen = queries.report_for(db.session(), report_id, me().id)
    if seen is None:
        flask.abort(404)
    flask.g.panel = seen.panel
    return seen
