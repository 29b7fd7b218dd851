"""The short version of an advice in every language there is: as it was sent, and what people translated later."""

from __future__ import annotations

from sqlalchemy.orm import Session

from codesign.documents.domain import Json, parse
from codesign.documents.models import Kind
from codesign.documents.queries import documents_about


def short_versions(session: Session, digest: str, document: Json) -> list[Json]:
    """Passages (language, text, translated_by) of the advice with this digest, its own language first."""
    found: list[Json] = list(document["in_short"])
    there = {p["language"] for p in found}
    for later in documents_about(session, digest, Kind.SUMMARY):
        summary = parse("summary", later.stored)
        if summary["language"] not in there:
            there.add(summary["language"])
            found.append({key: summary[key] for key in ("language", "text", "translated_by")})
    return found
