"""Asking the host's translators for the plain words of an answer, and telling officials that they came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import flask
from flask import current_app, redirect, url_for

from codesign.db import db
from codesign.documents.standing import state_of
from codesign.mail.actions import post
from codesign.officials import actions as officials
from codesign.officials import queries as people
from codesign.responses import work
from codesign.responses.blueprint import bp
from codesign.responses.domain import summary_piece
from codesign.responses.work import Work
from codesign.settings import Settings
from codesign.translators.queries import Translator, translators
from codesign.web.access import Access, access
from codesign.web.clock import now
from codesign.web.i18n import COMPLETE, _, lang_name


@dataclass(frozen=True)
class Asking:
    """Who can still be asked for one language, and whether somebody was asked or writes already."""

    free: Sequence[Translator]
    waits: bool


def asking(todo: Work, language: str) -> Asking:
    """Whom of the host's translators an official can ask for the plain words in a language."""
    session, place, number, piece = db.session(), todo.official.place_code, todo.advice.number, summary_piece(language)
    known = translators(session, place, language)
    if not known:
        return Asking((), False)
    busy = {i.mail for i in people.open_colleague_invitations(session, place, number, now()) if i.piece == piece}
    busy |= {c.mail for c in people.colleagues(session, place, number) if c.piece == piece}
    return Asking([t for t in known if t.mail not in busy], bool(busy))


@bp.post("/desk/<number>/plain/<language>/ask")
@access(Access.OFFICIAL)
def ask_translators(number: str, language: str) -> Any:
    """Send every translator of this language, whom nobody asked yet, the one-time link to the plain words."""
    todo = work.after_listening(work.work_on(number))
    if language not in todo.languages[1:]:
        flask.abort(404)
    here = redirect(url_for("responses.summary", number=number, language=language), 303)
    if not todo.draft.summaries.get(todo.draft.language, "").strip():
        flask.flash(_("Write the plain words first. Then somebody can translate them."), "warm")
        return here
    asked = 0
    for translator in asking(todo, language).free:
        try:
            token = officials.invite_colleague(
                db.session(), todo.official, number=number, piece=summary_piece(language), display_name=translator.name,
                post=_("Translator: %(language)s", language=lang_name(language)), mail=translator.mail,
                language=language if language in COMPLETE else todo.official.language, state=state_of(todo.advice),
                now=now(),
            )  # fmt: skip
        except officials.AlreadyHere:
            continue
        _tell(translator, token, number, language)
        asked += 1
    told = _("Each translator who is free got a mail.") if asked else _("Nobody else can be asked for this language.")
    flask.flash(told)
    return here


def _tell(translator: Translator, token: str, number: str, language: str) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    link = f"{settings.base('record')}{url_for('officials.invitation', token=token)}"
    body = (
        _("A municipality answers advice %(number)s of a newcomer panel.", number=number),
        _("Please say the plain words of the answer in %(language)s.", language=lang_name(language)),
        _("This link is for you. It works once, within two weeks: %(link)s", link=link),
    )
    subject = _("Please translate: the answer to advice %(number)s", number=number)
    post(db.session(), to=translator.mail, subject=subject, body="\n\n".join(body) + "\n", now=now())


def came_back(todo: Work, language: str) -> None:
    """Tell the officials of the place that the words in a language are there."""
    settings: Settings = current_app.config["SETTINGS"]
    number = todo.advice.number
    subject = _("Advice %(number)s: the plain words are there in %(language)s", number=number,
                language=lang_name(language))  # fmt: skip
    link = f"{settings.base('record')}{url_for('responses.answer', number=number)}"
    for address in people.addresses(db.session(), todo.official.place_code):
        post(
            db.session(),
            to=address,
            subject=subject,
            body=_("Look at them here: %(link)s", link=link) + "\n",
            now=now(),
        )
