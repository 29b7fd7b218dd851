"""Reading files of reports by the digest of their bytes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from codesign.attachments.models import Attachment


def existing(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the digests that name a file here."""
    return set(session.scalars(select(Attachment.digest).where(Attachment.digest.in_(set(digests)))))


def together(session: Session, digests: Iterable[str], most: int) -> dict[str, bytes]:
    """The bytes of these files by digest, smallest first and as many as stay under `most` bytes in all."""
    wanted = set(digests)
    if not wanted:
        return {}
    sizes = select(Attachment.digest, Attachment.size).where(Attachment.digest.in_(wanted))
    taken, left = [], most
    for digest, size in session.execute(sizes.order_by(Attachment.size, Attachment.digest)).all():
        left -= size
        if left >= 0:
            taken.append(digest)
    rows = session.execute(select(Attachment.digest, Attachment.content).where(Attachment.digest.in_(taken))).all()
    return {row[0]: row[1] for row in rows}


def attachment(session: Session, digest: str) -> Attachment | None:
    """The file with its bytes."""
    return session.get(Attachment, digest, options=[undefer(Attachment.content)])
