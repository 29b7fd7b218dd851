"""Many at once in the room: tablets, moves against votes, settling twice, entering while it is settled; both databases."""

from __future__ import annotations

import sqlalchemy as sa
from voting.test_races import in_threads

from codesign.db import writing
from codesign.room import actions, entering, tablets
from codesign.room import queries as room_queries
from codesign.room.domain import NotInTheRoom
from codesign.rules.permissions import Refused
from codesign.voting import actions as voting
from codesign.voting import queries
from codesign.voting.domain import NotCast
from codesign.voting.models import Roll, Slip
from codesign.web.sessions import open_session
from room.conftest import YES_NO


def apart(house, count, work):
    """`work(session, number)` in so many threads, each with a session of its own; returns what each returned, or the
    class of the refusal it met."""

    def run(number):
        session = open_session(house.settings)
        try:
            return work(session, number)
        except (Refused, NotCast, NotInTheRoom) as error:
            return type(error)
        finally:
            session.close()
            for engine in session.info["engines"].values():
                engine.dispose()

    return in_threads(count, run)


def slips_and_votes(r):
    r.session.rollback()
    slips = r.session.scalar(sa.select(sa.func.count()).select_from(Slip).where(Slip.ballot_id == r.ballot.id))
    voted = r.session.scalar(
        sa.select(sa.func.count()).select_from(Roll).where(Roll.ballot_id == r.ballot.id, Roll.voted)
    )
    return slips, voted, r.again().room_slips


def test_two_tablets_at_once_never_count_more_than_people_vote_in_the_room(room, house):
    """Four tablets, each with a turn, post at the same moment; three people vote in the room."""
    r = room(members=6, noted=3, **YES_NO)
    out = [r.tablet() for _ in range(4)]
    turns, codes = [r.turn(t) for t in out], [r.fresh_in_room() for _ in out]
    r.session.rollback()

    def work(session, number):
        with writing(session):
            tablets.cast_in_room(
                session, out[number], turns[number], chosen=["yes"], code=codes[number], key_folder=r.key_folder,
                now=r.now,
            )  # fmt: skip
        return True

    done = apart(house, 4, work)
    assert sorted(map(str, done)) == sorted(map(str, [True, True, True, NotInTheRoom]))
    assert slips_and_votes(r) == (3, 0, 3)


def test_one_turn_sent_six_times_at_once_is_one_vote(room, house):
    """The same form (a lost answer) three times, and three forms with other codes (the back button)."""
    r = room(members=6, noted=5, **YES_NO)
    tablet = r.tablet()
    turn, same = r.turn(tablet), r.fresh_in_room()
    codes = [same, same, same, *(r.fresh_in_room() for _ in range(3))]
    r.session.rollback()

    def work(session, number):
        with writing(session):
            tablets.cast_in_room(
                session, tablet, turn, chosen=["yes"], code=codes[number], key_folder=r.key_folder, now=r.now
            )
        return codes[number]

    done = apart(house, 6, work)
    assert len({code for code in done if isinstance(code, str)}) == 1
    assert slips_and_votes(r) == (1, 0, 1)


def test_a_vote_on_the_phone_against_the_move_to_the_room_counts_once(room, house):
    """Ten members send both at the same moment: each either voted on the phone, or votes in the room, never both."""
    r = room(members=10, noted=0, **YES_NO)
    codes = {p.id: r.code(p) for p in r.members}
    r.session.rollback()

    def work(session, number):
        person = r.members[number // 2]
        with writing(session):
            if number % 2:
                actions.choose_room(session, r.ballot.id, r.round, r.member_of(session, person), now=r.now)
            else:
                voting.cast(
                    session, r.ballot.id, person.id, chosen=["yes"], code=codes[person.id], key_folder=r.key_folder,
                    now=r.now,
                )  # fmt: skip
        return "room" if number % 2 else "phone"

    done = apart(house, 20, work)
    for phone, moved in zip(done[::2], done[1::2], strict=True):
        assert (phone, moved) in {("phone", NotInTheRoom), (Refused, "room")}
    rows = r.session.execute(sa.select(Roll.voted, Roll.in_room).where(Roll.ballot_id == r.ballot.id)).all()
    assert all(voted != in_room for voted, in_room in rows)
    assert slips_and_votes(r)[:2] == (done.count("phone"), done.count("phone"))


def test_settling_from_two_desks_at_once_puts_each_sheet_in_once(room, house):
    r = room(members=6, noted=4, **YES_NO)
    sheets = r.print()
    r.enter_all([(code, "yes") for code in sheets[:4]], r.second, r.members[0])
    r.session.rollback()

    def work(session, number):
        by = r.member_of(session, r.moderator if number % 2 else r.second)
        with writing(session):
            actions.settle_room(session, r.ballot.id, r.round, by, key_folder=r.key_folder, now=r.end)
        return True

    assert apart(house, 4, work) == [True] * 4
    assert slips_and_votes(r) == (4, 0, 4)
    r.close()
    assert queries.result(r.again()).tally.counts["yes"] == 4


def test_a_sheet_entered_while_the_room_is_settled_is_in_or_refused(room, house):
    r = room(members=6, noted=4, **YES_NO)
    sheets = r.print()
    r.enter_all([(sheets[0], "yes")], r.second, r.members[0])
    r.session.rollback()

    def work(session, number):
        with writing(session):
            if number == 0:
                by = r.member_of(session, r.moderator)
                actions.settle_room(session, r.ballot.id, r.round, by, key_folder=r.key_folder, now=r.end)
            else:
                entering.enter_sheet(
                    session, r.ballot.id, r.round, r.member_of(session, r.second), code=sheets[1], chosen=["no"],
                    spoiled=False, key_folder=r.key_folder, now=r.end,
                )  # fmt: skip
        return True

    settled, entered = apart(house, 2, work)
    assert (settled, entered) in {(True, Refused), (NotInTheRoom, True)}  # too late, or a difference to settle first
    left = len(room_queries.entries(r.session, r.ballot.id))
    assert (settled is True) == (left == 0)
    assert slips_and_votes(r)[0] == (1 if settled is True else 0)


def test_four_people_ask_for_the_two_seats_at_once(room, house):
    r = room(members=6, noted=3, **YES_NO)
    r.print()
    r.session.rollback()

    def work(session, number):
        with writing(session):
            return entering.begin(session, r.ballot.id, r.round, r.member_of(session, r.members[number]), now=r.end)

    done = apart(house, 4, work)
    assert sorted(map(str, done)) == sorted(map(str, [1, 2, NotInTheRoom, NotInTheRoom]))
