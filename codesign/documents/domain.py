"""What a document is: its schema, its bytes, its digest, and what must agree inside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from codesign.documents.agreement import disagreements

SCHEMAS = Path(__file__).parent / "schemas"
# Kind of document to the version of its schema that is written today.
VERSIONS: Mapping[str, int] = {
    "place": 1, "invitation": 1, "release": 1, "advice": 1, "summary": 1, "rating": 1, "answer": 1,
    "withdrawal": 1, "reply": 1, "extension": 1, "finding": 1, "fit": 1, "lessons": 1, "library": 1,
    "network": 1, "moment": 1, "attachment": 1, "organisation": 1, "cosignatures": 1, "house_style": 1,
    "translators": 1,
}  # fmt: skip
MOST_BYTES = 600_000
# A file of 20 MB, in base64, with what is said of it.
_LARGER: Mapping[str, int] = {"attachment": 27_000_000}
Json = dict[str, Any]


def instant(at: datetime) -> str:
    """A point in time as documents write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a document: where (`recommendations/0/actors`, empty for the whole) and what."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.what}"


class DocumentError(ValueError):
    """A document that does not hold; `faults` says where and why. It never repeats the words of people."""

    def __init__(self, kind: str, faults: list[Fault]) -> None:
        shown = "; ".join(str(f) for f in faults[:5])
        more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
        super().__init__(f"not a valid {kind}: {shown}{more}")
        self.kind = kind
        self.faults = faults


def most_bytes(kind: str) -> int:
    """How many bytes a document of this kind can have."""
    return _LARGER.get(kind, MOST_BYTES)


def schema_name(kind: str) -> str:
    """The name a document of this kind carries in `schema`, such as `codesign/advice/1`."""
    return f"codesign/{kind}/{VERSIONS[kind]}"


def schema_file(kind: str) -> Path:
    """Where the schema of a kind stands; KeyError for a kind there is not."""
    return SCHEMAS / f"{kind}-{VERSIONS[kind]}.json"


@cache
def schema(kind: str) -> Json:
    """The JSON Schema (2020-12) of a kind."""
    loaded: Json = json.loads(schema_file(kind).read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(kind: str) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema(kind))
    return Draft202012Validator(schema(kind))


def faults(kind: str, document: object) -> list[Fault]:
    """Everything wrong with a document: first against the schema, then what must agree inside it."""
    found = [
        Fault("/".join(str(p) for p in error.absolute_path), _words(error))
        for error in sorted(_validator(kind).iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path])
    ]
    found = list(dict.fromkeys(found))
    if not found and isinstance(document, dict):
        found = [Fault(path, what) for path, what in disagreements(kind, document)]
    return found


def _words(error: Any) -> str:
    """What a schema error means; only names of fields, never what somebody wrote in them."""
    match error.validator:
        case "required":
            return "lacks " + ", ".join(sorted(set(error.validator_value) - set(error.instance)))
        case "additionalProperties":
            unknown = sorted(set(error.instance) - set(error.schema.get("properties", {})))
            return "has fields the schema does not know: " + ", ".join(u[:40] for u in unknown[:5])
        case "pattern":
            return "has a form or a character that is not allowed"
        case "const":
            return f"must be {json.dumps(error.validator_value)}"
        case "enum":
            return "must be one of " + ", ".join(json.dumps(v) for v in error.validator_value)
        case "type":
            return f"must be {error.validator_value}"
        case "minLength" | "minItems":
            return "is empty" if error.validator_value == 1 else f"needs at least {error.validator_value}"
        case "maxLength" | "maxItems":
            return f"is longer than {error.validator_value}"
        case "minimum" | "maximum":
            return f"must be {'at least' if error.validator == 'minimum' else 'at most'} {error.validator_value}"
        case _:
            return f"does not meet {error.validator}"


def freeze(kind: str, document: Mapping[str, Any]) -> bytes:
    """The bytes of a document, checked: canonical JSON (keys sorted, UTF-8, no spaces). `schema` may be left out.

    Raises `DocumentError` with everything that is wrong.
    """
    whole = {"schema": schema_name(kind), **document}
    wrong = faults(kind, whole)
    if wrong:
        raise DocumentError(kind, wrong)
    stored = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if len(stored) > most_bytes(kind):
        raise DocumentError(kind, [Fault("", f"is larger than {most_bytes(kind)} bytes")])
    _remember(kind, stored)
    return stored


# Holding a document against its schema takes milliseconds, and a page reads the same bytes again and again; bytes that
# were found good stay good. Only their digests are kept.
_found_good: set[tuple[str, str]] = set()
_MOST_REMEMBERED = 10_000


def _remember(kind: str, stored: bytes) -> None:
    if len(_found_good) >= _MOST_REMEMBERED:
        _found_good.clear()
    _found_good.add((kind, digest(stored)))


def digest(stored: bytes) -> str:
    """The name of a document: SHA-256 of its stored bytes, in hexadecimal."""
    return hashlib.sha256(stored).hexdigest()


def short(name: str) -> str:
    """The first 12 characters of a digest in fours, for people to compare by eye."""
    return " ".join(name[i : i + 4] for i in range(0, 12, 4))


def read(kind: str, stored: bytes) -> Json:
    """The document in these bytes, checked. Raises `DocumentError`: broken, too large, too deep, wrong schema."""
    document = parse(kind, stored)
    if (kind, digest(stored)) in _found_good:
        return document
    wrong = faults(kind, document)
    if wrong:
        raise DocumentError(kind, wrong)
    _remember(kind, stored)
    return document


def parse(kind: str, stored: bytes) -> Json:
    """The JSON object in these bytes, not yet held against a schema."""
    if len(stored) > most_bytes(kind):
        raise DocumentError(kind, [Fault("", f"is larger than {most_bytes(kind)} bytes")])
    try:
        document = json.loads(stored.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise DocumentError(kind, [Fault("", "is not readable JSON")]) from error
    if not isinstance(document, dict):
        raise DocumentError(kind, [Fault("", "is not a JSON object")])
    return document


def kind_of(stored: bytes) -> str:
    """The kind a document says it is; `DocumentError` when it says none we know."""
    named = parse("document", stored).get("schema")
    for kind in VERSIONS:
        if named == schema_name(kind):
            return kind
    raise DocumentError("document", [Fault("schema", "names no schema known here")])


def _once(pairs: list[tuple[str, Any]]) -> Json:
    """A field that stands twice could be read in two ways."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a field stands twice")
    return made


def _refuse(_constant: str) -> Any:
    raise ValueError("not a number of JSON")


def report_files(advice: Json) -> list[str]:
    """The digests of the files of the reports that an advice cites, in their order."""
    files = [report["file"] for report in advice["elsewhere"].get("reports", [])]
    return list(dict.fromkeys(file["digest"] for file in files if file))


def passages(document: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document with its language: what must be drawn, searched and covered by letters."""
    if isinstance(document, Mapping):
        here = str(document.get("language", "") or language)
        for value in document.values():
            yield from passages(value, here)
    elif isinstance(document, list):
        for value in document:
            yield from passages(value, language)
    elif isinstance(document, str):
        yield document, language
