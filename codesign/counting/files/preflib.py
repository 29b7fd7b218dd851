"""Reading PrefLib files of today's format: orders (.soc .soi .toc .toi) and categories (.cat).

Source: PrefLib, Format Specification, preflib.org (Mattei and Walsh, PrefLib: A Library for Preferences, 2013).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codesign.counting.files.domain import BrokenFile, Categories, Orders, Ranking
from codesign.counting.files.text import MOST_OPTIONS, MOST_VOTERS, shown, whole

ORDERS = ("soc", "soi", "toc", "toi")
_NAME = re.compile(r"(ALTERNATIVE|CATEGORY) NAME (\S+)")
# One place in an order: a number alone, or numbers in braces.
_GROUP = re.compile(r"\s*(?:\{([^{}]*)\}|([^{},]+))\s*(,|$)")


@dataclass
class _Header:
    kind: str = ""
    title: str = ""
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    end: int = 0

    def announced(self, name: str) -> tuple[int, int]:
        """The number under a name and the line it stands on."""
        if name not in self.numbers:
            raise BrokenFile(max(self.end, 1), f"The header has no line “# {name}: …”.")
        return self.numbers[name]


def read_orders(lines: Sequence[str], kind: str) -> Orders:
    """Orders of one of the four kinds; raises BrokenFile when a ballot is not of that kind."""
    header = _header(lines, kind)
    ballots: list[Ranking] = []
    weights: list[int] = []
    voters = _Voters(header)
    for number, line in _body(lines, header):
        count, rest = _counted(line, number)
        voters.add(count, number)
        ballot = _groups(rest, number, header.options)
        if not all(ballot):
            raise BrokenFile(number, "Braces are empty; an order leaves out what nobody put there.")
        if kind.startswith("s") and len(ballot) < sum(map(len, ballot)):
            raise BrokenFile(number, f"Options stand equal; a .{kind} file has none that do.")
        if kind.endswith("c") and sum(map(len, ballot)) < len(header.options):
            missing = next(o for o in header.options if all(o not in group for group in ballot))
            raise BrokenFile(number, f"Alternative {missing} is missing; a .{kind} file puts all in order.")
        ballots.append(ballot)
        weights.append(count)
    voters.check_end()
    return Orders(kind, header.title, header.options, tuple(ballots), tuple(weights))


def read_categories(lines: Sequence[str]) -> Categories:
    """Categories; each ballot names all of them, an empty one as {}."""
    header = _header(lines, "cat")
    wanted, line = header.announced("NUMBER CATEGORIES")
    # Some files of PrefLib's own number categories from 0.
    _check_names(header.categories, wanted, line, "categor", "ies", first=0 if "0" in header.categories else 1)
    ballots: list[Ranking] = []
    weights: list[int] = []
    voters = _Voters(header)
    for number, line_text in _body(lines, header):
        count, rest = _counted(line_text, number)
        voters.add(count, number)
        ballot = _groups(rest, number, header.options)
        if len(ballot) != wanted:
            raise BrokenFile(number, f"{wanted} categories are announced, and here are {len(ballot)}.")
        ballots.append(ballot)
        weights.append(count)
    voters.check_end()
    names = tuple(header.categories[key] for key in sorted(header.categories, key=int))
    return Categories(header.title, header.options, names, tuple(ballots), tuple(weights))


class _Voters:
    """Adds up the voters and compares them with the number in the header."""

    def __init__(self, header: _Header) -> None:
        self.wanted, self.line = header.announced("NUMBER VOTERS")
        self.found = 0

    def add(self, count: int, line: int) -> None:
        self.found += count
        if self.found > self.wanted:
            raise BrokenFile(line, f"More voters than announced: {self.found}, and the header says {self.wanted}.")

    def check_end(self) -> None:
        if self.found < self.wanted:
            raise BrokenFile(self.line, f"{self.wanted} voters are announced, and {self.found} are in the file.")


def _header(lines: Sequence[str], kind: str) -> _Header:
    header = _Header()
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text.startswith("#"):
            break
        header.end = number
        name, colon, value = text[1:].partition(":")
        if not colon:
            raise BrokenFile(number, f"A header line has the form “# NAME: value”, not {shown(text)}.")
        _header_line(header, name.strip(), value.strip(), number)
    if not header.end:
        first = next((i for i, line in enumerate(lines, 1) if line.strip()), 1)
        old = lines[first - 1].strip().isdigit()
        raise BrokenFile(
            first,
            "This is PrefLib's old format; the new one starts with “# FILE NAME: …”."
            if old
            else "The header is missing; it starts with “# FILE NAME: …”.",
        )
    if header.kind and header.kind != kind:
        raise BrokenFile(header.end, f"The header says that this is a .{header.kind} file, the name says .{kind}.")
    wanted, line_of_wanted = header.announced("NUMBER ALTERNATIVES")
    if wanted > MOST_OPTIONS:
        raise BrokenFile(line_of_wanted, f"More than {MOST_OPTIONS} alternatives cannot be counted here: {wanted}.")
    _check_names(header.options, wanted, line_of_wanted, "alternative", "s")
    return header


def _header_line(header: _Header, name: str, value: str, number: int) -> None:
    match = _NAME.fullmatch(name)
    if match:
        names = header.options if match[1] == "ALTERNATIVE" else header.categories
        key = str(whole(match[2], number, f"The number of the {match[1].lower()}"))
        if key in names:
            raise BrokenFile(number, f"{match[1].capitalize()} {key} has a name already.")
        names[key] = value
    elif name.startswith("NUMBER "):
        if name in header.numbers:
            raise BrokenFile(number, f"“# {name}” stands twice.")
        most = MOST_VOTERS if name == "NUMBER VOTERS" else 10**9
        header.numbers[name] = (whole(value, number, name.capitalize(), most), number)
    elif name == "TITLE":
        header.title = value
    elif name == "DATA TYPE":
        header.kind = value.lower()


def _check_names(names: Mapping[str, str], wanted: int, line: int, word: str, plural: str, first: int = 1) -> None:
    if not names:
        raise BrokenFile(line, f"The header names no {word}{plural}.")
    last = first + len(names) - 1
    if set(names) != {str(i) for i in range(first, last + 1)}:
        raise BrokenFile(line, f"The {word}{plural} are not numbered from {first} to {last}.")
    if len(names) != wanted:
        raise BrokenFile(line, f"{wanted} {word}{plural} are announced, and {len(names)} have a name.")


def _body(lines: Sequence[str], header: _Header) -> list[tuple[int, str]]:
    body = []
    for number, line in enumerate(lines[header.end :], header.end + 1):
        text = line.strip()
        if text.startswith("#"):
            raise BrokenFile(number, "A line of the header stands among the votes.")
        if text:
            body.append((number, text))
    if not body:
        raise BrokenFile(header.end, "There are no votes after the header.")
    return body


def _counted(text: str, number: int) -> tuple[int, str]:
    count, colon, rest = text.partition(":")
    if not colon:
        raise BrokenFile(number, f"A vote has the form “12: 1,2,3”, not {shown(text)}.")
    found = whole(count, number, "The number of voters before the colon", MOST_VOTERS)
    if not found:
        raise BrokenFile(number, "The number of voters before the colon is 0.")
    return found, rest


def _groups(text: str, number: int, options: Mapping[str, str]) -> Ranking:
    """The groups of one line; the quick way where no braces are, which is nearly all of a large file."""
    groups: list[tuple[str, ...]]
    if "{" in text or "}" in text:
        groups = _braced(text, number)
    else:
        groups = [(key.strip(),) for key in text.split(",")] if text.strip() else []
    keys = [key for group in groups for key in group]
    if len(set(keys)) == len(keys) and all(key in options for key in keys):
        return tuple(groups)
    return _plain_numbers(groups, number, options)


def _plain_numbers(groups: Sequence[tuple[str, ...]], number: int, options: Mapping[str, str]) -> Ranking:
    """The same with numbers such as 01 made plain; raises with what is wrong."""
    found = tuple(tuple(str(whole(key, number, "An alternative")) for key in group) for group in groups)
    seen: set[str] = set()
    for key in (key for group in found for key in group):
        if key not in options:
            raise BrokenFile(number, f"There is no alternative {key}.")
        if key in seen:
            raise BrokenFile(number, f"Alternative {key} stands twice.")
        seen.add(key)
    return found


def _braced(text: str, number: int) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    place, comma = 0, ","
    while comma:
        match = _GROUP.match(text, place)
        if not match:
            raise BrokenFile(number, f"Braces or commas do not fit here: {shown(text[place:].strip())}.")
        inside, alone, comma = match.groups()
        keys = [alone] if inside is None else inside.split(",") if inside.strip() else []
        groups.append(tuple(key.strip() for key in keys))
        place = match.end()
    return groups
