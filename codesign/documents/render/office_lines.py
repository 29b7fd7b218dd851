"""The lines an advice is written in for a word processor: each with language, direction and number of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from codesign.documents.domain import Json
from codesign.documents.render.blocks import Block, Heading, Items, Picture, Run, Runs, Table, Text
from codesign.documents.render.view import Passage

_LEFT_TO_RIGHT = "\u200e"
# A language as word processors know it: with the region whose spelling they carry.
_TAGS = {
    "nl": "nl-NL", "en": "en-GB", "ar": "ar-SA", "ti": "ti-ER", "tr": "tr-TR", "fa": "fa-IR", "uk": "uk-UA",
    "so": "so-SO", "ru": "ru-RU", "fr": "fr-FR", "am": "am-ET", "ps": "ps-AF", "kmr": "kmr-TR", "ckb": "ckb-IQ",
}  # fmt: skip


def tag_of(p: Passage) -> str:
    """The language tag of a passage, such as `nl-NL`."""
    whole = f"{p['lang']}-{p['region']}" if p["region"] else str(p["lang"])
    return _TAGS.get(whole, whole)


class Lines:
    """Headings, paragraphs, lists, tables and pictures of one advice, put one after the other."""

    def __init__(self, seen: Json) -> None:
        self.seen, self.w = seen, seen["words"]
        self.blocks: list[Block] = []
        self.contents_at = 0
        # Stands between words of ours and what keeps its order from left to right.
        self.forth = _LEFT_TO_RIGHT if seen["own"]["rtl"] else ""
        # What the drawings show, for `pictures`.
        self.pictures: Json = {}

    def own(self, text: str, strong: bool = False) -> Run:
        """Words of ours."""
        return Run(text, tag_of(self.seen["own"]), self.seen["own"]["rtl"], strong)

    def numbered(self, after: str = "") -> str:
        """ "Advice 2026-3", with year and serial in their order behind Arabic letters too."""
        return f"{self.w['advice']} {self.forth}{self.seen['number']}{after}"

    def words(self, p: Passage, strong: bool = False) -> Run:
        """A text of people in one line."""
        return Run(" ".join(p["paragraphs"]), tag_of(p), p["rtl"], strong)

    def heading(self, level: int, *runs: Run, new_page: bool = False) -> None:
        self.blocks.append(Heading(level, runs, f"part{len(self.blocks)}", new_page))

    def part(self, level: int, key: str, new_page: bool = False) -> None:
        self.heading(level, self.own(self.w[key]), new_page=new_page)

    def say(self, p: Passage, look: str = "text", of: Json | None = None) -> None:
        """A text as paragraphs of its own; `of`: the piece of evidence it is."""
        for n, one in enumerate(p["paragraphs"]):
            lead, name = self.number(of) if n == 0 else ((), "")
            self.blocks.append(Text((*lead, Run(one, tag_of(p), p["rtl"])), look, name, rtl=p["rtl"]))

    def line(self, *runs: Run, look: str = "text", of: Json | None = None, keep: bool = False) -> None:
        """A line of several; with words of ours in it, it reads in their direction."""
        lead, name = self.number(of)
        ours = self.own("")
        rtl = ours.rtl if any(run.tag == ours.tag for run in runs) else None
        self.blocks.append(Text((*lead, *runs), look, name, keep, rtl))

    def number(self, of: Json | None) -> tuple[tuple[Run, ...], str]:
        """What stands before a piece of evidence, and its name where it is shown first."""
        if of is None or of["n"] is None:
            return (), ""
        return (self.own(f"[{of['n']}] ", strong=True),), f"evidence{of['n']}" if of.get("first") else ""

    def rests(self, line: list[Json]) -> None:
        """A paragraph of "what we heard": each sentence, and small after it the numbers of what it rests on."""
        doc, runs = self.seen["doc"], []
        for piece in line:
            runs.append(Run(piece["text"], tag_of(doc), doc["rtl"]))
            for n, number in enumerate(piece["numbers"]):
                runs.append(replace(self.own(" [" if n == 0 else ", "), raised=True))
                runs.append(replace(self.own(str(number)), raised=True, to=f"evidence{number}"))
            if piece["numbers"]:
                runs.append(replace(self.own("]"), raised=True))
            if piece["bare"]:
                runs.append(self.own(f" ({self.w['no_evidence']})"))
        self.blocks.append(Text(tuple(runs), rtl=doc["rtl"]))

    def facts(self, rows: Iterable[tuple[str, Run | Runs]]) -> None:
        """Pairs of a label and a text, as a list."""
        items = tuple(
            (self.own(f"{label}: ", strong=True), *((said,) if isinstance(said, Run) else said)) for label, said in rows
        )
        self.blocks.append(Items(items))

    def table(self, heads: Sequence[str], rows: Iterable[tuple[Run, ...]]) -> None:
        self.blocks.append(
            Table(
                tuple((self.own(head, strong=True),) for head in heads),
                tuple(tuple((cell,) for cell in row) for row in rows),
            )
        )

    def results(self, results: list[Json]) -> None:
        """Options of votes: title, bar, and the bar as a sentence."""
        for r in results:
            self.line(self.words(r["title"], strong=True), of=r, keep=True)
            name = "bar-" + ("".join(str(q) for q in sorted(r["quarters"])) or "none")
            self.pictures[name] = {"bar": sorted(r["quarters"])}
            self.picture(name, r["sentence"], self.seen["own"])
            self.line(self.own(r["sentence"]), look="small")

    def picture(self, name: str, alt: str, p: Passage) -> None:
        self.blocks.append(Picture(name, alt, tag_of(p), p["rtl"]))
