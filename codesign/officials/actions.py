"""What happens to officials: invited, in, out; and the one sign-in that serves organisations too.

Each act writes its row and its journal line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from codesign.credentials import passwords, tokens, totp
from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.officials.models import (
    Account,
    Invitation,
    Official,
    OfficialSignIn,
    OrganisationAccount,
    OrganisationSignIn,
)
from codesign.officials.queries import (
    accounts_by_login,
    colleagues,
    official_by_mail,
    open_colleague_invitations,
    sign_in_by_token,
)
from codesign.officials.ways_in import AnyAccount, add_account, end_sign_ins, give_secrets, take_away
from codesign.rules.permissions import Action, Facts, require
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState
from codesign.settings import Settings

# A working day, and never longer.
SIGN_IN_LASTS = timedelta(hours=8)
# However long the document says: an unused way in does not stay open.
INVITATION_LASTS = timedelta(days=14)
# The two kinds of accounts of this door, as the rules and the journal call them.
_ROLES: Mapping[type[Account], Role] = {Official: Role.OFFICIAL, OrganisationAccount: Role.ORGANISATION}


class AlreadyHere(ValueError):
    """Whoever has this address answers for the place already, with all of it."""


class InvitationUsed(LookupError):
    """The link was used in the meantime, or has expired."""


def receive_invitation(session: Session, document: Mapping[str, Any], now: datetime) -> None:
    """Take over a checked `codesign/invitation/1` document; the same once more changes nothing."""
    require(Action.RECEIVE, Facts(by_house=True))
    invited = datetime.fromisoformat(document["invited_at"])
    new = insert_if_absent(
        session,
        Invitation,
        token_digest=document["token_digest"],
        place_code=document["place"],
        display_name=document["display_name"],
        post=document["post"],
        mail=document["mail"].lower(),
        language=document["language"],
        invited_at=invited,
        expires_at=min(datetime.fromisoformat(document["expires_at"]), invited + INVITATION_LASTS),
        received_at=now,
    )
    if new:
        note(session, Store.RECORD, by=None, verb="receive", what="invitation", id=document["token_digest"], now=now)


def invite_colleague(
    session: Session, by: Official, *, number: str, piece: str, display_name: str, post: str, mail: str, language: str,
    state: AdviceState, now: datetime,
) -> str:  # fmt: skip
    """Invite a colleague to write one piece of the answer to one advice of the place; returns the token of the link.

    Raises `AlreadyHere` for somebody who has the whole desk: an invitation must not take that away.
    """
    require(Action.INVITE_COLLEAGUE, Facts(role=Role.OFFICIAL, own=by.piece is None, state=state))
    known = official_by_mail(session, by.place_code, mail)
    if known is not None and known.piece is None:
        raise AlreadyHere(known.post)
    token = tokens.new()
    row = Invitation(
        token_digest=tokens.digest(token), place_code=by.place_code, display_name=display_name, post=post,
        mail=mail.lower(), language=language, invited_at=now, expires_at=now + INVITATION_LASTS, received_at=now,
        number=number, piece=piece,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(session, Store.RECORD, by=by.id, verb="invite_colleague", what="invitation", id=row.id, now=now)
    return token


def end_colleague(session: Session, by: Official, colleague: Official, *, state: AdviceState, now: datetime) -> None:
    """A colleague writes no longer: the way in is shut, at once. What they saved stays."""
    own = by.piece is None and by.place_code == colleague.place_code and colleague.piece is not None
    require(Action.INVITE_COLLEAGUE, Facts(role=Role.OFFICIAL, own=own, state=state))
    end_official(session, colleague, now)


def end_colleagues(session: Session, place_code: str, number: str, now: datetime) -> None:
    """An answer was delivered: nobody writes a piece of it any more, and no link to one opens."""
    for colleague in colleagues(session, place_code, number):
        end_official(session, colleague, now)
    for row in open_colleague_invitations(session, place_code, number, now):
        session.delete(row)


def accept_invitation(
    session: Session, invitation: Invitation, *, login: str, password: str, totp_secret: str, step: int,
    settings: Settings, now: datetime,
) -> Official:  # fmt: skip
    """The invited sets login, password and app, once; `step` is that of the code which proved the app.

    Somebody of the place who was invited at the same address before keeps their login and gets new secrets: that is
    how a lost password or app is mended. Raises `LoginTaken`, or `InvitationUsed` when another request was faster.
    """
    require(Action.ACCEPT_INVITATION, Facts())
    row = lock(session, Invitation, invitation.id)
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise InvitationUsed
    official = official_by_mail(session, row.place_code, row.mail)
    if official is not None and official.piece is None and row.piece is not None:
        # They got the whole desk meanwhile.
        raise InvitationUsed
    if official is None:
        official = _new_official(session, row, login, now)
    else:
        end_sign_ins(session, official, now)
    official.display_name, official.post, official.language = row.display_name, row.post, row.language
    official.number, official.piece = row.number, row.piece
    give_secrets(official, password=password, totp_secret=totp_secret, step=step, settings=settings)
    row.used_at, row.official_id = now, official.id
    session.flush()
    note(session, Store.RECORD, by=official.id, verb="accept_invitation", what="official", id=official.id, now=now)
    return official


def _new_official(session: Session, row: Invitation, login: str, now: datetime) -> Official:
    official = Official(
        login=login.strip().lower(), display_name=row.display_name, post=row.post, place_code=row.place_code,
        mail=row.mail, language=row.language, made_at=now,
    )  # fmt: skip
    add_account(session, official)
    return official


def check_sign_in(
    session: Session, *, login: str, password: str, code: str, settings: Settings, now: datetime
) -> AnyAccount | None:
    """The account to which login, password and code belong; None whatever was wrong, after the same work.

    The step of the code is kept under the row's lock, so that one code lets in once, also when sent twice at once.
    """
    require(Action.SIGN_IN, Facts())
    # At most one has this login, but for two people who chose it in the same moment: then the password says who.
    found: list[AnyAccount | None] = [*accounts_by_login(session, login)] or [None]
    right = next((a for a in found if passwords.verify(a.password_hash if a else None, password, settings)), None)
    if right is None:
        return None
    account: AnyAccount | None = lock(session, type(right), right.id)
    if account is None or account.totp_secret is None:
        return None
    step = totp.verify(account.totp_secret, code, account.totp_last_step, now)
    if step is None:
        return None
    account.totp_last_step = step
    return account


def start_sign_in(session: Session, account: AnyAccount, now: datetime) -> str:
    """Begin a sign-in; returns the token that the signed cookie carries."""
    role = _ROLES[type(account)]
    require(Action.SIGN_IN, Facts(role=role, own=True))
    token = tokens.new()
    times = {"token_digest": tokens.digest(token), "started_at": now, "ends_at": now + SIGN_IN_LASTS}
    if isinstance(account, Official):
        session.add(OfficialSignIn(official_id=account.id, **times))
    else:
        session.add(OrganisationSignIn(organisation_id=account.id, **times))
    note(session, Store.RECORD, by=account.id, verb="sign_in", what=role.value, id=account.id, now=now)
    return token


def end_sign_in(session: Session, token: str, now: datetime) -> None:
    """End one sign-in, at once; one that has ended stays as it is."""
    row = sign_in_by_token(session, token)
    if row is None or row.ended_at is not None:
        return
    by, role = (
        (row.official_id, Role.OFFICIAL)
        if isinstance(row, OfficialSignIn)
        else (row.organisation_id, Role.ORGANISATION)
    )
    require(Action.SIGN_OUT, Facts(role=role, own=True))
    row.ended_at = now
    note(session, Store.RECORD, by=by, verb="sign_out", what=role.value, id=by, now=now)


def end_official(session: Session, official: Official, now: datetime) -> None:
    """Somebody left their post: the way in is shut and every sign-in ends; what they wrote stays in the record."""
    require(Action.END_OFFICIAL, Facts(by_house=True))
    take_away(session, official, now)
    note(session, Store.RECORD, by=None, verb="end_official", what="official", id=official.id, now=now)
