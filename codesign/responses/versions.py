"""Saved versions of the pieces of an answer: nothing that a colleague saved is written over unseen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store
from codesign.journal.actions import note
from codesign.responses.models import AnswerVersion
from codesign.responses.queries import latest


class Stale(Exception):
    """Somebody saved this piece since it was read; `version` is theirs."""

    def __init__(self, version: AnswerVersion) -> None:
        super().__init__(version.piece)
        self.version = version


def must_be_fresh(session: Session, answer_id: int, piece: str, seen: int, content: dict[str, Any]) -> int | None:
    """The number a new version gets; None when the same text stands there already. Raises `Stale`.

    Call it under the lock of the answer.
    """
    newest = latest(session, answer_id, piece)
    number = newest.number if newest else 0
    same = newest is not None and newest.content == content
    if number != seen and newest is not None and not same:
        raise Stale(newest)
    return None if same else number + 1


def keep(
    session: Session, answer_id: int, piece: str, number: int, content: dict[str, Any], by: int, now: datetime
) -> None:
    """Keep one version, and note who saved it."""
    version = AnswerVersion(
        answer_id=answer_id, piece=piece, number=number, content=content, saved_by=by, saved_at=now
    )  # fmt: skip
    session.add(version)
    session.flush()
    note(session, Store.RECORD, by=by, verb="save_answer", what="answer_version", id=version.id, now=now)
