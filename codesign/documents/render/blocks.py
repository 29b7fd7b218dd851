"""The parts of a document for a word processor: plain values, each text with its language and direction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codesign.documents.domain import Json


@dataclass(frozen=True)
class Run:
    """Some words of one language; `tag` is BCP 47. `to`: name of what they lead to; `raised`: small, above the line."""

    text: str
    tag: str
    rtl: bool
    strong: bool = False
    to: str = ""
    raised: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the title, once) to 4; `name` is where a link in the contents leads.

    `new_page`: it begins a page.
    """

    level: int
    runs: Runs
    name: str
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph; `look` is "text", "quote" (words of a member), "small" or "lead"; `name` is where links lead.

    `keep`: it stays on a page with what follows. `rtl`: the direction it reads in; None: that of most of its words.
    """

    runs: Runs
    look: str = "text"
    name: str = ""
    keep: bool = False
    rtl: bool | None = None


@dataclass(frozen=True)
class Items:
    """A list; each item reads in the direction of its first words, the label."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Table:
    """A table with one row of heads."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing by its name among the pictures of the document, and the same in words.

    `width`, in millimetres, where it is not as large as it was drawn.
    """

    name: str
    alt: str
    tag: str
    rtl: bool
    width: float | None = None


@dataclass(frozen=True)
class Contents:
    """The table of contents: heading and entries of levels 2 and 3."""

    title: Runs
    entries: tuple[Heading, ...]


Block = Heading | Text | Items | Table | Picture | Contents


@dataclass(frozen=True)
class Paper:
    """A whole document for a word processor.

    `foot` stands on each page before the page number, whose word is `page`. `pictures`: what each drawing shows,
    by name. `accent`: the colour of the house style, as #rrggbb, where there is one.
    """

    title: str
    author: str
    tag: str
    rtl: bool
    day: date
    number: str
    subject: str
    keywords: tuple[str, ...]
    foot: Run
    page: Run
    blocks: tuple[Block, ...]
    pictures: Json
    accent: str | None = None


def said(runs: Runs) -> str:
    """The words of runs together, for a title or an entry of the contents."""
    return "".join(run.text for run in runs)


def rtl_of(runs: Runs) -> bool:
    """Whether a paragraph of these runs reads from right to left: as most of its words do."""
    right = sum(len(run.text) for run in runs if run.rtl)
    return right > sum(len(run.text) for run in runs) / 2
