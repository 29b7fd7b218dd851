"""What a rule may know when it decides: plain facts about who asks, the round, and the thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codesign.rules.phases import Phase
from codesign.rules.roles import Role


@dataclass(frozen=True)
class Facts:
    """Everything a rule may ask. Whoever acts fills in what it knows; the defaults are the harmless case.

    role: in this panel or behind this door; None for somebody who has none. by_house: no person acts, but the clock or
    a document that came in. own: the thing is theirs (an official: of their own place). state: of the thing, an
    advice's as a rule. adopted: by the panel's ballot; adopted_with_quorum: and enough took part. target: the phase
    asked for. second_person: another moderator stands beside. checked: a second person looked at the ballot. cited: an
    advice that went to the panel rests on it. sourced:
    what is claimed has its source and its days. reminded: the panel was, less than a day ago. complete: the checklist
    is empty.
    """

    role: Role | None = None
    phase: Phase | None = None
    own: bool = False
    consented: bool = True
    by_house: bool = False
    state: StrEnum | None = None
    target: Phase | None = None
    next_phase_allowed: bool = True
    residents_vote: bool = False
    on_roll: bool = True
    ballot_accepts: bool = True
    ballot_running: bool = False
    code_matches: bool = True
    time_is_up: bool = True
    ties_declared: bool = True
    level_declared: bool = True
    has_theme: bool = True
    reason_given: bool = True
    sourced: bool = True
    other_actors: bool = True
    adopted: bool = False
    adopted_with_quorum: bool = False
    sent: bool = True
    complete: bool = True
    second_person: bool = True
    checked: bool = True
    reminded: bool = False
    cited: bool = False
    in_room: bool = False
    keys_are_in: bool = True
    room_is_in: bool = True
