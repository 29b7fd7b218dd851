"""Reading people, cards, sign-ins and what somebody agreed to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from codesign.accounts.models import Card, Consent, Kind, Person, Reissue, SetupLink, SignIn
from codesign.credentials import tokens
from codesign.web.access import Identity


def load_identity(session: Session, token: str, now: datetime) -> Identity | None:
    """Whoever belongs to the token of a sign-in that is still open; one statement."""
    person = session.scalar(
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            SignIn.token_digest == tokens.digest(token),
            SignIn.ended_at.is_(None),
            SignIn.ends_at > now,
            Person.erased_at.is_(None),
        )
    )
    if person is None:
        return None
    return Identity(
        id=person.id, kind=person.kind.value, name=person.name, language=person.language, avatar=person.avatar,
        is_host=person.is_host, token=token,
    )  # fmt: skip


def person_by_id(session: Session, person_id: int) -> Person | None:
    """The person, unless erased."""
    return session.scalar(select(Person).where(Person.id == person_id, Person.erased_at.is_(None)))


def any_host(session: Session) -> bool:
    """Whether the installation has a host."""
    return session.scalar(select(Person.id).where(Person.is_host, Person.erased_at.is_(None)).limit(1)) is not None


def staff(session: Session) -> Sequence[Person]:
    """Hosts and moderators, by login."""
    statement = select(Person).where(Person.kind == Kind.STAFF, Person.erased_at.is_(None)).order_by(Person.login)
    return session.scalars(statement).all()


def staff_by_login(session: Session, login: str) -> Person | None:
    """Host or moderator with this login, in any case of letters."""
    return session.scalar(
        select(Person).where(
            Person.login == login.strip().lower(), Person.kind == Kind.STAFF, Person.erased_at.is_(None)
        )
    )


def card_by_number(session: Session, number: str) -> Card | None:
    """The open card with this number, with its person."""
    return session.scalar(
        select(Card).options(joinedload(Card.person)).where(Card.number == number, Card.ended_at.is_(None))
    )


def card_by_token(session: Session, token: str) -> Card | None:
    """The open card with this square code, with its person."""
    return session.scalar(
        select(Card)
        .options(joinedload(Card.person))
        .where(Card.token_digest == tokens.digest(token), Card.ended_at.is_(None))
    )


def open_card(session: Session, card_id: int) -> Card | None:
    """The card, unless it has ended, with its person."""
    return session.scalar(
        select(Card).options(joinedload(Card.person)).where(Card.id == card_id, Card.ended_at.is_(None))
    )


def card_of(session: Session, person_id: int) -> Card | None:
    """The open card of a person."""
    return session.scalar(select(Card).where(Card.person_id == person_id, Card.ended_at.is_(None)))


def cards_of(session: Session, person_id: int) -> Sequence[Card]:
    """All cards a person ever had, oldest first."""
    return session.scalars(select(Card).where(Card.person_id == person_id).order_by(Card.id)).all()


def sign_ins_of(session: Session, person_id: int) -> Sequence[SignIn]:
    """All sign-ins of a person, newest first."""
    return session.scalars(select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.id.desc())).all()


def number_is_taken(session: Session, number: str) -> bool:
    """Whether a card, open or ended, has this number."""
    return session.scalar(select(Card.id).where(Card.number == number)) is not None


def consent_of(session: Session, person_id: int) -> Consent | None:
    """What the person agrees to now; None before consent and after it was withdrawn."""
    return session.scalar(
        select(Consent)
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
        .order_by(Consent.id.desc())
        .limit(1)
    )


def taken_names(session: Session, folded: Collection[str]) -> set[str]:
    """Which of these folded pseudonyms somebody has."""
    found = session.scalars(select(Person.pseudonym_folded).where(Person.pseudonym_folded.in_(folded))).all()
    return {name for name in found if name}


def setup_link(session: Session, token: str, now: datetime) -> SetupLink | None:
    """The one-time link that belongs to the token, with its person, while it can be used."""
    return session.scalar(
        select(SetupLink)
        .options(joinedload(SetupLink.person))
        .where(SetupLink.token_digest == tokens.digest(token), SetupLink.used_at.is_(None), SetupLink.until > now)
    )


def unused_links(session: Session, person_id: int) -> Sequence[SetupLink]:
    """One-time links of a person that were not used."""
    return session.scalars(select(SetupLink).where(SetupLink.person_id == person_id, SetupLink.used_at.is_(None))).all()


def open_sign_ins(session: Session, person_id: int) -> Sequence[SignIn]:
    """Sign-ins that nobody ended."""
    return session.scalars(select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))).all()


def sign_in_by_token(session: Session, token: str) -> SignIn | None:
    """The sign-in that belongs to a token."""
    return session.scalar(select(SignIn).where(SignIn.token_digest == tokens.digest(token)))


def open_reissue(session: Session, person_id: int) -> Reissue | None:
    """A new card that was asked for and not yet confirmed."""
    return session.scalar(select(Reissue).where(Reissue.person_id == person_id, Reissue.ended_at.is_(None)))


@dataclass(frozen=True)
class AboutMe:
    """Everything accounts keeps about somebody, for the page that shows it."""

    person: Person
    consent: Consent | None
    cards: Sequence[Card]
    sign_ins: Sequence[SignIn]


def about_me(session: Session, person_id: int) -> AboutMe:
    """What is kept about a person here: four statements; raises `LookupError` for nobody."""
    person = person_by_id(session, person_id)
    if person is None:
        raise LookupError(person_id)
    return AboutMe(
        person, consent_of(session, person_id), cards_of(session, person_id), sign_ins_of(session, person_id)
    )
