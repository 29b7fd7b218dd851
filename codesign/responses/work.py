"""What the pages of an official share: their own advice or the same 404, its clock, and where each piece stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import flask
from flask import url_for

from codesign.cosigning.queries import offers
from codesign.db import db
from codesign.documents.clock import Clock, clock
from codesign.documents.domain import Json
from codesign.documents.models import AdviceStatus
from codesign.officials import queries as officials
from codesign.officials.models import Official
from codesign.responses import queries
from codesign.responses.domain import (
    AnswerDraft,
    Change,
    Decision,
    Missing,
    OfferDraft,
    OfferSaid,
    changes,
    missing,
    needed_languages,
)
from codesign.responses.labels import FIELDS, OFFER_SAID, decision_words, missing_words
from codesign.responses.models import Answer, AnswerVersion
from codesign.web.access import me
from codesign.web.clock import today
from codesign.web.i18n import lang_name


@dataclass(frozen=True)
class Work:
    """One advice on the desk of an official, with the answer that was begun."""

    official: Official
    advice: AdviceStatus
    answer: Answer
    draft: AnswerDraft
    document: Json

    @property
    def numbers(self) -> list[int]:
        """The numbers of the recommendations."""
        return [r["number"] for r in self.document["recommendations"]]

    @property
    def languages(self) -> list[str]:
        """The languages of the plain summary, that of the answer first."""
        return needed_languages(self.draft.language, self.document["languages"])

    @property
    def missing(self) -> list[Missing]:
        """The checklist."""
        return missing(self.draft, self.numbers, self.document["languages"])

    def offers(self, number: int) -> dict[int, OfferDraft]:
        """What organisations offer at one recommendation, by the number of the offer."""
        return {o.reply.offer: o for o in self.draft.offers if o.recommendation == number}

    def recommendation(self, number: int) -> Json:
        """One recommendation of the advice; the same 404 for one it does not have."""
        for found in self.document["recommendations"]:
            if found["number"] == number:
                return dict(found)
        flask.abort(404)


def official() -> Official:
    """Whoever is signed in, as a row with their place."""
    found = officials.official_by_id(db.session(), me().id)
    if found is None:
        flask.abort(404)
    return found


def day_at(place: Any) -> date:
    """Today where the place is."""
    return today(place.timezone)


def clock_of(advice: AdviceStatus, day: date, answered_on: date | None = None) -> Clock:
    """The public clock of an advice."""
    return clock(advice.sent_on, advice.due_on, day, answered_on)


def advice_of(number: str) -> tuple[Official, queries.Task]:
    """The official and one advice to their place; another place's advice answers as one that is not there."""
    here = official()
    found = queries.task(db.session(), here.place_code, number)
    if found is None:
        flask.abort(404)
    return here, found


def work_on(number: str) -> Work:
    """The answer to an advice that was begun and not yet delivered; otherwise the way to where it stands."""
    here, found = advice_of(number)
    if found.answer is None or found.advice.answered_at is not None:
        flask.abort(flask.redirect(url_for("responses.answer", number=number), 303))
    return begun(here, found.advice, found.answer)


def begun(here: Official, advice: AdviceStatus, answer: Answer) -> Work:
    """An answer that was begun, with the advice document it belongs to."""
    document = queries.advice_document(db.session(), advice.digest)
    draft = queries.draft_of(answer, advice, offers(db.session(), advice.id))
    return Work(here, advice, answer, draft, document)


def after_listening(work: Work) -> Work:
    """Nothing is decided before something was heard (R16): then the page where one says it comes first."""
    if not work.draft.what_we_heard.strip():
        flask.abort(flask.redirect(url_for("responses.heard", number=work.advice.number), 303))
    return work


def last_version(work: Work, piece: str) -> AnswerVersion | None:
    """The newest saved version of a piece."""
    return queries.latest(db.session(), work.answer.id, piece)


def colleague(work: Work, version: AnswerVersion | None) -> str | None:
    """The post of whoever saved this version, when that was somebody else."""
    if version is None or version.saved_by == work.official.id:
        return None
    return officials.posts(db.session(), [version.saved_by]).get(version.saved_by)


def where(line: Missing, number: str) -> str:
    """The page on which a line of the checklist is mended."""
    if line.recommendation is not None:
        return url_for("responses.recommendation", number=number, n=line.recommendation)
    if line.language is not None:
        return url_for("responses.summary", number=number, language=line.language)
    page = {"council": "closing", "first_report": "closing", "summary": "plain", "summary_long": "plain"}
    return url_for(f"responses.{page.get(line.lack.value, 'heard')}", number=number)


def page_of(piece: str, todo: Work) -> str:
    """The page on which a piece is written."""
    kind, _dash, which = piece.partition("-")
    number = todo.advice.number
    if kind == "part":
        return url_for("responses.recommendation", number=number, n=int(which))
    if kind == "summary" and which != todo.draft.language:
        return url_for("responses.summary", number=number, language=which)
    return url_for(f"responses.{'plain' if kind == 'summary' else kind}", number=number)


def checklist(work: Work) -> list[tuple[str, str]]:
    """Sentence and page of everything that is missing."""
    return [(missing_words(line), where(line, work.advice.number)) for line in work.missing]


def public_address(advice: AdviceStatus) -> str:
    """The public page of an advice."""
    return f"/advice/{advice.place_code}/{advice.number}"


def flat(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A saved version as pairs of field and text, for showing what changed."""
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        if key == "offers":
            found.append((key, "\n".join(_said(row) for row in value)))
        elif isinstance(value, list):
            found.append((key, "\n".join(" · ".join(str(v) for v in row.values() if v) for row in value)))
        elif key == "language":
            found.append((key, lang_name(value)))
        elif key == "decision" and value:
            found.append((key, decision_words(Decision(value))))
        else:
            found.append((key, str(value)))
    return found


def _said(row: Mapping[str, str]) -> str:
    said = str(OFFER_SAID[OfferSaid(row["reply"])][0]) if row["reply"] else ""
    return " · ".join(part for part in (row["organisation"], said, row["reasons"]) if part)


def history(
    versions: Sequence[AnswerVersion], posts: Mapping[int, str]
) -> list[tuple[AnswerVersion, str, list[tuple[str, list[Change]]]]]:
    """Each saved version (newest first) with the post that saved it, and what it changed, word by word."""
    found = []
    for newer, older in zip_longest(versions, versions[1:]):
        old = dict(flat(older.content)) if older else {}
        runs = [(str(FIELDS[key]), changes(old.get(key, ""), text)) for key, text in flat(newer.content)]
        found.append((newer, posts.get(newer.saved_by, ""), [pair for pair in runs if pair[1]]))
    return found
