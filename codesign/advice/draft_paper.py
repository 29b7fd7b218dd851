"""The advice on paper before anybody adopted it: drawn by the one template that draws what is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import flask

from codesign.advice import composing
from codesign.advice.blueprint import bp, find
from codesign.advice.document import as_document
from codesign.advice.domain import before_the_panel
from codesign.advice.values import Adoption, Content
from codesign.db import db
from codesign.documents.render.pdf import draft
from codesign.web.access import Access, access
from codesign.web.clock import today


def on_paper(content: Content, day: date) -> bytes:
    """The PDF of a text that lacks nothing but its adoption; each page says that it is a draft."""
    return draft(as_document(replace(content, adoption=Adoption("", day)), day))


@bp.get("/desk/advice/<int:advice_id>/preview.pdf")
@access(Access.MODERATOR)
def draft_pdf(advice_id: int) -> Any:
    """The draft as a PDF; while something is missing, the checklist says what."""
    view = find(advice_id, moderator=True)
    content = composing.content(db.session(), view)
    if before_the_panel(content):
        return flask.redirect(flask.url_for("advice.overview", advice_id=advice_id), 303)
    reply = flask.Response(on_paper(content, today(view.place.timezone)), mimetype="application/pdf")
    reply.headers["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return reply
