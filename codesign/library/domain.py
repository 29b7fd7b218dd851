"""What travels between installations: the kinds of documents, the file they come in, and how a measure stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from codesign.documents.about import LICENCE, LICENCE_ADDRESS
from codesign.documents.domain import DocumentError, Fault, Json, digest, faults, schema_name, short
from codesign.documents.domain import read as read_document

# What travels, in the order of the file: what is named by others comes first. Invitations and places stay at home.
KINDS = (
    "release", "advice", "summary", "withdrawal", "extension", "answer", "rating", "fit", "reply", "finding", "lessons",
)  # fmt: skip
# A file of some thousand advice.
MOST_BYTES = 200_000_000


class Stand(StrEnum):
    """How a measure stands: it waits for an answer, was taken back, or what the municipality decided."""

    WAITING = "waiting"
    ADOPTED = "adopted"
    PARTLY = "partly"
    LATER = "later"
    NOT_OURS = "not_ours"
    NOT = "not"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Origin:
    """An installation: the address of its record door and the name it gives itself."""

    address: str
    name: str


@dataclass(frozen=True)
class Packed:
    """One document in a file: what kind it says it is, the digest it was given, and its bytes."""

    kind: str
    digest: str
    stored: bytes


class NotALibrary(ValueError):
    """The file is none that can be read; the text says why."""


class Refused(ValueError):
    """Documents of a file that do not hold, each by name; nothing of the file is taken over."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def write(origin: Origin, documents: Iterable[Packed]) -> bytes:
    """The bytes of a file (`codesign/library/1`); the same documents of the same origin give the same bytes."""
    whole = {
        "schema": schema_name("library"),
        "origin": {"address": origin.address, "name": origin.name},
        "licence": {"code": LICENCE, "address": LICENCE_ADDRESS},
        "documents": [{"kind": d.kind, "digest": d.digest, "stored": d.stored.decode()} for d in documents],
    }
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read(payload: bytes) -> tuple[Origin, list[Packed]]:
    """Origin and documents of a file; their digests are not yet looked at.

    Raises `NotALibrary` (no JSON, another schema, another licence) and `Refused` (a kind that does not travel).
    """
    if len(payload) > MOST_BYTES:
        raise NotALibrary(f"The file is larger than {MOST_BYTES} bytes.")
    try:
        whole = json.loads(payload.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotALibrary("The file is not readable JSON.") from error
    if not isinstance(whole, dict) or whole.get("schema") != schema_name("library"):
        raise NotALibrary(f"The file is no {schema_name('library')}.")
    _must_be_known(whole.get("documents"))
    wrong = faults("library", whole)
    if wrong:
        raise NotALibrary("; ".join(str(f) for f in wrong[:5]))
    documents = [Packed(d["kind"], d["digest"], d["stored"].encode()) for d in whole["documents"]]
    return Origin(whole["origin"]["address"], whole["origin"]["name"]), documents


def _must_be_known(documents: Any) -> None:
    """A kind we do not know may mean anything, so the whole file is refused, and the kind is said."""
    entries = documents if isinstance(documents, list) else []
    kinds = [str(d.get("kind"))[:40] for d in entries if isinstance(d, dict) and d.get("kind") not in KINDS]
    if kinds:
        raise Refused([f"{kind!r} is no kind that travels." for kind in dict.fromkeys(kinds)])


def called(kind: str, name: str, document: Json | None = None) -> str:
    """A document by name, for whoever must look at it: kind, number and place where they can be read, and digest."""
    about = document or {}
    place = about.get("place", "")
    code = place.get("code", "") if isinstance(place, dict) else place
    which = " ".join(str(x)[:40] for x in (about.get("number", ""), code) if x)
    return f"{kind} {which} ({short(name)})" if which else f"{kind} ({short(name)})"


def opened(packed: Packed) -> tuple[Json | None, list[str]]:
    """The document in these bytes, checked against its digest and its schema; or None and what is wrong with it."""
    try:
        document = read_document(packed.kind, packed.stored)
        wrong: list[Fault] = []
    except DocumentError as error:
        document, wrong = None, error.faults
    name = called(packed.kind, packed.digest, document or _loosely(packed.stored))
    found = []
    if digest(packed.stored) != packed.digest:
        found.append(f"{name}: its text is not what its digest says. It was changed.")
    found += [f"{name}: {fault}." for fault in wrong[:5]]
    return (None if found else document), found


def _loosely(stored: bytes) -> Json | None:
    """What may be read of a document that does not hold, only to say which it is."""
    try:
        found = json.loads(stored)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a field stands twice")
    return made


def _refuse(_constant: str) -> Any:
    raise ValueError("not a number of JSON")
