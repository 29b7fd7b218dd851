"""Reading a closed ballot of this platform: the JSON file that a member downloads to recount."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from codesign.counting.files.domain import BrokenFile, Slips
from codesign.counting.files.text import MOST_DIGITS, MOST_OPTIONS, shown

NONE = "none"
# Methods whose slips mark options with 1.
APPROVALS = ("approval", "budget", "shortlist")
# Methods with fixed answers instead of options.
ANSWERS = {"yes_no": ("yes", "no", "abstain"), "consent": ("agree", "stand_aside", "object")}
METHODS = (*APPROVALS, *ANSWERS, "score", "ranked", "dots")
_MOST = 10**MOST_DIGITS


class _Places:
    """Finds the line on which something stands, for the reasons; 1 where it does not stand by itself."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def of(self, *words: str) -> int:
        """The line of the last of these words, in quotation marks, each looked for from the one before it on; a word
        that is named twice in a row is looked for twice."""
        found, before = 0, ""
        for word in words:
            quoted, start = json.dumps(word, ensure_ascii=False), found + (word == before)
            found, before = next((i for i in range(start, len(self.lines)) if quoted in self.lines[i]), found), word
        return found + 1

    def broken(self, reason: str, *words: str) -> BrokenFile:
        return BrokenFile(self.of(*words), reason)


def read_slips(lines: Sequence[str]) -> Slips:
    """One closed ballot with all its slips; raises BrokenFile with line and reason."""
    places = _Places(lines)
    found = _document(lines, places)
    opening, closed = _part(found, "opening", dict, places), _part(found, "closed", dict, places)
    method = _part(opening, "method", str, places)
    if method not in METHODS:
        raise places.broken(f"The method {shown(method)} is none of {', '.join(METHODS)}.", "method")
    options, costs = _options(_part(opening, "options", list, places), method, places)
    terms = opening.get("terms") or {}
    if not isinstance(terms, dict):
        raise places.broken("“terms” must be names with values.", "terms")
    if method in ("score", "dots"):
        _number(terms.get("points"), "points", places, "terms")
    if method == "budget":
        _number(terms.get("total"), "total", places, "terms")
    if method == "shortlist":
        _number(terms.get("seats"), "seats", places, "terms")
    most = opening.get("max_choices")
    check = _rule(method, options, terms, costs, most if isinstance(most, int) and most > 0 else None)
    marks = _marks(closed, check, places)
    told = found.get("tally")
    return Slips(
        title=str(opening.get("question", "")),
        method=method,
        options=options,
        marks=tuple(marks),
        costs=costs,
        terms=terms,
        kind=str(opening.get("kind", "vote")),
        electorate=_number(opening.get("electorate", 0), "electorate", places),
        quorum=_number(opening.get("quorum", 0), "quorum", places),
        majority=_number(opening.get("majority", 50), "majority", places),
        told=told if isinstance(told, dict) else {},
    )


def _document(lines: Sequence[str], places: _Places) -> Mapping[str, Any]:
    try:
        found = json.loads("\n".join(lines))
    except json.JSONDecodeError as error:
        raise BrokenFile(error.lineno, f"This is not JSON: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise BrokenFile(1, "This JSON holds numbers or lists that are too large.") from error
    if isinstance(found, dict) and isinstance(found.get("ballots"), list):
        ballots = found["ballots"]
        if len(ballots) != 1:
            raise places.broken(f"The file holds {len(ballots)} ballots; one file is one ballot.", "ballots")
        found = ballots[0]
    if not isinstance(found, dict) or found.get("document") != "ballot-bundle":
        raise places.broken("This is no closed ballot: “document” is not “ballot-bundle”.", "document")
    if found.get("version") != 1:
        raise places.broken("This closed ballot has another version than 1.", "version")
    return found


def _part(holder: Mapping[str, Any], name: str, kind: type, places: _Places) -> Any:
    if not isinstance(holder.get(name), kind):
        raise places.broken(f"The part “{name}” is missing or has another form.", name)
    return holder[name]


def _number(value: Any, name: str, places: _Places, *under: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise places.broken(
            f"“{name}” must be a whole number from 0, and no longer than {MOST_DIGITS} digits.", *under, name
        )
    return value


def _options(found: Sequence[Any], method: str, places: _Places) -> tuple[dict[str, str], dict[str, int]]:
    options: dict[str, str] = {}
    costs: dict[str, int] = {}
    for option in found:
        if not isinstance(option, dict) or not isinstance(option.get("key"), str) or not option["key"]:
            raise places.broken("An option has no key.", "options")
        key = option["key"]
        if key in options or key == NONE:
            raise places.broken(f"The option {shown(key)} stands twice, or is a word of the form.", "options", key)
        options[key] = str(option.get("title", ""))
        if method == "budget":
            if option.get("cost") is None:
                raise places.broken(f"The option {shown(key)} has no cost.", "options", key)
            costs[key] = _number(option["cost"], "cost", places)
    if not options and method not in ANSWERS:
        raise places.broken("There are no options.", "options")
    if len(options) > MOST_OPTIONS:
        raise places.broken(f"More than {MOST_OPTIONS} options cannot be counted here.", "options")
    return options, costs


Rule = Callable[[Mapping[str, int]], str]


def _rule(
    method: str, options: Mapping[str, str], terms: Mapping[str, Any], costs: Mapping[str, int], most: int | None
) -> Rule:
    """What is wrong with the marks of one slip, in words; nothing wrong is the empty text."""
    known = set(ANSWERS.get(method, options))
    points = int(terms.get("points") or 0)

    def wrong(marks: Mapping[str, int]) -> str:
        if method not in ANSWERS and set(marks) == {NONE}:
            return "" if marks[NONE] == 1 else "“none” is marked with 1"
        unknown = next((key for key in marks if key not in known), None)
        if unknown is not None:
            return f"{shown(unknown)} is no option of this ballot"
        values = list(marks.values())
        if not values:
            return "it chooses nothing"
        if method in ANSWERS:
            return "" if values == [1] else "it must give one answer"
        if method in APPROVALS:
            if set(values) - {1}:
                return "a chosen option is marked with 1"
            if most and len(values) > most:
                return f"it chooses {len(values)} of at most {most}"
            price = sum(costs.get(key, 0) for key in marks) if terms.get("fits") else 0
            return f"it chooses for {price} of {terms['total']}" if price > terms.get("total", 0) else ""
        if method == "score":
            return f"a score lies above {points}" if any(value > points for value in values) else ""
        if method == "dots":
            return f"it gives {sum(values)} of {points} dots" if sum(values) > points else ""
        return "" if sorted(values) == list(range(1, len(values) + 1)) else "the places are not 1, 2, 3 and so on"

    return wrong


def _marks(closed: Mapping[str, Any], wrong: Rule, places: _Places) -> list[Mapping[str, int]]:
    found = []
    codes: set[str] = set()
    announced = _number(closed.get("voters"), "voters", places)
    for number, slip in enumerate(_part(closed, "list", list, places), 1):
        if not isinstance(slip, dict) or not isinstance(slip.get("marks"), dict):
            raise places.broken(f"Slip {number} of the list has no marks.", "list")
        code, marks = str(slip.get("code", "")), slip["marks"]
        if code in codes:
            raise places.broken(f"The code {shown(code)} stands on two slips.", "list", code, code)
        codes.add(code)
        if not all(type(value) is int and 0 <= value <= _MOST for value in marks.values()):
            raise places.broken(f"A mark of the slip {shown(code)} is not a whole number from 0.", "list", code)
        reason = wrong(marks)
        if reason:
            raise places.broken(f"The slip {shown(code)} does not fit the ballot: {reason}.", "list", code)
        if number > announced:
            raise places.broken(f"More slips than voters: {announced} people voted.", "list", code)
        found.append(marks)
    if len(found) < announced:
        raise places.broken(f"{announced} people voted, and {len(found)} slips are in the list.", "voters")
    return found
