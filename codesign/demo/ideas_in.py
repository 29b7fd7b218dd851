"""Ideas as they went: proposed, argued about, supported, joined, hidden with a reason, or taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from codesign.demo.shapes import Idea, Reply, Round
from codesign.demo.world import World
from codesign.discussion import actions as discussion
from codesign.discussion.domain import Kind
from codesign.discussion.models import Contribution
from codesign.moderation import actions as moderation
from codesign.moderation.domain import What
from codesign.moderation.queries import Thing, thing_for
from codesign.proposals import actions as proposals
from codesign.proposals import curating
from codesign.proposals.domain import Content


def plan_idea(world: World, found: Round, idea: Idea) -> None:
    """Everything that happens to one idea, on its days."""
    steps = found.head.steps
    talk, end = steps["discussing"]
    world.plan(idea.day, "An idea", propose, world, found, idea)
    days = range(max(idea.day + 1, steps["proposing"][0]), min(end, -1) + 1)
    for number, reply in enumerate(idea.replies):
        day = days[(_spread(idea.key) + number * 3) % len(days)]
        world.plan(day, "A reply", discuss, world, found, idea, reply, day)
    world.plan(min(end, -1), "Support", support, world, found, idea, min(end, -1))
    if idea.merge_into:
        world.plan(min(end, -1), "Two ideas joined", merge, world, found, idea, min(end, -1))
    if idea.take_back:
        world.plan(min(talk, -1), "An idea taken back", take_back, world, found, idea, min(talk, -1))
    if idea.hide:
        world.plan(min(talk, -1), "An idea hidden", hide, world, found, idea, min(talk, -1))
    if idea.offered_body:
        world.plan(min(talk + 6, -1), "Other words offered", offer, world, found, idea, min(talk + 6, -1))


def _spread(key: str) -> int:
    """A number that is always the same for a key, so that the demonstration looks the same at each loading."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")


def propose(world: World, found: Round, idea: Idea) -> None:
    """An idea of a member; where it was changed, first the first words."""
    head = found.head
    gathering = world.gatherings.get(f"{head.key}/{idea.gathering}") if idea.gathering else None
    content = Content(
        title=idea.title, body=idea.body, language=idea.language or world.place.member(idea.by).language,
        themes=idea.themes, indicators=idea.indicators, picture=idea.picture, gathering_id=gathering,
    )  # fmt: skip
    key = f"idea-{head.key}-{idea.key}"
    with world.write() as session:
        row, membership = world.seat(head, idea.by)
        first = replace(content, body=idea.first_body) if idea.first_body else content
        made = proposals.propose(session, row, membership, first, key=key, now=world.at(idea.day))
        world.ideas[f"{head.key}/{idea.key}"] = made.id
        if idea.first_body:
            proposals.edit_proposal(
                session, row, membership, made, content, seen=made.version, now=world.at(min(idea.day + 1, -1))
            )


def supporters(world: World, key: str, author: str, count: int) -> Sequence[str]:
    """So many newcomers and residents, never the author; always the same ones for the same key."""
    may = [m.key for m in world.place.members if m.role in {"newcomer", "resident"} and m.key != author]
    start = _spread(key) % len(may)
    return (may[start:] + may[:start])[:count]


def support(world: World, found: Round, idea: Idea, day: int) -> None:
    """Who supports an idea, and the replies to it."""
    now = world.at(day, 30)
    with world.write() as session:
        proposal = world.proposal(found.head, idea)
        for person in supporters(world, idea.key, idea.by, idea.support):
            row, membership = world.seat(found.head, person)
            proposals.support(session, row, membership, proposal, on=True, now=now)
        for contribution_id, reply in world.replies.get(f"{found.head.key}/{idea.key}", []):
            made = session.get(Contribution, contribution_id)
            assert made is not None
            for person in supporters(world, reply.text, reply.by, reply.support):
                row, membership = world.seat(found.head, person)
                discussion.support_reply(session, row, membership, made, on=True, now=now)


def discuss(world: World, found: Round, idea: Idea, reply: Reply, day: int) -> None:
    """A reply to an idea, and what others answer to it on the same day."""
    place = f"{found.head.key}/{idea.key}"
    with world.write() as session:
        proposal, parent = world.proposal(found.head, idea), None
        for number, words in enumerate((reply, *reply.replies)):
            row, membership = world.seat(found.head, words.by)
            made = discussion.discuss(
                session, row, membership, proposal, kind=Kind(words.kind), body=words.text,
                language=words.language or world.place.member(words.by).language,
                key=f"reply-{_spread(place + words.by + words.text)}", now=world.at(day, number), parent=parent,
            )  # fmt: skip
            parent = parent or made
            world.replies.setdefault(place, []).append((made.id, words))


def merge(world: World, found: Round, idea: Idea, day: int) -> None:
    """The moderator joins an idea with one like it."""
    with world.write() as session:
        target = world.proposal(found.head, idea.merge_into)
        why = "These ideas ask for the same thing. Both stay to be read."
        moderation.merge(session, _thing(world, found, idea), target, why=why, language="en", now=world.at(day, 60))


def take_back(world: World, found: Round, idea: Idea, day: int) -> None:
    """The author takes an idea back."""
    with world.write() as session:
        row, author = world.seat(found.head, idea.by)
        proposals.take_back(session, row, author, world.proposal(found.head, idea), world.at(day))


def offer(world: World, found: Round, idea: Idea, day: int) -> None:
    """The moderator offers the author other words; the author has not answered yet."""
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        proposal = world.proposal(found.head, idea)
        curating.propose_edit(
            session, row, moderator, proposal, title=idea.title, body=idea.offered_body, why=idea.offered_why,
            language=proposal.language, seen=proposal.version, now=world.at(day),
        )  # fmt: skip


def hide(world: World, found: Round, idea: Idea, day: int) -> None:
    """The moderator hides an idea, and its author reads why."""
    with world.write() as session:
        thing = _thing(world, found, idea)
        moderation.decide_held(session, thing, publish=False, why=idea.hide, language="en", now=world.at(day))


def _thing(world: World, found: Round, idea: Idea) -> Thing:
    """The idea as its moderator decides about it."""
    key, moderator = f"{found.head.key}/{idea.key}", world.people[found.head.moderator]
    thing = thing_for(world.session, What.IDEA, world.ideas[key], moderator)
    assert thing is not None
    return thing
