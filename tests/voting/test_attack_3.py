"""Attacks on a ballot's life: a check of something else than was read, acts that pass each other, a clock set back."""

from __future__ import annotations

import os
from datetime import timedelta

import build
import pytest

from codesign.db import writing
from codesign.panels.models import Round
from codesign.panels.queries import membership
from codesign.room import actions as room_actions
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.voting import actions, closing, outside_actions, preparing, queries, scrutineers
from codesign.voting.domain import Method, NotPrepared, Option, State
from codesign.voting.models import Ballot
from codesign.web.clock import now
from codesign.web.sessions import open_session
from voting.ballots_of_methods import MAKE
from voting.desks import find_right, form_of, say_right
from voting.test_outside import archive
from voting.test_races import in_threads
from voting.test_scrutineers import Held


def stored(session, number):
    session.rollback()
    return session.get(Ballot, number, populate_existing=True)


# -- the second look


def test_a_moderator_cannot_find_right_what_was_changed_after_she_read_it(desk, house, sign_in):
    """The page she reads is of yesterday; the first moderator changes the question; then she says "it is right"."""
    number = desk.prepare()
    second = sign_in(house.panel.test_client(), desk.second)
    action = f"/desk/votes/{number}/check"
    read = form_of(second.get(f"/desk/votes/{number}"), action)
    changed = form_of(desk.client.get(f"/desk/votes/{number}")) | {"question": "Shall the centre be closed for good?"}
    assert desk.client.post(f"/desk/votes/{number}", data=changed).status_code == 303
    late = second.post(action, data=read | {"right": "y"})
    assert late.status_code == 422
    assert "changed" in late.text
    assert stored(desk.session, number).checked_at is None
    assert find_right(second, number).status_code == 303
    assert stored(desk.session, number).checked_at is not None


def test_a_member_cannot_find_right_what_was_changed_after_she_read_it(desk, house, sign_in):
    number = desk.prepare()
    member = desk.members[0]
    assert desk.client.post(f"/desk/votes/{number}/ask", data={"person": member.id}).status_code == 303
    phone = sign_in(house.panel.test_client(), member)
    action = f"/vote/{number}/check/right"
    read = form_of(phone.get(f"/vote/{number}/check"), action)
    changed = form_of(desk.client.get(f"/desk/votes/{number}")) | {"options-0-title": "Something else altogether"}
    assert desk.client.post(f"/desk/votes/{number}", data=changed).status_code == 303
    late = phone.post(action, data=read)
    assert late.status_code == 422
    assert "changed" in late.text
    assert stored(desk.session, number).checked_at is None
    assert say_right(phone, number).status_code == 303
    assert stored(desk.session, number).checked_at is not None


def test_a_yes_without_what_was_read_is_no_yes(desk, house, sign_in):
    number = desk.prepare()
    second = sign_in(house.panel.test_client(), desk.second)
    for seen in ({}, {"seen": ""}, {"seen": "0" * 64}, {"seen": "é\x00"}):
        assert second.post(f"/desk/votes/{number}/check", data={"right": "y"} | seen).status_code == 422
    assert stored(desk.session, number).checked_at is None


def test_who_keeps_the_key_is_not_changed_behind_the_back_of_whoever_checked(desk):
    """Two members would keep the key; it is found right; then the moderator gives the key back to the computer."""
    number = desk.prepare()
    chosen = [m.id for m in desk.members[:2]]
    assert desk.client.post(f"/desk/votes/{number}/keys", data={"members": chosen}).status_code == 303
    desk.check(number)
    assert desk.client.post(f"/desk/votes/{number}/keys", data={"members": chosen}).status_code == 303
    assert stored(desk.session, number).checked_at is not None  # nothing was changed
    assert desk.client.post(f"/desk/votes/{number}/keys", data={"csrf_token": "x"}).status_code == 303
    assert stored(desk.session, number).checked_at is None


# -- acts that pass each other (PostgreSQL: two transactions at once; SQLite has one writer)


class Two:
    """A prepared ballot and two transactions: one has read it, the other is faster."""

    def __init__(self, house, session):
        self.folder, self.slow, self.fast = house.settings.keys, session, open_session(house.settings)
        with writing(session):
            panel = build.make_panel(session)
            round_ = build.make_round(session, panel, Phase.VOTING)
            self.first, self.second = build.make_moderator(session, panel), build.make_moderator(session, panel)
            self.members = [build.make_member(session, panel) for _ in range(4)]
            round_.phase = Phase.DISCUSSING
            self.number = build.make_ballot(session, round_, self.first).id
            round_.phase = Phase.VOTING
        self.panel_id, self.round_id = panel.id, round_.id
        session.expunge_all()

    def seat(self, session, person):
        found = membership(session, person.id, self.panel_id)
        return queries.with_options(session, self.number), session.get(Round, self.round_id), found

    def check(self):
        with writing(self.fast):
            ballot, round_, by = self.seat(self.fast, self.second)
            preparing.check_ballot(self.fast, ballot, round_, by, now=build.NOW)

    def open(self):
        with writing(self.fast):
            _ballot, round_, by = self.seat(self.fast, self.first)
            actions.open_ballot(self.fast, self.number, round_, by, key_folder=self.folder, now=build.NOW)

    def change(self, ballot, round_, by, **more):
        values = {
            "question": "Shall we close it?", "language": "en", "deadline": build.NOW + timedelta(minutes=6),
            "options": [Option("", "Yes"), Option("", "Of course")], "max_choices": 1, "with_none": False,
        }  # fmt: skip
        preparing.change_ballot(self.slow, ballot, round_, by, now=build.NOW, **(values | more))


@pytest.fixture
def two(house, session):
    made = Two(house, session)
    yield made
    made.fast.close()
    for engine in made.fast.info["engines"].values():
        engine.dispose()


@pytest.mark.postgresql_only
def test_a_change_that_passes_a_check_leaves_it_unchecked(two):
    with writing(two.slow):
        read = two.seat(two.slow, two.first)
        two.check()
        two.change(*read)
    assert stored(two.slow, two.number).question == "Shall we close it?"
    assert stored(two.slow, two.number).checked_at is None


@pytest.mark.postgresql_only
def test_a_check_that_passes_a_change_is_of_what_is_there(two):
    """She read the old words, and the new ones are there when she says yes."""
    with writing(two.slow):
        read = two.seat(two.slow, two.second)
        seen = preparing.seen(read[0])
        with writing(two.fast):
            ballot, round_, by = two.seat(two.fast, two.first)
            preparing.change_ballot(
                two.fast, ballot, round_, by, question="Shall we close it?", language="en", deadline=ballot.deadline,
                options=[Option("", "Yes"), Option("", "No")], max_choices=1, with_none=False, now=build.NOW,
            )  # fmt: skip
        with pytest.raises(NotPrepared, match="changed"):
            preparing.check_ballot(two.slow, *read, now=build.NOW, read=seen)


def keep(two, ballot, round_, by):
    data = archive().bytes()
    outside_actions.keep_result(two.slow, ballot, round_, by, data, address="", now=build.NOW)


def name_two(two, ballot, round_, by):
    chosen = [m.id for m in two.members[:2]]
    scrutineers.name_scrutineers(two.slow, ballot, round_, by, chosen, now=build.NOW)


def note_room(two, ballot, round_, by):
    room_actions.note_room_voters(two.slow, ballot, round_, by, [two.members[0].id], now=build.NOW)


def ask(two, ballot, round_, by):
    preparing.ask_to_check(two.slow, ballot, round_, by, two.members[0].id, now=build.NOW)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("act", [Two.change, keep, name_two, note_room, ask])
def test_nothing_prepared_is_changed_once_it_is_open(two, act):
    """One moderator's page was read before the other opened the vote; what she sends then comes too late."""
    two.check()
    with pytest.raises(Refused) as told, writing(two.slow):
        read = two.seat(two.slow, two.first)
        two.open()
        act(two, *read)
    assert told.value.reason is Reason.WRONG_STATE
    ballot = stored(two.slow, two.number)
    assert (ballot.state, ballot.deadline) == (State.OPEN, build.NOW + timedelta(days=7))
    assert len(queries.scrutineers(two.slow, two.number)) == 0


@pytest.mark.postgresql_only
def test_a_half_is_not_made_anew_while_the_ballot_opens(two):
    """The ballot was sealed to the first half: a second one would open nothing, and the votes would be lost."""
    with writing(two.slow):
        ballot, round_, by = two.seat(two.slow, two.first)
        name_two(two, ballot, round_, by)
    for member in two.members[:2]:
        with writing(two.slow):
            _ballot, round_, by = two.seat(two.slow, member)
            half = scrutineers.make_half(two.slow, two.number, round_, by, now=build.NOW)
            scrutineers.confirm_half(two.slow, two.number, round_, by, half, now=build.NOW)
    two.check()
    two.slow.expunge_all()
    with pytest.raises(Refused) as told, writing(two.slow):
        _ballot, round_, by = two.seat(two.slow, two.members[0])
        two.open()
        scrutineers.make_half(two.slow, two.number, round_, by, now=build.NOW)
    assert told.value.reason is Reason.WRONG_STATE


# -- the clock


def test_a_clock_set_back_reopens_no_vote_that_waits_for_its_halves(world):
    """Over is over: the schedule saw the deadline pass, and the count waits. The clock goes back by an hour."""
    w = world(members=4)
    w.cast(w.members[0], "o1")
    with writing(w.session):
        ballot = w.session.get(Ballot, w.ballot.id)
        ballot.room_is_open = True  # it waits
    code = w.fresh()
    closing.close_due(w.session, w.ballot.id, w.end)
    assert w.again().state is State.OPEN
    before = w.end - timedelta(hours=1)
    with pytest.raises(Refused) as told:
        w.cast(w.members[1], "o2", code=code, now=before)
    assert told.value.reason is Reason.BALLOT_NOT_OPEN
    with pytest.raises(Refused), writing(w.session):
        actions.extend_ballot(
            w.session, w.ballot.id, w.round, w.by, until=w.end + timedelta(days=1), reason="More time is needed.",
            language="en", now=before,
        )  # fmt: skip
    assert w.again().deadline == w.end


def test_neighbours_get_no_more_time_when_the_others_are_counted(world):
    """A desk whose clock lags extends after the first of the two ballots was closed: both end alike, or neither."""
    w = world(members=3, residents=3)
    w.cast(w.members[0], "o1")
    w.close()
    with pytest.raises(Refused), writing(w.session):
        actions.extend_ballot(
            w.session, w.ballot.id, w.round, w.by, until=w.end + timedelta(days=1), reason="More time is needed.",
            language="en", now=w.end - timedelta(seconds=1),
        )  # fmt: skip
    assert stored(w.session, w.twin.id).deadline == w.end


# -- what a member sends


NASTY = ["٣", "-1", "1e9", "o1:1:1", "o1:٣", "o1:-1", "o1:1e9", "o1:0x1", "o1: 1", "\x00", "o1\x00", "none:1", "<b>",
         "\u202eo1", ":", "::", "o1:99999", "o1:" + "9" * 5000, "o1,o2", "O1", "o01", " o1", "o1 "]  # fmt: skip


@pytest.mark.pages
@pytest.mark.parametrize("method", ["approval", "score", "dots", "ranked", "budget", "shortlist", "yes_no", "consent"])
def test_no_choice_from_elsewhere_breaks_a_page_or_gets_in(world, client, sign_in, method):
    w = world(now=now() - timedelta(days=1), method=Method(method), **MAKE[method])
    sign_in(client, w.members[0])
    address = f"/vote/{w.ballot.id}"
    steps = (("look", "o"), ("cast", "o.o1"), ("change", "o"), ("x", "o.\x00"))
    # `make test`: every text is cast, and one of the other steps is tried with it in turn.
    every = os.environ.get("CODESIGN_TESTS") == "all"
    for number, text in enumerate(NASTY):
        for step, name in steps if every else (steps[1], steps[(0, 2, 3)[number % 3]]):
            reply = client.post(address, data={"step": step, name: [text, text], "code": w.fresh(), "order": text})
            assert reply.status_code in ({200} if step == "change" else {422, 429}), (text, step, name)
    w.session.rollback()
    assert queries.voted_count(w.session, w.ballot.id) == 0


def test_twenty_thousand_fields_and_hidden_signs_put_nothing_in(world, client, sign_in):
    w = world(now=now() - timedelta(days=1))
    sign_in(client, w.members[0])
    address = f"/vote/{w.ballot.id}"
    many = client.post(address, data={f"o.{n}": "o1" for n in range(20_000)})
    long = client.post(address, data={"o": "o1", "sign": "x" * 600_000})
    repeated = client.post(address, data={"step": "look", "o": ["o1"] * 5_000})
    assert many.status_code in {200, 400, 413, 422}  # the rest is not looked at
    assert long.status_code in {400, 413, 422}
    assert repeated.status_code in {200, 400, 413, 422}
    for sign in ("<script>alert(1)</script>", "\u202ecba", "a\x00b", "\u200bx", "x" * 21):
        reply = client.post(address, data={"step": "cast", "o": ["o1"], "code": w.fresh(), "sign": sign})
        assert reply.status_code == 422, sign
        assert "<script>alert" not in reply.text
    w.session.rollback()
    assert queries.voted_count(w.session, w.ballot.id) == 0


# -- both halves in the same moment, one on each of the two ballots


def test_both_halves_brought_at_once_wait_for_each_other_and_never_for_ever(house, session):
    h = Held(house, session, residents=2)
    twin = h.open()[1]
    numbers, panel_id, round_id, end = (h.ballot.id, twin.id), h.panel.id, h.round.id, h.end
    people = [m.id for m in h.members[:2]]
    session.rollback()

    def work(which):
        own = open_session(house.settings)
        try:
            with writing(own):
                by = membership(own, people[which], panel_id)
                round_ = own.get(Round, round_id)
                scrutineers.hand_in(
                    own, numbers[which], round_, by, h.halves[which], key_folder=h.folder, now=end
                )  # fmt: skip
            return True
        finally:
            own.close()
            for engine in own.info["engines"].values():
                engine.dispose()

    assert in_threads(2, work) == [True, True]
    session.rollback()
    for number in numbers:
        assert all(s.handed_in for s in queries.scrutineers(session, number))
        closing.close_due(session, number, end)
        assert stored(session, number).state is State.SWEPT
    assert not list(h.folder.glob("*.key"))
