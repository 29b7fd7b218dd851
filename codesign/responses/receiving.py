"""What the panel says after an answer, or before it about more time: each kind is held against what stands here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import lock
from codesign.documents.domain import DocumentError, Fault, Json, digest, parse, read
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.queries import advice_of
from codesign.documents.receiving import keep
from codesign.documents.standing import extended
from codesign.responses.after_queries import fit_document, open_extension, reply_document
from codesign.responses.domain import Asked

# What a yes/no vote of newcomers says of a promise (R30); None: too few voted to show it.
_FOUND: Mapping[str | None, str | None] = {"adopted": "works", "not_adopted": "not_yet", None: None}


def receive_reply(session: Session, payload: bytes, now: datetime) -> None:
    """Keep the panel's reply to an answer (`codesign/reply/1`), once; the same once more changes nothing.

    Refused (`DocumentError`): the answer is not here, or has another reply already.
    """
    document = read("reply", payload)
    _answer(session, "reply", document)
    before = reply_document(session, document["place"], document["number"])
    if before is not None and before.digest != digest(payload):
        raise _refuse("reply", "answer", "has its reply already")
    keep(session, Kind.REPLY, payload, title=document["text"][0]["text"][:200], document=document, now=now)


def receive_extension(session: Session, payload: bytes, now: datetime) -> None:
    """Take over what the panel says to a request for more time (`codesign/extension/1`); only a yes moves the clock.

    Refused (`DocumentError`): nothing was asked for, another day was, or the advice was answered meanwhile.
    """
    document = read("extension", payload)
    if session.get(Document, digest(payload)) is not None:
        return
    status = advice_of(session, document["place"], document["number"])
    row = None if status is None else lock(session, AdviceStatus, status.id)
    if row is None:
        raise _refuse("extension", "number", "is not here")
    asked = open_extension(session, row.id)
    until = date.fromisoformat(document["until"])
    if asked is None or asked.until != until:
        raise _refuse("extension", "until", "was not asked for")
    if row.answered_at is not None:
        raise _refuse("extension", "number", "was answered meanwhile")
    if not keep(session, Kind.EXTENSION, payload, title=document["until"], document=document, now=now):
        return
    asked.state = Asked.AGREED if document["agreed"] else Asked.REFUSED
    asked.decided_on = date.fromisoformat(document["decided_on"])
    if document["agreed"]:
        extended(session, row.digest, until)


def receive_finding(session: Session, payload: bytes, now: datetime) -> None:
    """Keep what newcomers found of a promise (`codesign/finding/1`). This is the only way to "works for us" (R30).

    Refused (`DocumentError`): the answer has no such promise; the release is not here, is not a yes/no vote of
    newcomers of this place held after the answer, or says something else.
    """
    document = read("finding", payload)
    answer = _answer(session, "finding", document)
    if not _promised(answer, document["recommendation"], document["promise"]):
        raise _refuse("finding", "promise", "is not in the answer")
    release = _release(session, "finding", document)
    asked = (release["kind"], release["method"], release["electorate"], release["place"])
    if asked != ("vote", "yes_no", "newcomers", document["place"]):
        raise _refuse("finding", "release", "is not a yes or no vote of newcomers of this place")
    if release["closed_on"] < answer["delivered_on"]:
        raise _refuse("finding", "release", "is older than the answer")
    said = (release["closed_on"], release["shown"], _FOUND.get(release["outcome"], ""))
    if said != (document["closed_on"], document["shown"], document["outcome"]):
        raise _refuse("finding", "release", "says something else")
    keep(session, Kind.FINDING, payload, title=release["question"], document=document, now=now)


def receive_fit(session: Session, payload: bytes, now: datetime) -> None:
    """Keep which vote of the panel asked of each measure in an answer if it fits (`codesign/fit/1`), once (R27).

    It says nothing of whether a measure works: that is a finding of a later round (R30). Refused (`DocumentError`): the
    answer has no such promise, or another such vote; the release is not here, is not a vote of newcomers of this place
    on just these measures held after the answer, or says something else.
    """
    document = read("fit", payload)
    answer = _answer(session, "fit", document)
    for n, m in enumerate(document["measures"]):
        if not _promised(answer, m["recommendation"], m["promise"]):
            raise _refuse("fit", f"measures/{n}", "is not in the answer")
    release = _release(session, "fit", document)
    asked = (release["kind"], release["method"], release["electorate"], release["place"])
    if asked != ("rating", "score", "newcomers", document["place"]):
        raise _refuse("fit", "release", "is not a vote of newcomers of this place on measures")
    if [o["key"] for o in release["options"]] != [m["option"] for m in document["measures"]]:
        raise _refuse("fit", "measures", "are not the options of the release")
    if release["closed_on"] < answer["delivered_on"]:
        raise _refuse("fit", "release", "is older than the answer")
    if (release["closed_on"], release["shown"]) != (document["closed_on"], document["shown"]):
        raise _refuse("fit", "release", "says something else")
    before = fit_document(session, document["place"], document["number"])
    if before is not None and before.digest != digest(payload):
        raise _refuse("fit", "answer", "has its vote on measures already")
    keep(session, Kind.FIT, payload, title=release["question"], document=document, now=now)


def _promised(answer: Json, recommendation: int, promise: int) -> bool:
    part = next((p for p in answer["parts"] if p["recommendation"] == recommendation), None)
    return part is not None and promise <= len(part["promises"])


def _release(session: Session, kind: str, document: Json) -> Json:
    """The release that a document names, which must be here."""
    row = session.get(Document, document["release"])
    if row is None or row.kind is not Kind.RELEASE:
        raise _refuse(kind, "release", "is not here")
    return read("release", row.stored)


def _answer(session: Session, kind: str, document: Json) -> Json:
    """The answer a document is about, which must be here, to the advice with its number."""
    row = session.get(Document, document["answer"])
    if row is None or row.kind is not Kind.ANSWER:
        raise _refuse(kind, "answer", "is not here")
    answer = parse("answer", row.stored)
    if any(answer[key] != document[key] for key in ("place", "number", "advice")):
        raise _refuse(kind, "answer", "is to another advice")
    return answer


def _refuse(kind: str, path: str, what: str) -> DocumentError:
    return DocumentError(kind, [Fault(path, what)])
