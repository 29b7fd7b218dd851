"""What a schema cannot say: what must agree between the fields of one document."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from codesign.documents.support import cited_results, unfounded
from codesign.places.house_style import faults_of

MOST_SUMMARY_WORDS = 200
Json = dict[str, Any]
Found = Iterator[tuple[str, str]]


def disagreements(kind: str, document: Json) -> list[tuple[str, str]]:
    """Pairs of (path, what is wrong) in a document that already meets its schema."""
    found = list(_days(document))
    if not found and kind in _CHECKS:
        found = list(_CHECKS[kind](document))
    return found


def _days(value: Any, path: str = "") -> Found:
    """A day such as 30 February has the right form and is no day."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}/{key}".lstrip("/")
            if isinstance(inner, str) and key in DAYS and not _is_day(inner):
                yield here, "is no day of the calendar"
            else:
                yield from _days(inner, here)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _days(inner, f"{path}/{n}")


DAYS = frozenset(
    {
        "sent_on", "answer_due", "decided_on", "source_date", "checked_on", "began", "ended", "adopted_on", "closed_on",
        "translated_on", "withdrawn_on", "delivered_on", "first_report_on", "by", "as_of", "invited_at", "expires_at",
        "agreed_on", "until", "look_back_on", "reported_on", "advice_before", "held_on", "date",
    }
)  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _advice(d: Json) -> Found:
    cover = d["cover"]
    due = date.fromisoformat(cover["sent_on"]) + timedelta(weeks=cover["answer_weeks"])
    if cover["answer_due"] != due.isoformat():
        yield "cover/answer_due", "is not sent_on plus answer_weeks"
    if (d["version"] == 1) != (d["replaces"] is None):
        yield "replaces", "names the version before, and only from the second version on"
    if d["version"] == 1 and "correction" in d:
        yield "correction", "is there only from the second version on"
    yield from _summaries(d["in_short"], d["language"], d["languages"], "in_short")
    for n, cited in enumerate(d["elsewhere"]["cited"]):
        if cited["kind"] == "figure" and not cited["definition"]:
            yield f"elsewhere/cited/{n}/definition", "is empty: a figure says what was counted"
        if cited["kind"] in {"figure", "law"} and cited["checked_on"] is None:
            yield f"elsewhere/cited/{n}/checked_on", "is empty: figures and law carry the day of the check"
    for n, recommendation in enumerate(d["recommendations"]):
        for path, what in _recommendation(recommendation, n + 1):
            yield f"recommendations/{n}/{path}", what
    yield from _references(d)
    yield from unfounded(d)


def _recommendation(r: Json, number: int) -> Found:
    if r["number"] != number:
        yield "number", "does not count on from 1"
    if all(actor["kind"] == "newcomers" for actor in r["actors"]):
        yield "actors", "are newcomers only"
    if not r["small_initiative"] and not r["none_because"]:
        yield "none_because", "is empty while no small initiative is named"
    chain = r["chain"]
    if not chain["indicator"].startswith(chain["domain"] + "-"):
        yield "chain/indicator", "does not belong to the theme of the chain"
    if not any(r["evidence"].values()):
        yield "evidence", "is empty"


def _references(d: Json) -> Found:
    """Each sentence of evidence names a release and a quote that are there."""
    releases = set(d["annexes"]["releases"])
    for path, digest in cited_releases(d):
        if digest not in releases:
            yield path, "is not among annexes/releases"
    for n, recommendation in enumerate(d["recommendations"]):
        if recommendation["chain"]["indicator"] not in {i["code"] for i in d["annexes"]["indicators"]}:
            yield f"recommendations/{n}/chain/indicator", "is not among annexes/indicators"
    for n, idea in enumerate(d["annexes"]["ideas"]):
        if idea["recommendation"] > len(d["recommendations"]):
            yield f"annexes/ideas/{n}/recommendation", "is not in this advice"


def cited_releases(d: Json) -> Iterator[tuple[str, str]]:
    """Pairs of (path, digest) of every release an advice names outside its annexes."""
    for place in ("heard", "other_views"):
        for n, result in enumerate(d[place]["results"]):
            yield f"{place}/results/{n}/release", result["release"]
    for n, recommendation in enumerate(d["recommendations"]):
        for m, result in enumerate(recommendation["evidence"]["results"]):
            yield f"recommendations/{n}/evidence/results/{m}/release", result["release"]
    yield "adoption/release", d["adoption"]["release"]


def unlike(document: Json, releases: dict[str, Json]) -> list[tuple[str, str]]:
    """Pairs of (path, what) where an advice says something else than the releases it cites."""
    found = []
    for path, result in cited_results(document):
        release = releases[result["release"]]
        option = next((o for o in release["options"] if o["key"] == result["option"]), None)
        if option is None:
            found.append((path, "names an option its release does not have"))
        elif any(result[key] != option[key] for key in ("title", "quarters", "outcome")) or not _same_terms(
            result, option, release
        ):
            found.append((path, "says something else than its release"))
    adoption = releases[document["adoption"]["release"]]
    if adoption["kind"] != "adoption" or adoption["outcome"] != "adopted" or adoption["quorum_met"] is not True:
        found.append(("adoption/release", "is not an adoption with quorum"))
    return found


def _same_terms(result: Json, option: Json, release: Json) -> bool:
    """Whether method, cost and currency are as released; a result that names no method speaks of approval."""
    return (
        result.get("method", "approval") == release["method"]
        and result.get("cost") == option.get("cost")
        and result.get("currency") == release.get("terms", {}).get("currency")
    )


def _summaries(passages: list[Json], language: str, needed: list[str], path: str) -> Found:
    there = [p["language"] for p in passages]
    if len(set(there)) != len(there):
        yield path, "has a language twice"
    if there[0] != language or passages[0]["translated_by"] is not None:
        yield f"{path}/0", "is not the original in the language of the document"
    if any(p["translated_by"] is None for p in passages[1:]):
        yield path, "has a translation that does not say who made it"
    if missing := [code for code in needed if code not in there]:
        yield path, "lacks the languages " + ", ".join(missing)
    for n, passage in enumerate(passages):
        if len(passage["text"].split()) > MOST_SUMMARY_WORDS:
            yield f"{path}/{n}/text", f"has more than {MOST_SUMMARY_WORDS} words"


def _release(d: Json) -> Found:
    keys = [o["key"] for o in d["options"]]
    if len(set(keys)) != len(keys):
        yield "options", "have the same key twice"
    if d["shown"] != "quarters" and (
        any(o["quarters"] for o in d["options"]) or d["turnout"] or d["breakdown"] or d["exact"]
    ):
        yield "shown", "forbids the quarters that stand in the document"
    if d["shown"] == "nothing" and (
        d["outcome"] or d["quorum_met"] is not None or any(o["outcome"] is not None for o in d["options"])
    ):
        yield "shown", "forbids the outcome that stands in the document"
    if d["kind"] in {"adoption", "withdrawal"} and d["shown"] == "quarters":
        yield "shown", "gives numbers of a decision on the advice: only its outcome may cross"
    if d["exact"] and not set(d["exact"]["counts"]) <= set(keys):
        yield "exact/counts", "names an option that is not there"
    for n, group in enumerate(d["breakdown"] or []):
        if not {o["key"] for o in group["options"]} <= set(keys):
            yield f"breakdown/{n}", "names an option that is not there"


def _answer(d: Json) -> Found:
    numbers = [p["recommendation"] for p in d["parts"]]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "parts", "do not answer each recommendation once, in order"
    for n, part in enumerate(d["parts"]):
        if part["decision"] == "not_ours" and not part["forwarded_to"]:
            yield f"parts/{n}/forwarded_to", "is empty: say to whom it was forwarded"
        if part["decision"] in {"adopted", "partly"} and not part["promises"]:
            yield f"parts/{n}/promises", "are empty: say who does what and when"
        for k, offer in enumerate(part.get("offers", [])):
            if offer["reply"] == "no" and not offer["reasons"]:
                yield f"parts/{n}/offers/{k}/reasons", "is empty: say why not"
    yield from _summaries(d["summary"], d["language"], [], "summary")


def _place(d: Json) -> Found:
    try:
        ZoneInfo(d["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "timezone", "is no time zone"


def _rating(d: Json) -> Found:
    if (d["shown"] == "nothing") != (d["outcome"] is None):
        yield "outcome", "is there only when it may be shown"


def _fit(d: Json) -> Found:
    """Each measure and each option stands once."""
    for names in (("recommendation", "promise"), ("option",)):
        found = [tuple(m[name] for name in names) for m in d["measures"]]
        if len(set(found)) != len(found):
            yield "measures", f"name the same {names[-1]} twice"


def _reply(d: Json) -> Found:
    yield from _summaries(d["text"], d["text"][0]["language"], [], "text")


def _network(d: Json) -> Found:
    yield from _words_unless_ended(d, "name", "does")


def _moment(d: Json) -> Found:
    yield from _words_unless_ended(d, "title", "source")
    if d["advice_before"] is not None and d["advice_before"] > d["decided_on"]:
        yield "advice_before", "is after the decision"


def _words_unless_ended(d: Json, *fields: str) -> Found:
    for field in fields:
        if bool(d[field]) is d["ended"]:
            yield field, "is there while it has not ended, and only then"


_BEGINS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def _attachment(d: Json) -> Found:
    """The bytes are those that are named, and what they are said to be."""
    try:
        content = base64.b64decode(d["content"], validate=True)
    except ValueError:
        yield "content", "is no base64"
        return
    if hashlib.sha256(content).hexdigest() != d["digest"]:
        yield "digest", "is not that of the content"
    if len(content) != d["size"]:
        yield "size", "is not that of the content"
    if not content.startswith(_BEGINS[d["media_type"]]):
        yield "media_type", "is not that of the content"
    if d["media_type"] != "application/pdf" and not d["alternative"]:
        yield "alternative", "is empty: a picture has words"


_CHECKS: dict[str, Callable[[Json], Found]] = {
    "place": _place, "house_style": faults_of, "advice": _advice, "release": _release, "answer": _answer,
    "rating": _rating, "reply": _reply, "finding": _rating, "fit": _fit, "network": _network, "moment": _moment,
    "attachment": _attachment,
}  # fmt: skip
