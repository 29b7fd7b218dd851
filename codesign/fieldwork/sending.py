"""Sending the files of reports over the wall, before the advice that cites them."""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from codesign.documents.domain import freeze
from codesign.fieldwork import queries
from codesign.jobs import outbox


class NotPublic(ValueError):
    """A report that nobody said may be public, or that was taken out, is cited."""


def put_files(session: Session, report_ids: Collection[int], now: datetime) -> None:
    """Put the files of these reports in the outbox, as `codesign/attachment/1`; the same file twice is one.

    Called in the transaction that sends the advice, before it: documents arrive in the order in which they are put.
    Raises `NotPublic`.
    """
    found = queries.to_send(session, report_ids)
    if len(found) != len(set(report_ids)) or not all(report.public for report, _place in found):
        raise NotPublic("a cited report may not be public")
    for report, place in found:
        file = queries.content_of(session, report.id)
        if file is None:
            continue
        document = {
            "place": place, "digest": file.digest, "media_type": file.media_type, "size": file.size, "name": file.name,
            "alternative": " ".join(file.alternative.split()), "content": base64.b64encode(file.content).decode(),
        }  # fmt: skip
        outbox.put(session, kind="attachment", payload=freeze("attachment", document), now=now)
