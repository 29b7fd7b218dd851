"""Where words of a member stand (a story, an idea, a reply), and who may read them there."""

from __future__ import annotations

from enum import StrEnum

from codesign.rules.text import identifying


class WordState(StrEnum):
    """What happened to somebody's words."""

    DRAFT = "draft"
    HELD = "held"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    TAKEN_BACK = "taken_back"
    MERGED = "merged"
    ERASED = "erased"


# Everybody in the panel reads these.
SHOWN = (WordState.PUBLISHED, WordState.MERGED)
# Words that wait for their author or for a moderator; others do not know that they exist.
UNSEEN = (WordState.DRAFT, WordState.HELD)


def may_read(state: WordState, *, own: bool, moderator: bool) -> bool:
    """Whether words in this state are shown: drafts to their author alone, held and hidden ones also to moderators."""
    if state is WordState.ERASED:
        return False
    if state in SHOWN or own:
        return True
    return moderator and state in (WordState.HELD, WordState.HIDDEN)


def may_know(state: WordState, *, own: bool, moderator: bool) -> bool:
    """Whether somebody may know that the words exist: what was once published stays known, without its words."""
    if own and state is not WordState.ERASED:
        return True
    if state is WordState.HELD:
        return moderator
    return state is not WordState.DRAFT


def kinds_found(text: str) -> list[str]:
    """The kinds of identifying detail in a text, each once, in order (R15); empty when it can be published."""
    return list(dict.fromkeys(found.kind.value for found in identifying(text)))


def state_for(found: list[str]) -> WordState:
    """Where new words go: held for a moderator when something was found, else to everybody."""
    return WordState.HELD if found else WordState.PUBLISHED
