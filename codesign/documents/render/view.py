"""An advice as plain data for the template: every text a passage with its language, every chart a few numbers."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import bidirectional

from codesign.documents.domain import Json, short
from codesign.documents.render.words import Words, words_in
from codesign.documents.support import Name, numbered, result_name, said
from codesign.places.house_style import BASE, TEXT, Style, contrast
from codesign.web.i18n import direction, lang_name

Passage = dict[str, Any]
# A recommendation, or a thing cited, of more characters than this, about half a page, may be parted between pages.
_MOST_TOGETHER = 1_500


def passage(text: str, language: str) -> Passage:
    """A text for the template: its paragraphs, language, region and direction.

    Latin letters alone, as in the name of a book, read from left to right in Arabic too.
    """
    code, _, region = language.partition("-")
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return {"paragraphs": paragraphs, "lang": code, "region": region or None, "rtl": _from_right(text, language)}


def _from_right(text: str, language: str) -> bool:
    kinds = {bidirectional(character) for character in text}
    return direction(language) == "rtl" and ("L" not in kinds or not kinds.isdisjoint({"R", "AL"}))


def acting(actor: Json) -> str:
    """Who does what by when, in a line."""
    line = f"{actor['name']}: {actor['part']}" if actor["part"] else actor["name"]
    return f"{line} ({actor['by_when']})" if actor.get("by_when") else line


def dressed(style: Style | None) -> Json | None:
    """What a house style colours on paper; `accent` can be read on white, else our own is used."""
    if style is None:
        return None
    colours, logo = style.colours, style.logo
    hero = colours.get("hero")
    accent = colours.get("cool") or hero
    return {
        "accent": accent if accent and contrast(accent, "#ffffff") >= TEXT else None,
        "hero": hero,
        "on_hero": colours.get("on-hero", BASE["on-hero"]),
        "logo": logo and passage(logo.alternative, logo.language) | {"width": logo.width, "height": logo.height},
    }


def view(document: Json, name: str, style: Style | None = None) -> Json:
    """What the template draws of an advice document with the digest `name`, in this house style."""
    w = words_in(document["language"])
    here = _Here(document, w)
    cover = document["cover"]
    return {
        "words": w.labels(),
        "style": dressed(style),
        "own": passage("", w.language) | {"paragraphs": []},
        "doc": passage("", document["language"]),
        "title": document["title"],
        "number": document["number"],
        "place": document["place"]["name"],
        "date": [int(part) for part in cover["sent_on"].split("-")],
        "digest": short(name),
        "cover": {
            "title": here.text(document["title"]),
            "panel": here.text(document["panel"]),
            "addressee": here.text(document["place"]["addressee"]),
            "question": here.text(cover["question"]),
            "asked": cover["asked"],
            "sent": w.day(cover["sent_on"]),
            "due": w.day(cover["answer_due"]),
            "weeks": cover["answer_weeks"],
            "legal": here.maybe(cover["legal_basis"]),
            "level": w.level(cover["level"]),
            "version": document["version"],
            "correction": here.maybe(document.get("correction", "")),
            "adopted": w.day(document["adoption"]["adopted_on"]),
        },
        "short": [
            passage(p["text"], p["language"])
            | {"person": p["translated_by"] == "person", "name": lang_name(p["language"])}
            for p in document["in_short"]
        ],
        "vision": [here.points[p["id"]] for p in document.get("vision", [])],
        "why_now": here.maybe(document["why_now"]),
        "well": here.text(document["goes_well"]),
        "heard": {
            "text": here.text(document["heard"]["text"]),
            "said": [[vars(piece) for piece in line] for line in said(document)],
            "quotes": [passage(q["text"], q["language"]) | {"person": q["translated_by"] == "person"}
                       | here.first("quotes", q["id"]) for q in document["heard"]["quotes"]],
            "results": [here.result(r) for r in document["heard"]["results"]],
        },
        "cited": [here.cited(c) | here.first("cited", f"c{n}")
                  for n, c in enumerate(document["elsewhere"]["cited"], 1)],
        "reports": [here.report(r) | here.first("reports", r["id"]) for r in document["elsewhere"].get("reports", [])],
        "missing": [
            {"kind": w.evidence(kind), "text": here.text(text)}
            for kind, text in document["elsewhere"]["missing_because"].items() if text
        ],
        "recommendations": [here.recommendation(r) for r in document["recommendations"]],
        "other": {"text": here.text(document["other_views"]["text"]),
                  "results": [here.result(r) for r in document["other_views"]["results"]]},
        "ourselves": here.text(document["ourselves"]),
        "worked": here.worked(),
        "asks": here.maybe(document["asks"]),
        "ideas": [{"number": i["recommendation"], "title": passage(i["title"], i["language"])}
                  for i in document["annexes"]["ideas"]],
        "indicators": [{"code": i["code"], "title": passage(i["title"], i["language"])}
                       for i in document["annexes"]["indicators"]],
        "framework": document["framework"]["version"],
        "releases": document["annexes"]["releases"],
    }  # fmt: skip


class _Here:
    """One document and the words around it."""

    def __init__(self, document: Json, words: Words) -> None:
        self.document, self.words = document, words
        self.titles = {i["code"]: i for i in document["annexes"]["indicators"]}
        self.points = {p["id"]: passage(p["text"], p["language"]) for p in document.get("vision", [])}
        self.numbers = numbered(document)
        self.shown: set[Name] = set()

    def text(self, text: str) -> Passage:
        """A text in the language of the document."""
        return passage(text, self.document["language"])

    def maybe(self, text: str) -> Passage | None:
        """The same, or nothing for an empty text."""
        return self.text(text) if text.strip() else None

    def own(self, text: str) -> Passage:
        """A text of ours."""
        return passage(text, self.words.language)

    def number(self, *name: str) -> int | None:
        """The number of a piece of evidence, where this advice has numbers."""
        return self.numbers.get((name[0], name[1]))

    def first(self, *name: str) -> Json:
        """Number of a piece of evidence, and whether it is shown here for the first time: there links lead to."""
        new = (name[0], name[1]) not in self.shown
        self.shown.add((name[0], name[1]))
        return {"n": self.number(*name), "first": new}

    def result(self, result: Json) -> Json:
        """One option of a vote: its title, its bar, and the bar as a sentence."""
        return self.first(*result_name(result)) | {
            "title": passage(result["title"], result["language"]),
            "question": passage(result["question"], result["language"]),
            "quarters": result["quarters"],
            "sentence": ". ".join(
                [self.words.quarters(result["quarters"]), " ".join(self.words.voted(result))]
            ).removesuffix(". "),
        }

    def cited(self, cited: Json) -> Json:
        """One thing known elsewhere."""
        return {
            "kind": self.words.evidence(cited["kind"]),
            "text": self.text(cited["text"]),
            # A full stop of ours follows.
            "source": self.text(cited["source"].removesuffix(".")),
            "of": self.words.day(cited["source_date"]),
            "checked": self.words.day(cited["checked_on"]),
            "definition": self.maybe(cited["definition"]),
            "long": len(cited["text"] + cited["definition"]) > _MOST_TOGETHER,
            "url": cited["url"],
        }

    def report(self, report: Json) -> Json:
        """One report of the panel; how many people only from ten."""
        labels, file = self.words.labels(), report["file"]
        rows = [
            (labels["held_on"], self.words.day(report["held_on"])),
            (labels["people"], str(report["people"] or "")),
            (labels["languages"], self.words.names(report["languages"])),
        ]
        return {
            "kind": self.words.report(report["kind"]),
            "title": self.text(report["title"]),
            "text": self.text(report["text"]),
            "facts": [{"label": label, "text": self.own(text)} for label, text in rows if text],
            "file": file and {
                "name": self.text(file["name"]),
                "about": self.words.file(file),
                "address": f"/advice/{self.document['place']['code']}/{self.document['number']}/reports/{report['id']}",
                "alternative": self.maybe(file["alternative"]),
            },
        }  # fmt: skip

    def others(self, evidence: Json) -> list[Json]:
        """Reports and things cited that a recommendation rests on, each in a line."""
        cited = {f"c{n}": c for n, c in enumerate(self.document["elsewhere"]["cited"], 1)}
        reports = {r["id"]: r for r in self.document["elsewhere"].get("reports", [])}
        lines = [
            (("cited", name), self.words.evidence(cited[name]["kind"]), cited[name]["source"])
            for name in evidence.get("cited", [])
        ]
        lines += [
            (("reports", name), self.words.report(reports[name]["kind"]), reports[name]["title"])
            for name in evidence.get("reports", [])
        ]
        found = [{"n": self.number(*name), "kind": kind, "text": self.text(text)} for name, kind, text in lines]
        return sorted(found, key=lambda line: line["n"])

    def moment(self, moment: Json | None) -> Json | None:
        """The moment in the calendar that a recommendation is meant for."""
        if moment is None:
            return None
        return {"title": self.text(moment["title"]), "kind": self.words.moment(moment["kind"]),
                "day": self.words.day(moment["date"])}  # fmt: skip

    def recommendation(self, r: Json) -> Json:
        """One recommendation with its chain."""
        chain = r["chain"]
        indicator = self.titles[chain["indicator"]]
        question = self.titles.get(chain["experience_question"] or "")
        quotes = {q["id"]: q for q in self.document["heard"]["quotes"]}
        return {
            "number": r["number"],
            "title": self.text(r["title"]),
            "what": self.text(r["what"]),
            "long": len(json.dumps([r["what"], r["actors"]], ensure_ascii=False)) > _MOST_TOGETHER,
            "vision": [self.points[name] for name in r.get("vision", [])],
            "moment": self.moment(r.get("moment")),
            "actors": [self.text(acting(a)) for a in r["actors"]],
            "by_when": self.text(r["by_when"]),
            "cost": r["cost_class"],
            "notice": self.text(r["notice"]),
            "small_initiative": self.maybe(r["small_initiative"]),
            "none_because": self.maybe(r["none_because"]),
            "chain": {
                "do": self.text(chain["activity"]),
                "then": self.text(chain["change"]),
                "so": passage(indicator["title"], indicator["language"]),
                "code": chain["indicator"] + (f", {question['code']}" if question else ""),
                "assumptions": [self.text(a) for a in chain["assumptions"]],
                "risks": [self.text(a) for a in chain["risks"]],
            },
            "results": [self.result(x) for x in r["evidence"]["results"]],
            "quotes": [passage(quotes[q]["text"], quotes[q]["language"]) | {"n": self.number("quotes", q)}
                       for q in r["evidence"]["quotes"]],
            "others": self.others(r["evidence"]),
        }  # fmt: skip

    def worked(self) -> list[Json]:
        """How the panel worked, as pairs of label and text; what is not known is left out."""
        d, w, labels = self.document["how_we_worked"], self.words, self.words.labels()
        period = " – ".join(day for day in (w.day(d["began"]), w.day(d["ended"])) if day)
        rows: list[tuple[str, Passage | None]] = [
            (labels["period"], self.own(period) if period else None),
            (labels["took_part"], self.own(w.heard(d["members"], d["visits"], len(d["languages"])))),
            (labels["gatherings"], self.own(str(d["gatherings"]))),
            (labels["languages"], self.own(w.names(d["languages"])) if d["languages"] else None),
            (labels["channels"], self.maybe(", ".join(d["channels"]))),
            (labels["payment"], self.maybe(d["payment"])),
            (labels["missing_people"], self.maybe(d["who_was_missing"])),
            (labels["ties"], self.maybe("\n".join(d["ties"]))),
        ]
        return [{"label": label, "text": text} for label, text in rows if text and text["paragraphs"]]
