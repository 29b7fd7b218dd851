"""From the room to the count: paper, tablet and phone weigh the same, and nobody counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from codesign.journal.models import VoicesEntry
from codesign.room import queries as room_queries
from codesign.room.domain import Fault, NotInTheRoom
from codesign.room.models import RoomBatch, RoomEntry, RoomTablet
from codesign.rules.permissions import Reason, Refused
from codesign.voting import queries
from codesign.voting.domain import NotCast, Problem, State
from codesign.voting.models import RoomVoter, Slip
from room.conftest import YES_NO


def counted(r):
    return queries.result(r.again())


def test_R04_paper_tablet_and_phone_count_alike_and_the_channel_is_kept_not_the_person(room):
    """Three on paper, one on the tablet, two on phones: one list of six votes, of which four came from the room."""
    r = room(members=7, noted=4, **YES_NO)
    sheets = r.print()
    r.cast(r.members[4], "yes")
    r.cast(r.members[5], "no")
    tablet = r.tablet()
    r.cast_on(tablet, r.turn(tablet), "yes")
    r.enter_all([(sheets[0], "yes"), (sheets[1], "no"), (sheets[2], "yes")], r.second, r.members[0])
    r.settle()
    r.close()
    found = counted(r)
    assert found.tally.counts == {"yes": 4, "no": 2, "abstain": 0}
    assert (found.closed.room, found.tally.voters, found.tally.electorate) == (4, 6, 7)
    assert set(sheets[:3]) <= {line.code for line in found.closed.lines}
    for model in (RoomEntry, RoomBatch, RoomTablet, RoomVoter):
        assert r.session.scalars(sa.select(model)).all() == []


def test_a_member_moves_to_the_room_and_votes_on_the_tablet(room):
    r = room(members=3, noted=0, **YES_NO)
    assert not r.again().room_is_open
    r.move(r.members[0])
    r.move(r.members[0])
    assert r.again().room_is_open
    with pytest.raises(Refused) as refused:
        r.cast(r.members[0], "yes")
    assert refused.value.reason is Reason.VOTES_IN_THE_ROOM
    tablet = r.tablet()
    r.cast_on(tablet, r.turn(tablet), "no")
    r.cast(r.members[1], "yes")
    assert r.close().state is State.OPEN  # the count waits for the room
    r.settle()
    assert r.close().state is State.SWEPT
    assert counted(r).tally.counts == {"yes": 1, "no": 1, "abstain": 0}
    assert counted(r).closed.room == 1


def test_whoever_voted_on_a_phone_cannot_move_and_nobody_learns_it(room):
    r = room(members=3, noted=1, **YES_NO)
    r.cast(r.members[2], "yes")
    before = r.session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry))
    with pytest.raises(NotInTheRoom) as error:
        r.move(r.members[2])
    assert error.value.fault is Fault.VOTED_BEFORE
    assert not room_queries.on_roll(r.session, r.ballot.id, r.members[2].id).in_room
    assert r.session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry)) == before
    with pytest.raises(Refused):
        r.move(r.members[1], now=r.end)
    with pytest.raises(Refused):
        r.move(r.moderator)


def test_the_room_holds_no_more_votes_than_people(room):
    r = room(members=5, noted=2, **YES_NO)
    sheets = r.print()
    tablet = r.tablet()
    for _ in range(2):
        r.cast_on(tablet, r.turn(tablet), "yes")
    with pytest.raises(NotInTheRoom) as error:
        r.cast_on(tablet, r.turn(tablet), "yes")
    assert error.value.fault is Fault.ROOM_IS_FULL
    r.move(r.members[4])
    r.seat(r.second)
    r.enter(r.second, sheets[0], "yes")
    with pytest.raises(NotInTheRoom) as error:
        r.enter(r.second, sheets[1], "yes")
    assert error.value.fault is Fault.TOO_MANY


def test_neighbours_who_vote_in_the_room_do_so_in_their_own_ballot(room):
    r = room(members=3, noted=1, residents=2, **YES_NO)
    assert queries.room_count(r.session, r.ballot.id) == 1
    assert queries.room_count(r.session, r.twin.id) == 1
    assert room_queries.on_roll(r.session, r.twin.id, r.residents[0].id).in_room


def test_a_turn_counts_once_however_often_its_form_is_sent(room):
    r = room(members=4, noted=3, **YES_NO)
    tablet, code = r.tablet(), r.fresh_in_room()
    turn = r.turn(tablet)
    for _ in range(3):
        r.cast_on(tablet, turn, "yes", code=code)
    assert r.again().room_slips == 1
    with pytest.raises(NotInTheRoom) as error:  # the back button, another code
        r.cast_on(tablet, turn, "no")
    assert error.value.fault is Fault.OLD_FORM
    following = r.turn(tablet)
    with pytest.raises(NotCast) as taken:  # the next person is shown the code of the one before
        r.cast_on(tablet, following, "no", code=code)
    assert taken.value.problem is Problem.CODE_TAKEN
    with pytest.raises(NotCast) as wrong:
        r.cast_on(tablet, following, "no", code="1234 5678 9012")
    assert wrong.value.problem is Problem.CODE_WRONG
    r.cast_on(tablet, turn, "yes", code=code)  # the old form again, while somebody else holds it
    assert r.again().room_slips == 1
    assert r.session.scalar(sa.select(sa.func.count()).select_from(Slip)) == 1
    with pytest.raises(Refused):
        r.cast_on(tablet, following, "no", now=r.end)


def test_casting_on_a_tablet_leaves_no_journal_row_and_handing_over_none_either(room):
    r = room(members=4, noted=3, **YES_NO)
    tablet = r.tablet()
    before = r.session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry))
    for choice in ("yes", "no"):
        r.cast_on(tablet, r.turn(tablet), choice)
    assert r.session.scalar(sa.select(sa.func.count()).select_from(VoicesEntry)) == before


def test_settling_twice_is_settling_once_and_nothing_is_entered_after(room):
    r = room(members=4, noted=3, **YES_NO)
    sheets = r.print()
    r.enter_all([(sheets[0], "yes")], r.second, r.members[0])
    r.settle()
    r.settle()
    assert r.again().room_slips == 1
    with pytest.raises(Refused):
        r.enter(r.second, sheets[1], "yes")
    with pytest.raises(Refused):
        r.seat(r.members[1])
    r.close()
    r.settle(r.end + timedelta(hours=1))
    assert counted(r).tally.voters == 1


def test_a_void_ballot_keeps_nothing_of_the_room(room):
    from codesign.db import writing
    from codesign.voting import actions as voting

    r = room(members=4, noted=3, **YES_NO)
    sheets = r.print()
    r.tablet()
    r.seat(r.second)
    r.enter(r.second, sheets[0], "yes")
    with writing(r.session):
        voting.void_ballot(r.session, r.ballot.id, r.round, r.by, reason="Wrong question.", language="en", now=r.end)
    for model in (RoomEntry, RoomBatch, RoomTablet, RoomVoter, Slip):
        assert r.session.scalars(sa.select(model)).all() == []
