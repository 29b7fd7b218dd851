"""What stands behind an advice as it crosses the wall; written only where it is used, so that old documents stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codesign.advice.values import Actor, Content, Recommendation, Report, Sentence


@dataclass(frozen=True)
class Names:
    """How the document calls its quotes, reports, cited things and points of the vision, by our numbers."""

    quotes: dict[int, str]
    reports: dict[int, str]
    cited: dict[int, str]
    vision: dict[int, str]

    @classmethod
    def of(cls, content: Content) -> Names:
        """In the order in which the document holds them."""
        return cls(
            quotes={q.id: f"q{n}" for n, q in enumerate(content.all_quotes, start=1)},
            reports={r.id: f"p{n}" for n, r in enumerate(content.reports, start=1)},
            cited={c.id: f"c{n}" for n, c in enumerate(content.cited, start=1)},
            vision={p.id: f"v{n}" for n, p in enumerate(content.vision, start=1)},
        )


def with_evidence(document: dict[str, Any], content: Content, names: Names) -> dict[str, Any]:
    """The document with its sentences, reports and points of the vision."""
    if content.sentences:
        document["heard"]["sentences"] = [_sentence(s, names) for s in content.sentences]
    if content.reports:
        document["elsewhere"]["reports"] = [_report(r, names) for r in content.reports]
    if content.vision:
        document["vision"] = [
            {"id": names.vision[p.id], "text": one_line(p.text), "language": p.language} for p in content.vision
        ]
    return document


def with_more(written: dict[str, Any], item: Recommendation, names: Names) -> dict[str, Any]:
    """A recommendation with all it rests on, the points of the vision it serves, its moment and its small group."""
    if item.reports:
        written["evidence"]["reports"] = [names.reports[r.id] for r in item.reports]
    if item.cited:
        written["evidence"]["cited"] = [names.cited[c.id] for c in item.cited]
    if item.vision:
        written["vision"] = [names.vision[p.id] for p in item.vision]
    if item.moment is not None:
        moment = item.moment
        written["moment"] = {"title": one_line(moment.title), "kind": moment.kind, "date": moment.day.isoformat()}
    if item.small_group:
        written["small_group"] = item.small_group
    return written


def actor(one: Actor) -> dict[str, Any]:
    """Who does a part, and when where that was said."""
    more = {"by_when": one_line(one.by_when)} if one.by_when else {}
    return {"name": one_line(one.name), "kind": one.kind.value, "part": one_line(one.part), **more}


def adopted_sentences(document: dict[str, Any]) -> dict[str, Any]:
    """What of the sentences the panel adopts: what they rest on, but for quotes, which stay their makers' own.

    The words themselves are in the text. Nothing where nothing was put behind any sentence: a text adopted before
    sentences had evidence stays the same text.
    """
    kept = [
        {key: found for key, found in s.items() if key != "quotes"} for s in document["heard"].get("sentences", [])
    ]  # fmt: skip
    return {"sentences": kept} if any(s["results"] or s["reports"] or s["cited"] for s in kept) else {}


def _sentence(sentence: Sentence, names: Names) -> dict[str, Any]:
    return {
        "text": one_line(sentence.text),
        "quotes": [names.quotes[q.id] for q in sentence.quotes],
        "results": [{"release": o.release, "option": o.key} for o in sentence.outcomes],
        "reports": [names.reports[r.id] for r in sentence.reports],
        "cited": [names.cited[c.id] for c in sentence.cited],
    }


def _report(report: Report, names: Names) -> dict[str, Any]:
    file = report.file
    return {
        "id": names.reports[report.id],
        "kind": report.kind,
        "title": one_line(report.title),
        "held_on": report.held_on.isoformat(),
        "people": report.people,
        "languages": list(report.languages),
        "text": report.text,
        "file": file and {
            "digest": file.digest, "media_type": file.media_type, "size": file.size, "name": one_line(file.name),
            "alternative": one_line(file.alternative),
        },
    }  # fmt: skip


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """Each line that says something, at most ten."""
    found = [one_line(line) for line in text.splitlines() if line.strip()]
    return [*found[:9], " ".join(found[9:])[:500]] if len(found) > 10 else found
