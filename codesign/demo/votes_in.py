"""Votes as they went: prepared, opened, cast by each member with a fresh code, closed at the deadline and swept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codesign.demo import words_in
from codesign.demo.shapes import Round, RoundHead
from codesign.demo.world import World
from codesign.voting import actions as voting
from codesign.voting import closing, codes, keys, preparing
from codesign.voting.domain import Kind, Option
from codesign.voting.models import Ballot


def plan_vote(world: World, found: Round) -> None:
    """The vote of a round, up to today."""
    ballot = found.ballot
    if ballot is None:
        return
    world.plan(ballot.opens - 1, "A vote is prepared", prepare_vote, world, found)
    world.plan(ballot.opens, "Next phase", words_in.move, world, found, "voting")
    world.plan(ballot.opens, "The vote opens", open_ballot, world, found.head, ballot.key, ballot.opens)
    keys_of = {o.key: f"o{place}" for place, o in enumerate(ballot.options, start=1)}
    chosen = {person: [keys_of[o] for o in options] for person, options in ballot.votes.items()}
    world.plan(min(ballot.opens + 1, -1), "Members vote", cast, world, ballot.key, chosen, ballot.opens + 1)
    world.plan(ballot.deadline, "The vote is counted", close, world, ballot.key, ballot.deadline)


def prepare_vote(world: World, found: Round) -> None:
    """The options from the ideas, in plain words and with a picture."""
    ballot = found.ballot
    assert ballot is not None
    ideas = {i.key: i for i in found.ideas}
    options = [
        Option(
            key="", title=o.title, meaning=o.meaning, language="en", domain=ideas[o.idea].themes[0], icons=o.picture,
            proposal_id=world.ideas[f"{found.head.key}/{o.idea}"],
        )
        for o in ballot.options
    ]  # fmt: skip
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        made = preparing.prepare(
            session, row, moderator, kind=Kind.VOTE, question=ballot.question, language="en",
            deadline=world.at(ballot.deadline), now=world.at(ballot.opens - 1, 90), options=options,
            max_choices=ballot.max_choices, with_none=True,
        )  # fmt: skip
        world.ballots[ballot.key] = made.id
        for mine, stored in zip(ballot.options, made.options, strict=True):
            world.options[f"{found.head.key}/{mine.key}"] = stored.id


def open_ballot(world: World, head: RoundHead, key: str, day: int) -> None:
    """The moderator opens a prepared ballot."""
    with world.write() as session:
        row, moderator = world.seat(head, head.moderator)
        voting.open_ballot(
            session, world.ballots[key], row, moderator, key_folder=world.settings.keys, now=world.at(day, 5)
        )


def cast(
    world: World, key: str, chosen: Mapping[str, Sequence[str]], day: int, reasons: Mapping[str, str] | None = None
) -> None:
    """Each of these members votes, with a code as the form shows it; who voted what is forgotten at once."""
    folder = world.settings.keys
    with world.write() as session:
        ballot = session.get(Ballot, world.ballots[key])
        assert ballot is not None
        secret = keys.load(folder, ballot.key_name).codes
        for person, options in chosen.items():
            voting.cast(
                session, ballot.id, world.people[person], chosen=list(options), code=codes.new_code(secret, ballot.id),
                key_folder=folder, now=world.at(day, 10), reason=(reasons or {}).get(person, ""),
            )  # fmt: skip


def close(world: World, key: str, day: int) -> None:
    """The deadline has passed: counted, swept, keys destroyed, and the result handed over the wall."""
    closing.close_due(world.session, world.ballots[key], world.at(day, 1))
    world.cross(world.at(day, 2))


def one_each(groups: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Votes for one option each, from option -> people."""
    return {person: [option] for option, people in groups.items() for person in people}
