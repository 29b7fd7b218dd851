"""The pages of a vote that is better held outside: why, what to hand over, and the result that came back."""

from __future__ import annotations

from typing import Any

import flask
from flask import flash, redirect, render_template, url_for
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from codesign.db import db
from codesign.panels.queries import electorate, facts
from codesign.rules.permissions import Action, Reason, why_not
from codesign.voting import outside, outside_actions, outside_queries, queries
from codesign.voting.blueprint import bp, find_for_desk, page_values
from codesign.voting.domain import ANSWERS, State
from codesign.voting.opening import option
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import Form, StringField, bad, optional
from codesign.web.i18n import _, _l
from codesign.web.labels import reason_words

_PROBLEMS = {
    "too_big": _l("This file is too big. An archive has at most 10 MB."),
    "other_kind": _l("This is not an archive of a Belenios election (.bel)."),
    "changed": _l("A part of this archive was changed. Download it again."),
    "broken_chain": _l("A part of this archive is missing. Download it again."),
    "no_election": _l("This archive does not say what the election was about."),
    "not_finished": _l("This election is not counted yet. Wait for its result."),
    "impossible": _l("The numbers in this archive cannot be right."),
}


class ArchiveForm(Form):
    """An archive, and where it can be seen."""

    archive = FileField(_l("The archive of the election (.bel)"))
    address = StringField(_l("Where everybody can see the election"), validators=optional(300))

    def validate_address(self, field: Any) -> None:
        """An address that people can open, and nothing that runs."""
        if field.data and not field.data.startswith("https://"):
            raise StopValidation(_("Start with https://"))


def _page(view: Any, form: ArchiveForm) -> dict[str, Any]:
    reason = why_not(Action.KEEP_OUTSIDE_RESULT, facts(view.round, view.membership))
    if reason is None and view.ballot.state is not State.PREPARED:
        reason = Reason.WRONG_STATE  # a vote that was opened here is held here
    return {
        "form": form, "found": outside_queries.outside_result(db.session(), view.ballot.id),
        "not_now": reason_words(reason) if reason else "", **page_values(view),
    }  # fmt: skip


@bp.get("/desk/votes/<int:ballot_id>/outside")
@access(Access.MODERATOR)
def desk_outside(ballot_id: int) -> Any:
    """When this house is not enough, and what to do then."""
    view, _mine = find_for_desk(ballot_id)
    return render_template("voting/desk_outside.html", **_page(view, ArchiveForm(formdata=None)))


@bp.post("/desk/votes/<int:ballot_id>/outside")
@access(Access.MODERATOR)
def keep_outside(ballot_id: int) -> Any:
    """Keep the archive that came back."""
    flask.request.max_content_length = outside.MAX_ARCHIVE + 100_000
    view, mine = find_for_desk(ballot_id)
    form = ArchiveForm()
    if not form.validate_on_submit():
        return bad("voting/desk_outside.html", **_page(view, form))
    data = form.archive.data.read(outside.MAX_ARCHIVE + 1) if form.archive.data else b""
    if not data:
        form.archive.errors = [_("Choose a file first.")]
        return bad("voting/desk_outside.html", **_page(view, form))
    try:
        outside_actions.keep_result(
            db.session(), view.ballot, view.round, mine, data, address=form.address.data or "", now=now()
        )
    except outside.NotAnArchive as error:
        form.archive.errors = [str(_PROBLEMS[str(error)])]
        return bad("voting/desk_outside.html", **_page(view, form))
    flash(_("Kept. The panel can see it now."))
    return redirect(url_for("voting.outside_page", ballot_id=ballot_id), 303)


def _file(data: bytes, name: str, kind: str) -> flask.Response:
    return flask.Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.get("/desk/votes/<int:ballot_id>/outside/questions.json")
@access(Access.MODERATOR)
def outside_questions(ballot_id: int) -> Any:
    """The question and its options, as Belenios reads them."""
    view, _mine = find_for_desk(ballot_id)
    ballot = view.ballot
    options = [option(o) for o in ballot.options]
    most = 1 if ballot.method in ANSWERS else ballot.max_choices
    return _file(
        outside.questions(view.panel.name, ballot.question, options, most), "questions.json", "application/json"
    )


@bp.get("/desk/votes/<int:ballot_id>/outside/voters.txt")
@access(Access.MODERATOR)
def outside_voters(ballot_id: int) -> Any:
    """The people with a vote, by the name they chose."""
    view, _mine = find_for_desk(ballot_id)
    people = electorate(db.session(), view.panel.id, False)
    return _file(outside.voters(outside_queries.names_of(db.session(), people)), "voters.txt", "text/plain")


def _seen(ballot_id: int, *, archive: bool = False) -> Any:
    """The result for anybody of the panel; everybody else gets the same 404."""
    found = outside_queries.outside_result(db.session(), ballot_id, archive=archive)
    view = queries.ballot_for(db.session(), ballot_id, me().id, prepared=True) if found else None
    if found is None or view is None:
        flask.abort(404)
    return view, found


@bp.get("/vote/<int:ballot_id>/outside")
@access(Access.SIGNED_IN)
def outside_page(ballot_id: int) -> Any:
    """The result of an election that was held outside, and how to check it."""
    view, found = _seen(ballot_id)
    return render_template("voting/outside.html", found=found, **page_values(view))


@bp.get("/vote/<int:ballot_id>/outside/archive")
@access(Access.SIGNED_IN)
def outside_archive(ballot_id: int) -> Any:
    """The archive as it came: belenios-tool checks it."""
    _view, found = _seen(ballot_id, archive=True)
    return _file(found.archive, f"election-{found.digest[:12]}.bel", "application/x-tar")
