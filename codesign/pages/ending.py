"""What time does to members' words: support goes when a round ends, all words go twelve months later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

import codesign.discussion.ending as discussion
import codesign.fieldwork.ending as fieldwork
import codesign.moderation.ending as moderation
import codesign.networks.ending as networks
import codesign.proposals.ending as proposals
import codesign.tellings.ending as tellings
import codesign.vision.ending as vision
from codesign.advice import quoting
from codesign.db import Store, writing
from codesign.journal.actions import note
from codesign.pages.queries import rounds_to_empty, support_is_left

# The consent page promises it: accounts/_consent.html.
KEPT = timedelta(days=365)
_EMPTIES: tuple[Callable[[Session, int], int], ...] = (
    quoting.erase_round,
    moderation.erase_round,
    discussion.erase_round,
    proposals.erase_round,
    tellings.erase_round,
    fieldwork.erase_round,
    vision.erase_round,
)
# What members write outside of rounds too.
_LOOSE: tuple[Any, ...] = (networks, fieldwork, vision)


def tidy(session: Session, now: datetime) -> int:
    """Do what is due, in transactions of its own; returns how many rounds were emptied. Reads first, writes seldom."""
    left, due = support_is_left(session), rounds_to_empty(session, now - KEPT)
    old = [kept for kept in _LOOSE if kept.has_old(session, now - KEPT)]
    session.rollback()
    for kept in old:
        with writing(session):
            kept.forget_old(session, now - KEPT, now)
    if left:
        with writing(session):
            proposals.forget_support(session, now)
            discussion.forget_support(session, now)
    for round_id in due:
        with writing(session):
            for empty in _EMPTIES:
                empty(session, round_id)
            note(session, Store.VOICES, by=None, verb="erase_words", what="round", id=round_id, now=now)
    return len(due)
