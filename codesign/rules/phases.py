"""The phases of a round: their order, which may follow which, and the seven dots members see."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where a round is. Phases switch rights on and off (see permissions)."""

    DRAFT = "draft"
    LISTENING = "listening"
    PROPOSING = "proposing"
    DISCUSSING = "discussing"
    VOTING = "voting"
    ADVISING = "advising"
    ANSWERING = "answering"
    FOLLOWING = "following"
    CLOSED = "closed"


class Dot(StrEnum):
    """How one of the seven dots is drawn."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


# Which phases may follow which; the first is the usual one. Every round begins with the open question (R05), so
# nothing but listening follows a draft. One step back is possible until something was decided, and once it has begun
# a round may be stopped.
NEXT: dict[Phase, tuple[Phase, ...]] = {
    Phase.DRAFT: (Phase.LISTENING,),
    Phase.LISTENING: (Phase.PROPOSING, Phase.CLOSED),
    Phase.PROPOSING: (Phase.DISCUSSING, Phase.LISTENING, Phase.CLOSED),
    Phase.DISCUSSING: (Phase.VOTING, Phase.PROPOSING, Phase.CLOSED),
    Phase.VOTING: (Phase.ADVISING, Phase.DISCUSSING, Phase.CLOSED),
    Phase.ADVISING: (Phase.ANSWERING, Phase.DISCUSSING, Phase.CLOSED),
    Phase.ANSWERING: (Phase.FOLLOWING, Phase.CLOSED),
    Phase.FOLLOWING: (Phase.CLOSED,),
    Phase.CLOSED: (),
}

# What members see of it: before it opens there is nothing to see, and after it there is no step left.
DOTS: tuple[Phase, ...] = (
    Phase.LISTENING, Phase.PROPOSING, Phase.DISCUSSING, Phase.VOTING, Phase.ADVISING, Phase.ANSWERING, Phase.FOLLOWING,
)  # fmt: skip

_ORDER = list(Phase)


def place(phase: Phase) -> int:
    """The position of a phase in the order of a round, from 0."""
    return _ORDER.index(phase)


def next_phase(phase: Phase) -> Phase | None:
    """The usual next phase, or None after the last."""
    return NEXT[phase][0] if NEXT[phase] else None


def may_follow(now: Phase, then: Phase) -> bool:
    """Whether a round in phase `now` may be put in phase `then`."""
    return then in NEXT[now]


def unlocked(phase: Phase) -> tuple[Phase, ...]:
    """The phases a round has come to, in order: what a member may look back on; none while it is a draft."""
    return tuple(_ORDER[1 : place(phase) + 1])


def dots(phase: Phase) -> tuple[tuple[Phase, Dot], ...]:
    """The seven dots with how each is drawn; all done when the round is closed, all later while it is a draft."""
    here = place(phase)
    return tuple((step, Dot.NOW if step is phase else Dot.DONE if place(step) < here else Dot.LATER) for step in DOTS)
