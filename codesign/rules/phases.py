"""The phases of a round, and which may follow which."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where a round is."""

    DRAFT = "draft"
    LISTENING = "listening"
    PROPOSING = "proposing"
    DISCUSSING = "discussing"
    VOTING = "voting"
    ADVISING = "advising"
    ANSWERING = "answering"
    FOLLOWING = "following"
    CLOSED = "closed"


# Forward by one; back by one while nothing was decided, so that a step taken too soon can be mended in the open.
NEXT: dict[Phase, frozenset[Phase]] = {
    Phase.DRAFT: frozenset({Phase.LISTENING, Phase.PROPOSING}),
    Phase.LISTENING: frozenset({Phase.PROPOSING}),
    Phase.PROPOSING: frozenset({Phase.DISCUSSING, Phase.LISTENING}),
    Phase.DISCUSSING: frozenset({Phase.VOTING, Phase.PROPOSING}),
    Phase.VOTING: frozenset({Phase.ADVISING, Phase.DISCUSSING}),
    Phase.ADVISING: frozenset({Phase.ANSWERING, Phase.VOTING, Phase.CLOSED}),
    Phase.ANSWERING: frozenset({Phase.FOLLOWING}),
    Phase.FOLLOWING: frozenset({Phase.CLOSED}),
    Phase.CLOSED: frozenset(),
}

# The seven steps people see as dots.
DOTS = (
    Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING, Phase.VOTING, Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING,
)  # fmt: skip


def may_follow(phase: Phase, target: Phase) -> bool:
    """Whether a round may go from `phase` to `target` in one step."""
    return target in NEXT[phase]
