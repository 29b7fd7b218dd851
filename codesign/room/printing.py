"""Sheets of paper for one ballot, in a language of the panel: shown once, in the reply that made their codes."""

from __future__ import annotations

from typing import Any

import flask
from flask import render_template, url_for
from flask_babel import force_locale

from codesign.db import db, read_mode
from codesign.room import actions
from codesign.room.blueprint import bp
from codesign.room.domain import NotInTheRoom
from codesign.room.forms import PrintForm
from codesign.room.labels import fault_words, is_drawn, on_paper, words_on_paper
from codesign.voting import choosing, codes
from codesign.voting.blueprint import find_for_desk, page_values, settings
from codesign.voting.domain import Opening
from codesign.voting.keys import KeysMissing
from codesign.voting.labels import letters
from codesign.voting.queries import BallotView, room_count
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.forms import bad
from codesign.web.i18n import COMPLETE, LANGUAGES, _, current_lang
from codesign.web.qr import svg

_SPARE = 3
# So many lines stand on a sheet in large print, and so many in the next smaller one; two sheets on one page hold no
# more than that.
_ROOMY = {"a5": 6, "a4": 10}
_MANY = {"a5": 12, "a4": 15}


def _print(opening: Opening, size: str) -> str:
    """How small the print must be, so that everything stands on one page: "", "many" or "dense"."""
    # A row of boxes or circles takes more room, and more still on a narrow sheet.
    each = (2 if size == "a5" else 1.5) if is_drawn(opening) else 1
    lines = len(opening.choice_keys()) * each
    if lines <= _ROOMY[size]:
        return ""
    return "many" if lines <= _MANY[size] else "dense"


def _form(view: BallotView, *, empty: bool) -> PrintForm:
    people = room_count(db.session(), view.ballot.id)
    spoken = [code for code in COMPLETE if code in view.panel.languages] or list(COMPLETE)
    language = current_lang() if current_lang() in spoken else spoken[0]
    sizes = ["a4"] if _print(view.opening(), "a5") == "dense" else ["a5", "a4"]
    data = {"language": language, "size": sizes[0], "count": people + _SPARE}
    return PrintForm(**({"formdata": None} if empty else {}), data=data, languages=spoken, sizes=sizes, most=people)


def _page(view: BallotView, **more: Any) -> dict[str, Any]:
    return {"people": room_count(db.session(), view.ballot.id), "problem": "", **page_values(view)} | more


def _opened(ballot_id: int) -> BallotView:
    view, _mine = find_for_desk(ballot_id)
    if view.ballot.opened_at is None:
        flask.abort(404)
    return view


@bp.get("/desk/votes/<int:ballot_id>/room/sheets")
@access(Access.MODERATOR)
def sheets(ballot_id: int) -> Any:
    """How many sheets, in which language and how large."""
    view = _opened(ballot_id)
    return render_template("room/sheets.html", form=_form(view, empty=True), **_page(view))


@bp.post("/desk/votes/<int:ballot_id>/room/sheets")
@access(Access.MODERATOR)
def print_sheets(ballot_id: int) -> Any:
    """The sheets themselves, to be printed now; each has a code of its own that is kept nowhere."""
    view = _opened(ballot_id)
    form = _form(view, empty=False)
    if not form.validate_on_submit():
        return bad("room/sheets.html", form, **_page(view))
    try:
        made = actions.print_sheets(
            db.session(), ballot_id, view.round, view.membership, count=form.count.data, key_folder=settings().keys,
            now=now(),
        )  # fmt: skip
    except NotInTheRoom as error:
        problem = fault_words(error.fault)
    except KeysMissing:
        problem = _("The keys of this vote are gone. It cannot be counted. Make it void and vote again.")
    else:
        return _drawn(view, made, form.language.data, form.size.data)
    with read_mode(db.session()):
        view = _opened(ballot_id)
        return render_template("room/sheets.html", form=form, **_page(view, problem=problem)), 409


def _drawn(view: BallotView, made: list[str], language: str, size: str) -> str:
    """The page of sheets, in the language of whoever fills them in; options in another order on each."""
    opening = view.opening()
    door = settings().base("panel").split("://")[-1]
    back = url_for("room.desk", ballot_id=view.ballot.id)
    with force_locale(LANGUAGES[language].locale or language):
        # One square for all sheets: it leads to the vote, and knows no sheet and no person.
        address = settings().base("panel") + url_for("voting.ballot", ballot_id=view.ballot.id)
        drawn = [(codes.spaced(code), choosing.choosing(opening)) for code in made]
        return render_template(
            "room/printed.html", sheets=drawn, opening=opening, square=svg(address, _("Square code of this vote")),
            how=on_paper(opening), ask_words=words_on_paper(opening), size=size, door_name=door, back_to=back,
            letters=letters(opening), print=_print(opening, size), drawn=is_drawn(opening), **page_values(view),
        )  # fmt: skip
