"""The phases of a round, the states of an advice, and which may follow which."""

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


class AdviceState(StrEnum):
    """Where an advice is."""

    DRAFT = "draft"
    TO_PANEL = "to_panel"
    ADOPTED = "adopted"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    FOLLOWED = "followed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ADVICE_NEXT: dict[AdviceState, frozenset[AdviceState]] = {
    AdviceState.DRAFT: frozenset({AdviceState.TO_PANEL, AdviceState.WITHDRAWN}),
    AdviceState.TO_PANEL: frozenset({AdviceState.ADOPTED, AdviceState.DRAFT, AdviceState.WITHDRAWN}),
    AdviceState.ADOPTED: frozenset({AdviceState.SENT, AdviceState.WITHDRAWN}),
    AdviceState.SENT: frozenset({AdviceState.RECEIVED, AdviceState.WITHDRAWN}),
    AdviceState.RECEIVED: frozenset({AdviceState.ANSWERED, AdviceState.WITHDRAWN}),
    AdviceState.ANSWERED: frozenset({AdviceState.FOLLOWED}),
    AdviceState.FOLLOWED: frozenset({AdviceState.CLOSED}),
    AdviceState.CLOSED: frozenset(),
    AdviceState.WITHDRAWN: frozenset(),
}
