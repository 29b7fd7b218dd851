"""The record door's public pages: the library of advice, one advice with its answer, promises, and the small pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import flask
from flask import request

from codesign.cosigning.queries import beside, names
from codesign.db import db
from codesign.documents import queries
from codesign.documents.about import LICENCE, citation, dublin_core
from codesign.documents.domain import parse, read, short
from codesign.documents.models import Kind
from codesign.documents.notices import address
from codesign.documents.render.view import acting
from codesign.documents.render.words import words_in
from codesign.documents.summaries import short_versions
from codesign.documents.support import cited_results, numbered, result_name, said
from codesign.documents.views import find, standing_of
from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.library.queries import others
from codesign.pages.finding import LibraryForm, clock_of, links, short_in, state_badge
from codesign.places.dressing import place_here
from codesign.places.queries import places
from codesign.responses.after_queries import aftermath, reports_of, said_of
from codesign.responses.queries import answer_of
from codesign.responses.queries import promises as all_promises
from codesign.settings import Settings
from codesign.web.access import Access, access
from codesign.web.clock import now, today
from codesign.web.i18n import _, current_lang
from codesign.web.paging import page_number

bp = flask.Blueprint("pages", __name__)


@bp.get("/")
@access(Access.PUBLIC)
def home() -> str:
    """All advice, newest first: found by words in any language, place, theme, year and state."""
    session = db.session()
    known = places(session)
    form = LibraryForm.read(request.args, [p.code for p in known], domain_codes())
    page = queries.list_advice(session, form.wanted, today())
    by_code = {p.code: p for p in known}
    return flask.render_template(
        "pages_record/home.html",
        form=form,
        page=page,
        hits=[(s, by_code[s.place_code], short_in(s), state_badge(s, by_code[s.place_code])) for s in page.items],
        cosigned=names(session, [s.id for s in page.items if s.withdrawn_on is None]),
        places=known,
        years=queries.years(session),
        themes=[(code, domain_name(code)) for code in domain_codes()],
        links=links(form, page),
    )


@bp.get("/advice/<place>/<number>")
@access(Access.PUBLIC)
def advice(place: str, number: str) -> Any:
    """One advice: the document, the clock, the answer, what the panel says of it, and the promises."""
    session = db.session()
    status = find(place, number)
    published = queries.documents_of(session, place, number)
    document = read("advice", next(d.stored for d in published if d.digest == status.digest))
    here = place_here(place)
    assert here is not None
    versions = [d for d in published if d.kind is Kind.ADVICE]
    shown: dict[str, Any] = {
        "status": status, "document": document, "place": here, "versions": versions, "w": words_in(current_lang()),
        "short": short, "cited_as": citation(document, address(session, status)), "licence": LICENCE,
        "about": dublin_core(document, standing_of(status), short_in(status)[0]),
    }  # fmt: skip
    if status.withdrawn_on is not None:
        back = queries.withdrawal_of(session, status.id)
        assert back is not None
        return flask.render_template(
            "pages_record/advice_withdrawn.html", back=back, why=parse("withdrawal", back.stored), **shown
        )
    return flask.render_template(
        "pages_record/advice.html",
        clock=clock_of(status, here),
        answer=answer_of(session, status.digest, published),
        beside=beside(session, status),
        open=status.answered_at is None,
        after=aftermath(session, place, number, published),
        passages=_mine_first(short_versions(document, status.digest, published)),
        quotes={q["id"]: q for q in document["heard"]["quotes"]},
        indicators={i["code"]: i for i in document["annexes"]["indicators"]},
        themes=_by_theme(document),
        said=said(document),
        numbers=numbered(document),
        anchors=_anchors(document),
        others=others(session, _about(document), place),
        **shown,
    )


def _about(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Theme and indicator of each recommendation."""
    return [(r["chain"]["domain"], r["chain"]["indicator"]) for r in document["recommendations"]]


def _mine_first(passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The short version in every language there is, the reader's own first."""
    mine = current_lang()
    return sorted(passages, key=lambda p: p["language"] != mine)


def _by_theme(document: dict[str, Any]) -> list[tuple[str, list[Any], list[Any]]]:
    """What was heard, theme by theme: (code, results, quotes); what has no theme comes under an empty code."""
    heard = document["heard"]
    codes = dict.fromkeys((x["domains"] or [""])[0] for x in (*heard["results"], *heard["quotes"]))
    return [(code, _first_in(heard["results"], code), _first_in(heard["quotes"], code)) for code in codes]


def _anchors(document: dict[str, Any]) -> dict[Any, str]:
    """Where links to a result lead: the first place of each on the page, by its path in the document."""
    found: dict[Any, str] = {}
    for path, result in cited_results(document):
        found.setdefault(result_name(result), path)
    return found


def _first_in(items: list[Any], code: str) -> list[Any]:
    return [x for x in items if (x["domains"] or [""])[0] == code]


@bp.get("/promises")
@access(Access.PUBLIC)
def promises() -> str:
    """Promises of all answers, by the day they are due."""
    session = db.session()
    page = all_promises(session, page_number(request.args.get("page")))
    named = {(advice.place_code, advice.number) for _p, _part, _language, advice, _place in page.items}
    return flask.render_template(
        "pages_record/promises.html", page=page, w=words_in(current_lang()), said=said_of(session, named),
        reports=reports_of(session, [row[0].id for row in page.items]),
    )  # fmt: skip


@bp.get("/how-it-works")
@access(Access.PUBLIC)
def how() -> str:
    """How advice comes about, what crosses the wall, and how anybody can check it."""
    return flask.render_template("pages_record/how.html")


@bp.get("/help", endpoint="help")
@access(Access.PUBLIC)
def help_page() -> str:
    """Short answers for readers and officials."""
    return flask.render_template("pages_record/help.html")


@bp.get("/accessibility", endpoint="access")
@access(Access.PUBLIC)
def access_page() -> str:
    """The accessibility statement."""
    return flask.render_template("pages_record/access.html")


@bp.get("/privacy")
@access(Access.PUBLIC)
def privacy() -> str:
    """What this door keeps of whom, and for how long."""
    return flask.render_template("pages_record/privacy.html")


@bp.get("/data")
@access(Access.PUBLIC)
def data() -> str:
    """The open data: every advice as JSON, PDF and bundle, and the schemas."""
    page = queries.list_advice(db.session(), queries.Wanted(page=page_number(request.args.get("page"))), today())
    return flask.render_template("pages_record/data.html", page=page, licence=LICENCE)


@bp.get("/.well-known/security.txt")
@access(Access.PUBLIC)
def security() -> flask.Response:
    """Where to report a hole (RFC 9116)."""
    settings: Settings = flask.current_app.config["SETTINGS"]
    expires = (now() + timedelta(days=90)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en, nl",
        f"Canonical: {settings.base('record')}/.well-known/security.txt",
    )
    return flask.Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.app_template_global("paragraphs")
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of people."""
    return [line for line in text.split("\n") if line.strip()]


bp.add_app_template_global(acting, "acting")
bp.add_app_template_global(result_name, "result_name")


@bp.app_template_global("cost_words")
def cost_words(cost_class: int) -> str:
    """A cost class in words."""
    return {
        1: _("1 of 4: little or nothing"),
        2: _("2 of 4: within today's money"),
        3: _("3 of 4: some new money"),
        4: _("4 of 4: much new money"),
    }[cost_class]
