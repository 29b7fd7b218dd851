"""The roles people have in a panel, at the record door, and in the house."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a panel."""

    NEWCOMER = "newcomer"
    RESIDENT = "resident"
    PROFESSIONAL = "professional"
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    ORGANISATION = "organisation"
    OFFICIAL = "official"
    HOST = "host"


MEMBERS = frozenset({Role.NEWCOMER, Role.RESIDENT, Role.PROFESSIONAL})
