"""Composing an advice: starting it, its words, its recommendations, what is cited. Every save sees a stale edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import queries, quote_queries, values
from codesign.advice.domain import MOST_RECOMMENDATIONS, fingerprint
from codesign.advice.models import Actor, Advice, AdviceText, CitedBlock, EvidenceLink, Recommendation
from codesign.advice.queries import AdviceView
from codesign.advice.values import CitedKind, Words
from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.panels.queries import RoundView, facts
from codesign.rules.permissions import Action, require

Piece = tuple[Words, str]


class Stale(Exception):
    """Somebody else saved since this was opened; `theirs` is what stands there now, by field."""

    def __init__(self, theirs: Mapping[str, str], versions: Mapping[str, int]) -> None:
        super().__init__("stale")
        self.theirs, self.versions = theirs, versions


class NotHere(ValueError):
    """An id was named that does not belong to this advice or its round."""


class Full(ValueError):
    """There are five recommendations already."""


@dataclass(frozen=True)
class Links:
    """What stands behind a recommendation or a section: ids of ballot options, quotes and proposals."""

    options: Collection[int] = ()
    quotes: Collection[int] = ()
    proposals: Collection[int] = ()


def compile_advice(session: Session, view: RoundView, *, language: str, now: datetime) -> Advice:
    """Begin the advice of a round; when it was begun already, that one is given back."""
    require(Action.COMPILE_ADVICE, facts(view.round, view.membership))
    assert view.membership is not None
    found = queries.of_round(session, view.round.id)
    if found is not None:
        return found
    advice = Advice(
        round_id=view.round.id, panel_id=view.panel.id, place_code=view.panel.municipality_code, language=language,
        title=view.round.title[:120], started_at=now,
    )  # fmt: skip
    session.add(advice)
    session.flush()
    note(session, Store.VOICES, by=view.membership.person_id, verb="compile", what="advice", id=advice.id, now=now)
    return advice


def save_cover(session: Session, view: AdviceView, *, title: str, language: str, seen: int, now: datetime) -> None:
    """Title and language of the advice. Raises `Stale`."""
    advice = _open(session, view, now, "cover")
    if seen != advice.version:
        raise Stale({"title": advice.title, "language": advice.language}, {"version": advice.version})
    advice.title, advice.language, advice.version = title, language, advice.version + 1


def save_words(session: Session, view: AdviceView, pieces: Mapping[Piece, tuple[str, str]], *, now: datetime) -> None:
    """Save pieces of text: (which, language or "") -> (text, `fingerprint` of the text that was seen). Raises `Stale`.

    Nothing is saved when one piece is stale; a piece the writer did not change is left as it stands now.
    """
    advice = _open(session, view, now, "words")
    there = {(t.key, t.language): t for t in queries.texts(session, advice.id)}
    current = {key: there[key].text if key in there else "" for key in pieces}
    changed = {key: text for key, (text, seen) in pieces.items() if fingerprint(text) != seen and text != current[key]}
    stale = {key: current[key] for key in changed if fingerprint(current[key]) != pieces[key][1]}
    if stale:
        raise Stale({field_name(key): text for key, text in stale.items()}, {})
    for (key, language), text in changed.items():
        row = there.get((key, language))
        if row is None:
            session.add(AdviceText(advice_id=advice.id, key=key, language=language, text=text, saved_by=view.person_id))
        else:
            row.text, row.saved_by = text, view.person_id


def field_name(piece: Piece) -> str:
    """The name of the field in which a piece of text is written."""
    key, language = piece
    return f"text_{language}" if key is Words.IN_SHORT else key.value


def add_recommendation(session: Session, view: AdviceView, *, title: str, now: datetime) -> Recommendation:
    """One more recommendation, at the end. Raises `Full` at five."""
    advice = _open(session, view, now, "recommendation")
    there = queries.recommendations(session, advice.id)
    if len(there) >= MOST_RECOMMENDATIONS:
        raise Full
    made = Recommendation(advice_id=advice.id, position=len(there) + 1, title=title)
    session.add(made)
    session.flush()
    return made


def save_recommendation(
    session: Session, view: AdviceView, recommendation_id: int, fields: Mapping[str, Any], *,
    actors: Sequence[values.Actor], links: Links, seen: int, now: datetime,
) -> None:  # fmt: skip
    """Save what a recommendation says, who does it and what stands behind it. Raises `Stale` and `NotHere`.

    `fields`: title, what, by_when, decided_on, cost_class (None or 1 to 4), notice, small_initiative, none_because.
    """
    advice = _open(session, view, now, "recommendation")
    row = _mine(session, advice, recommendation_id)
    names = ("title", "what", "by_when", "decided_on", "cost_class", "notice", "small_initiative", "none_because")
    _fresh(row, seen, names)
    for name in names:
        setattr(row, name, fields[name])
    for old in queries.actors(session, row.id):
        session.delete(old)
    session.flush()
    for position, actor in enumerate(actors, start=1):
        session.add(
            Actor(recommendation_id=row.id, position=position, name=actor.name, kind=actor.kind, part=actor.part)
        )
    _relink(session, view, links, recommendation_id=row.id)
    row.version += 1


def save_chain(
    session: Session, view: AdviceView, recommendation_id: int, fields: Mapping[str, str], *, seen: int, now: datetime
) -> None:  # fmt: skip
    """Save how change works. `fields`: activity, change, domain, indicator, experience, assumptions, risks."""
    advice = _open(session, view, now, "chain")
    row = _mine(session, advice, recommendation_id)
    names = ("activity", "change", "domain", "indicator", "experience", "assumptions", "risks")
    _fresh(row, seen, names)
    for name in names:
        setattr(row, name, fields[name])
    row.version += 1


def raise_recommendation(session: Session, view: AdviceView, recommendation_id: int, *, now: datetime) -> None:
    """Let a recommendation change places with the one before it; the first one stays."""
    advice = _open(session, view, now, "recommendation")
    row = _mine(session, advice, recommendation_id)
    before = next((r for r in queries.recommendations(session, advice.id) if r.position == row.position - 1), None)
    if before is None:
        return
    place, before.position = before.position, 0
    session.flush()
    row.position = place
    session.flush()
    before.position = place + 1


def drop_recommendation(session: Session, view: AdviceView, recommendation_id: int, *, now: datetime) -> None:
    """Take a recommendation out, with its actors and links; the later ones move up."""
    advice = _open(session, view, now, "recommendation")
    row = _mine(session, advice, recommendation_id)
    for gone in (*queries.actors(session, row.id), *queries.links(session, advice.id, row.id)):
        session.delete(gone)
    session.flush()
    session.delete(row)
    session.flush()
    for number, left in enumerate(queries.recommendations(session, advice.id), start=1):
        if left.position != number:
            left.position = number
            session.flush()


def link(session: Session, view: AdviceView, links: Links, *, now: datetime) -> None:
    """Say which quotes stand under "what we heard" and which outcomes under "other views". Raises `NotHere`."""
    _open(session, view, now, "links")
    _relink(session, view, links, recommendation_id=None)


def cite(
    session: Session, view: AdviceView, *, kind: CitedKind, text: str, source: str, source_date: date | None,
    checked_on: date | None, definition: str, url: str, now: datetime,
) -> CitedBlock:  # fmt: skip
    """Add something known elsewhere; a figure without source, date and definition is refused (ValueError, R06)."""
    advice = _open(session, view, now, "cited")
    if kind is CitedKind.FIGURE and not (source and source_date and definition):
        raise ValueError("a figure needs source, date and definition")
    made = CitedBlock(
        advice_id=advice.id, kind=kind, text=text, source=source, source_date=source_date, checked_on=checked_on,
        definition=definition, url=url,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def drop_cited(session: Session, view: AdviceView, cited_id: int, *, now: datetime) -> None:
    """Take out something that was cited. Raises `NotHere`."""
    advice = _open(session, view, now, "cited")
    row = session.get(CitedBlock, cited_id)
    if row is None or row.advice_id != advice.id:
        raise NotHere
    session.delete(row)


def _open(session: Session, view: AdviceView, now: datetime, what: str) -> Advice:
    """The advice, locked, after asking the rules; and the journal row of the act."""
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    require(Action.COMPILE_ADVICE, facts(view.round, view.membership, state=advice.state))
    note(session, Store.VOICES, by=view.person_id, verb=f"save_{what}", what="advice", id=advice.id, now=now)
    return advice


def _mine(session: Session, advice: Advice, recommendation_id: int) -> Recommendation:
    row = lock(session, Recommendation, recommendation_id)
    if row is None or row.advice_id != advice.id:
        raise NotHere
    return row


def _fresh(row: Recommendation, seen: int, names: Sequence[str]) -> None:
    if row.version != seen:
        raise Stale({name: str(getattr(row, name) or "") for name in names}, {"version": row.version})


def _relink(session: Session, view: AdviceView, links: Links, *, recommendation_id: int | None) -> None:
    """Put exactly these links; every id must belong to the round, and a quote must have been released."""
    allowed_options = {o.id for o in queries.outcomes(session, view.round.id)} if links.options else set()
    allowed_quotes = {q.id for q in quote_queries.released(session, view.round.id)} if links.quotes else set()
    allowed_ideas = queries.idea_ids(session, view.round.id, links.proposals) if links.proposals else set()
    if set(links.options) - allowed_options or set(links.quotes) - allowed_quotes:
        raise NotHere
    if set(links.proposals) - allowed_ideas:
        raise NotHere
    for old in queries.links(session, view.advice.id, recommendation_id):
        session.delete(old)
    session.flush()
    where = {"advice_id": view.advice.id, "recommendation_id": recommendation_id}
    session.add_all(
        [
            *(EvidenceLink(**where, ballot_option_id=i) for i in dict.fromkeys(links.options)),
            *(EvidenceLink(**where, quote_id=i) for i in dict.fromkeys(links.quotes)),
            *(EvidenceLink(**where, proposal_id=i) for i in dict.fromkeys(links.proposals)),
        ]
    )
