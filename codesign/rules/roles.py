"""The eight roles people have in the house, and the letter each has in the drawings of the rules."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is, in one panel or behind one door."""

    NEWCOMER = "newcomer"
    RESIDENT = "resident"
    PROFESSIONAL = "professional"
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    ORGANISATION = "organisation"
    OFFICIAL = "official"
    HOST = "host"


LETTERS: dict[str, Role] = {
    "N": Role.NEWCOMER,
    "R": Role.RESIDENT,
    "P": Role.PROFESSIONAL,
    "M": Role.MODERATOR,
    "T": Role.TRANSLATOR,
    "G": Role.ORGANISATION,
    "O": Role.OFFICIAL,
    "H": Role.HOST,
}

MEMBERS = frozenset({Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL})


def roles(letters: str) -> frozenset[Role]:
    """The roles that a drawing writes as letters: `roles("NR")`; an unknown letter raises KeyError."""
    return frozenset(LETTERS[letter] for letter in letters)
