"""The short version of an advice in every language there is: as it was sent, and what people translated later."""

from __future__ import annotations

from collections.abc import Iterable

from codesign.documents.domain import Json, parse
from codesign.documents.models import Document, Kind


def short_versions(document: Json, digest: str, published: Iterable[Document]) -> list[Json]:
    """Passages (language, text, translated_by) of the advice with this digest, its own language first.

    `published`: the documents about it (`queries.documents_of`, `queries.documents_about`).
    """
    found: list[Json] = list(document["in_short"])
    there = {p["language"] for p in found}
    for later in published:
        if later.kind is not Kind.SUMMARY or later.about != digest:
            continue
        summary = parse("summary", later.stored)
        if summary["language"] not in there:
            there.add(summary["language"])
            found.append({key: summary[key] for key in ("language", "text", "translated_by")})
    return found
