"""Putting things behind a sentence or a recommendation; what two people choose at once is put together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from codesign.advice import queries as advice_queries
from codesign.advice.actions import open_draft
from codesign.advice.merging import merge_sets
from codesign.advice.models import EvidenceLink, Recommendation
from codesign.advice.queries import AdviceView
from codesign.advice.saving import NotHere
from codesign.advice.values import Words
from codesign.db import lock
from codesign.evidence import queries
from codesign.evidence.models import COLUMNS, Backing, HeardSentence, thing_of
from codesign.evidence.sentences import follow, split
from codesign.evidence.values import Kind, Thing
from codesign.picker.domain import Target

# Of a recommendation these stand in `evidence_link`, the others in `backing`.
LINKED = frozenset({Kind.RESULT, Kind.QUOTE, Kind.IDEA})


def choose(
    session: Session, view: AdviceView, target: Target, mine: Collection[Thing], *, seen: Collection[Thing],
    offered: Collection[Thing], now: datetime,
) -> None:  # fmt: skip
    """Let a target rest on `mine`. `seen`: what stood behind it when the page was opened; what somebody else added or
    took away since then stays so.

    Raises `NotHere` for a thing that is not offered, and for a recommendation that was taken out.
    """
    advice = open_draft(session, view, now, "evidence", target.place)
    if set(mine) - set(offered):
        raise NotHere
    if target.recommendation is None:
        _behind_sentence(session, advice.id, target.words, mine, seen)
        return
    row = lock(session, Recommendation, target.recommendation.id)
    if row is None or row.advice_id != advice.id:
        raise NotHere
    links = advice_queries.links(session, advice.id, row.id)
    there: list[EvidenceLink | Backing] = [*links, *queries.of_recommendation(session, row.id)]
    where = {"advice_id": advice.id, "recommendation_id": row.id}
    gone, new = _changes(there, mine, seen)
    for old in gone:
        session.delete(old)
    for kind, number in new:
        made = EvidenceLink if kind in LINKED else Backing
        session.add(made(**where, **{COLUMNS[kind]: number}))


def _behind_sentence(
    session: Session, advice_id: int, words: str, mine: Collection[Thing], seen: Collection[Thing]
) -> None:
    text = next((t.text for t in advice_queries.texts(session, advice_id) if t.key is Words.HEARD), "")
    rows, now = queries.sentences(session, advice_id), split(text)
    kept = follow([row.text for row in rows], now)
    for place, found in kept.items():
        rows[found.earlier].place = place
    at = now.index(words) if words in now else None
    # A sentence that was changed while somebody chose is kept as she saw it: it carries over like any other.
    before = kept.get(at) if at is not None else follow([row.text for row in rows], [words]).get(0)
    row = rows[before.earlier] if before is not None else None
    if row is None:
        row = HeardSentence(advice_id=advice_id, place=at or 0, text=words)
        session.add(row)
        session.flush()
    row.text = words
    there = queries.of_sentence(session, row.id)
    gone, new = _changes(there, mine, seen)
    for old in gone:
        session.delete(old)
    session.add_all(Backing(advice_id=advice_id, sentence_id=row.id, **{COLUMNS[kind]: n}) for kind, n in new)
    if len(gone) == len(there) and not new:
        session.flush()
        session.delete(row)


def _changes(
    there: Collection[EvidenceLink | Backing], mine: Collection[Thing], seen: Collection[Thing]
) -> tuple[list[EvidenceLink | Backing], list[Thing]]:
    """The rows to take away and the things to add."""
    standing = {thing_of(row): row for row in there}
    wanted = merge_sets(seen, set(standing), mine)
    gone = [row for row in there if thing_of(row) not in wanted]
    return gone, sorted(wanted - set(standing))
