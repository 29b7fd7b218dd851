"""Whether the count of a file agrees with the official result that stands in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from codesign.counting.files.domain import Projects, Slips, VotesFile
from codesign.counting.files.tallying import Tally

# Under which name the count of a closed ballot keeps each of two readings.
_TOLD_AS = {"ranked": "schulze", "instant_runoff": "runoff", "equal_shares": "equal_shares", "greedy": "greedy"}


@dataclass(frozen=True)
class Official:
    """How the count stands to the result in the file.

    only_official, only_counted: options that just one of the two chooses. otherwise: options that were funded in
    another way than by the rule, and are left out of the comparison. differs: the other parts that are not the same.
    """

    agrees: bool
    only_official: tuple[str, ...] = ()
    only_counted: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The comparison as it stands in a file."""
        return {
            "agrees": self.agrees, "only_official": list(self.only_official),
            "only_counted": list(self.only_counted), "otherwise": list(self.otherwise), "differs": list(self.differs),
        }  # fmt: skip


def compare(file: VotesFile, counted: Tally) -> Official | None:
    """The count beside the official result; None where the file has none, or none of the same kind."""
    if isinstance(file, Slips):
        return _compare_told(file, counted)
    if not isinstance(file, Projects) or file.selected is None or counted.method not in ("greedy", "equal_shares"):
        return None
    official = {key for key, value in file.selected.items() if value == 1}
    ours = set(counted.result.winners)
    otherwise = tuple(key for key, value in file.selected.items() if value > 1 and key not in ours)
    return Official(
        official == ours,
        tuple(key for key in file.options if key in official - ours),
        tuple(key for key in file.options if key in ours - official),
        otherwise,
    )


def _compare_told(file: Slips, counted: Tally) -> Official | None:
    """The count that stands in a closed ballot: part by part, for the method and for its second reading."""
    details = file.told.get("details")
    if not isinstance(details, dict):
        return None
    differs: list[str] = []
    found = False
    for one in (counted, counted.beside):
        told = details.get(_TOLD_AS.get(one.method, ""), details) if one else {}
        ours = json.loads(json.dumps(one.result.plain())) if one else {}
        if not isinstance(told, dict) or not told or told.get("method") != ours.get("method"):
            continue
        found = True
        differs += [name for name in told if name != "steps" and told[name] != ours.get(name)]
    return Official(not differs, differs=tuple(differs)) if found else None
