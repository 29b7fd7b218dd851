"""Kinds of reply, and how replies are put under one another: pure values."""

from __future__ import annotations

from enum import StrEnum

BODY_LONGEST = 1500


class Kind(StrEnum):
    """What a reply is."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"
    EXPERIENCE = "experience"


class Order(StrEnum):
    """How replies are ordered."""

    NEW = "new"
    SUPPORT = "support"
