"""The check: what in a text may be hard to read at level B1. It offers; it never refuses anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codesign.plain.lists import BE, HOUSE, IRREGULAR, LANGUAGES, NO_PARTICIPLE, OFFICE, WORDEN, ZIJN, frequent
from codesign.plain.values import Finding, Kind

# A usual bound for texts at level B1; a hint, no rule.
LONGEST_SENTENCE = 15
# Shorter words are seldom what makes a text hard, and often abbreviations.
SHORTEST_RARE = 5
# The Ethiopic marks end a sentence also where no space follows.
_END = re.compile(r"(?:[.!?…؟۔]+[\"”’')\]»]*(?=\s|$))|[።፧፨]+[\"”’')\]»]*|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COUNTED = re.compile(r"\w+(?:[-'’.,]\w+)*")
_SHORT = re.compile(
    r"(?:\b(?:bijv|bv|enz|evt|nl|incl|excl|ca|nr|art|dhr|mevr|mw|dr|mr|mrs|ms|etc|vs|st|no)|\b\w(?:\.\w)*)\.$", re.I
)
_GE = re.compile(r"(?:[a-z]{2,6})?ge[a-zë]{2,}(?:d|t|en)$")
_OTHER = re.compile(r"(?:be|ver|ont|her|er)[a-z]{3,}(?:d|t|en)$")
_CLAUSE = re.compile(r"[,;:()]")


def check(text: str, language: str) -> tuple[Finding, ...]:
    """Everything found in a text, in reading order; nothing for languages without a list (`lists.LANGUAGES`)."""
    code = language.split("-")[0]
    if code not in LANGUAGES:
        return ()
    office = list(_office(text, code))
    found = [*office, *(f for f in _rare(text, code) if not any(o.start <= f.start < o.end for o in office))]
    for start, end in sentences(text):
        sentence = text[start:end]
        if (words := len(_COUNTED.findall(sentence))) > LONGEST_SENTENCE:
            found.append(Finding(Kind.LONG, start, end, sentence, words=words))
        found += [Finding(Kind.PASSIVE, start + a, start + b, sentence[a:b]) for a, b in _passive(sentence, code)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; a line ends one too, and the point of an abbreviation does not."""
    start = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        if text[start:end].rstrip().endswith(".") and _SHORT.search(text[start:end].rstrip()) and end < len(text):
            continue
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _office(text: str, language: str) -> Iterator[Finding]:
    for words, instead in OFFICE[language].items():
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
            yield Finding(Kind.OFFICE, match.start(), match.end(), text[match.start() : match.end()], instead)


def _rare(text: str, language: str) -> Iterator[Finding]:
    """Each rare word once; names (a capital inside a sentence) are left out."""
    begins = {start for start, _end in sentences(text)}
    seen: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        small = word.lower().replace("’", "'")
        name = word[0].isupper() and match.start() not in begins
        if len(word) < SHORTEST_RARE or name or small in seen or small in HOUSE[language]:
            continue
        seen.add(small)
        if not known(small, language):
            yield Finding(Kind.RARE, match.start(), match.end(), word)


def known(word: str, language: str) -> bool:
    """Whether a word, its stem, or each part of a compound is a frequent one."""
    words = frequent(language)
    if word in words or any(stem in words for stem in _stems(word, language)):
        return True
    if "-" in word or "'" in word:
        return all(len(part) < SHORTEST_RARE or known(part, language) for part in re.split(r"[-']", word))
    return language == "nl" and _compound(word, words)


def _stems(word: str, language: str) -> Iterator[str]:
    """The word without an ending of its language: plurals, degrees and forms of verbs."""
    if language == "en":
        for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
                                ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("ness", "")):  # fmt: skip
            if word.endswith(ending):
                yield word.removesuffix(ending) + instead
        return
    for ending in ("s", "e", "en", "t", "er", "ers", "je", "jes", "de", "te", "den", "ten", "heid", "ing", "ingen"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem
            yield stem + "en"
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if len(stem) > 2:
                # An open syllable doubles its vowel when it is closed: namen, naam.
                yield re.sub(r"([aeou])([^aeiou])$", r"\1\1\2", stem)


def _compound(word: str, words: frozenset[str]) -> bool:
    for cut in range(4, len(word) - 3):
        first, rest = word[:cut], word[cut:]
        whole = first in words or (first[-1] == "s" and first[:-1] in words)
        if whole and (rest in words or any(stem in words for stem in _stems(rest, "nl"))):
            return True
    return False


def _passive(sentence: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a passive stands: from the auxiliary to the participle, within one clause."""
    start = 0
    for end in [*(m.start() for m in _CLAUSE.finditer(sentence)), len(sentence)]:
        words = [(m.group().lower(), start + m.start(), start + m.end()) for m in _WORD.finditer(sentence[start:end])]
        pair = _dutch(words) if language == "nl" else _english(words)
        if pair:
            yield min(a for a, _b in pair), max(b for _a, b in pair)
        start = end


def _dutch(words: list[tuple[str, int, int]]) -> list[tuple[int, int]] | None:
    """`worden` with a participle; `zijn` only where "door" says by whom, for it also makes the active perfect."""
    by = any(word == "door" for word, _a, _b in words)
    helpers = [(a, b) for word, a, b in words if word in WORDEN or (by and word in ZIJN)]
    done = [(a, b) for word, a, b in words if _participle(word)]
    return [helpers[0], done[-1]] if helpers and done else None


def _participle(word: str) -> bool:
    return word not in NO_PARTICIPLE["nl"] and bool(_GE.match(word) or _OTHER.match(word))


def _english(words: list[tuple[str, int, int]]) -> list[tuple[int, int]] | None:
    """A form of `be`, at most two words such as "not" or "often", and a participle."""
    for n, (word, a, b) in enumerate(words):
        if word not in BE:
            continue
        for step, (later, c, d) in enumerate(words[n + 1 : n + 4]):
            regular = later.endswith("ed") and len(later) > 4 and later not in NO_PARTICIPLE["en"]
            if regular or later in IRREGULAR:
                return [(a, b), (c, d)]
            if step == 2 or not (later.endswith("ly") or later in {"not", "often", "also", "never", "being", "been"}):
                break
    return None
