"""An advice in blocks for a word processor: headings, paragraphs, lists, tables and pictures, each in its language."""

from __future__ import annotations

from datetime import date

from codesign.documents.domain import Json
from codesign.documents.render.blocks import Contents, Heading, Items, Paper, Picture, Run
from codesign.documents.render.office_lines import Lines, tag_of

# The logo among the pictures of a file.
LOGO = "logo"


def paper(document: Json, seen: Json) -> Paper:
    """The blocks of a checked advice; `seen`: the view of it (`view.view`) that the PDF is drawn from too."""
    writer = _Writer(seen)
    writer.whole()
    doc, w = seen["doc"], seen["words"]
    headings = tuple(b for b in writer.blocks if isinstance(b, Heading) and b.level in {2, 3})
    blocks = [*writer.blocks]
    blocks.insert(writer.contents_at, Contents((writer.own(w["contents"]),), headings))
    return Paper(
        title=document["title"],
        author=document["panel"],
        tag=tag_of(doc),
        rtl=doc["rtl"],
        day=date(*seen["date"]),
        number=document["number"],
        subject=writer.numbered(f" · {seen['place']}"),
        keywords=tuple(dict.fromkeys(r["chain"]["domain"] for r in document["recommendations"])),
        foot=writer.own(writer.numbered(f" · {seen['place']}")),
        page=writer.own(w["page"]),
        blocks=tuple(blocks),
        pictures=writer.pictures,
        accent=seen["style"] and seen["style"]["accent"],
    )


class _Writer(Lines):
    """Puts the view of one advice into blocks, in the order of the PDF."""

    def whole(self) -> None:
        """Everything, from cover to annexes."""
        self.cover()
        self.contents_at = len(self.blocks)
        self.in_short()
        self.heard()
        self.elsewhere()
        self.recommendations()
        self.end()
        self.annexes()

    def cover(self) -> None:
        w, cover = self.w, self.seen["cover"]
        logo = self.seen["style"] and self.seen["style"]["logo"]
        if logo is not None:
            wide = min(60.0, 14.0 * logo["width"] / logo["height"])
            said = " ".join(logo["paragraphs"])
            self.blocks.append(Picture(LOGO, said, tag_of(logo), self.seen["doc"]["rtl"], wide))
        self.line(self.own(self.numbered(), strong=True), look="lead")
        self.heading(1, self.words(cover["title"]))
        self.line(self.own(w["asked"] if cover["asked"] else w["unasked"]), look="lead")
        legal = cover["legal"]
        self.facts(
            (
                (w["from"], self.words(cover["panel"])),
                (w["to"], self.words(cover["addressee"])),
                (w["sent"], self.own(cover["sent"])),
                (w["due"], self.own(cover["due"])),
                (w["level"], self.own(cover["level"])),
                (w["legal"], self.own(w["promise"]) if legal is None else self.words(legal)),
                (w["question"], self.words(cover["question"])),
                (w["adopted"], self.own(cover["adopted"])),
                *([(w["version"], self.own(str(cover["version"])))] if cover["version"] > 1 else []),
            )
        )
        if cover["correction"] is not None:
            self.say(cover["correction"])

    def in_short(self) -> None:
        self.part(2, "short", new_page=True)
        for p in self.seen["short"]:
            if p["person"]:
                name = Run(p["name"], tag_of(p), p["rtl"], strong=True)
                self.line(name, self.own(f" · {self.w['by_person']}"), look="small")
            self.say(p)
        if self.seen["why_now"] is not None:
            self.part(2, "why_now")
            self.say(self.seen["why_now"])
        self.part(2, "well")
        self.say(self.seen["well"])

    def heard(self) -> None:
        heard, w = self.seen["heard"], self.w
        self.part(2, "heard")
        for line in heard["said"]:
            self.rests(line)
        if heard["said"]:
            self.line(self.own(w["numbers"]), look="small")
        else:
            self.say(heard["text"])
        for q in heard["quotes"]:
            self.say(q, "quote", q)
            self.line(self.own(w["released"] + (f" {w['by_person']}." if q["person"] else "")), look="small")
        if heard["results"]:
            self.part(3, "how_many")
            self.line(self.own(w["why_quarters"]))
            self.results(heard["results"])
            self.line(self.own(w["vote_source"]), look="small")

    def elsewhere(self) -> None:
        seen, w = self.seen, self.w
        if not seen["cited"] and not seen["missing"] and not seen["reports"]:
            return
        self.part(2, "elsewhere")
        for c in seen["cited"]:
            self.line(self.own(c["kind"], strong=True), of=c, keep=True)
            self.say(c["text"])
            if c["definition"] is not None:
                self.line(self.own(f"{w['definition']}: "), self.words(c["definition"]), look="small")
            checked = f" {w['checked']}: {c['checked']}." if c["checked"] else ""
            self.line(
                self.own(f"{w['source']}: "), self.words(c["source"]), self.own(f". {w['of']}: {c['of']}.{checked}"),
                *([Run(f" {c['url']}", "zxx", False)] if c["url"] else []), look="small",
            )  # fmt: skip
        for m in seen["missing"]:
            self.line(self.own(f"{m['kind']}. {w['missing']}", strong=True), keep=True)
            self.say(m["text"])
        if seen["reports"]:
            self.part(3, "reports")
        for r in seen["reports"]:
            self.report(r)

    def report(self, r: Json) -> None:
        """A workshop or interviews, with its file."""
        w, file = self.w, r["file"]
        self.heading(4, self.words(r["title"]))
        self.line(self.own(r["kind"], strong=True), of=r, keep=True)
        self.say(r["text"])
        self.facts((fact["label"], self.words(fact["text"])) for fact in r["facts"])
        if file is not None:
            named = (self.own(f"{w['file']}: "), self.words(file["name"]), self.own(f" ({file['about']})"))
            self.line(*named, look="small")
            if file["alternative"] is not None:
                self.say(file["alternative"], "small")
            self.line(self.own(f"{w['at']} {self.forth}"), Run(file["address"], "zxx", False), look="small")

    def recommendations(self) -> None:
        self.part(2, "recommendations")
        if self.seen["vision"]:
            self.line(self.own(self.w["vision"], strong=True))
            self.blocks.append(Items(tuple((self.words(p),) for p in self.seen["vision"])))
        for r in self.seen["recommendations"]:
            self.recommendation(r)

    def recommendation(self, r: Json) -> None:
        w = self.w
        self.heading(3, self.own(f"{r['number']}. "), self.words(r["title"]))
        self.say(r["what"])
        small, moment = r["small_initiative"], r["moment"]
        when = f" ({moment['kind']}, {moment['day']})" if moment else ""
        self.facts(
            (
                *((w["who"], self.words(actor)) for actor in r["actors"]),
                (w["by_when"], self.words(r["by_when"])),
                *([(w["moment"], (self.words(moment["title"]), self.own(when)))] if moment else []),
                (w["cost"], self.own(f"{r['cost']} {w['of_four']}")),
                (w["notice"], self.words(r["notice"])),
                (w["none_because"], self.words(r["none_because"])) if small is None
                else (w["small_initiative"], self.words(small)),
                *((w["serves"], self.words(p)) for p in r["vision"]),
            )
        )  # fmt: skip
        self.part(4, "change")
        self.chain(r)
        self.part(4, "rests_on")
        self.results(r["results"])
        for q in r["quotes"]:
            self.say(q, "quote", q)
        for o in r["others"]:
            self.line(self.own(f"{o['kind']}: "), self.words(o["text"]), of=o)

    def chain(self, r: Json) -> None:
        """The change chain as a drawing, and the same words as a list."""
        chain, w = r["chain"], self.w
        steps = ((w["do"], chain["do"]), (w["then"], chain["then"]), (w["so"], chain["so"]))
        alt = "; ".join(f"{label}: {' '.join(p['paragraphs'])}" for label, p in steps)
        name = f"chain-{r['number']}"
        self.pictures[name] = {"chain": {key: chain[key] for key in ("do", "then", "so", "code")}}
        self.picture(name, f"{w['change']}. {alt} ({chain['code']})", self.seen["doc"])
        self.facts(
            (
                *((label, self.words(p)) for label, p in steps),
                (w["indicators"], self.own(chain["code"])),
                *((w["we_think"], self.words(a)) for a in chain["assumptions"]),
                *((w["risk"], self.words(a)) for a in chain["risks"]),
            )
        )

    def end(self) -> None:
        seen, w = self.seen, self.w
        self.part(2, "other")
        self.say(seen["other"]["text"])
        self.results(seen["other"]["results"])
        self.part(2, "ourselves")
        self.say(seen["ourselves"])
        self.part(2, "worked")
        self.facts((x["label"], self.words(x["text"])) for x in seen["worked"])
        self.part(2, "asks")
        self.line(self.own(f"{w['asks_answer']} {seen['cover']['due']}."))
        if seen["asks"] is not None:
            self.say(seen["asks"])

    def annexes(self) -> None:
        seen, w = self.seen, self.w
        self.part(2, "annexes")
        if seen["ideas"]:
            self.part(3, "ideas")
            rows: list[tuple[Run, ...]] = [(self.own(str(i["number"])), self.words(i["title"])) for i in seen["ideas"]]
            self.table((w["for_number"], w["idea"]), rows)
        self.part(3, "indicators")
        self.table((w["code"], w["title"]), [(self.own(i["code"]), self.words(i["title"])) for i in seen["indicators"]])
        self.line(self.own(f"{w['framework']}: {seen['framework']}"), look="small")
        self.part(3, "digests")
        self.blocks.append(Items(tuple((Run(d, "zxx", False),) for d in seen["releases"])))
        self.line(self.own(w["use"]), look="small")
