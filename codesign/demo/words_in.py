"""Rounds as they went: opened by a moderator or a member, told in, met in, and moved on from phase to phase."""

from __future__ import annotations

from typing import Any

from codesign.demo import ideas_in
from codesign.demo.shapes import Gathering as Meeting
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.panels import actions as panels
from codesign.panels import gathering as sessions
from codesign.panels.domain import Level, Template
from codesign.panels.models import Gathering
from codesign.panels.queries import membership
from codesign.rules.phases import Phase
from codesign.tellings import actions as tellings

# What a moderator says when the phase changes.
MOVES = {
    "proposing": "Thank you for telling. Now we write ideas. One sentence is enough.",
    "discussing": "Now we talk about the ideas. Say it when you do not agree, and why.",
    "voting": "The vote is open. Nobody can see what you choose.",
    "advising": "The vote is closed. Now we write the advice together.",
    "answering": "The advice is sent. The college must answer before the date on the clock.",
    "following": "The answer is here. Read it, and say what you think of it.",
}


def plan_round(world: World, found: Round) -> None:
    """Everything members and moderator say and do in a round, up to today."""
    head, steps = found.head, found.head.steps
    world.plan(steps["listening"][0], f"Round: {head.title}", open_round, world, found)
    first, last = steps["listening"]
    for number, telling in enumerate(found.tellings):
        day = first + 1 + number * max(last - first - 1, 1) // max(len(found.tellings), 1)
        world.plan(day, "A telling", tell, world, found, telling.by, telling.text, day)
    for meeting in found.gatherings:
        # Planned ahead of its day, also when that day still lies ahead.
        world.plan(min(meeting.day - 7, -1), "A session", plan_session, world, found, meeting)
        if meeting.headcount is not None:
            world.plan(meeting.day + 1, "A session", record_session, world, found, meeting)
    for phase in ("proposing", "discussing"):
        world.plan(steps[phase][0], "Next phase", move, world, found, phase)
    for idea in found.ideas:
        ideas_in.plan_idea(world, found, idea)


def open_round(world: World, found: Round) -> None:
    """The draft by a moderator or a member, what is declared, and the opening."""
    head, now = found.head, world.at(found.head.steps["listening"][0])
    steps = {Phase(name): (world.day(a), world.day(b)) for name, (a, b) in head.steps.items()}
    with world.write() as session:
        moderator = membership(session, world.people[head.moderator], world.panel_id)
        assert moderator is not None
        common: dict[str, Any] = {"title": head.title, "question": head.question, "language": "en"}
        law: dict[str, Any] = {"residents_vote": head.residents_vote, "quorum": head.quorum, "majority": head.majority}
        weeks = world.place.municipality.answer_weeks
        first = steps[Phase.LISTENING][0]
        if head.started_by:
            starter = membership(session, world.people[head.started_by], world.panel_id)
            assert starter is not None
            row = panels.start_topic(session, starter, why="", first_day=first, answer_weeks=weeks, now=now, **common)
            world.rounds[head.key] = row.id
            for member in world.place.members[1:8]:
                joiner = membership(session, world.people[member.key], world.panel_id)
                assert joiner is not None
                if member.role == "newcomer":
                    panels.join_topic(session, row, joiner, joins=True, now=now)
            panels.edit_round(session, row, moderator, now=now, template=Template(head.template), **law)
        else:
            row = panels.prepare_round(
                session, moderator, template=Template(head.template), first_day=first, answer_weeks=weeks, now=now,
                asked=head.asked, asked_by=head.client, **common, **law,
            )  # fmt: skip
            world.rounds[head.key] = row.id
        panels.declare_level(session, row, moderator, level=Level(head.level), fixed=head.fixed_text, now=now)
        panels.change_dates(session, row, moderator, dates=steps, now=now)
        panels.open_round(
            session, row, moderator, words="The round is open. We begin with listening.", language="en", now=now
        )


def move(world: World, found: Round, phase: str, **known: Any) -> None:
    """The moderator moves the round on, with words to the members."""
    day = found.head.steps[phase][0]
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        panels.change_phase(
            session, row, moderator, target=Phase(phase), words=MOVES[phase], language="en", now=world.at(day), **known
        )


def tell(world: World, found: Round, by: str, text: str, day: int) -> None:
    """An answer to the open question."""
    with world.write() as session:
        row, membership = world.seat(found.head, by)
        language = world.place.member(by).language
        key = f"telling-{found.head.key}-{by}"
        tellings.tell(session, row, membership, body=text, language=language, key=key, now=world.at(day))


def plan_session(world: World, found: Round, meeting: Meeting) -> None:
    """A session is planned, with day, place and programme."""
    online = "Online" in meeting.where
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        made = sessions.plan_session(
            session, row, moderator, title=meeting.title, held_on=world.day(meeting.day), starts="19:00", ends="21:00",
            place="" if online and "," not in meeting.where else meeting.where,
            link="https://meet.veldhaven.example/panel" if online else "", programme=meeting.programme,
            languages=list(meeting.languages), text_language="en", now=world.at(min(meeting.day - 7, -1)),
        )  # fmt: skip
        world.gatherings[f"{found.head.key}/{meeting.key}"] = made.id


def record_session(world: World, found: Round, meeting: Meeting) -> None:
    """How many came, and what was noted."""
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        made = session.get(Gathering, world.gatherings[f"{found.head.key}/{meeting.key}"])
        assert made is not None
        sessions.record_session(
            session, made, row, moderator, headcount=meeting.headcount, notes=meeting.notes,
            now=world.at(meeting.day + 1),
        )  # fmt: skip
