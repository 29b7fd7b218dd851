"""What opening a ballot freezes and makes: keys, the roll, a partition for its rows, and the opening digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from codesign import db_traces as traces
from codesign.voting import keys, queries
from codesign.voting.domain import Category, Opening, Option, State, Terms, digest
from codesign.voting.models import Ballot, BallotOption, Roll, Scrutineer, Slip


def freeze(session: Session, ballot: Ballot, people: Sequence[int], key_folder: Path, now: datetime) -> None:
    """Freeze one ballot: keys, roll, opening digest."""
    ballot.key_name, made = keys.make(key_folder, ballot.id)
    # Neighbours were noted with the newcomers, on the ballot theirs is a copy of.
    in_room = queries.room_voters(session, ballot.twin_of_id or ballot.id) & set(people)
    before = queries.last_in_chain(session, ballot.round_id)
    opening = Opening(
        ballot=ballot.id, round=ballot.round_id, kind=ballot.kind, category=ballot.category, method=ballot.method,
        question=ballot.question, language=ballot.language,
        options=tuple(option(o) for o in ballot.options),
        max_choices=ballot.max_choices, with_none=ballot.with_none, electorate=len(people), quorum=ballot.quorum,
        majority=ballot.majority, opened_at=now, deadline=ballot.deadline, subject=ballot.subject,
        previous=(before.closed_digest if before else "") or "", public_key=made.public,
        scrutineers=tuple(s.public_key for s in queries.scrutineers(session, ballot.id)),
        terms=Terms.read(ballot.terms), translations=ballot.translations, room=len(in_room),
    )  # fmt: skip
    ballot.electorate, ballot.opened_at = len(people), now
    ballot.opening = opening.frozen()
    ballot.opening_digest = digest(ballot.opening)
    ballot.state = State.OPEN
    ballot.room_is_open = bool(in_room)
    session.flush()
    for model in (Roll, Slip):
        traces.make_partition(session, model, ballot.id)
    roll = [{"ballot_id": ballot.id, "member_id": p, "voted": False, "in_room": p in in_room} for p in sorted(people)]
    session.execute(insert(Roll), roll)


def option(row: BallotOption) -> Option:
    """A stored option as plain values."""
    translations = {code: (words[0], words[1]) for code, words in row.translations.items()}
    return Option(
        row.key, row.title, row.meaning, row.language, row.domain, tuple(row.icons), row.proposal_id, row.cost,
        translations,
    )  # fmt: skip


def twin_of(session: Session, ballot: Ballot, now: datetime) -> Ballot:
    """The residents' ballot: the same question, counted apart, with a roll and a list of its own."""
    twin = Ballot(
        round_id=ballot.round_id, twin_of_id=ballot.id, kind=ballot.kind, category=Category.RESIDENTS,
        method=ballot.method, state=State.PREPARED, question=ballot.question, language=ballot.language,
        max_choices=ballot.max_choices, with_none=ballot.with_none, quorum=ballot.quorum, majority=ballot.majority,
        subject=ballot.subject, deadline=ballot.deadline, made_at=now, void_reason="", void_language="",
        terms=dict(ballot.terms), translations=dict(ballot.translations), prepared_by_id=ballot.prepared_by_id,
        checked_by_id=ballot.checked_by_id, checked_at=ballot.checked_at,
        options=[
            BallotOption(
                place=o.place, key=o.key, title=o.title, meaning=o.meaning, language=o.language, domain=o.domain,
                icons=list(o.icons), proposal_id=o.proposal_id, cost=o.cost, translations=dict(o.translations),
            )
            for o in ballot.options
        ],
    )  # fmt: skip
    session.add(twin)
    session.flush()
    for held in queries.scrutineers(session, ballot.id):  # the same two halves open both
        session.add(
            Scrutineer(
                ballot_id=twin.id, place=held.place, member_id=held.member_id, public_key=held.public_key,
                confirmed_at=held.confirmed_at, handed_in=False,
            )
        )  # fmt: skip
    session.flush()
    return twin
