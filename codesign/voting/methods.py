"""The methods of counting, each with the same three functions: read a choice, check marks, count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from codesign.voting import approval
from codesign.voting.domain import Marks, Method, Opening, Tally


@dataclass(frozen=True)
class Counting:
    """How one method reads what was chosen (raises NotCast), checks marks, and counts them."""

    marks: Callable[[Opening, Sequence[str]], Marks]
    lawful: Callable[[Opening, Marks], bool]
    tally: Callable[[Opening, Sequence[Marks]], Tally]


METHODS: Mapping[Method, Counting] = {
    Method.APPROVAL: Counting(approval.marks, approval.lawful, approval.tally),
}
