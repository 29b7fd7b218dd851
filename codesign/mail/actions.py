"""Posting mail in the transaction of the act, and sending it later."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from codesign.db import writing
from codesign.mail.models import Mail

log = structlog.get_logger()
Sender = Callable[[EmailMessage], None]


def post(session: Session, *, to: str, subject: str, body: str, now: datetime) -> None:
    """Put one message in the row of mail to be sent; line breaks in the subject become spaces."""
    session.add(Mail(to=to, subject=" ".join(subject.split())[:200], body=body, put_at=now))


def smtp_sender(url: str) -> Sender:
    """A sender for `smtp://user:password@host:port` (STARTTLS when a user is given) or `smtps://`."""
    parts = urlsplit(url)

    def send(message: EmailMessage) -> None:
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with kind(parts.hostname or "127.0.0.1", parts.port or 25, timeout=10) as server:
            if parts.username:
                if parts.scheme != "smtps":
                    server.starttls()
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)

    return send


def _message(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"], message["Date"] = sender, mail.to, mail.subject, now
    message.set_content(mail.body)
    return message


def send_waiting(session: Session, send: Sender, sender: str, now: datetime) -> int:
    """Send what waits; a message that fails stays and is tried again, at most 20 times. Returns how many went out."""
    rows = session.scalars(
        select(Mail).where(Mail.sent_at.is_(None), Mail.tries < 20).order_by(Mail.id).limit(50)
    ).all()
    session.rollback()
    sent = 0
    for mail in rows:
        try:
            send(_message(mail, sender, now))
            went = True
        # A message that cannot be written (ValueError: a line break in a header) must not keep the next ones back.
        except (OSError, smtplib.SMTPException, MessageError, ValueError, LookupError) as error:
            log.warning("mail_failed", kind=type(error).__name__)
            went = False
        with writing(session):
            session.add(mail)
            mail.tries += 1
            if went:
                mail.sent_at = now
                sent += 1
    return sent
