"""Ideas as pure values: their content, likeness between ideas, and what changed between two versions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

TITLE_LONGEST = 120
BODY_LONGEST = 3000
THEMES_MOST = 3
INDICATORS_MOST = 6
PICTURE_MOST = 2

# Pictograms an author may choose for the picture of an idea: names of the look's own files, never uploads.
PICTOGRAMS: tuple[str, ...] = (
    "door-open", "hand-waving", "coffee", "cooking-pot", "users-three", "chats-circle", "handshake", "house",
    "bus", "bicycle", "soccer-ball", "music-notes", "plant", "book-open", "chalkboard-teacher", "translate",
    "briefcase", "storefront", "baby", "stethoscope", "scales", "phone", "envelope", "clock", "money", "hammer",
)  # fmt: skip
GROUNDS = ("sun", "arch", "hills")


@dataclass(frozen=True)
class Content:
    """What an author wrote: `themes` are domain codes (one to three, in their order), `picture` names of pictograms."""

    title: str
    body: str
    language: str
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    picture: tuple[str, ...] = ()
    gathering_id: int | None = None

    @property
    def text(self) -> str:
        """Title and words in one, for checks of what stands in them."""
        return f"{self.title}\n{self.body}"


def ground(proposal_id: int) -> str:
    """The ground of an idea's picture, always the same for the same idea."""
    return GROUNDS[proposal_id % len(GROUNDS)]


class Change(StrEnum):
    """What happened to a piece of text between two versions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words and what happened to it."""

    change: Change
    text: str


_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def difference(before: str, after: str) -> list[Piece]:
    """The words of both versions in reading order; joined without the added pieces they give `before`, and so on."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []

    def put(change: Change, words: Sequence[str]) -> None:
        if words:
            pieces.append(Piece(change, "".join(words)))

    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            put(Change.SAME, old[i1:i2])
        else:
            put(Change.REMOVED, old[i1:i2])
            put(Change.ADDED, new[j1:j2])
    return pieces


_GRAM = (3, 4)
# Below this cosine two ideas share no more than words everybody uses; found by hand on the demonstration's ideas.
LIKE = 0.2


def _grams(folded: str) -> Counter[str]:
    padded = f" {folded} "
    return Counter(padded[i : i + n] for n in _GRAM for i in range(len(padded) - n + 1))


def likeness(folded: str, others: Mapping[int, str]) -> dict[int, float]:
    """How like each of `others` is to `folded`, from 0 to 1: cosine of TF-IDF weights of character runs.

    All texts come folded (`rules.text.fold_for_search`). Runs of characters need no word list of any language, and
    still meet where a word has another ending.
    """
    bags = {key: _grams(text) for key, text in others.items()}
    asked = _grams(folded)
    known = Counter(gram for bag in (*bags.values(), asked) for gram in bag)
    total = len(bags) + 1

    def weights(bag: Counter[str]) -> dict[str, float]:
        return {g: (1 + math.log(n)) * math.log(1 + total / known[g]) for g, n in bag.items()}

    def norm(vector: Mapping[str, float]) -> float:
        return math.sqrt(sum(w * w for w in vector.values())) or 1.0

    mine = weights(asked)
    own = norm(mine)
    found = {}
    for key, bag in bags.items():
        vector = weights(bag)
        found[key] = sum(w * vector.get(g, 0.0) for g, w in mine.items()) / (own * norm(vector))
    return found


def most_alike(folded: str, others: Mapping[int, str], limit: int = 3) -> list[int]:
    """Keys of the texts that are clearly like `folded`, the likest first; nothing for fewer than eight characters."""
    if len(folded) < 8:
        return []
    scored = sorted(likeness(folded, others).items(), key=lambda item: (-item[1], item[0]))
    return [key for key, score in scored[:limit] if score >= LIKE]


def pairs_alike(texts: Mapping[int, str], limit: int = 5, floor: float = 0.3) -> list[tuple[int, int]]:
    """Pairs of texts that look alike, the likest first, for the moderator who may join them.

    Runs of characters that more than a fifth of the texts have say nothing and cost most, so they are left out.
    """
    bags = {key: _grams(text) for key, text in texts.items()}
    known = Counter(gram for bag in bags.values() for gram in bag)
    common = max(3, len(bags) // 5)
    places: dict[str, list[tuple[int, float]]] = {}
    for key in sorted(bags):
        vector = {g: (1 + math.log(n)) * math.log(1 + len(bags) / known[g]) for g, n in bags[key].items()}
        size = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        for gram, weight in vector.items():
            if known[gram] <= common:
                places.setdefault(gram, []).append((key, weight / size))
    scores: dict[tuple[int, int], float] = {}
    for found in places.values():
        for at, (key, weight) in enumerate(found):
            for other, its in found[at + 1 :]:
                scores[(key, other)] = scores.get((key, other), 0.0) + weight * its
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [pair for pair, score in ranked[:limit] if score >= floor]


def search_words(folded: str) -> list[str]:
    """The words an idea is found by: each folded word, and Arabic ones also without the article."""
    words = folded.split()
    return [*words, *(bare for word in words if (bare := without_article(word)) != word)]


_ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")


def without_article(word: str) -> str:
    """An Arabic word without "the" before it; any other word as it is."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def asked_words(folded: str) -> list[str]:
    """The words somebody searches for, Arabic ones without the article."""
    return [without_article(word) for word in folded.split()]


def joined(themes: Iterable[str]) -> str:
    """Domain codes as one short column: "WRK,LNG"."""
    return ",".join(dict.fromkeys(themes))
