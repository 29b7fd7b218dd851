"""Elections held outside, with Belenios: what is handed over, and what of its archive is understood and checked."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codesign.voting.domain import Option

MAX_ARCHIVE = 10_000_000
_MAX_ENTRIES = 20_000
_HEADER = "BELENIOS"
# Controls and half characters are no text at all; joiners belong to the spelling of Persian and Arabic.
_NO_TEXT, _JOINERS = {"Cc", "Cs"}, "\u200c\u200d"
_PLAIN_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)


class NotAnArchive(ValueError):
    """This file is no archive of a finished Belenios election; `args[0]` names the reason."""


@dataclass(frozen=True)
class Archive:
    """What an archive says: name and questions of the election, how many ballots, and the count of each answer.

    counts: one row per question, in the order of its answers ("blank" last where a question allows it).
    digest: SHA-256 of the whole file, hex. fingerprint: SHA-256 of the election's own description, hex.
    """

    name: str
    uuid: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    counts: tuple[tuple[int, ...], ...]
    ballots: int
    digest: str
    fingerprint: str

    def plain(self) -> dict[str, Any]:
        """The archive's answer as it is stored beside the file."""
        return {
            "name": self.name, "uuid": self.uuid, "ballots": self.ballots, "fingerprint": self.fingerprint,
            "questions": [
                {"question": text, "answers": list(answers), "counts": list(row)}
                for (text, answers), row in zip(self.questions, self.counts, strict=True)
            ],
        }  # fmt: skip


def questions(title: str, question: str, options: Sequence[Option], most: int) -> bytes:
    """The questions as Belenios reads them (its template: answers, blank vote, smallest and largest number)."""
    template = {
        "description": "", "name": title,
        "questions": [
            {"answers": [o.title for o in options], "blank": True, "min": 1, "max": most, "question": question}
        ],
    }  # fmt: skip
    return json.dumps(template, ensure_ascii=False, indent=1).encode()


def voters(names: Sequence[str]) -> bytes:
    """The people with a vote, a line each as "address,name", sorted by name.

    Members have no mail address here: the addresses stand for one, in a domain that gets no mail, so that whoever
    holds the election sees which to fill in, or hands the voting codes out on paper.
    """
    lines = [f"member{n}@panel.invalid,{name}" for n, name in enumerate(sorted(names), start=1)]
    return ("\n".join(lines) + "\n").encode()


def read_archive(data: bytes) -> Archive:
    """Read a `.bel` archive and check its own digests: every part lies under the SHA-256 of its bytes, each event
    names the one before it, and the count belongs to this election. The proofs inside are checked with belenios-tool.

    Source: the specification of Belenios, "Archive" (Glondu, 2023). Raises NotAnArchive.
    """
    if len(data) > MAX_ARCHIVE:
        raise NotAnArchive("too_big")
    parts, last = _parts(data)
    events = _chain(parts, last)
    setup = _payload(parts, events, "Setup")
    election_bytes = parts.get(str(setup.get("election")))
    if election_bytes is None:
        raise NotAnArchive("no_election")
    result = _payload(parts, events, "Result")
    election = _json(election_bytes)
    try:
        asked = tuple(
            (
                _words(q["question"]),
                (*(_words(a) for a in _list(q["answers"])), *(("",) if q.get("blank") else ())),
            )
            for q in _list(election["questions"])
        )
        counts = tuple(tuple(_whole(n) for n in _list(row)) for row in _list(result["result"]))
        name, uuid = _words(election["name"]), _words(election["uuid"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAnArchive("other_kind") from error
    # Belenios counts a blank vote first; here it stands last, like "none of these".
    counts = tuple(
        row[1:] + row[:1] if answers and answers[-1] == "" and len(row) == len(answers) else row
        for row, (_text, answers) in zip(counts, asked, strict=False)
    )
    if len(counts) != len(asked) or any(len(r) != len(a) for r, (_t, a) in zip(counts, asked, strict=True)):
        raise NotAnArchive("other_kind")
    ballots = sum(1 for event in events if event.get("type") == "Ballot")
    if any(not 0 <= n <= ballots for row in counts for n in row):
        raise NotAnArchive("impossible")
    return Archive(
        name, uuid, asked, counts, ballots, hashlib.sha256(data).hexdigest(), hashlib.sha256(election_bytes).hexdigest()
    )


def _parts(data: bytes) -> tuple[dict[str, bytes], str]:
    """Every part by its digest, and the digest of the last event."""
    parts: dict[str, bytes] = {}
    last, header = "", False
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
            for number, entry in enumerate(tar):
                # Nothing that unfolds into more than it takes in the file, and no size the file cannot have.
                plain = entry.type in _PLAIN_FILES and not entry.issparse() and 0 <= entry.size <= len(data)
                file = tar.extractfile(entry) if plain else None
                if file is None or number > _MAX_ENTRIES:
                    raise NotAnArchive("other_kind")
                content = file.read()
                if number == 0 and entry.name == _HEADER:
                    header = True
                    continue
                name, _dot, kind = entry.name.partition(".")
                if hashlib.sha256(content).hexdigest() != name:
                    raise NotAnArchive("changed")
                parts[name] = content
                last = name if kind == "event.json" else last
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        if isinstance(error, NotAnArchive):
            raise
        raise NotAnArchive("other_kind") from error
    if not header or not last:
        raise NotAnArchive("other_kind")
    return parts, last


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotAnArchive("other_kind") from error


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def _words(value: Any) -> str:
    """Words of the archive as they come on our pages: without signs that hide or turn the line over."""
    if not isinstance(value, str) or any(unicodedata.category(c) in _NO_TEXT and c not in "\n\r\t" for c in value):
        raise TypeError("no words")
    return "".join(c for c in value if unicodedata.category(c) != "Cf" or c in _JOINERS)


def _chain(parts: dict[str, bytes], last: str) -> list[dict[str, Any]]:
    """The events from first to last; each names the one before it, and counts on by one."""
    events: list[dict[str, Any]] = []
    name: str | None = last
    while name is not None:
        content = parts.get(name)
        event = _json(content) if content is not None else None
        if not isinstance(event, dict) or len(events) > _MAX_ENTRIES:
            raise NotAnArchive("broken_chain")
        events.append(event)
        name = event.get("parent")
        if name is not None and not isinstance(name, str):
            raise NotAnArchive("broken_chain")
    events.reverse()
    if [event.get("height") for event in events] != list(range(len(events))):
        raise NotAnArchive("broken_chain")
    return events


def _payload(parts: dict[str, bytes], events: Sequence[dict[str, Any]], kind: str) -> dict[str, Any]:
    """What the one event of this kind carries."""
    named = [str(event.get("payload")) for event in events if event.get("type") == kind]
    if len(named) != 1 or named[0] not in parts:
        raise NotAnArchive("not_finished" if kind == "Result" else "no_election")
    found = _json(parts[named[0]])
    if not isinstance(found, dict):
        raise NotAnArchive("other_kind")
    return found
