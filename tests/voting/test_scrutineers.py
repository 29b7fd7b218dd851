"""Two members hold the key: nothing opens without both halves, a lost half is known beforehand, nothing is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import build
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.voting import actions, closing, halves, key_queries, keys, queries, scrutineers
from codesign.voting.domain import NotPrepared, State
from codesign.voting.models import Ballot
from codesign.web.clock import now


class Held:
    """A prepared ballot with two scrutineers, and what they wrote down."""

    def __init__(self, house, session, confirmed=2, residents=0, at=build.NOW):
        self.session, self.folder, self.at = session, house.settings.keys, at
        with writing(session):
            self.panel = build.make_panel(session)
            self.round = build.make_round(session, self.panel, Phase.DISCUSSING, residents_vote=bool(residents))
            self.moderator = build.make_moderator(session, self.panel)
            self.members = [build.make_member(session, self.panel) for _ in range(5)]
            self.residents = [build.make_member(session, self.panel, build.Role.RESIDENT) for _ in range(residents)]
            self.ballot = build.make_ballot(session, self.round, self.moderator, now=at)
            by = membership(session, self.moderator.id, self.panel.id)
            chosen = [m.id for m in self.members[:2]]
            scrutineers.name_scrutineers(session, self.ballot, self.round, by, chosen, now=at)
        self.halves = [self.make(m) for m in self.members[:2]]
        for member, half in list(zip(self.members, self.halves, strict=False))[:confirmed]:
            with writing(session):
                scrutineers.confirm_half(session, self.ballot.id, self.round, self.seat(member), half, now=at)

    def seat(self, member):
        return membership(self.session, member.id, self.panel.id)

    def make(self, member):
        with writing(self.session):
            return scrutineers.make_half(self.session, self.ballot.id, self.round, self.seat(member), now=self.at)

    def open(self):
        with writing(self.session):
            return build.open_ballot(self.session, self.ballot, self.round, self.moderator, self.folder, self.at)

    def cast(self, member, *chosen, ballot=None):
        ballot = ballot or self.ballot
        from codesign.voting import codes

        code = codes.new_code(keys.load(self.folder, ballot.key_name).codes, ballot.id)
        with writing(self.session):
            actions.cast(
                self.session, ballot.id, member.id, chosen=chosen, code=code, key_folder=self.folder, now=self.at
            )

    def hand_in(self, member, half, at=None):
        with writing(self.session):
            scrutineers.hand_in(
                self.session, self.ballot.id, self.round, self.seat(member), half, key_folder=self.folder,
                now=at or self.end,
            )  # fmt: skip

    @property
    def end(self):
        return self.ballot.deadline

    def close(self):
        closing.close_due(self.session, self.ballot.id, self.end)
        self.session.rollback()
        return self.session.get(Ballot, self.ballot.id, populate_existing=True)


@pytest.fixture
def held(house, session):
    def make(**more):
        return Held(house, session, **more)

    return make


@given(st.integers(min_value=0, max_value=39), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_always_found(place, shift):
    half = halves.new_half()
    wrong = half[:place] + str((int(half[place]) + shift) % 10) + half[place + 1 :]
    assert halves.read_half(wrong) is None
    assert halves.read_half(halves.spaced(half)) == half


@given(st.integers(min_value=0, max_value=38))
def test_two_digits_in_the_wrong_order_are_always_found(place):
    half = halves.new_half()
    swapped = half[:place] + half[place + 1] + half[place] + half[place + 2 :]
    assert halves.read_half(swapped) == (half if swapped == half else None)


def test_digits_of_any_script_are_read():
    half = halves.new_half()
    arabic = half.translate({48 + i: 0x660 + i for i in range(10)})
    assert halves.read_half(f"{arabic[:20]} {arabic[20:]}") == half


def test_it_counts_only_with_both_halves(held):
    h = held()
    h.open()
    for member in h.members:
        h.cast(member, "o1")
    assert h.close().state is State.OPEN
    h.hand_in(h.members[0], h.halves[0])
    assert h.close().state is State.OPEN
    assert closing.waits_for(h.session, h.ballot) == {"keys_are_in": False, "room_is_in": True}
    h.hand_in(h.members[1], h.halves[1])
    ballot = h.close()
    assert ballot.state is State.SWEPT
    assert queries.tally(h.session, ballot.id).counts["o1"] == 5
    assert not list(h.folder.glob(f"ballot-{ballot.id}-*"))


def test_the_house_alone_cannot_open_a_slip(held):
    """With everything the computer has before the halves come in: key file, store. Nothing opens."""
    from codesign.voting.domain import Damaged, Opening
    from codesign.voting.sealing import unseal

    h = held()
    h.open()
    h.cast(h.members[0], "o1")
    opening = Opening.read(h.ballot.opening)
    (_name, sealed) = queries.slips(h.session, h.ballot.id)[0]
    own = keys.load(h.folder, h.ballot.key_name).private
    first = halves.private_half(h.halves[0])
    second = halves.private_half(h.halves[1])
    for tried in ([own], [own, first], [own, second], [own, second, first]):
        with pytest.raises(Damaged):
            unseal(sealed, tried, opening)
    assert unseal(sealed, [own, first, second], opening).marks == {"o1": 1}


def test_no_half_lies_in_the_store_or_the_folder(held):
    h = held()
    h.open()
    for path in h.folder.iterdir():
        assert all(half.encode() not in path.read_bytes() for half in h.halves)
    rows = queries.scrutineers(h.session, h.ballot.id)
    assert [r.public_key for r in rows] == [halves.public_half(half) for half in h.halves]


def test_it_does_not_open_before_both_have_it_on_paper(held):
    h = held(confirmed=1)
    with pytest.raises(NotPrepared, match="halves"):
        h.open()


def test_a_wrong_half_another_s_half_and_a_half_before_the_deadline(held):
    h = held()
    h.open()
    for wrong in ("1234", halves.new_half(), h.halves[1], ""):
        with pytest.raises(scrutineers.WrongHalf):
            h.hand_in(h.members[0], wrong)
    with pytest.raises(Refused) as refused:
        h.hand_in(h.members[0], h.halves[0], at=h.end - timedelta(seconds=1))
    assert refused.value.reason is Reason.TIME_IS_NOT_UP
    with pytest.raises(Refused) as refused:
        h.hand_in(h.members[2], h.halves[0])
    assert refused.value.reason is Reason.NOT_YOURS


def test_a_new_half_makes_the_old_one_worthless(held):
    h = held()
    new = h.make(h.members[0])
    with writing(h.session), pytest.raises(scrutineers.WrongHalf):
        scrutineers.confirm_half(h.session, h.ballot.id, h.round, h.seat(h.members[0]), h.halves[0], now=h.at)
    with pytest.raises(NotPrepared, match="halves"):
        h.open()
    with writing(h.session):
        scrutineers.confirm_half(h.session, h.ballot.id, h.round, h.seat(h.members[0]), new, now=h.at)
    h.open()
    with pytest.raises(Refused):
        h.make(h.members[0])


def test_a_lost_half_leaves_the_vote_to_be_made_void(held):
    h = held()
    h.open()
    h.cast(h.members[0], "o1")
    h.hand_in(h.members[0], h.halves[0])
    by = membership(h.session, h.moderator.id, h.panel.id)
    with writing(h.session), pytest.raises(Refused) as refused:
        actions.close_ballot(h.session, h.ballot.id, h.round, by, key_folder=h.folder, now=h.end)
    assert refused.value.reason is Reason.KEYS_FIRST
    with writing(h.session):
        actions.void_ballot(
            h.session, h.ballot.id, h.round, by, reason="One half of the key is lost.", language="en", now=h.end
        )
    h.close()
    assert not list(h.folder.glob(f"ballot-{h.ballot.id}-*"))


def test_the_same_two_halves_open_the_neighbours_ballot(held):
    h = held(residents=2)
    ballot, twin = h.open()
    h.cast(h.members[0], "o1")
    h.cast(h.residents[0], "o2", ballot=twin)
    h.hand_in(h.members[0], h.halves[0])
    h.hand_in(h.members[1], h.halves[1])
    for one in (ballot, twin):
        closing.close_due(h.session, one.id, h.end)
    assert queries.tally(h.session, twin.id).counts["o2"] == 1


def test_two_different_members_of_this_panel_or_nobody(held):
    h = held()
    by = membership(h.session, h.moderator.id, h.panel.id)
    with writing(h.session):
        stranger = build.make_member(h.session, build.make_panel(h.session))
    a, b = h.members[2].id, h.members[3].id
    for chosen in ([a], [a, a], [a, b, h.members[4].id], [a, stranger.id], [a, h.moderator.id]):
        with pytest.raises(NotPrepared, match="scrutineers"), writing(h.session):
            scrutineers.name_scrutineers(h.session, h.ballot, h.round, by, chosen, now=h.at)
    with writing(h.session):
        scrutineers.name_scrutineers(h.session, h.ballot, h.round, by, [], now=h.at)
    assert key_queries.holders(h.session, h.ballot.id) == []


def test_the_page_shows_a_half_once_and_takes_it_back(held, client, sign_in, house):
    h = held(confirmed=0, at=now())
    sign_in(client, h.members[0])
    path = f"/vote/{h.ballot.id}/key"
    assert "Write down your half of the key" in client.get("/").text
    shown = client.post(f"{path}/make")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"].startswith("no-store")
    half = re.search(r"(\d{4} ){9}\d{4}", shown.text)[0]
    assert half not in client.get(path).text
    wrong = client.post(path, data={"half": half[:-1] + "x"})
    assert wrong.status_code == 422
    assert "not your half" in wrong.text
    assert client.post(path, data={"half": half}).status_code == 303
    assert "You have your half." in client.get(path).text
    other = sign_in(house.panel.test_client(), h.members[3])
    assert other.get(path).status_code == 404
    assert other.post(path, data={"half": half}).status_code == 404
    assert other.post(f"{path}/make").status_code == 404


def test_the_desk_names_them_and_sees_how_far_they_are(held, client, sign_in):
    h = held(confirmed=1, at=now())
    sign_in(client, h.moderator)
    path = f"/desk/votes/{h.ballot.id}/keys"
    page = client.get(path).text
    assert "has the half on paper" in page
    assert "has not written it down yet" in page
    assert all(half not in page for half in h.halves)
    one = client.post(path, data={"members": [str(h.members[0].id)]})
    assert one.status_code == 422
    assert "Choose two members, or nobody." in one.text
    assert client.post(path, data={"members": [str(m.id) for m in h.members[2:4]]}).status_code == 303
