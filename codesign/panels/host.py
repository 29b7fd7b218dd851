"""The host's pages: places, panels, moderators, cards (shown once), invitations, and the journal."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from codesign.accounts.queries import person_by_id, staff
from codesign.credentials.cards import NewCard
from codesign.db import db
from codesign.documents.domain import DocumentError
from codesign.jobs import outbox
from codesign.jobs.models import OutboxState
from codesign.journal.queries import newest
from codesign.panels import actions, people, place, queries
from codesign.panels.blueprint import HOST, bp, settings
from codesign.panels.forms import CardsForm, InvitationForm, ModeratorForm, PanelForm, PlaceForm
from codesign.panels.models import Municipality, Panel
from codesign.rules.roles import Role
from codesign.web.access import Access, access, me
from codesign.web.clock import now
from codesign.web.forms import Form, bad
from codesign.web.i18n import _, current_lang
from codesign.web.paging import page_number, paged
from codesign.web.qr import svg


@bp.get("/host")
@access(Access.HOST)
def host() -> Any:
    """All places with their panels and how many people each has."""
    panels = people.panels(db.session())
    counts = people.member_counts(db.session(), [panel.id for panel in panels])
    return render_template(
        "panels/host.html", places=people.municipalities(db.session()), panels=panels, counts=counts, roles=list(Role)
    )


def find_place(code: str) -> Municipality:
    """The place with this code, for the host."""
    found = queries.place_by_code(db.session(), code)
    if found is None:
        abort(404)
    return found


def _panel(panel_id: int) -> Panel:
    found = queries.panel_by_id(db.session(), panel_id)
    if found is None:
        abort(404)
    g.panel = found
    return found


def _values(form: Form, *names: str) -> dict[str, Any]:
    return {name: form[name].data for name in names}


_PLACE = ("name", "addressee", "answer_weeks", "timezone", "languages", "legal_basis")


@bp.route("/host/places/new", methods=["GET", "POST"])
@access(Access.HOST)
def new_place() -> Any:
    """Make a place; the record door learns of it through the outbox."""
    form = PlaceForm()
    if request.method == "GET":
        return render_template("panels/place.html", form=form, place=None)
    if not form.validate_on_submit():
        return bad("panels/place.html", form, place=None)
    if queries.place_by_code(db.session(), form.code.data):
        form.code.errors = [_("A place has this code. Choose another one.")]
        return bad("panels/place.html", form, place=None)
    try:
        made = place.make_place(
            db.session(), code=form.code.data, **_values(form, *_PLACE), by=me().id, facts=HOST, now=now()
        )
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("panels/place.html", form, place=None)
    return redirect(url_for("panels.new_panel", code=made.code), 303)


@bp.route("/host/places/<code>", methods=["GET", "POST"])
@access(Access.HOST)
def edit_place(code: str) -> Any:
    """Change a place."""
    found = find_place(code)
    form = PlaceForm(obj=found)
    if request.method == "GET":
        return render_template("panels/place.html", form=form, place=found)
    form.code.data = found.code
    if not form.validate_on_submit():
        return bad("panels/place.html", form, place=found)
    try:
        place.change_place(db.session(), found, **_values(form, *_PLACE), by=me().id, facts=HOST, now=now())
    except DocumentError:
        form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        return bad("panels/place.html", form, place=found)
    flash(_("Saved. The record door gets it in a moment."))
    return redirect(url_for("panels.host"), 303)


@bp.route("/host/places/<code>/panels/new", methods=["GET", "POST"])
@access(Access.HOST)
def new_panel(code: str) -> Any:
    """Make a panel in a place."""
    found = find_place(code)
    form = PanelForm(data={"languages": found.languages})
    if request.method == "GET":
        return render_template("panels/new_panel.html", form=form, place=found)
    if not form.validate_on_submit():
        return bad("panels/new_panel.html", form, place=found)
    made = actions.make_panel(
        db.session(), municipality_code=found.code, name=form.name.data, languages=form.languages.data, by=me().id,
        facts=HOST, now=now(),
    )  # fmt: skip
    return redirect(url_for("panels.host_panel", panel_id=made.id), 303)


def _panel_page(panel: Panel) -> dict[str, Any]:
    """What the page of one panel shows: counts by role, moderators, and the three forms."""
    there = people.moderators(db.session(), panel.id)
    ids = {m.person_id for m in there}
    others = [person for person in staff(db.session()) if person.id not in ids and not person.is_host]
    return {
        "panel": panel,
        "moderators": there,
        "counts": people.member_counts(db.session(), [panel.id])[panel.id],
        "cards_form": CardsForm(formdata=None, data={"language": current_lang()}),
        "moderator_form": ModeratorForm(others, formdata=None),
        "invitation_form": InvitationForm(formdata=None, data={"language": "nl"}),
        "roles": list(Role),
    }


@bp.get("/host/panels/<int:panel_id>")
@access(Access.HOST)
def host_panel(panel_id: int) -> Any:
    """One panel: its people in numbers, its moderators, cards and invitations."""
    return render_template("panels/host_panel.html", **_panel_page(_panel(panel_id)))


@bp.post("/host/panels/<int:panel_id>/cards")
@access(Access.HOST)
def cards(panel_id: int) -> Any:
    """Make cards and show them, once, to be printed; they cannot be shown again."""
    panel, form = _panel(panel_id), CardsForm()
    if not form.validate_on_submit():
        return bad("panels/host_panel.html", **(_panel_page(panel) | {"cards_form": form}))
    made = actions.make_cards(
        db.session(), panel.id, count=form.count.data, language=form.language.data, role=Role(form.role.data),
        settings=settings(), by=me().id, facts=HOST, now=now(),
    )  # fmt: skip
    return sheet(panel, made, form.language.data, url_for("panels.host_panel", panel_id=panel.id))


def sheet(panel: Panel, made: list[NewCard], language: str, back: str) -> str:
    """The page with one card a sheet, in the language of whoever gets it; the only place where a card is ever shown."""
    from flask_babel import force_locale

    base = settings().base("panel")
    door = base.split("://", 1)[-1]
    with force_locale(language):
        drawn = [(card, svg(f"{base}/sign-in#{card.token}", _("Square code of this card"))) for card in made]
        return render_template(
            "panels/cards.html", panel=panel, cards=drawn, door_name=door, lang=language, back_to=back
        )


@bp.post("/host/panels/<int:panel_id>/moderators")
@access(Access.HOST)
def add_moderator(panel_id: int) -> Any:
    """Let somebody of staff moderate this panel."""
    panel = _panel(panel_id)
    page = _panel_page(panel)
    form = ModeratorForm([p for p in staff(db.session()) if not p.is_host])
    if not form.validate_on_submit() or (person := person_by_id(db.session(), form.person.data)) is None:
        return bad("panels/host_panel.html", **(page | {"moderator_form": form}))
    actions.make_moderator(db.session(), panel.id, person, by=me().id, facts=HOST, now=now())
    return redirect(url_for("panels.host_panel", panel_id=panel.id), 303)


@bp.post("/host/panels/<int:panel_id>/moderators/<int:person_id>/end")
@access(Access.HOST)
def drop_moderator(panel_id: int, person_id: int) -> Any:
    """Somebody no longer moderates this panel."""
    row = queries.membership(db.session(), person_id, panel_id)
    if row is None or row.role is not Role.MODERATOR:
        abort(404)
    actions.end_moderator(db.session(), row, by=me().id, facts=HOST, now=now())
    return redirect(url_for("panels.host_panel", panel_id=panel_id), 303)


@bp.post("/host/panels/<int:panel_id>/invitations")
@access(Access.HOST)
def invite(panel_id: int) -> Any:
    """Invite an official of this place to the record door; the link is shown on this page once."""
    panel, form = _panel(panel_id), InvitationForm()
    if form.validate_on_submit():
        try:
            token = place.invite_official(
                db.session(), panel.municipality, **_values(form, "display_name", "post", "mail", "language"),
                by=me().id, facts=HOST, now=now(),
            )  # fmt: skip
        except DocumentError:
            form.form_errors.append(_("A letter in it cannot be sent to the record. Write it again."))
        else:
            link = f"{settings().base('record')}/invitation/{token}"
            return render_template("panels/invited.html", panel=panel, name=form.display_name.data, link=link)
    return bad("panels/host_panel.html", **(_panel_page(panel) | {"invitation_form": form}))


@bp.get("/host/journal")
@access(Access.HOST)
def host_journal() -> Any:
    """What staff did, in all panels."""
    return journal_page(None, url_for("panels.host"))


@bp.get("/host/outbox")
@access(Access.HOST)
def outbox_page() -> Any:
    """What is on its way to the record, and whether the record can be reached."""
    listed = paged(db.session(), outbox.newest(), page_number(request.args.get("page")))
    counts = outbox.counts(db.session())
    stuck = any(item.state is OutboxState.WAITING and item.tries for item in listed.items)
    return render_template("panels/outbox.html", page=listed, counts=counts, stuck=stuck, States=OutboxState)


def journal_page(panel: Panel | None, back: str) -> str:
    """Acts of staff, newest first: of one panel's moderators, or of all staff."""
    by = people.staff_ids(panel.id if panel else None)
    listed = paged(db.session(), newest().where(queries.acts_of(by)), page_number(request.args.get("page")))
    names = people.names_of(db.session(), {entry.by for entry in listed.items})
    return render_template("panels/journal.html", page=listed, names=names, panel=panel, back_to=back)
