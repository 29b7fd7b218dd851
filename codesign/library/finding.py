"""How the library is asked: what stands in the address, and the links to more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import flask
from werkzeug.datastructures import MultiDict

from codesign.library.domain import Stand
from codesign.library.models import ActorKind
from codesign.library.queries import Wanted
from codesign.web.paging import Page, page_number

MOST_WORDS = 200
COSTS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Asked:
    """What somebody asked of the library; whatever cannot be read asks for nothing."""

    wanted: Wanted

    @classmethod
    def read(cls, args: MultiDict[str, str], themes: Collection[str], indicators: Collection[str]) -> Asked:
        """From the address; only codes we know are taken over."""
        indicator = args.get("indicator", "")
        return cls(
            Wanted(
                words=args.get("q", "").strip()[:MOST_WORDS],
                themes=tuple(t for t in themes if t in args.getlist("theme")),
                indicator=indicator if indicator in indicators else "",
                costs=tuple(c for c in COSTS if str(c) in args.getlist("cost")),
                actors=tuple(a for a in ActorKind if a.value in args.getlist("who")),
                stands=tuple(s for s in Stand if s.value in args.getlist("state")),
                card="card" in args,
                page=page_number(args.get("page")),
            )
        )

    def fields(self, *without: str) -> list[tuple[str, str]]:
        """The same as pairs of name and value, for hidden fields and links."""
        w = self.wanted
        pairs = [("q", w.words), ("indicator", w.indicator), ("card", "1" if w.card else "")]
        pairs += [("theme", code) for code in w.themes] + [("cost", str(c)) for c in w.costs]
        pairs += [("who", a.value) for a in w.actors] + [("state", s.value) for s in w.stands]
        return [(name, value) for name, value in pairs if value and name not in without]

    @property
    def asks(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.fields())

    def links(self, page: Page[Any]) -> dict[str, str | None]:
        """Where the pages before and after are."""

        def to(number: int | None) -> str | None:
            asked = urlencode([*self.fields(), ("page", str(number))])
            return f"{flask.url_for('library.library')}?{asked}" if number else None

        return {"before": to(page.before), "after": to(page.after)}
