"""Checks of people's text: details that could identify somebody, hidden characters, and folding for comparing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from codesign.rules.folding import digits, fold_for_search, fold_name

__all__ = ["Detail", "Found", "digits", "fold_for_search", "fold_name", "forbidden", "identifying"]


class Detail(StrEnum):
    """What kind of detail a text holds that could say who somebody is."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NUMBER = "number"
    NAME = "name"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Found:
    """One such detail: its kind, and where it stands in the text (characters, end exclusive)."""

    kind: Detail
    start: int
    end: int


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯІЇЄҐ"
_WORD = rf"[{_UPPER}][\w'’-]*"
# Particles of Dutch, Arabic and other family names: "mevrouw van den Berg", "Mr al-Hassan".
_PARTICLES = r"(?:(?:van|von|de|den|der|het|ter|ten|te|el|al|bin|ibn|abu|d')[\s-]+|(?:al|el)-){0,3}"
_TITLES = (
    r"mr|mrs|ms|miss|mister|missus|madam|sir|dr|doctor|prof|professor|dhr|mw|mevr|mevrouw|meneer|mijnheer|juf|meester|"
    r"de heer|dokter|herr|frau|monsieur|madame|mme|mlle|sayın|bayan|пан|пані|господин|госпожа"
)
_NAMED_LATIN = re.compile(rf"\b(?i:{_TITLES})\b\.?\s+{_PARTICLES}{_WORD}(?:[ \t]+{_PARTICLES}{_WORD})*")
_MY_NAME = re.compile(
    rf"\b(?i:my name is|her name is|his name is|i am called|ik heet|mijn naam is|zij heet|hij heet|haar naam is|"
    rf"zijn naam is|benim adım|adım|mein name ist|ich heiße|je m'appelle|mon nom est|мене звати|меня зовут|"
    rf"magacaygu waa)\s+{_PARTICLES}{_WORD}(?:[ \t]+{_PARTICLES}{_WORD})*"
)
# Scripts without capitals: a title or "my name is", and the word after it.
_NAMED_OTHER = re.compile(
    r"(?<!\w)(?:السيدة|السيد|الأستاذة|الأستاذ|الدكتورة|الدكتور|الآنسة|اسمي|إسمي|آقای|خانم|دکتر|نام من|اسم من|اسمم|"
    r"ኣይተ|አቶ|ኣቶ|ወይዘሮ|ወይዘሪት|ወ/ሮ|ሽመይ|ስመይ|ስሜ)\s+\w{2,}"
)
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\]|＠)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|\(punt\))\s?[\w-]{2,63}){1,5}",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<![\w@.])@\w[\w.]{2,}|\b(?:wa\.me|t\.me|instagram\.com|facebook\.com|fb\.com|tiktok\.com|linkedin\.com)/\S+",
    re.IGNORECASE,
)
# Over the text with its digits folded to 0-9.
_RUN = re.compile(r"(?<![\w])(\+|00)?\(?\d(?:[\s().\-/\u00a0\u2011]{0,3}\d){6,16}(?![\d])")
_DATE = re.compile(r"^(?:\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d|(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2})(?!\d)")
_MONEY_BEFORE = re.compile(r"(?:€|eur|euro|\$|£)\s*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"^[,.\-\d]*\s*(?:€|eur|euro|\$|£|million|miljoen)", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
# With a space only in capitals, else "in 2026 en 2027" would be one.
_POSTCODE = r"[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b"
_HOUSE = r"\d{1,4}(?:\s?-?\s?[a-zA-Z])?\b"
_STREET = (
    r"(?!(?i:onderweg|halverweg)\b)\w{2,}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|steeg|dreef|plantsoen|boulevard|strasse|straße)|"
    rf"{_WORD}\s(?:street|road|avenue|lane|square|sokak|caddesi)|(?:rue|avenue|شارع|улица|вулиця)\s\w+"
)
_ADDRESSES = (
    re.compile(rf"\b{_POSTCODE}[\s,]{{1,3}}(?:(?i:nr|no|nummer|huisnummer)\.?\s?)?{_HOUSE}"),
    re.compile(rf"(?<![\d-]){_HOUSE}[\s,]{{1,4}}{_POSTCODE}"),
    re.compile(rf"\b(?:{_STREET})\s+(?:(?i:nr|no|nummer)\.?\s?)?{_HOUSE}"),
)


def identifying(text: str) -> list[Found]:
    """Details that could identify somebody (R15), in order, without overlap; an empty list when there are none.

    It errs on the side of holding a text: a moderator then looks, and the author is told what was found. It cannot
    find everything, and the pages say so.
    """
    plain = digits(text)
    found: list[Found] = []

    def add(kind: Detail, start: int, end: int) -> None:
        if not any(start < f.end and f.start < end for f in found):
            found.append(Found(kind, start, end))

    for match in _EMAIL.finditer(text):
        add(Detail.EMAIL, *match.span())
    for match in _ACCOUNT.finditer(text):
        add(Detail.ACCOUNT, *match.span())
    for match in _IBAN.finditer(plain):
        add(Detail.NUMBER, *match.span())
    for pattern in _ADDRESSES:
        for match in pattern.finditer(plain):
            add(Detail.ADDRESS, *match.span())
    for match in _RUN.finditer(plain):
        kind = _number_kind(match.group(), plain[: match.start()], plain[match.end() :])
        if kind is not None:
            add(kind, *match.span())
    for pattern in (_NAMED_LATIN, _MY_NAME, _NAMED_OTHER):
        for match in pattern.finditer(text):
            add(Detail.NAME, *match.span())
    return sorted(found, key=lambda f: f.start)


def _number_kind(run: str, before: str, after: str) -> Detail | None:
    """Phone, citizen or case number, or nothing: dates, years and sums of money are left alone."""
    bare = "".join(c for c in run if c.isdigit())
    if run.startswith("+") or run.startswith("00"):
        return Detail.PHONE if len(bare) >= 8 else None
    if _DATE.match(run) or _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after):
        return None
    if bare.startswith("0") and len(bare) in {9, 10, 11}:
        # Nine digits with a leading nought can be either; both are held.
        return Detail.NUMBER if len(bare) == 9 and _eleven_test(bare) else Detail.PHONE
    if len(bare) == 9 or (len(bare) >= 8 and run == bare):
        return Detail.NUMBER
    return None


def _eleven_test(nine: str) -> bool:
    """The check of the Dutch citizen number: weights 9 to 2 and -1 (Logisch Ontwerp GBA, burgerservicenummer)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 == 0


_ALLOWED_CONTROLS = "\n\r\t"
_JOINERS = "\u200c\u200d"


def forbidden(text: str) -> list[str]:
    """The characters that may hide what a text says: controls (NUL too), bidi controls, zero-width, fake blanks.

    Line breaks and tabs are fine. A (zero-width) joiner is fine after a letter of Arabic script: Persian and Arabic
    spelling need it.
    """
    bad = []
    for i, c in enumerate(text):
        if c in _ALLOWED_CONTROLS:
            continue
        if c in _JOINERS:
            if i and "ARABIC LETTER" in unicodedata.name(text[i - 1], ""):
                continue
            bad.append(c)
        elif unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} or c in "\u115f\u1160\u3164\uffa0\u2800\u034f":
            bad.append(c)
    return bad
