"""The desk of a panel: its rounds, a moderator's ties, new cards by two moderators, and the journal."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from codesign.accounts import actions as accounts
from codesign.accounts.models import Reissue
from codesign.db import db
from codesign.panels import actions, people, queries
from codesign.panels.blueprint import bp, find_desk_panel, settings
from codesign.panels.forms import ReissueForm, TiesForm
from codesign.panels.hooks import hooks
from codesign.panels.host import journal_page, sheet
from codesign.panels.models import Panel
from codesign.rules.folding import fold_name
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import _
from codesign.web.labels import phase_words


@bp.get("/desk")
@access(Access.MODERATOR)
def desk() -> Any:
    """To the round a moderator works in; with several panels, the list of them."""
    mine = [m for m in queries.memberships(db.session(), me().id) if m.role is Role.MODERATOR]
    if len(mine) == 1:
        current = queries.current_round(db.session(), mine[0].panel_id)
        if current is not None:
            return redirect(url_for("panels.desk_round", round_id=current.id))
        return redirect(url_for("panels.desk_panel", panel_id=mine[0].panel_id))
    return render_template("panels/desk.html", memberships=mine)


def _panel_page(panel: Panel) -> dict[str, Any]:
    session = db.session()
    return {
        "panel": panel,
        "rounds": queries.rounds(session, panel.id, drafts=True),
        "counts": people.member_counts(session, [panel.id])[panel.id],
        "ties": people.latest_ties(session, panel.id),
        "waiting": [item for hook in hooks().panel_waiting for item in hook(session, panel)],
        "reissues": people.waiting_reissues(session, panel.id),
        "phase_words": phase_words,
        "roles": list(Role),
    }


@bp.get("/desk/panels/<int:panel_id>")
@access(Access.MODERATOR)
def desk_panel(panel_id: int) -> Any:
    """Rounds and drafts, people in numbers, ties, and new cards that wait for a second moderator."""
    panel, mine = find_desk_panel(panel_id)
    return render_template("panels/desk_panel.html", mine=mine, form=ReissueForm(formdata=None), **_panel_page(panel))


@bp.route("/desk/panels/<int:panel_id>/ties", methods=["GET", "POST"])
@access(Access.MODERATOR)
def ties(panel_id: int) -> Any:
    """For whom a moderator works and who pays them (R21)."""
    panel, mine = find_desk_panel(panel_id)
    form = TiesForm()
    if request.method == "GET":
        return render_template("panels/ties.html", form=form, panel=panel)
    if not form.validate_on_submit():
        return bad("panels/ties.html", form, panel=panel)
    none = bool(form.none.data) and not form.text.data
    actions.declare_ties(db.session(), mine, none=none, text=form.text.data, now=now())
    flash(_("Your ties are declared. You can open a round now."))
    return redirect(url_for("panels.desk_panel", panel_id=panel.id), 303)


@bp.post("/desk/panels/<int:panel_id>/reissues")
@access(Access.MODERATOR)
def ask_reissue(panel_id: int) -> Any:
    """Ask for a new card for somebody who stands here; a second moderator must confirm it."""
    panel, mine = find_desk_panel(panel_id)
    form = ReissueForm()
    if form.validate_on_submit():
        found = people.member_by_name(db.session(), panel.id, fold_name(form.name.data))
        if found is not None:
            facts = queries.facts(None, mine)
            accounts.ask_reissue(db.session(), found.person, by=me().id, facts=facts, now=now())
            flash(_("Asked. Another moderator must confirm it now."))
            return redirect(url_for("panels.desk_panel", panel_id=panel.id), 303)
        form.name.errors = [_("Nobody in this panel has this name. Write both words.")]
    return bad("panels/desk_panel.html", form, mine=mine, **_panel_page(panel))


def _reissue(panel: Panel, reissue_id: int) -> Reissue:
    waiting = people.waiting_reissues(db.session(), panel.id)
    found = next((row for row in waiting if row.id == reissue_id), None)
    if found is None:
        abort(404)
    return found


@bp.post("/desk/panels/<int:panel_id>/reissues/<int:reissue_id>/confirm")
@access(Access.MODERATOR)
def confirm_reissue(panel_id: int, reissue_id: int) -> Any:
    """A second moderator confirms; the new card is shown on this page once."""
    panel, _mine = find_desk_panel(panel_id)
    row = _reissue(panel, reissue_id)
    facts = Facts(role=Role.MODERATOR, second_person=row.asked_by != me().id)
    made = accounts.reissue_card(db.session(), row, settings=settings(), by=me().id, facts=facts, now=now())
    return sheet(panel, [made], row.person.language, url_for("panels.desk_panel", panel_id=panel.id))


@bp.post("/desk/panels/<int:panel_id>/reissues/<int:reissue_id>/call-off")
@access(Access.MODERATOR)
def call_off_reissue(panel_id: int, reissue_id: int) -> Any:
    """The card was found: nothing changes."""
    panel, mine = find_desk_panel(panel_id)
    row = _reissue(panel, reissue_id)
    accounts.call_off_reissue(db.session(), row, by=me().id, facts=queries.facts(None, mine), now=now())
    return redirect(url_for("panels.desk_panel", panel_id=panel.id), 303)


@bp.get("/desk/panels/<int:panel_id>/journal")
@access(Access.MODERATOR)
def journal(panel_id: int) -> Any:
    """What the moderators of this panel did."""
    panel, _mine = find_desk_panel(panel_id)
    return journal_page(panel, url_for("panels.desk_panel", panel_id=panel.id))
