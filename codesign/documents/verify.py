"""Checking a sent document, its public bundle or a panel's own bundle, on any machine and without the database."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from codesign.documents.agreement import cited_releases, unlike
from codesign.documents.bundle import COSIGNATURES, DOCUMENT, FILES, MOST_OF_FILES, PDF, README, RELEASES, STYLE
from codesign.documents.domain import DocumentError, Json, digest, kind_of, parse, read, report_files, short
from codesign.documents.render.pdf import RenderError, pdf
from codesign.places.house_style import Style, style_of

# Of documents; files of reports may weigh as much again as a bundle takes of them.
MOST_BYTES = 20_000_000
MOST_PARTS = 300


class Unreadable(ValueError):
    """The file is none that can be checked; the text says why. The command ends with 2, not with 1."""


class Counted(Protocol):
    """What a recount finds of one ballot."""

    @property
    def holds(self) -> bool:
        """Whether it holds."""

    @property
    def sentence(self) -> str:
        """The same in words."""


# Counts one ballot of a panel's bundle again; it stands above the wall, so whoever calls hands it in.
Recount = Callable[[Mapping[str, Any]], Sequence[Counted]]


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: whether it holds, and a sentence."""

    holds: bool
    sentence: str


def verify_file(path: Path, recount: Recount | None = None) -> list[Finding]:
    """Check what is in a file; every finding holds when all is well. Raises `Unreadable`."""
    try:
        if path.stat().st_size > MOST_BYTES + MOST_OF_FILES:
            raise Unreadable(f"{path} is larger than {MOST_BYTES + MOST_OF_FILES} bytes.")
        payload = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    if payload[:2] == b"PK":
        return _zip(path, recount)
    return _json(payload, recount)


def lists_in(path: Path) -> tuple[list[Json], list[tuple[str, str]]]:
    """The closed ballots in a file that was verified; and what its releases name: digests of opening and list."""
    payload = path.read_bytes()
    contents = list(_unpack(path).values()) if payload[:2] == b"PK" else [payload]
    ballots: list[Json] = []
    named: list[tuple[str, str]] = []
    for content in contents:
        try:
            found = parse("document", content)
        except DocumentError:
            continue
        held = [found] if _is_ballot(found) else found.get("ballots", [])
        ballots += [b for b in held if isinstance(b, dict) and isinstance(b.get("closed"), dict)]
        if not _is_ballot(found) and {"opening_digest", "closed_digest"} <= set(found):
            named.append((str(found["opening_digest"]), str(found["closed_digest"])))
    return ballots, named


def _json(payload: bytes, recount: Recount | None) -> list[Finding]:
    """One JSON file: a document of ours, or a panel's bundle."""
    try:
        found = parse("document", payload)
    except DocumentError as error:
        raise Unreadable(f"The file {error.faults[0].what}.") from error
    if _is_ballot(found) or "ballots" in found:
        return _ballots(found, recount)
    try:
        kind = kind_of(payload)
    except DocumentError as error:
        raise Unreadable("The file is JSON, but no document and no bundle of codesign.") from error
    findings = _document(kind, payload)
    if kind == "advice" and findings[0].holds:
        cited = dict.fromkeys(name for _path, name in cited_releases(read(kind, payload)))
        findings += [
            Finding(True, f"It cites release {short(name)}, which is not in this file: check the public bundle.")
            for name in cited
        ]
    return findings


def _document(kind: str, payload: bytes) -> list[Finding]:
    """Schema and inner agreement of one document, and its name."""
    try:
        read(kind, payload)
    except DocumentError as error:
        return [Finding(False, f"The {kind} does not hold: {fault}.") for fault in error.faults]
    return [
        Finding(True, f"The {kind} meets its schema, and its parts agree."),
        Finding(True, f"The SHA-256 of the {kind} is {digest(payload)}."),
    ]


def _zip(path: Path, recount: Recount | None) -> list[Finding]:
    try:
        parts = _unpack(path)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(f"{path} is not a readable zip.") from error
    if DOCUMENT in parts:
        return _public(parts)
    lists = {name: content for name, content in parts.items() if name.endswith(".json")}
    if not lists:
        raise Unreadable("The zip holds neither an advice nor closed lists.")
    findings = []
    for name, content in sorted(lists.items()):
        try:
            findings += _ballots(parse("document", content), recount)
        except DocumentError as error:
            findings.append(Finding(False, f"{name}: {error.faults[0].what}."))
    return findings


def _unpack(path: Path) -> dict[str, bytes]:
    """The parts of a zip, in memory; too many, too large or twice the same is unreadable."""
    with zipfile.ZipFile(path) as bundle:
        entries = [e for e in bundle.infolist() if not e.is_dir()]
        files = [e.file_size for e in entries if e.filename.startswith(FILES)]
        rest = sum(e.file_size for e in entries) - sum(files)
        if len(entries) > MOST_PARTS or sum(files) > MOST_OF_FILES or rest > MOST_BYTES:
            raise Unreadable("The zip holds too much.")
        if len({e.filename for e in entries}) != len(entries):
            raise Unreadable("The zip holds a name twice.")
        made = {}
        for entry in entries:
            with bundle.open(entry) as part:
                made[entry.filename] = part.read(MOST_OF_FILES)
        return made


def _public(parts: Mapping[str, bytes]) -> list[Finding]:
    """A public bundle: the advice, each release it cites, and the PDF drawn from it."""
    payload = parts[DOCUMENT]
    findings = _document("advice", payload)
    named = _named_releases(parts, findings)
    if not findings[0].holds:
        return findings
    advice = read("advice", payload)
    cited = list(advice["annexes"]["releases"])
    for name in cited:
        there = name in named
        findings.append(
            Finding(there, f"Release {short(name)} is {'here and holds' if there else 'missing or broken'}.")
        )
    extra = sorted(
        set(parts) - {DOCUMENT, PDF, README, COSIGNATURES, STYLE} - {f"{RELEASES}{name}.json" for name in cited}
    )
    extra = [name for name in extra if name.removeprefix(FILES) not in report_files(advice)]
    findings += _files(parts, report_files(advice))
    findings += [Finding(False, f"{name[:80]} does not belong in this bundle.") for name in extra]
    if COSIGNATURES in parts:
        findings += _beside(parts[COSIGNATURES], digest(payload))
    if all(name in named for name in cited):
        findings += _evidence(advice, named)
    return [*findings, *_dressed(payload, advice["place"]["code"], parts)]


def _files(parts: Mapping[str, bytes], named: Sequence[str]) -> list[Finding]:
    """Each file of a report under its own digest; one that is not here may be on its page at the record door."""
    findings = []
    for name in named:
        content = parts.get(f"{FILES}{name}")
        if content is None:
            findings.append(Finding(True, f"The file {short(name)} of a report is not in this bundle."))
        elif digest(content) == name:
            findings.append(Finding(True, f"The file {short(name)} of a report is here and holds."))
        else:
            findings.append(Finding(False, f"{FILES}{name} was changed: its digest is {short(digest(content))}."))
    return findings


def _named_releases(parts: Mapping[str, bytes], findings: list[Finding]) -> dict[str, Json]:
    """The releases that hold and carry their own digest as name; what is wrong is added to the findings."""
    named = {}
    for path, content in sorted(parts.items()):
        if not path.startswith(RELEASES):
            continue
        name = path.removeprefix(RELEASES).removesuffix(".json")
        if digest(content) != name:
            findings.append(Finding(False, f"{path[:80]} was changed: its digest is {short(digest(content))}."))
            continue
        try:
            named[name] = read("release", content)
        except DocumentError as error:
            findings += [Finding(False, f"{path[:80]}: {fault}.") for fault in error.faults]
    return named


def _evidence(advice: Json, releases: dict[str, Json]) -> list[Finding]:
    """Each sentence of evidence against the release it names, and the panel's adoption."""
    wrong = unlike(advice, releases)
    if wrong:
        return [Finding(False, f"{path} {what}.") for path, what in wrong]
    lists = [
        Finding(True, f"The closed list of {release['closed_on']} has the digest {short(release['closed_digest'])}.")
        for release in releases.values()
    ]
    return [
        Finding(True, "Each sentence of evidence says what its release says."),
        Finding(True, "The panel adopted this advice, with quorum."),
        *lists,
    ]


def _beside(payload: bytes, advice: str) -> list[Finding]:
    """Who stands behind the advice: no part of it, but about it. Nothing proves these names; the record says them."""
    try:
        found = read("cosignatures", payload)
    except DocumentError as error:
        return [Finding(False, f"The co-signatures do not hold: {fault}.") for fault in error.faults]
    if found["advice"] != advice:
        return [Finding(False, "The co-signatures are about another advice.")]
    return [Finding(True, "The co-signatures are about this advice. They are no part of it.")]


def _dressed(payload: bytes, place: str, parts: Mapping[str, bytes]) -> list[Finding]:
    """The PDF, drawn again in the house style that lies beside it."""
    if STYLE not in parts:
        return _paper(payload, parts.get(PDF), None)
    try:
        document = read("house_style", parts[STYLE])
    except DocumentError as error:
        return [Finding(False, f"The house style does not hold: {fault}.") for fault in error.faults]
    if document["place"] != place:
        return [Finding(False, "The house style is of another place.")]
    return _paper(payload, parts.get(PDF), style_of(document, digest(parts[STYLE]), parts[STYLE]))


def _paper(payload: bytes, there: bytes | None, style: Style | None) -> list[Finding]:
    if there is None:
        return [Finding(False, "The PDF is missing.")]
    try:
        same = pdf(payload, style) == there
    except RenderError:
        return [Finding(False, "The PDF cannot be drawn here from the document.")]
    return [Finding(same, "The PDF is drawn from this document." if same else "The PDF differs from this document.")]


def _is_ballot(found: Mapping[str, Any]) -> bool:
    return {"opening", "closed", "tally"} <= set(found)


def _ballots(found: Json, recount: Recount | None) -> list[Finding]:
    """A panel's bundle: one ballot, or several under `ballots`; each is counted again."""
    ballots = [found] if _is_ballot(found) else found.get("ballots")
    if not isinstance(ballots, list) or not ballots or not all(isinstance(b, dict) for b in ballots):
        raise Unreadable("The file holds no closed list.")
    if recount is None:
        raise Unreadable("This installation cannot count closed lists.")
    return [Finding(f.holds, f.sentence) for ballot in ballots for f in recount(ballot)]
