"""Many at once: parallel double votes, votes against the closing, two schedulers; on both databases."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from codesign.db import writing
from codesign.jobs.models import OutboxItem
from codesign.journal.models import VoicesEntry
from codesign.panels.models import Round
from codesign.panels.queries import membership
from codesign.rules.permissions import Refused
from codesign.voting import actions, closing, queries
from codesign.voting.domain import NotCast, NotPrepared, State
from codesign.voting.models import Roll, Slip
from codesign.web.clock import now
from codesign.web.sessions import open_session


def stored(w):
    """How many slips there are, and how many on the roll have voted."""
    w.session.rollback()
    slips = w.session.scalar(select(func.count()).select_from(Slip).where(Slip.ballot_id == w.ballot.id))
    voted = w.session.scalar(select(func.count()).select_from(Roll).where(Roll.ballot_id == w.ballot.id, Roll.voted))
    return slips, voted


def plain_client(house):
    """A browser that does not look at its pages: here only speed matters."""
    return FlaskClient(house.panel, house.panel.response_class, use_cookies=True)


@pytest.mark.parametrize("people", [20, pytest.param(60, marks=pytest.mark.long)])
def test_many_members_with_twelve_posts_at_once_vote_once_each(world, house, sign_in, people):
    """Half send one form twelve times (a lost answer), half twelve forms with a code each (double votes)."""
    w = world(members=people, now=now() - timedelta(days=1))
    clients = [[sign_in(plain_client(house), person)] for person in w.members]
    for person, made in zip(w.members, clients, strict=True):
        with made[0].session_transaction() as cookie:
            token = cookie["_user_id"]
        for _ in range(11):
            other = plain_client(house)
            with other.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
            made.append(other)
        w.code(person)
    replies = Counter()

    def post(number, client, chosen, code):
        reply = client.post(f"/vote/{w.ballot.id}", data={"step": "cast", "o": [chosen], "code": code})
        return number, reply.status_code, reply.location

    with ThreadPoolExecutor(12) as pool:
        for number, (person, made) in enumerate(zip(w.members, clients, strict=True)):
            same = number % 2 == 0
            codes = [w.code(person) if same else w.fresh() for _ in made]
            jobs = [
                pool.submit(post, number, client, f"o{i % 4 + 1}", code)
                for i, (client, code) in enumerate(zip(made, codes, strict=True))
            ]
            for job in jobs:
                _n, status, location = job.result()
                if status == 303 and location.endswith("/done"):
                    replies[number] += 1
                else:
                    assert status in {422, 429}, status
    assert stored(w) == (people, people)
    assert [replies[n] for n in range(people)] == [12 if n % 2 == 0 else 1 for n in range(people)]
    ballot = (closing.close_due(w.session, w.ballot.id, w.end), w.again())[1]
    assert queries.result(ballot).tally.voters == people


def in_threads(count, work):
    """Run `work(number)` in so many threads at once; returns what they returned."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(number):
        barrier.wait()
        results[number] = work(number)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results


def test_what_was_acknowledged_before_closing_is_counted_and_nothing_after(world, house):
    """Members vote by a clock that lags while the ballot closes: each gets a yes that is counted, or a no."""
    w = world(members=40)
    codes = {p.id: w.code(p) for p in w.members}
    w.session.rollback()

    def work(number):
        session = open_session(house.settings)
        try:
            if number == 0:
                with writing(session):
                    return closing.close_when_due(session, w.ballot.id, w.key_folder, w.end)
            done = []
            for person in w.members[(number - 1) * 8 : number * 8]:
                try:
                    with writing(session):
                        actions.cast(
                            session, w.ballot.id, person.id, chosen=["o1"], code=codes[person.id],
                            key_folder=w.key_folder, now=w.end - timedelta(seconds=1),
                        )  # fmt: skip
                    done.append(codes[person.id])
                except (Refused, NotCast):
                    pass
            return done
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    closed, *acknowledged = in_threads(6, work)
    assert closed is True
    found = queries.result(w.again())
    yes = sorted(code for group in acknowledged for code in group)
    assert [line.code for line in found.closed.lines] == yes
    assert stored(w) == (len(yes), len(yes))


def test_two_schedulers_close_and_sweep_once(world, house):
    w = world(members=5)
    for person in w.members:
        w.cast(person, "o1")
    w.session.rollback()

    def work(_number):
        session = open_session(house.settings)
        try:
            for _ in range(20):
                try:
                    return closing.close_due(session, w.ballot.id, w.end)
                except closing.NotSwept:
                    session.rollback()
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    in_threads(4, work)
    assert w.again().state is State.SWEPT
    verbs = Counter(w.session.scalars(select(VoicesEntry.verb).where(VoicesEntry.what == "ballot")).all())
    assert (verbs["close_ballot"], verbs["sweep_ballot"]) == (1, 1)
    assert w.session.scalar(select(func.count()).select_from(OutboxItem)) == 1


def test_more_time_and_the_count_at_the_same_moment_are_one_after_the_other(world, house):
    """A desk whose clock lags extends while schedulers close: the vote is counted, or it runs on; never both."""
    w = world(members=5)
    for person in w.members:
        w.cast(person, "o1")
    later, number, end = w.end + timedelta(days=1), w.ballot.id, w.end
    round_id, moderator_id = w.round.id, w.moderator.id
    w.session.rollback()

    def work(which):
        session = open_session(house.settings)
        try:
            with writing(session):
                if which < 2:
                    return closing.close_when_due(session, number, w.key_folder, end)
                round_ = session.get(Round, round_id)
                by = membership(session, moderator_id, round_.panel_id)
                try:
                    return actions.extend_ballot(
                        session, number, round_, by, until=later, reason="The hall was shut.", language="en",
                        now=end - timedelta(seconds=1),
                    )  # fmt: skip
                except (Refused, NotPrepared):
                    return []
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    closed, extended = in_threads(4, work)[:2], len(queries.extensions(w.session, number))
    w.session.rollback()
    assert sum(closed) + extended == 1
    assert w.again().state is (State.CLOSED if any(closed) else State.OPEN)
    assert w.again().deadline == (later if extended else end)
    found = queries.result(w.close(later))
    assert found.tally.voters == 5
    assert list(found.closed.extended) == [later.isoformat()] * extended
