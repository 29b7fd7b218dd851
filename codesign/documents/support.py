"""What an advice rests on: one number for each piece of evidence, and the sentences of section 4 with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
# Kind of evidence and its name: q1, p1, c1, or for a result its release and option.
Name = tuple[str, str]


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph; `numbers` of what they rest on; `bare`: a sentence ends here that rests on nothing."""

    text: str
    numbers: tuple[int, ...] = ()
    bare: bool = False


def result_name(result: Json) -> Name:
    """The name of one option of a released vote."""
    return "results", f"{result['release']}/{result['option']}"


def numbered(d: Json) -> dict[Name, int]:
    """The number of each piece of evidence, counted in the order in which the document shows them.

    Empty for an advice that points to nothing by number, as all of them were before sentences had evidence.
    """
    evidence = [r["evidence"] for r in d["recommendations"]]
    if not d["heard"].get("sentences") and not any(e.get("reports") or e.get("cited") for e in evidence):
        return {}
    names: list[Name] = [("quotes", quote["id"]) for quote in d["heard"]["quotes"]]
    names += [result_name(result) for result in d["heard"]["results"]]
    names += [("cited", f"c{n}") for n, _cited in enumerate(d["elsewhere"]["cited"], 1)]
    names += [("reports", report["id"]) for report in d["elsewhere"].get("reports", [])]
    names += [result_name(result) for e in evidence for result in e["results"]]
    names += [result_name(result) for result in d["other_views"]["results"]]
    return {name: n for n, name in enumerate(dict.fromkeys(names), 1)}


def behind(part: Json) -> list[Name]:
    """What a sentence, or the evidence of a recommendation, names."""
    plain = [(kind, name) for kind in ("quotes", "reports", "cited") for name in part.get(kind, [])]
    return [*plain, *(result_name(result) for result in part["results"])]


def spans(text: str, sentences: Sequence[str]) -> Iterator[tuple[int, int] | None]:
    """Where each sentence stands in the text, after the one before; None when it does not. Spaces may differ."""
    at = 0
    for sentence in sentences:
        wanted = r"\s+".join(re.escape(word) for word in sentence.split())
        found = re.compile(wanted).search(text, at) if wanted else None
        at = found.end() if found else at
        yield found.span() if found else None


def said(d: Json) -> list[list[Piece]]:
    """The paragraphs of section 4 in pieces; empty when the advice does not say what its sentences rest on.

    Words that no sentence covers rest on nothing, and say so: nothing can be left out to hide that.
    """
    text, sentences = d["heard"]["text"], d["heard"].get("sentences", [])
    if not sentences:
        return []
    numbers = numbered(d)
    pieces: list[Piece] = []
    at = 0
    for sentence, span in zip(sentences, spans(text, [s["text"] for s in sentences]), strict=True):
        start, end = span or (at, at)
        pieces.append(_between(text[at:start]))
        found = tuple(sorted(numbers[name] for name in behind(sentence)))
        pieces.append(Piece(text[start:end], found, not found))
        at = end
    pieces.append(_between(text[at:]))
    return _paragraphs(pieces)


def _between(text: str) -> Piece:
    return Piece(text, bare=any(character.isalnum() for character in text))


def _paragraphs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces line by line; what a sentence rests on stands at its end."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        *before, last = piece.text.split("\n")
        for part in before:
            lines[-1].append(Piece(part))
            lines.append([])
        lines[-1].append(Piece(last, piece.numbers, piece.bare))
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def cited_results(d: Json) -> Iterator[tuple[str, Json]]:
    """Pairs of (path, result) of every sentence of evidence in an advice."""
    for place in ("heard", "other_views"):
        for n, result in enumerate(d[place]["results"]):
            yield f"{place}/results/{n}", result
    for n, recommendation in enumerate(d["recommendations"]):
        for m, result in enumerate(recommendation["evidence"]["results"]):
            yield f"recommendations/{n}/evidence/results/{m}", result


def unfounded(d: Json) -> Iterator[tuple[str, str]]:
    """Pairs of (path, what is wrong): numbers of quotes, reports, things cited, points of the vision that are not here,
    and sentences that do not stand in the text.
    """
    lists = {
        "quotes": ("heard/quotes", d["heard"]["quotes"]),
        "reports": ("elsewhere/reports", d["elsewhere"].get("reports", [])),
        "vision": ("vision", d.get("vision", [])),
    }
    there = {"cited": {f"c{n}" for n, _cited in enumerate(d["elsewhere"]["cited"], 1)}}
    for name, (path, items) in lists.items():
        there[name] = {item["id"] for item in items}
        if len(there[name]) != len(items):
            yield path, "have the same number twice"
    for path, names in _numbers(d):
        kind = path.rpartition("/")[2]
        if not set(names) <= there[kind]:
            where = lists[kind][0] if kind in lists else "elsewhere/cited"
            yield path, f"names a number that is not in {where}"
    told = {result_name(result) for _path, result in cited_results(d)}
    sentences = d["heard"].get("sentences", [])
    places = spans(d["heard"]["text"], [sentence["text"] for sentence in sentences])
    for n, (sentence, place) in enumerate(zip(sentences, places, strict=True)):
        if place is None:
            yield f"heard/sentences/{n}/text", "does not stand in heard/text, after the one before"
        if not {result_name(result) for result in sentence["results"]} <= told:
            yield f"heard/sentences/{n}/results", "name a result that this advice does not give"


def _numbers(d: Json) -> Iterator[tuple[str, list[str]]]:
    """Pairs of (path, numbers named there); the last part of the path is what they are numbers of."""
    for n, sentence in enumerate(d["heard"].get("sentences", [])):
        for kind in ("quotes", "reports", "cited"):
            yield f"heard/sentences/{n}/{kind}", sentence[kind]
    for n, recommendation in enumerate(d["recommendations"]):
        for kind in ("quotes", "reports", "cited"):
            yield f"recommendations/{n}/evidence/{kind}", recommendation["evidence"].get(kind, [])
        yield f"recommendations/{n}/vision", recommendation.get("vision", [])
