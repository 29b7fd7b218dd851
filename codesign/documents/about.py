"""What archives and libraries want to know of an advice: who made it, when, which version, what one may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from codesign.documents.domain import Json, schema_name

# What a panel publishes, everybody may use, as long as they say where it is from.
LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Standing:
    """What stands outside of the document: its digest, its stable address, and what happened since."""

    digest: str
    address: str
    answered_on: date | None = None
    withdrawn_on: date | None = None


def citation(document: Json, address: str) -> str:
    """One line to refer to an advice by: maker, year, title, place, number, version, address."""
    version = f", v{document['version']}" if document["version"] > 1 else ""
    year = document["cover"]["sent_on"][:4]
    where = f"{document['place']['name']}, {document['number']}{version}"
    return f"{document['panel']} ({year}). {_ended(document['title'])} {where}. {address}"


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?", "؟", "።")) else f"{title}."


def dublin_core(document: Json, standing: Standing, short: str) -> list[tuple[str, str, str]]:
    """Triples (name, content, language or "") for the head of the page; `short`: the short version.

    Source: DCMI Metadata Terms, and RFC 5013 for the fifteen elements.
    """
    language = document["language"]
    themes = dict.fromkeys(r["chain"]["domain"] for r in document["recommendations"])
    found = [
        ("DC.title", document["title"], language),
        ("DC.creator", document["panel"], language),
        ("DC.publisher", document["place"]["name"], language),
        ("DC.date", document["cover"]["sent_on"], ""),
        ("DC.type", "Text", ""),
        ("DC.format", "text/html", ""),
        ("DC.identifier", standing.address, ""),
        ("DC.identifier", f"urn:sha256:{standing.digest}", ""),
        ("DC.language", language, ""),
        ("DC.description", short, language),
        ("DC.coverage", document["place"]["name"], language),
        ("DC.rights", LICENCE_ADDRESS, ""),
    ]
    found += [("DC.subject", code, "") for code in themes]
    if document["replaces"]:
        found.append(("DCTERMS.replaces", f"urn:sha256:{document['replaces']}", ""))
    return found


def archive(document: Json, standing: Standing, files: Mapping[str, str]) -> Json:
    """The same and more as JSON for an archive; `files`: kind of file to address. No field holds a person."""
    cover = document["cover"]
    return {
        "title": document["title"],
        "kind": schema_name("advice"),
        "identifier": standing.address,
        "digest": standing.digest,
        "number": document["number"],
        "version": document["version"],
        "replaces": document["replaces"],
        "date": cover["sent_on"],
        "creator": document["panel"],
        "addressee": document["place"]["addressee"],
        "place": {"code": document["place"]["code"], "name": document["place"]["name"]},
        "language": document["language"],
        "languages": [p["language"] for p in document["in_short"]],
        "themes": list(dict.fromkeys(r["chain"]["domain"] for r in document["recommendations"])),
        "asked": cover["asked"],
        "answer_due": cover["answer_due"],
        "answered_on": standing.answered_on.isoformat() if standing.answered_on else None,
        "withdrawn_on": standing.withdrawn_on.isoformat() if standing.withdrawn_on else None,
        "licence": {"code": LICENCE, "address": LICENCE_ADDRESS},
        "retention": {"keep": "always", "from": cover["sent_on"]},
        "citation": citation(document, standing.address),
        "files": [{"kind": kind, "address": address} for kind, address in files.items()],
    }
