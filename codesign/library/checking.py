"""What must agree between the documents of a file: each names what is there, and says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codesign.documents.agreement import unlike
from codesign.documents.domain import Json
from codesign.documents.support import cited_results
from codesign.indicators.domain import library as frameworks
from codesign.library.domain import called

Number = tuple[str, str]
# What a yes/no vote of newcomers says of a promise (R30); None: too few voted to show it.
_FOUND = {"adopted": "works", "not_adopted": "not_yet", None: None}
_ONCE = {"answer", "rating", "fit", "reply", "withdrawal"}


@dataclass(frozen=True)
class Checked:
    """One document that meets its schema, with its name."""

    kind: str
    digest: str
    document: Json

    @property
    def number(self) -> Number:
        """Place and number of the advice that it is or belongs to; a release has no number."""
        place = self.document["place"]
        return (place["code"] if isinstance(place, dict) else place, self.document.get("number", ""))

    @property
    def called(self) -> str:
        """Its name, for people."""
        return called(self.kind, self.digest, self.document)


@dataclass
class Shelf:
    """All documents of one origin: those that are here, and those of a file; by digest, and by number."""

    by_digest: dict[str, Checked] = field(default_factory=dict)
    by_number: dict[Number, list[Checked]] = field(default_factory=dict)

    def put(self, documents: Iterable[Checked]) -> None:
        """Add documents; one that is there already is there once."""
        for one in documents:
            if one.digest not in self.by_digest:
                self.by_digest[one.digest] = one
                self.by_number.setdefault(one.number, []).append(one)

    def one(self, kind: str, digest: str, number: Number | None = None) -> Checked | None:
        """The document with this digest, if it is of this kind (and of this number)."""
        found = self.by_digest.get(digest)
        if found is None or found.kind != kind or (number is not None and found.number != number):
            return None
        return found

    def of(self, kind: str, number: Number) -> list[Checked]:
        """All documents of one kind under a number."""
        return [d for d in self.by_number.get(number, []) if d.kind == kind]


def problems(shelf: Shelf, new: Iterable[Checked]) -> Iterator[str]:
    """What is wrong with the new documents, beside those that are there; each by name."""
    for one in new:
        for what in _wrong(shelf, one):
            yield f"{one.called}: {what}."


def _wrong(shelf: Shelf, one: Checked) -> Iterator[str]:
    if one.kind == "advice":
        yield from _advice(shelf, one)
    elif one.kind == "answer":
        yield from _answer(shelf, one)
    elif one.kind != "release":
        yield from _about(shelf, one)
    if one.kind in _ONCE and len(shelf.of(one.kind, one.number)) > 1:
        yield f"this advice has another {one.kind} already"
    if one.kind in {"withdrawal", "answer"} and all(shelf.of(kind, one.number) for kind in ("withdrawal", "answer")):
        yield "this advice was both answered and taken back"


def _advice(shelf: Shelf, one: Checked) -> Iterator[str]:
    d = one.document
    missing = [name for name in d["annexes"]["releases"] if shelf.one("release", name) is None]
    yield from (f"the release {called('release', name)} that it names is not there" for name in missing)
    known = {domain.code for version in frameworks().versions for domain in version.domains}
    yield from (f"no framework here has the theme {code}" for code in sorted(_themes(d) - known))
    if not missing:
        releases = {name: shelf.by_digest[name].document for name in d["annexes"]["releases"]}
        yield from (f"{path} {what}" for path, what in unlike(d, releases))
    if any(v.digest != one.digest and v.document["version"] == d["version"] for v in shelf.of("advice", one.number)):
        yield "another advice has its number and version"
    if d["replaces"] is not None and shelf.one("advice", d["replaces"], one.number) is None:
        yield "the version that it replaces is not there"


def _themes(d: Json) -> set[str]:
    named = {r["chain"]["domain"] for r in d["recommendations"]}
    named |= {code for q in d["heard"]["quotes"] for code in q["domains"]}
    return named | {code for _path, result in cited_results(d) for code in result["domains"]}


def _answer(shelf: Shelf, one: Checked) -> Iterator[str]:
    advice = shelf.one("advice", one.document["advice"], one.number)
    if advice is None:
        yield "the advice that it answers is not there"
        return
    asked = {r["number"] for r in advice.document["recommendations"]}
    if any(part["recommendation"] not in asked for part in one.document["parts"]):
        yield "it answers a recommendation that the advice does not have"


def _about(shelf: Shelf, one: Checked) -> Iterator[str]:
    """Whatever belongs to an advice; and where it names an answer or a release, to those."""
    d = one.document
    if shelf.one("advice", d["advice"], one.number) is None:
        yield "the advice that it belongs to is not there"
    answer = shelf.one("answer", d["answer"], one.number) if "answer" in d else None
    if "answer" in d and answer is None:
        yield "the answer that it belongs to is not there"
    elif answer is not None:
        promised = {part["recommendation"]: len(part["promises"]) for part in answer.document["parts"]}
        named = [(c["recommendation"], 0) for c in d.get("cards", [])]
        named += [
            (r["recommendation"], r["promise"])
            for r in [*d.get("reports", []), *d.get("measures", []), *([d] if "promise" in d else [])]
        ]
        if any(promise > promised.get(recommendation, -1) for recommendation, promise in named):
            yield "it names a promise that the answer does not have"
    if one.kind == "lessons" and len({c["recommendation"] for c in d["cards"]}) != len(d["cards"]):
        yield "it has two cards for one recommendation"
    if "release" in d:
        yield from _release(shelf, one)


def _release(shelf: Shelf, one: Checked) -> Iterator[str]:
    d, found = one.document, shelf.one("release", one.document["release"])
    if found is None:
        yield "the release that it names is not there"
        return
    release = found.document
    says = {"outcome": _FOUND.get(release["outcome"], "") if one.kind == "finding" else release["outcome"]}
    if one.kind == "fit":
        says = {"closed_on": release["closed_on"]}
        if [m["option"] for m in d["measures"]] != [o["key"] for o in release["options"]]:
            yield "its measures are not the options of its release"
    if any(d[name] != value for name, value in {**says, "place": release["place"], "shown": release["shown"]}.items()):
        yield "it says something else than its release"
