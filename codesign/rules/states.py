"""The life of an advice, from a moderator's draft to the end of its follow-up; which state may follow which."""

from __future__ import annotations

from enum import StrEnum


class AdviceState(StrEnum):
    """Where an advice is. Up to `adopted` it lives with the panel; from `sent` on it stands in the record."""

    DRAFT = "draft"
    TO_PANEL = "to_panel"
    ADOPTED = "adopted"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    REACTED = "reacted"
    REPORTED = "reported"
    FOLLOWED = "followed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# `to_panel -> draft` is the panel sending it back, with the reasons given. What was sent cannot be unsent, but until
# it is answered the panel may take it back, and a correction (`sent -> draft`) is a new version that names the old one.
# Dropping a correction is no step: what was sent stood all the time.
ADVICE_NEXT: dict[AdviceState, tuple[AdviceState, ...]] = {
    AdviceState.DRAFT: (AdviceState.TO_PANEL, AdviceState.WITHDRAWN),
    AdviceState.TO_PANEL: (AdviceState.ADOPTED, AdviceState.DRAFT, AdviceState.WITHDRAWN),
    AdviceState.ADOPTED: (AdviceState.SENT, AdviceState.WITHDRAWN),
    AdviceState.SENT: (AdviceState.RECEIVED, AdviceState.DRAFT, AdviceState.WITHDRAWN),
    AdviceState.RECEIVED: (AdviceState.ANSWERED, AdviceState.DRAFT, AdviceState.WITHDRAWN),
    AdviceState.ANSWERED: (AdviceState.REACTED, AdviceState.REPORTED, AdviceState.FOLLOWED, AdviceState.CLOSED),
    AdviceState.REACTED: (AdviceState.REPORTED, AdviceState.FOLLOWED, AdviceState.CLOSED),
    AdviceState.REPORTED: (AdviceState.REACTED, AdviceState.REPORTED, AdviceState.FOLLOWED, AdviceState.CLOSED),
    AdviceState.FOLLOWED: (AdviceState.CLOSED,),
    AdviceState.CLOSED: (),
    AdviceState.WITHDRAWN: (),
}

WITH_PANEL = frozenset({AdviceState.DRAFT, AdviceState.TO_PANEL, AdviceState.ADOPTED})
# With the municipality and not yet answered.
AWAITING = (AdviceState.SENT, AdviceState.RECEIVED)
ANSWERED = (AdviceState.ANSWERED, AdviceState.REACTED, AdviceState.REPORTED, AdviceState.FOLLOWED)


def advice_may_become(now: AdviceState, then: AdviceState) -> bool:
    """Whether an advice in state `now` may come into state `then`."""
    return then in ADVICE_NEXT[now]
