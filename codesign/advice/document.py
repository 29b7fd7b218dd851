"""The advice as it crosses the wall: from our values to the published form; no person, no post, no small count."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from codesign.advice.document_evidence import Names, actor, adopted_sentences, lines, one_line, with_evidence, with_more
from codesign.advice.domain import due_on
from codesign.advice.values import Adoption, Cited, Content, Outcome, Recommendation, Words
from codesign.indicators.domain import framework, indicator

# Nobody can be counted out of a number of this size or larger.
FLOOR = 10


def as_document(content: Content, sent_on: date) -> dict[str, Any]:
    """The fields of `documents/schemas/advice-1.json`; `content` is complete and adopted."""
    cover, worked = content.cover, content.worked
    assert content.adoption is not None
    names = Names.of(content)
    quotes = names.quotes
    document = {
        "schema": "codesign/advice/1",
        "place": {
            "code": cover.place_code, "name": cover.place, "addressee": cover.addressee, "timezone": cover.timezone,
        },
        "panel": cover.panel,
        "number": cover.number,
        "version": 1,
        "replaces": None,
        "title": one_line(content.title),
        "language": content.language,
        "languages": list(content.languages),
        "cover": {
            "asked": cover.asked,
            "question": one_line(cover.question),
            "level": cover.level,
            "legal_basis": one_line(cover.legal_basis),
            "sent_on": sent_on.isoformat(),
            "answer_weeks": cover.answer_weeks,
            "answer_due": due_on(sent_on, cover.answer_weeks).isoformat(),
        },
        "in_short": [
            {"language": code, "text": content.summaries[code], "translated_by": "person" if translated else None}
            for code in dict.fromkeys((content.language, *content.languages))
            for translated in [code != content.language]
        ],
        "why_now": content.text(Words.WHY_NOW),
        "goes_well": content.text(Words.GOES_WELL),
        "heard": {
            "text": content.text(Words.HEARD),
            "results": [result(o) for o in content.heard],
            "quotes": [
                {
                    "id": quotes[quote.id], "text": one_line(quote.text), "language": content.language,
                    "translated_by": "person" if quote.translated else None, "domains": list(quote.domains),
                }
                for quote in content.all_quotes
            ],
        },
        "elsewhere": {
            "cited": [_cited(c) for c in content.cited],
            "missing_because": {
                "experience": content.text(Words.NO_EXPERIENCE),
                "practice": content.text(Words.NO_PRACTICE),
                "research": content.text(Words.NO_RESEARCH),
            },
        },
        "recommendations": [_recommendation(r, names) for r in content.recommendations],
        "other_views": {
            "text": content.text(Words.OTHER_VIEWS),
            "results": [result(o) for o in content.other_views],
        },
        "ourselves": content.text(Words.WE_DO),
        "how_we_worked": {
            "began": worked.began.isoformat() if worked.began else None,
            "ended": worked.ended.isoformat() if worked.ended else None,
            "members": above_floor(worked.members),
            "gatherings": worked.gatherings,
            "visits": above_floor(worked.visits),
            "languages": list(worked.languages),
            "channels": [],
            "payment": content.text(Words.PAYMENT),
            "who_was_missing": content.text(Words.WHO_WAS_MISSING),
            "ties": [one_line(t) for t in worked.ties],
        },
        "asks": content.text(Words.ASK),
        "annexes": {
            "ideas": [_idea(r.number, o) for r in content.recommendations for o in r.outcomes],
            "indicators": _indicators(content),
            "releases": releases(content),
        },
        "framework": {"version": framework().version},
        "adoption": {
            "outcome": "adopted", "quorum_met": True, "adopted_on": content.adoption.on.isoformat(),
            "release": content.adoption.release,
        },
    }  # fmt: skip
    return with_evidence(document, content, names)


def result(outcome: Outcome) -> dict[str, Any]:
    """One option of a vote; of a method other than approval also how people voted, and of a budget what it costs."""
    more: dict[str, Any] = {} if outcome.method == "approval" else {"method": outcome.method}
    if outcome.method == "budget":
        more |= {"cost": outcome.cost, "currency": outcome.currency}
    return more | {
        "release": outcome.release, "option": outcome.key, "question": outcome.question,
        "title": outcome.title, "language": outcome.language, "domains": list(outcome.domains),
        "quarters": list(outcome.quarters), "outcome": outcome.chosen,
    }  # fmt: skip


def _idea(number: int, outcome: Outcome) -> dict[str, Any]:
    """An idea as the panel voted on it; the words its maker wrote stay with the panel."""
    return {
        "recommendation": number, "title": outcome.title, "language": outcome.language,
        "domains": list(outcome.domains),
    }  # fmt: skip


def _cited(cited: Cited) -> dict[str, Any]:
    assert cited.source_date is not None
    return {
        "kind": cited.kind.value, "text": cited.text, "source": one_line(cited.source),
        "source_date": cited.source_date.isoformat(),
        "checked_on": cited.checked_on.isoformat() if cited.checked_on else None,
        "definition": one_line(cited.definition), "url": cited.url,
    }  # fmt: skip


def _recommendation(item: Recommendation, names: Names) -> dict[str, Any]:
    chain, quotes = item.chain, names.quotes
    written = {
        "number": item.number,
        "title": one_line(item.title),
        "what": item.what,
        "actors": [actor(a) for a in item.actors],
        "by_when": one_line(item.by_when),
        "decided_on": item.decided_on.isoformat() if item.decided_on else None,
        "cost_class": item.cost_class,
        "notice": one_line(item.notice),
        "small_initiative": one_line(item.small_initiative),
        "none_because": one_line(item.none_because),
        "chain": {
            "activity": one_line(chain.activity),
            "change": one_line(chain.change),
            "domain": chain.domain,
            "indicator": chain.indicator,
            "experience_question": chain.experience or None,
            "assumptions": lines(chain.assumptions),
            "risks": lines(chain.risks),
        },
        "evidence": {
            "results": [result(o) for o in item.outcomes],
            "quotes": list(dict.fromkeys(quotes[q.id] for q in item.quotes)),
        },
    }
    return with_more(written, item, names)


def _indicators(content: Content) -> list[dict[str, Any]]:
    codes = (c for r in content.recommendations for c in (r.chain.indicator, r.chain.experience) if c)
    found = [indicator(code) for code in dict.fromkeys(codes)]
    spoken = [(i, content.language if content.language in i.titles else "en") for i in found]
    return [
        {"code": i.code, "domain": i.domain, "kind": i.kind.value, "title": i.title(lang), "language": lang}
        for i, lang in spoken
    ]


def releases(content: Content) -> list[str]:
    """The digest of every release the advice cites, the adoption first."""
    outcomes: Iterable[Outcome] = (
        *content.heard, *content.other_views, *(o for r in content.recommendations for o in r.outcomes),
    )  # fmt: skip
    assert content.adoption is not None
    return list(dict.fromkeys((content.adoption.release, *(o.release for o in outcomes))))


def above_floor(count: int) -> int | None:
    """The count, or nothing when it is small enough to point at people."""
    return count if count >= FLOOR else None


# What the panel adopts: the text. Quotes stay their makers' own until the end, numbers and dates come at sending.
ADOPTED_PARTS = (
    "title", "language", "languages", "in_short", "why_now", "goes_well", "elsewhere", "other_views", "ourselves",
    "asks",
)  # fmt: skip


def text_digest(content: Content) -> str:
    """SHA-256 of the text the panel votes on; the same before and after numbering, adopting and sending."""
    document = as_document(replace(content, adoption=Adoption("", date.min)), date.min)
    # Points of the vision are written only where an advice refers to one.
    text = {key: document[key] for key in (*ADOPTED_PARTS, "vision") if key in document}
    text["heard"] = {key: document["heard"][key] for key in ("text", "results")} | adopted_sentences(document)
    text["recommendations"] = [
        {**r, "evidence": {key: found for key, found in r["evidence"].items() if key != "quotes"}}
        for r in document["recommendations"]
    ]
    written = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
