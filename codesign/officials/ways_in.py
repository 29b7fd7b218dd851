"""Parts of the acts around accounts of both kinds, inside acts that the rules have let through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from codesign.credentials import passwords
from codesign.officials.models import Official, OrganisationAccount
from codesign.officials.queries import accounts_by_login, open_sign_ins
from codesign.settings import Settings

AnyAccount = Official | OrganisationAccount


class LoginTaken(ValueError):
    """Somebody else has this login."""


def give_secrets(account: AnyAccount, *, password: str, totp_secret: str, step: int, settings: Settings) -> None:
    """A new password and a new app; `step` is that of the code which proved the app."""
    account.password_hash = passwords.hash(password, settings)
    account.totp_secret, account.totp_last_step = totp_secret, step


def add_account(session: Session, account: AnyAccount) -> None:
    """Keep a new account. Raises `LoginTaken`: officials and organisations choose from the same logins."""
    try:
        with session.begin_nested():
            if accounts_by_login(session, account.login):
                raise LoginTaken(account.login)
            session.add(account)
            session.flush()
    except IntegrityError as error:
        raise LoginTaken(account.login) from error


def take_away(session: Session, account: AnyAccount, now: datetime) -> None:
    """Shut the way in of an account, at once."""
    account.ended_at = now
    account.password_hash = account.totp_secret = account.totp_last_step = None
    end_sign_ins(session, account, now)


def end_sign_ins(session: Session, account: AnyAccount, now: datetime) -> None:
    """End every sign-in of an account."""
    for row in open_sign_ins(session, account):
        row.ended_at = now
