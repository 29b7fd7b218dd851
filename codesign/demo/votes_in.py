"""Votes as they went: prepared, opened, cast by each member with a fresh code, closed at the deadline and swept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codesign.demo import words_in
from codesign.demo.shapes import Ballot as Asked
from codesign.demo.shapes import Round, RoundHead
from codesign.demo.world import World
from codesign.voting import actions as voting
from codesign.voting import closing, codes, keys, preparing
from codesign.voting.domain import WITH_NONE, Kind, Method, Option, Terms
from codesign.voting.models import Ballot


def plan_vote(world: World, found: Round) -> None:
    """The votes of a round, up to today."""
    if not found.ballots:
        return
    for ballot in found.ballots:
        world.plan(ballot.opens - 1, "A vote is prepared", prepare_vote, world, found, ballot)
    opens = found.ballots[0].opens
    world.plan(opens, "Next phase", words_in.move, world, found, "voting")
    for ballot in found.ballots:
        world.plan(opens, "The vote opens", open_ballot, world, found.head, ballot.key, ballot.opens)
        chosen = {person: _as_sent(ballot, given) for person, given in ballot.votes.items()}
        why = {r.by: r.text for r in ballot.reasons}
        world.plan(min(opens + 1, -1), "Members vote", cast, world, ballot.key, chosen, opens + 1, why)
        world.plan(ballot.deadline, "The vote is counted", close, world, ballot.key, ballot.deadline)


def _as_sent(ballot: Asked, given: Sequence[str]) -> list[str]:
    """A vote as a form sends it: by the keys the options get, with the number where one is given."""
    keys_of = {o.key: f"o{place}" for place, o in enumerate(ballot.options, start=1)}
    parts = [choice.partition(":") for choice in given]
    return [f"{keys_of.get(key, key)}{colon}{number}" for key, colon, number in parts]


def prepare_vote(world: World, found: Round, ballot: Asked) -> None:
    """The options from the ideas, in plain words and with a picture; then a second person looks at it."""
    ideas, method = {i.key: i for i in found.ideas}, Method(ballot.method)
    options = [
        Option(
            key="", title=o.title, meaning=o.meaning, language="en", domain=ideas[o.idea].themes[0], icons=o.picture,
            proposal_id=world.ideas[f"{found.head.key}/{o.idea}"], cost=o.cost, translations=o.translations,
        )
        for o in ballot.options
    ]  # fmt: skip
    with world.write() as session:
        row, moderator = world.seat(found.head, found.head.moderator)
        made = preparing.prepare(
            session, row, moderator, kind=Kind.VOTE, question=ballot.question, language="en",
            deadline=world.at(ballot.deadline), now=world.at(ballot.opens - 1, 90), options=options,
            max_choices=ballot.max_choices, method=method, with_none=method in WITH_NONE,
            terms=Terms(points=ballot.points, total=ballot.total), translations=ballot.translations,
        )  # fmt: skip
        world.ballots[ballot.key] = made.id
        for mine, stored in zip(ballot.options, made.options, strict=True):
            world.options[f"{found.head.key}/{mine.key}"] = stored.id
        later = world.at(ballot.opens - 1, 95)
        second = ballot.checker or next(m.key for m in world.place.moderators if m.key != found.head.moderator)
        if ballot.checker:
            preparing.ask_to_check(session, made, row, moderator, world.people[second], now=later)
        _row, looks = world.seat(found.head, second)
        preparing.check_ballot(session, made, row, looks, now=later)


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
