"""Makers of what tests need: plain functions that write rows inside `with writing(session):`, nothing clever."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from codesign.accounts.models import Consent, Kind, Person
from codesign.credentials import passwords
from codesign.db import writing
from codesign.panels.domain import Level, Template, plan
from codesign.panels.models import Membership, Municipality, Panel, Round, RoundStep
from codesign.rules.folding import fold_name
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.settings import Settings

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PIN = "274913"
CHEAP = Settings(hash_cost="low")
_count = itertools.count(1)


def _add(session: Session, row: Any) -> Any:
    """Write a row: in the write that is under way, or in one of its own."""
    from codesign.db import _writing

    if _writing.get():
        session.add(row)
        session.flush()
    else:
        with writing(session):
            session.add(row)
            session.flush()
    return row


def make_place(session: Session, code: str | None = None, **more: Any) -> Municipality:
    """A municipality; `code` is made up when not given."""
    n = next(_count)
    values = {
        "name": f"Veldhaven {n}", "addressee": "The college of mayor and aldermen", "answer_weeks": 8,
        "timezone": "Europe/Amsterdam", "languages": ["nl", "en", "ar"], "legal_basis": "", "made_at": NOW,
    } | more  # fmt: skip
    return _add(session, Municipality(code=code or f"veldhaven-{n}", **values))


def make_panel(session: Session, place: Municipality | None = None, **more: Any) -> Panel:
    """A panel, in a new place unless one is given."""
    place = place or make_place(session)
    values = {"name": f"Panel {next(_count)}", "languages": ["nl", "en", "ar"], "made_at": NOW} | more
    return _add(session, Panel(municipality_code=place.code, **values))


def make_person(session: Session, kind: Kind = Kind.MEMBER, **more: Any) -> Person:
    """A person who has come in already: with pseudonym, consent and PIN `PIN`; staff with `PASSWORD` and TOTP."""
    n = next(_count)
    values: dict[str, Any] = {"language": "en", "avatar": f"seed{n}", "created_on": TODAY}
    if kind is Kind.MEMBER:
        values |= {"pseudonym": f"Copper Kettle {n}", "pseudonym_folded": fold_name(f"Copper Kettle {n}")}
        values["pin_hash"] = passwords.hash(PIN, CHEAP)
    else:
        values |= {"login": f"staff{n}", "display_name": f"Amber Ladder {n}", "totp_secret": TOTP_SECRET}
        values["password_hash"] = passwords.hash(PASSWORD, CHEAP)
    person = _add(session, Person(kind=kind, **(values | more)))
    if kind is Kind.MEMBER:
        from codesign.accounts.consent import VERSION

        _add(session, Consent(person_id=person.id, version=VERSION, language="en", agreed_at=NOW))
    return person


def make_member(session: Session, panel: Panel, role: Role = Role.NEWCOMER, **more: Any) -> Person:
    """A member of `panel` in `role`."""
    person = make_person(session, **more)
    _add(session, Membership(panel_id=panel.id, person_id=person.id, role=role, joined_at=NOW))
    return person


def make_moderator(session: Session, panel: Panel, ties: bool = True, **more: Any) -> Person:
    """A moderator of `panel`, whose ties are declared unless said otherwise."""
    person = make_person(session, Kind.STAFF, **more)
    declared = NOW if ties else None
    _add(
        session,
        Membership(
            panel_id=panel.id, person_id=person.id, role=Role.MODERATOR, joined_at=NOW, ties_declared_at=declared
        ),
    )
    return person


def make_host(session: Session, **more: Any) -> Person:
    """The host."""
    return make_person(session, Kind.STAFF, is_host=True, **more)


def make_round(session: Session, panel: Panel | None = None, phase: Phase = Phase.LISTENING, **more: Any) -> Round:
    """A round of `panel` in `phase`, with level, fixed part and plan declared; in a new panel unless one is given."""
    panel = panel or make_panel(session)
    values: dict[str, Any] = {
        "title": f"Meet before you need help {next(_count)}", "question": "What helped you feel at home here?",
        "language": "en", "asked": False, "level": Level.ADVISE, "fixed_text": "The budget of this year is fixed.",
        "template": Template.EXPERT_POOL, "created_at": NOW,
    }  # fmt: skip
    if phase is not Phase.DRAFT:
        values["opened_at"] = values["phase_since"] = NOW
    steps = [
        RoundStep(phase=s.phase, starts_on=s.starts_on, ends_on=s.ends_on) for s in plan(Template.EXPERT_POOL, TODAY, 8)
    ]
    return _add(session, Round(panel_id=panel.id, phase=phase, steps=steps, **(values | more)))


def make_record_place(session: Session, code: str | None = None, **more: Any) -> Any:
    """A place as the record knows it; `code` is made up when not given."""
    from codesign.places.models import Place

    n = next(_count)
    values = {
        "name": f"Veldhaven {n}", "addressee": "The college of mayor and aldermen", "answer_weeks": 8,
        "timezone": "Europe/Amsterdam", "languages": ["nl", "en", "ar"], "legal_basis": "", "as_of": NOW,
        "received_at": NOW,
    } | more  # fmt: skip
    return _add(session, Place(code=code or f"veldhaven-{n}", **values))


def make_official(session: Session, place: Any = None, **more: Any) -> Any:
    """An official of `place` (a place of the record) with `PASSWORD` and TOTP; in a new place unless one is given."""
    from codesign.officials.models import Official

    place = place or make_record_place(session)
    n = next(_count)
    values = {
        "login": f"official{n}", "display_name": f"Cedar Whistle {n}", "post": f"Adviser {n}", "mail": f"o{n}@example.org",
        "language": "en", "password_hash": passwords.hash(PASSWORD, CHEAP), "totp_secret": TOTP_SECRET, "made_at": NOW,
    } | more  # fmt: skip
    return _add(session, Official(place_code=place.code, **values))


def make_organisation(session: Session, place: Any = None, **more: Any) -> Any:
    """An organisation of `place` (a place of the record) with `PASSWORD` and TOTP; in a new place unless one is given."""
    from codesign.officials.models import OrganisationAccount

    place = place or make_record_place(session)
    n = next(_count)
    values = {
        "login": f"group{n}", "name": f"Open Kitchen {n}", "contact_name": f"Thimble Marsh {n}",
        "mail": f"g{n}@example.org", "language": "en", "password_hash": passwords.hash(PASSWORD, CHEAP),
        "totp_secret": TOTP_SECRET, "made_at": NOW,
    } | more  # fmt: skip
    return _add(session, OrganisationAccount(place_code=place.code, **values))


def make_ballot(session: Session, round: Round, moderator: Person, kind: str = "vote", **more: Any) -> Any:
    """A prepared ballot of `round`; the round must be in the phase in which that kind is prepared."""
    from datetime import timedelta

    from codesign.panels.queries import membership
    from codesign.voting import preparing
    from codesign.voting.domain import Kind as BallotKind
    from codesign.voting.domain import Option

    by = membership(session, moderator.id, round.panel_id)
    assert by is not None
    now = more.pop("now", NOW)
    titles = more.pop("titles", ("Street contact", "Open kitchen", "Lessons outside", "Women first"))
    values: dict[str, Any] = {
        "question": "How should new people and neighbours meet?", "language": "en", "deadline": now + timedelta(days=7),
        "options": [Option("", title, f"We do {title.lower()}.", "en", "BRI", ("door-open",)) for title in titles],
        "max_choices": 3, "with_none": True,
    }  # fmt: skip
    return preparing.prepare(session, round, by, kind=BallotKind(kind), now=now, **(values | more))


def _somebody_else(session: Session, round: Round, by: Membership) -> Membership:
    """A second person of the panel: a newcomer if there is one, else a moderator made for it."""
    from codesign.panels.queries import membership

    found = session.scalar(
        sa.select(Membership).where(
            Membership.panel_id == round.panel_id, Membership.role == Role.NEWCOMER, Membership.left_at.is_(None)
        ).limit(1)
    )  # fmt: skip
    if found is None:
        found = membership(session, make_moderator(session, session.get(Panel, round.panel_id)).id, round.panel_id)
    assert found is not None
    return found


def open_ballot(session: Session, ballot: Any, round: Round, moderator: Person, keys: Any, now: datetime = NOW) -> Any:
    """Put the round in the phase of the ballot and open it; returns the opened ballots."""
    from codesign.panels.queries import membership
    from codesign.voting import actions, preparing

    by = membership(session, moderator.id, round.panel_id)
    assert by is not None
    round.phase = {"vote": Phase.VOTING, "adoption": Phase.ADVISING, "rating": Phase.FOLLOWING}[ballot.kind.value]
    session.flush()
    if ballot.checked_at is None:
        second = _somebody_else(session, round, by)
        ballot.checker_id = second.person_id
        preparing.check_ballot(session, ballot, round, second, now=now)
    return actions.open_ballot(session, ballot.id, round, by, key_folder=keys, now=now)


def make_telling(
    session: Session, round: Round, author: Person, body: str = "A neighbour rang my bell.", **more: Any
) -> Any:
    """A published answer of `author` to the open question."""
    from codesign.rules.words import WordState
    from codesign.tellings.models import Telling

    values = {"state": WordState.PUBLISHED, "language": "en", "held_for": [], "created_on": TODAY} | more
    key = f"telling-{next(_count)}"
    return _add(session, Telling(round_id=round.id, author_id=author.id, body=body, form_key=key, **values))


def make_idea(session: Session, round: Round, author: Person, title: str = "A room to drink tea", **more: Any) -> Any:
    """A published idea of `author`, given through the action (with version and search index); `themes` default to BRI.

    Any other column (`state`, `support_count`, ...) is set afterwards.
    """
    from codesign.panels.queries import membership
    from codesign.proposals.actions import propose
    from codesign.proposals.domain import Content
    from codesign.rules.phases import Phase as P

    mine = membership(session, author.id, round.panel_id)
    assert mine is not None
    given = {
        k: more.pop(k) for k in ("body", "language", "themes", "indicators", "picture", "gathering_id") if k in more
    }
    content = Content(**({"title": title, "body": "", "language": "en", "themes": ("BRI",)} | given))
    phase, round.phase = round.phase, P.PROPOSING
    idea = propose(session, round, mine, content, key=f"idea-{next(_count)}", now=NOW)
    round.phase = phase
    for key, value in more.items():
        setattr(idea, key, value)
    session.flush()
    return idea


def make_reply(session: Session, idea: Any, author: Person, body: str = "That would help me.", **more: Any) -> Any:
    """A published reply of `author` under `idea`; counted in the idea."""
    from codesign.discussion.domain import Kind as ReplyKind
    from codesign.discussion.models import Contribution
    from codesign.rules.words import WordState

    values = {
        "kind": ReplyKind.FOR, "state": WordState.PUBLISHED, "language": "en", "held_for": [], "created_on": TODAY,
        "author_role": Role.NEWCOMER, "support_count": 0, "version": 1,
    } | more  # fmt: skip
    row = _add(
        session,
        Contribution(proposal_id=idea.id, author_id=author.id, body=body, form_key=f"r-{next(_count)}", **values),
    )
    if row.state is WordState.PUBLISHED:
        idea.reply_count += 1
        session.flush()
    return row
