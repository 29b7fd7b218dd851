"""What can be chosen for a sentence or a recommendation, finding in it, and names of things in forms and addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from codesign.advice.values import Recommendation, Sentence
from codesign.evidence.sentences import sign
from codesign.evidence.values import Kind, Thing
from codesign.rules.folding import fold_for_search

# More of one kind than this is found by searching.
MOST_SHOWN = 25


@dataclass(frozen=True)
class Offer:
    """One thing to choose: its words, and a line about where it comes from."""

    kind: Kind
    id: int
    words: str
    language: str
    about: str = ""

    @property
    def thing(self) -> Thing:
        """What it is."""
        return self.kind, self.id

    @property
    def key(self) -> str:
        """Its name in a form."""
        return key_of(self.thing)


@dataclass(frozen=True)
class Target:
    """What evidence is chosen for: a sentence of "what we heard", or a recommendation."""

    name: str
    place: str
    words: str
    recommendation: Recommendation | None = None
    sentence: Sentence | None = None


def key_of(thing: Thing) -> str:
    """`result-12`."""
    return f"{thing[0].value}-{thing[1]}"


def things_of(keys: Iterable[str]) -> set[Thing]:
    """The things of such names; what is no name is left out."""
    found = set()
    for key in keys:
        kind, _dash, number = key.partition("-")
        if kind in set(Kind) and number.isascii() and number.isdigit() and len(number) < 10:
            found.add((Kind(kind), int(number)))
    return found


def sentence_name(text: str) -> str:
    """The name of a sentence in addresses."""
    return f"sentence-{sign(text)}"


def found(offers: Sequence[Offer], ticked: Collection[Thing], words: str) -> list[tuple[Kind, list[Offer], int]]:
    """What a page shows of each kind: what is ticked first, then what has all the words; and how many more."""
    wanted = fold_for_search(words).split()
    shown = []
    for kind, group in groupby(sorted(offers, key=lambda o: list(Kind).index(o.kind)), key=lambda o: o.kind):
        every = list(group)
        mine = [o for o in every if o.thing in ticked]
        rest = [o for o in every if o.thing not in ticked and _has(o, wanted)]
        shown.append((kind, [*mine, *rest[:MOST_SHOWN]], max(0, len(rest) - MOST_SHOWN)))
    return shown


def _has(offer: Offer, wanted: Collection[str]) -> bool:
    text = fold_for_search(f"{offer.words} {offer.about}")
    return all(word in text for word in wanted)
