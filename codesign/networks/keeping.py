"""The moderators' and the host's pages of the directory: keep, change, end, and decide on what members suggested."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.networks import actions, queries
from codesign.networks.blueprint import bp, day_at, find_keeper, find_moderator, network_or_404, suggestion_or_404
from codesign.networks.forms import NetworkForm, ReasonForm
from codesign.networks.models import Network, NetworkSuggestion
from codesign.panels.models import Membership, Panel
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _, current_lang
from codesign.web.labels import detail_words


@bp.get("/desk/panels/<int:panel_id>/networks")
@access(Access.STAFF)
def keep(panel_id: int) -> Any:
    """The directory, and what members suggested: the host keeps the one, and reads no words of members."""
    panel, membership = find_keeper(panel_id)
    session = db.session()
    return render_template(
        "networks/keep.html", panel=panel, networks=queries.directory(session, panel.municipality_code),
        suggestions=queries.waiting(session, panel.id) if membership else [],
    )  # fmt: skip


def _suggested(panel: Panel, membership: Membership | None) -> NetworkSuggestion | None:
    raw = request.args.get("suggestion", "")
    if not raw:
        return None
    if membership is None:
        abort(404)
    found: NetworkSuggestion = suggestion_or_404(panel, int(raw) if raw.isascii() and raw.isdigit() else 0)
    return found


@bp.route("/desk/panels/<int:panel_id>/networks/new", methods=["GET", "POST"])
@access(Access.STAFF)
def new_network(panel_id: int) -> Any:
    """A network comes into the directory, perhaps from what a member suggested."""
    panel, membership = find_keeper(panel_id)
    suggestion = _suggested(panel, membership)
    known = {"language": current_lang()}
    if suggestion is not None:
        known = {"name": suggestion.name, "does": suggestion.does, "language": suggestion.language}
    return _form(panel, membership, NetworkForm(data=known), None, suggestion)


@bp.route("/desk/panels/<int:panel_id>/networks/<int:network_id>", methods=["GET", "POST"])
@access(Access.STAFF)
def edit_network(panel_id: int, network_id: int) -> Any:
    """Change a network."""
    panel, membership = find_keeper(panel_id)
    row = network_or_404(panel, network_id)
    return _form(panel, membership, NetworkForm(data=_columns(row)), row, None)


def _columns(row: Network) -> dict[str, Any]:
    names = ("name", "does", "could", "reach", "language", "languages", "domains")
    return {name: getattr(row, name) for name in names} | {"standing": row.standing.value}


def _form(
    panel: Panel, membership: Membership | None, form: NetworkForm, row: Network | None,
    suggestion: NetworkSuggestion | None,
) -> Any:  # fmt: skip
    page: dict[str, Any] = {"panel": panel, "network": row, "suggestion": suggestion, "end": ReasonForm(formdata=None)}
    if request.method == "GET":
        return render_template("networks/network.html", form=form, **page)
    if not form.validate_on_submit() or not form.settled(_questions(panel, form, row)):
        return bad("networks/network.html", form, **page)
    try:
        actions.keep_network(
            db.session(), panel, membership, values=form.values(), by=me().id, now=now(), row=row, suggestion=suggestion
        )
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("networks/network.html", form, **page)
    flash(_("Saved. The record door gets it in a moment."))
    return redirect(url_for("networks.keep", panel_id=panel.id), 303)


def _questions(panel: Panel, form: NetworkForm, row: Network | None) -> list[str]:
    """What a moderator looks at once more: the same name again, and details that could point at somebody."""
    asked = detail_words(form.details())
    if asked:
        asked.append(_("Did the group itself make this public? Everybody will read it."))
    rows = queries.directory(db.session(), panel.municipality_code)
    twin = queries.alike(rows, form.name.data or "", but=row.id if row else None)
    if twin is not None:
        asked.append(_("The directory has a group with this name: %(name)s. Is this another one?", name=twin.name))
    return asked


@bp.post("/desk/panels/<int:panel_id>/networks/<int:network_id>/end")
@access(Access.STAFF)
def end_network(panel_id: int, network_id: int) -> Any:
    """A network is there no more."""
    panel, membership = find_keeper(panel_id)
    row = network_or_404(panel, network_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        page = {"panel": panel, "network": row, "suggestion": None}
        return bad("networks/network.html", NetworkForm(formdata=None, data=_columns(row)), end=form, **page)
    actions.end_network(
        db.session(), panel, membership, row, why=form.why.data, by=me().id, today=day_at(panel), now=now()
    )
    flash(_("It is out of the directory."))
    return redirect(url_for("networks.keep", panel_id=panel.id), 303)


@bp.route("/desk/panels/<int:panel_id>/networks/suggested/<int:suggestion_id>", methods=["GET", "POST"])
@access(Access.MODERATOR)
def decline(panel_id: int, suggestion_id: int) -> Any:
    """A suggestion does not come in, with a reason its author reads."""
    panel, membership = find_moderator(panel_id)
    row, form = suggestion_or_404(panel, suggestion_id), ReasonForm()
    if request.method == "GET":
        return render_template("networks/decline.html", form=form, panel=panel, suggestion=row)
    if not form.validate_on_submit():
        return bad("networks/decline.html", form, panel=panel, suggestion=row)
    actions.decline(db.session(), membership, row, why=form.why.data, by=me().id, now=now())
    flash(_("Done. The member can read why."))
    return redirect(url_for("networks.keep", panel_id=panel.id), 303)
