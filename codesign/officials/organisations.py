"""What happens to accounts of organisations: invited, in, out; signing in is that of officials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, lock
from codesign.journal.actions import note
from codesign.officials.actions import INVITATION_LASTS, InvitationUsed
from codesign.officials.models import OrganisationAccount, OrganisationInvitation
from codesign.officials.queries import invitations_of, lapsed_invitations, organisation_by_mail
from codesign.officials.ways_in import add_account, end_sign_ins, give_secrets, take_away
from codesign.rules.permissions import Action, Facts, require
from codesign.settings import Settings


class AlreadyIn(RuntimeError):
    """The organisation has a login; only the host gives it a new way in."""


def receive_organisation(session: Session, document: Mapping[str, Any], now: datetime) -> bool:
    """Take over a checked `codesign/organisation/1` document; the same once more changes nothing. True when new."""
    require(Action.RECEIVE, Facts(by_house=True))
    for old in lapsed_invitations(session, now):
        # Nobody came: who was asked, and where, is not kept.
        session.delete(old)
    invited = datetime.fromisoformat(document["invited_at"])
    new = insert_if_absent(
        session,
        OrganisationInvitation,
        token_digest=document["token_digest"],
        place_code=document["place"],
        name=document["name"],
        contact_name=document["contact_name"],
        network_code=document.get("network"),
        renews=document.get("renews", False),
        mail=document["mail"].lower(),
        language=document["language"],
        invited_at=invited,
        expires_at=min(datetime.fromisoformat(document["expires_at"]), invited + INVITATION_LASTS),
        received_at=now,
    )
    if new:
        digest = document["token_digest"]
        note(session, Store.RECORD, by=None, verb="receive", what="organisation_invitation", id=digest, now=now)
    return new


def accept_organisation(
    session: Session, invitation: OrganisationInvitation, *, login: str, password: str, totp_secret: str, step: int,
    settings: Settings, now: datetime,
) -> OrganisationAccount:  # fmt: skip
    """The invited sets login, password and app, once. Invited again at the same address, it keeps its login.

    Raises `LoginTaken`, `InvitationUsed` when another request was faster, or `AlreadyIn` when there is a login and the
    invitation is not the host's: whoever invites holds the link, and a moderator must not sign for an organisation.
    """
    require(Action.ACCEPT_INVITATION, Facts())
    row = lock(session, OrganisationInvitation, invitation.id)
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise InvitationUsed
    account = organisation_by_mail(session, row.place_code, row.mail)
    if account is None:
        account = OrganisationAccount(
            login=login.strip().lower(), name=row.name, contact_name=row.contact_name, place_code=row.place_code,
            network_code=row.network_code, mail=row.mail, language=row.language, made_at=now,
        )  # fmt: skip
        add_account(session, account)
    elif not row.renews:
        raise AlreadyIn
    else:
        end_sign_ins(session, account, now)
    account.name, account.contact_name, account.language = row.name, row.contact_name, row.language
    account.network_code = row.network_code or account.network_code
    give_secrets(account, password=password, totp_secret=totp_secret, step=step, settings=settings)
    row.used_at, row.organisation_id = now, account.id
    session.flush()
    note(session, Store.RECORD, by=account.id, verb="accept_invitation", what="organisation", id=account.id, now=now)
    return account


def end_organisation(session: Session, account: OrganisationAccount, now: datetime) -> None:
    """The way in is shut and every sign-in ends; what it signed and offered stays in the record, under its name."""
    require(Action.END_ORGANISATION, Facts(by_house=True))
    take_away(session, account, now)
    # Who stood behind the organisation is nobody's business any more.
    account.contact_name = account.mail = ""
    for row in invitations_of(session, account.id):
        session.delete(row)
    note(session, Store.RECORD, by=None, verb="end_organisation", what="organisation", id=account.id, now=now)
