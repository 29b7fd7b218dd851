"""Composing an advice: starting it, its words, its recommendations, what is cited. Every save sees a stale edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.advice import coauthor_queries, queries, quote_queries, values, version_queries
from codesign.advice.domain import MOST_RECOMMENDATIONS, fingerprint
from codesign.advice.merging import merge, merge_fields
from codesign.advice.models import Actor, Advice, AdviceText, EvidenceLink, Recommendation
from codesign.advice.queries import AdviceView
from codesign.advice.saving import Full as Full
from codesign.advice.saving import Links as Links
from codesign.advice.saving import NotHere as NotHere
from codesign.advice.saving import Stale as Stale
from codesign.advice.values import SECTION_OF, Section, Words
from codesign.advice.versions import (
    CHAIN,
    TEXTS,
    actors_as_text,
    as_text,
    back,
    content_of,
    longest,
    piece_place,
    recommendation_place,
    record,
)
from codesign.db import Store, lock
from codesign.evidence import queries as evidence
from codesign.journal.actions import note
from codesign.panels.queries import RoundView, facts
from codesign.rules.permissions import Action, require

Piece = tuple[Words, str]


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


def save_cover(
    session: Session, view: AdviceView, *, title: str, language: str, seen: int, now: datetime, kept: bool = True
) -> None:  # fmt: skip
    """Title and language of the advice. Raises `Stale`, unless the writer saved the other version too."""
    advice = open_draft(session, view, now, "cover", Section.COVER.value)
    place = Section.COVER.value
    if seen != advice.version and not _mine_is_newest(session, view, place):
        raise Stale({"title": advice.title, "language": advice.language}, {"version": advice.version})
    before = {"title": advice.title, "language": advice.language}
    advice.title, advice.language, advice.version = title, language, advice.version + 1
    after = {"title": title, "language": language}
    record(session, view, place, after, now=now, kept=kept, before=(before, view.person_id))


def save_words(
    session: Session, view: AdviceView, pieces: Mapping[Piece, tuple[str, str]], *, now: datetime,
    bases: Mapping[Piece, str] | None = None, kept: bool = True,
) -> frozenset[Piece]:  # fmt: skip
    """Save pieces of text: (which, language or "") -> (text, `fingerprint` of the text that was seen). Raises `Stale`.

    A piece the writer did not change is left as it stands now. Where somebody else changed another paragraph of the
    text that was seen (`bases`), both changes are kept; these pieces are returned. Nothing is saved when one is stale.
    """
    what = {SECTION_OF[key].value for key, _language in pieces}
    advice = open_draft(session, view, now, "words", *what)
    there = {(t.key, t.language): t for t in queries.texts(session, advice.id)}
    current = {key: there[key].text if key in there else "" for key in pieces}
    changed = {key: text for key, (text, seen) in pieces.items() if fingerprint(text) != seen and text != current[key]}
    merged: dict[Piece, str] = {}
    stale: dict[Piece, str] = {}
    sealed: set[Piece] = set()
    for piece, text in changed.items():
        seen, base = pieces[piece][1], (bases or {}).get(piece)
        if fingerprint(current[piece]) == seen:
            continue
        if base is None or fingerprint(base) != seen:
            stale[piece] = current[piece]
        elif (both := merge(base, current[piece], text)) is not None:
            merged[piece] = both
        elif there[piece].saved_by == view.person_id:
            sealed.add(piece)
        else:
            stale[piece] = current[piece]
    if stale:
        raise Stale({field_name(key): text for key, text in stale.items()}, {})
    for (key, language), text in (changed | merged).items():
        row = there.get((key, language))
        before = ({"text": row.text}, row.saved_by) if row is not None and row.text else None
        if row is None:
            session.add(AdviceText(advice_id=advice.id, key=key, language=language, text=text, saved_by=view.person_id))
        else:
            row.text, row.saved_by = text, view.person_id
        place, seal = piece_place(key, language), (key, language) in sealed
        record(session, view, place, {"text": text}, now=now, kept=kept, before=before, seal=seal)
    return frozenset(merged)


def field_name(piece: Piece) -> str:
    """The name of the field in which a piece of text is written."""
    key, language = piece
    return f"text_{language}" if key is Words.IN_SHORT else key.value


def add_recommendation(session: Session, view: AdviceView, *, title: str, now: datetime) -> Recommendation:
    """One more recommendation, at the end. Raises `Full` at five."""
    advice = open_draft(session, view, now, "recommendation")
    there = queries.recommendations(session, advice.id)
    if len(there) >= MOST_RECOMMENDATIONS:
        raise Full
    made = Recommendation(advice_id=advice.id, position=len(there) + 1, title=title)
    session.add(made)
    session.flush()
    record(session, view, recommendation_place(made.id), content_of(made, []), now=now)
    return made


def save_recommendation(
    session: Session, view: AdviceView, recommendation_id: int, fields: Mapping[str, Any], *,
    actors: Sequence[values.Actor] | None, links: Links | None, seen: int, now: datetime,
    base: Mapping[str, str] | None = None, kept: bool = True,
) -> bool:  # fmt: skip
    """Save what a recommendation says, who does it and what stands behind it. Raises `Stale` and `NotHere`.

    `fields`: title, what, by_when, decided_on, cost_class (None or 1 to 4), notice, small_initiative, none_because;
    small_group (a code of the directory) and moment (a `Moment` in one line) stay as they are where not given.
    actors, links: None leaves them. base: the fields as the writer saw them; what somebody else changed in
    another field or paragraph is then kept too, and True returned.
    """
    given = {name: fields[name] for name in TEXTS if name in fields}
    return _save(session, view, recommendation_id, given, seen=seen, base=base, actors=actors, links=links, now=now,
                 kept=kept)  # fmt: skip


def save_chain(
    session: Session, view: AdviceView, recommendation_id: int, fields: Mapping[str, str], *, seen: int,
    now: datetime, base: Mapping[str, str] | None = None, kept: bool = True,
) -> bool:  # fmt: skip
    """Save how change works. `fields`: activity, change, domain, indicator, experience, assumptions, risks."""
    return _save(session, view, recommendation_id, {name: fields[name] for name in CHAIN}, seen=seen, base=base,
                 actors=None, links=None, now=now, kept=kept)  # fmt: skip


def _save(
    session: Session, view: AdviceView, recommendation_id: int, fields: Mapping[str, Any], *, seen: int,
    base: Mapping[str, str] | None, actors: Sequence[values.Actor] | None, links: Links | None, now: datetime,
    kept: bool,
) -> bool:  # fmt: skip
    """Save fields of a recommendation; actors and links None stay as they are."""
    place = recommendation_place(recommendation_id)
    advice = open_draft(session, view, now, "recommendation", place)
    row = _mine(session, advice, recommendation_id)
    there = queries.actors(session, row.id)
    before = content_of(row, there)
    made, seal, merged = dict(fields), False, False
    if row.version != seen:
        typed = {name: as_text(value) for name, value in fields.items()}
        current = {name: as_text(getattr(row, name)) for name in fields}
        texts, stale = merge_fields(base, current, typed) if base is not None else ({}, current)
        stale |= {name: current[name] for name, text in texts.items() if len(text) > longest(name)}
        if base is not None and actors is not None:
            doing = (base.get("actors", ""), as_text(before["actors"]), actors_as_text(actors))
            stale |= {"actors": doing[1]} if len(set(doing)) == 3 else {}
        seal = bool(stale) and base is not None and _mine_is_newest(session, view, place)
        if stale and not seal:
            raise Stale(stale, {"version": row.version})
        if not stale:
            merged = texts != typed
            made = {name: fields[name] if texts[name] == typed[name] else back(name, texts[name]) for name in fields}
    for name, value in made.items():
        setattr(row, name, value)
    now_doing: Sequence[Actor | values.Actor] = there
    if actors is not None and not (base is not None and base.get("actors") == actors_as_text(actors)):
        now_doing = actors
        for old in there:
            session.delete(old)
        session.flush()
        for position, actor in enumerate(actors, start=1):
            session.add(
                Actor(recommendation_id=row.id, position=position, name=actor.name, kind=actor.kind, part=actor.part,
                      by_when=actor.by_when)
            )  # fmt: skip
    if links is not None:
        _relink(session, view, links, recommendation_id=row.id)
    row.version += 1
    after = content_of(row, now_doing)
    record(session, view, place, after, now=now, kept=kept, before=(before, view.person_id), seal=seal)
    return merged


def _mine_is_newest(session: Session, view: AdviceView, place: str) -> bool:
    """Whether the last version of a place is the writer's own: two windows of one person never ask her."""
    last = version_queries.newest(session, view.advice.id, place)
    return last is not None and last.saved_by == view.person_id


def raise_recommendation(session: Session, view: AdviceView, recommendation_id: int, *, now: datetime) -> None:
    """Let a recommendation change places with the one before it; the first one stays."""
    advice = open_draft(session, view, now, "recommendation")
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
    advice = open_draft(session, view, now, "recommendation")
    row = _mine(session, advice, recommendation_id)
    there = queries.actors(session, row.id)
    record(session, view, recommendation_place(row.id), content_of(row, there), now=now)
    behind = (*queries.links(session, advice.id, row.id), *evidence.of_recommendation(session, row.id))
    for gone in (*there, *behind, *queries.meanings(session, row.id)):
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
    open_draft(session, view, now, "links")
    _relink(session, view, links, recommendation_id=None)


def open_draft(session: Session, view: AdviceView, now: datetime, what: str, *places: str) -> Advice:
    """The advice, locked, after asking the rules; and the journal row of the act.

    A moderator writes everywhere; a member only in `places` to which she was invited.
    """
    advice = lock(session, Advice, view.advice.id)
    assert advice is not None
    if view.moderates or not places:
        require(Action.COMPILE_ADVICE, facts(view.round, view.membership, state=advice.state))
    else:
        mine = set(places) <= coauthor_queries.places_of(session, advice.id, view.person_id)
        require(Action.CO_WRITE, facts(view.round, view.membership, state=advice.state, own=mine))
    note(session, Store.VOICES, by=view.person_id, verb=f"save_{what}", what="advice", id=advice.id, now=now)
    return advice


def _mine(session: Session, advice: Advice, recommendation_id: int) -> Recommendation:
    row = lock(session, Recommendation, recommendation_id)
    if row is None or row.advice_id != advice.id:
        raise NotHere
    return row


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
