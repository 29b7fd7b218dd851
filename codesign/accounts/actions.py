"""What people and staff can do about cards, sign-ins and what is kept: each writes its row and its journal line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from codesign.accounts.consent import VERSION
from codesign.accounts.models import Card, Consent, Kind, Person, Reissue, SetupLink, SignIn
from codesign.accounts.queries import (
    card_of,
    cards_of,
    consent_of,
    number_is_taken,
    open_reissue,
    open_sign_ins,
    sign_in_by_token,
    sign_ins_of,
    unused_links,
)
from codesign.credentials import cards, passwords, tokens
from codesign.db import Store
from codesign.journal.actions import note
from codesign.rules.folding import fold_name
from codesign.rules.permissions import Action, Facts, require
from codesign.rules.roles import Role
from codesign.settings import Settings

# The default is a shared phone: eight hours at most, and over after a quarter of an hour without a page.
SIGN_IN_LASTS = timedelta(hours=8)
SETUP_LASTS = timedelta(days=7)
# Removes what one package keeps about a person's words: `(session, person_id, now)`.
Eraser = Callable[[Session, int, datetime], None]
_SELF = Facts(role=Role.NEWCOMER, own=True)


class NameTaken(ValueError):
    """Somebody has this pseudonym, or one that looks like it."""


def make_member(session: Session, *, language: str, by: int | None, facts: Facts, now: datetime) -> Person:
    """Somebody who will come by card; nothing is known of them but a language to begin with."""
    require(Action.MAKE_CARDS, facts)
    person = Person(kind=Kind.MEMBER, language=language, created_on=now.date())
    session.add(person)
    session.flush()
    note(session, Store.VOICES, by=by, verb="make_member", what="person", id=person.id, now=now)
    return person


def make_card(
    session: Session, person: Person, *, settings: Settings, by: int | None, facts: Facts, now: datetime
) -> cards.NewCard:
    """A first card; what it returns is printed once and kept nowhere."""
    require(Action.MAKE_CARDS, facts)
    return _new_card(session, person, settings, by, now)


def _new_card(session: Session, person: Person, settings: Settings, by: int | None, now: datetime) -> cards.NewCard:
    """Ends the card before it and every sign-in."""
    _end_card(session, person.id, now)
    made = cards.new()
    while number_is_taken(session, made.number):
        made = cards.new()
    card = Card(
        person_id=person.id, number=made.number, secret_hash=passwords.hash(made.secret, settings),
        token_digest=tokens.digest(made.token), made_at=now,
    )  # fmt: skip
    session.add(card)
    session.flush()
    note(session, Store.VOICES, by=by, verb="make_card", what="card", id=card.id, now=now)
    return made


def _end_card(session: Session, person_id: int, now: datetime) -> None:
    card = card_of(session, person_id)
    if card is not None:
        card.ended_at = now
    end_all_sign_ins(session, person_id, now)
    session.flush()


def start_sign_in(session: Session, person: Person, now: datetime) -> str:
    """Begin a sign-in; returns the token that the signed cookie carries."""
    token = tokens.new()
    session.add(
        SignIn(person_id=person.id, token_digest=tokens.digest(token), started_at=now, ends_at=now + SIGN_IN_LASTS)
    )
    return token


def end_sign_in(session: Session, token: str, now: datetime) -> None:
    """End one sign-in, at once."""
    row = sign_in_by_token(session, token)
    if row is not None and row.ended_at is None:
        row.ended_at = now


def end_all_sign_ins(session: Session, person_id: int, now: datetime) -> None:
    """End every sign-in of a person, at once."""
    for row in open_sign_ins(session, person_id):
        row.ended_at = now


def consent(session: Session, person: Person, *, language: str, now: datetime) -> None:
    """The member agrees to the page of `VERSION`, read in `language` (R14)."""
    require(Action.CONSENT, _SELF)
    old = consent_of(session, person.id)
    if old is not None and old.version == VERSION:
        return
    if old is not None:
        old.withdrawn_at = now
    session.add(Consent(person_id=person.id, version=VERSION, language=language, agreed_at=now))
    note(session, Store.VOICES, by=person.id, verb="consent", what="person", id=person.id, now=now)


def set_pin(session: Session, person: Person, pin: str, *, settings: Settings, now: datetime) -> None:
    """The member chooses the six digits only they know."""
    require(Action.SET_PIN, _SELF)
    person.pin_hash = passwords.hash(pin, settings)
    note(session, Store.VOICES, by=person.id, verb="set_pin", what="person", id=person.id, now=now)


def choose_language(session: Session, person: Person, language: str, now: datetime) -> None:
    """The language pages come in, and that counts for who is heard in which language."""
    require(Action.CHOOSE_LANGUAGE, _SELF)
    person.language = language
    note(session, Store.VOICES, by=person.id, verb="choose_language", what="person", id=person.id, now=now)


def choose_name(session: Session, person: Person, pseudonym: str, avatar: str, now: datetime) -> None:
    """The name and shapes others see; raises `NameTaken` when somebody was faster."""
    require(Action.CHOOSE_NAME, _SELF)
    try:
        with session.begin_nested():
            person.pseudonym, person.pseudonym_folded, person.avatar = pseudonym, fold_name(pseudonym), avatar
            session.flush()
    except IntegrityError as error:
        session.expire(person)
        raise NameTaken(pseudonym) from error
    note(session, Store.VOICES, by=person.id, verb="choose_name", what="person", id=person.id, now=now)


def make_first_host(session: Session, *, login: str, now: datetime) -> str:
    """The first host of an installation; returns the token of the one-time setup link."""
    require(Action.MAKE_STAFF, Facts(by_house=True))
    return _make_staff(session, login, "Host", "nl", None, now, is_host=True)[1]


def make_staff(
    session: Session,
    *,
    login: str,
    display_name: str,
    language: str,
    is_host: bool,
    by: int,
    facts: Facts,
    now: datetime,
) -> tuple[Person, str]:
    """A host or moderator, and the token of the one-time link by which they set password and code."""
    require(Action.MAKE_STAFF if is_host else Action.MAKE_MODERATOR, facts)
    return _make_staff(session, login, display_name, language, by, now, is_host=is_host)


def _make_staff(
    session: Session, login: str, display_name: str, language: str, by: int | None, now: datetime, *, is_host: bool
) -> tuple[Person, str]:
    person = Person(
        kind=Kind.STAFF, login=login.strip().lower(), display_name=display_name, language=language, is_host=is_host,
        avatar=tokens.new()[:12], created_on=now.date(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError as error:
        raise NameTaken(login) from error
    note(session, Store.VOICES, by=by, verb="make_staff", what="person", id=person.id, now=now)
    return person, _setup_link(session, person, now)


def _setup_link(session: Session, person: Person, now: datetime) -> str:
    token = tokens.new()
    session.add(SetupLink(person_id=person.id, token_digest=tokens.digest(token), until=now + SETUP_LASTS))
    return token


def renew_setup(session: Session, person: Person, now: datetime, *, by: int | None = None) -> str:
    """Password and code are lost: both are taken away, all sign-ins end, and a new setup link is returned."""
    require(Action.MAKE_STAFF, Facts(role=None if by is None else Role.HOST, by_house=by is None))
    person.password_hash = person.totp_secret = person.totp_last_step = None
    end_all_sign_ins(session, person.id, now)
    for link in unused_links(session, person.id):
        link.used_at = now
    note(session, Store.VOICES, by=by, verb="renew_setup", what="person", id=person.id, now=now)
    return _setup_link(session, person, now)


def set_up(
    session: Session, link: SetupLink, *, password: str, totp_secret: str, step: int, settings: Settings, now: datetime
) -> None:
    """Staff set their password and prove, with the code of `step`, that their app has the secret; uses the link up."""
    require(Action.CHANGE_CREDENTIAL, Facts(role=Role.HOST if link.person.is_host else Role.MODERATOR, own=True))
    link.used_at = now
    person = link.person
    person.password_hash = passwords.hash(password, settings)
    person.totp_secret, person.totp_last_step = totp_secret, step
    note(session, Store.VOICES, by=person.id, verb="set_up", what="person", id=person.id, now=now)


def use_step(person: Person, step: int) -> None:
    """Remember the step of a code, so that the same code is refused from now on."""
    person.totp_last_step = step


def ask_reissue(session: Session, person: Person, *, by: int, facts: Facts, now: datetime) -> Reissue:
    """A moderator asks for a new card for somebody who stands before them; asked twice is once."""
    require(Action.ASK_REISSUE, facts)
    row = open_reissue(session, person.id)
    if row is None:
        row = Reissue(person_id=person.id, asked_by=by, asked_at=now)
        session.add(row)
        session.flush()
        note(session, Store.VOICES, by=by, verb="ask_reissue", what="reissue", id=row.id, now=now)
    return row


def reissue_card(
    session: Session, row: Reissue, *, settings: Settings, by: int, facts: Facts, now: datetime
) -> cards.NewCard:
    """Another moderator confirms: the old card, its PIN and all sign-ins end, and a new card is made."""
    require(Action.REISSUE_CARD, facts)
    row.confirmed_by, row.ended_at = by, now
    row.person.pin_hash = None
    note(session, Store.VOICES, by=by, verb="reissue_card", what="reissue", id=row.id, now=now)
    return _new_card(session, row.person, settings, by, now)


def call_off_reissue(session: Session, row: Reissue, *, by: int, facts: Facts, now: datetime) -> None:
    """The card was found, or nobody knows the person: nothing changes."""
    require(Action.ASK_REISSUE, facts)
    row.ended_at = now
    note(session, Store.VOICES, by=by, verb="call_off_reissue", what="reissue", id=row.id, now=now)


def withdraw_consent(session: Session, person: Person, now: datetime) -> None:
    """The member no longer agrees: card and sign-ins end, nobody can come in with it. Posts stay until erased."""
    require(Action.WITHDRAW_CONSENT, _SELF)
    given = consent_of(session, person.id)
    if given is not None:
        given.withdrawn_at = now
    _end_card(session, person.id, now)
    note(session, Store.VOICES, by=person.id, verb="withdraw_consent", what="person", id=person.id, now=now)


def erase_person(session: Session, person: Person, erasers: Iterable[Eraser], now: datetime) -> None:
    """Remove the person everywhere: each eraser empties its own tables, here an empty row stays ("former member").

    Cast ballots are not touched: no way leads from a person to a slip.
    """
    require(Action.ERASE_POSTS, _SELF)
    for eraser in erasers:
        eraser(session, person.id, now)
    given = consent_of(session, person.id)
    if given is not None:
        given.withdrawn_at = now
    for row in (*cards_of(session, person.id), *sign_ins_of(session, person.id)):
        session.delete(row)
    waiting = open_reissue(session, person.id)
    if waiting is not None:
        waiting.ended_at = now
    person.pseudonym = person.pseudonym_folded = person.pin_hash = None
    person.avatar, person.language, person.erased_at = "", "", now
    note(session, Store.VOICES, by=person.id, verb="erase_posts", what="person", id=person.id, now=now)
