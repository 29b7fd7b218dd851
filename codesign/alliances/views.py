"""The pages of moderators and the host: inviting an organisation, and asking organisations to co-sign an advice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flask
from flask import current_app, render_template, request, url_for
from flask_babel import force_locale
from sqlalchemy.orm import Session

from codesign.advice.blueprint import find
from codesign.advice.fates import from_record
from codesign.advice.queries import AdviceView
from codesign.alliances import actions
from codesign.alliances.forms import OrganisationForm
from codesign.cosigning.queries import Beside, beside
from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.documents.models import AdviceStatus
from codesign.documents.queries import advice_of
from codesign.documents.standing import state_of
from codesign.networks.blueprint import find_keeper
from codesign.networks.queries import networks_of
from codesign.panels.hooks import RailItem, hooks
from codesign.panels.models import Panel
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role
from codesign.rules.states import AWAITING
from codesign.settings import Settings
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import COMPLETE, LANGUAGES, _
from codesign.web.qr import svg

bp = flask.Blueprint("alliances", __name__)


@bp.record_once
def _join_pages(state: Any) -> None:
    hooks(state.app).panel_rail.append(_rail)


def _rail(_session: Session, panel: Panel) -> Iterable[RailItem]:
    yield RailItem("organisations", _("Organisations"), url_for("alliances.invite", panel_id=panel.id), "hand-heart")


def _record(path: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.base('record')}{path}"


@bp.route("/desk/panels/<int:panel_id>/organisations", methods=["GET", "POST"])
@access(Access.STAFF)
def invite(panel_id: int) -> Any:
    """Invite an organisation of this place to the record door; its link is shown once, to hand over."""
    panel, membership = find_keeper(panel_id)
    known = networks_of(db.session(), panel.municipality_code)
    form = OrganisationForm(known)
    page = {"panel": panel, "known": known}
    if request.method == "GET":
        return render_template("alliances/invite.html", form=form, **page)
    if not form.validate_on_submit():
        return bad("alliances/invite.html", form, **page)
    facts = Facts(role=membership.role if membership else Role.HOST)
    try:
        token = actions.invite_organisation(
            db.session(), panel.municipality, name=form.name.data, contact_name=form.contact_name.data,
            mail=form.mail.data, language=form.language.data, network=form.network.data, by=me().id, facts=facts,
            now=now(),
        )  # fmt: skip
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("alliances/invite.html", form, **page)
    link = _record(f"/invitation/{token}")
    return render_template(
        "alliances/invited.html", link=link, code=svg(link, _("Square code of this link")), name=form.name.data, **page
    )


@bp.get("/desk/advice/<int:advice_id>/organisations")
@access(Access.MODERATOR)
def ask(advice_id: int) -> Any:
    """The link on which organisations co-sign, the words to hand out with it, and who signed so far."""
    view = find(advice_id, moderator=True)
    if view.sent_digest is None:
        flask.abort(flask.redirect(url_for("advice.overview", advice_id=advice_id), 303))
    place, number = view.place.code, f"{view.advice.year}-{view.advice.serial}"
    link = _record(f"/advice/{place}/{number}/co-sign")
    known = from_record(lambda: _read(place, number))
    status, around = known or (None, Beside([], {}))
    return render_template(
        "alliances/ask.html", view=view, link=link, code=svg(link, _("Square code of this link")),
        words=_words(view, number, link), reachable=known is not None, status=status, signed=around.cosigners,
        offered=around.offers, open=status is None or state_of(status) in AWAITING,
    )  # fmt: skip


def _read(place: str, number: str) -> tuple[AdviceStatus | None, Beside]:
    """What the record knows now: two statements, one while the advice is on its way."""
    status = advice_of(db.session(), place, number)
    return status, beside(db.session(), status) if status is not None else Beside([], {})


def _words(view: AdviceView, number: str, link: str) -> list[tuple[str, str]]:
    """Words to hand out, in each language of the panel that the house speaks: (language, text)."""
    made = []
    for code in [c for c in view.panel.languages if c in COMPLETE] or ["en"]:
        with force_locale(LANGUAGES[code].locale or code):
            lines = (
                _("We sent advice %(number)s to the municipality: %(title)s.", number=number, title=view.advice.title),
                _(
                    "Does your organisation stand behind it? Then co-sign it."
                    " The name of your organisation stands under it."
                ),
                _("You can also say which task you could do. The municipality must say something to that."),
                link,
            )
            made.append((code, "\n".join(lines)))
    return made
