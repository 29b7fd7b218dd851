"""Learning cards: one is made for each adopted recommendation, and kept up with every version (R22)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import lock
from codesign.documents.domain import Json
from codesign.documents.models import AdviceStatus
from codesign.officials.models import Official
from codesign.responses.domain import AnswerDraft, Decision, months_later
from codesign.responses.models import Answer, LearningCard
from codesign.responses.progress import facts
from codesign.responses.queries import card_of
from codesign.responses.versions import keep, must_be_fresh
from codesign.rules.permissions import Action, require

# What is adopted, wholly or in part, is tried; so there is something to learn.
TRIED = frozenset({Decision.ADOPTED, Decision.PARTLY})


def card_piece(recommendation: int) -> str:
    """The name of the piece that is the card of one recommendation."""
    return f"card-{recommendation}"


def make_cards(session: Session, answer: Answer, draft: AnswerDraft, document: Json, today: date) -> None:
    """A first card for each adopted recommendation: what the panel's chain assumes, and the first steps promised.

    One looks back on the day of the first report, until the municipality names another day.
    """
    asked = {r["number"]: r for r in document["recommendations"]}
    for part in draft.parts:
        if part.decision not in TRIED:
            continue
        trial = "\n".join(p.first_step for p in part.promises if not p.empty)
        session.add(
            LearningCard(
                answer_id=answer.id, recommendation=part.recommendation, changed="",
                assumption="\n".join(asked[part.recommendation]["chain"]["assumptions"]),
                assumption_language=document["language"], trial=trial, trial_language=draft.language,
                look_back_on=draft.first_report_on or months_later(today),
            )
        )  # fmt: skip


def keep_learning_card(
    session: Session, official: Official, advice: AdviceStatus, answer: Answer, recommendation: int, *, seen: int,
    assumption: str, trial: str, look_back_on: date, changed: str, now: datetime,
) -> None:  # fmt: skip
    """Write on a learning card; every version is kept. Raises `Stale`."""
    row = lock(session, AdviceStatus, advice.id)
    assert row is not None
    require(Action.KEEP_LEARNING_CARD, facts(official, row))
    piece = card_piece(recommendation)
    content = {"assumption": assumption, "trial": trial, "look_back_on": look_back_on.isoformat(), "changed": changed}
    lock(session, Answer, answer.id)
    number = must_be_fresh(session, answer.id, piece, seen, content)
    card = card_of(session, answer.id, recommendation)
    if card is None:
        card = LearningCard(
            answer_id=answer.id, recommendation=recommendation, assumption="", assumption_language=answer.language
        )
        session.add(card)
    if card.assumption != assumption:
        card.assumption_language = answer.language
    card.assumption, card.trial, card.look_back_on, card.changed = assumption, trial, look_back_on, changed
    card.trial_language = answer.language
    if number is not None:
        keep(session, answer.id, piece, number, content, official.id, now)
