"""What a moderator can look at: a name for each kind of words."""

from __future__ import annotations

from enum import StrEnum


class What(StrEnum):
    """The kinds of words."""

    IDEA = "idea"
    REPLY = "reply"
    STORY = "story"
