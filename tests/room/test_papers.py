"""Sheets of paper: printed with codes that are kept nowhere, entered by two people, settled one by one."""

from __future__ import annotations

import build
import pytest
import sqlalchemy as sa

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.room import actions, entering, sheets, tablets
from codesign.room import queries as room_queries
from codesign.room.domain import Fault, NotInTheRoom, Sheet, differences
from codesign.room.models import RoomBatch, RoomEntry
from codesign.rules.permissions import Refused
from codesign.rules.roles import Role
from codesign.voting import keys, queries
from codesign.voting.domain import Damaged, NotCast, Problem
from codesign.voting.models import RoomVoter
from room.conftest import YES_NO

pytestmark = pytest.mark.pages


def wrong(error, fault):
    assert error.value.fault is fault


def differ(r):
    secret = keys.load(r.key_folder, r.ballot.key_name).codes
    return [d.code for d in differences(*entering.read_sheets(r.session, r.ballot.id, secret))]


def agree(r, person, code):
    with writing(r.session):
        entering.take_other(
            r.session, r.ballot.id, r.round, r.member(person), code=code, key_folder=r.key_folder, now=r.end
        )


def remove(r, person, code):
    with writing(r.session):
        entering.remove_sheet(
            r.session, r.ballot.id, r.round, r.member(person), code=code, key_folder=r.key_folder, now=r.end
        )


def test_two_readings_are_compared_sheet_by_sheet():
    yes, no, empty = Sheet("1", {"yes": 1}), Sheet("2", {"no": 1}), Sheet("3", {}, spoiled=True)
    assert differences({"1": yes, "2": no}, {"1": Sheet("1", {"yes": 1}), "2": no}) == []
    found = differences({"1": yes, "3": empty}, {"1": Sheet("1", {"no": 1}), "2": no})
    assert [(d.code, d.first, d.second) for d in found] == [
        ("1", yes, Sheet("1", {"no": 1})), ("2", None, no), ("3", empty, None),
    ]  # fmt: skip
    assert Sheet("1", {"no": 1}, "Too  far away").same(Sheet("1", {"no": 1}, "too far\naway "))
    assert not Sheet("1", {"no": 1}, "Too far").same(Sheet("1", {"no": 1}, "Too dear"))


def test_what_was_entered_is_stored_closed_and_opens_only_with_this_ballots_key(room):
    r = room(**YES_NO)
    code = r.print()[0]
    r.seat(r.second)
    r.enter(r.second, code, "no", reason="The kitchen is too far away.")
    row = room_queries.entries(r.session, r.ballot.id)[0]
    assert b"kitchen" not in row.closed
    assert code.encode() not in row.closed
    secret = keys.load(r.key_folder, r.ballot.key_name).codes
    assert sheets.read(row.closed, secret) == Sheet(code, {"no": 1}, "The kitchen is too far away.")
    with pytest.raises(Damaged):
        sheets.read(row.closed, bytes(32))
    with pytest.raises(Damaged):
        sheets.read(row.closed[:-1] + bytes([row.closed[-1] ^ 1]), secret)
    empty = sheets.close(Sheet(code, {}, spoiled=True), secret)
    assert len(empty) == len(row.closed)


def test_a_wrong_repeated_or_foreign_code_is_refused_at_the_sheet(room):
    r, other = room(members=5, noted=4, **YES_NO), room(**YES_NO)
    code, foreign = r.print()[0], other.print()[0]
    phone, used = r.fresh(), r.fresh_in_room()
    r.cast(r.members[4], "yes", code=phone)
    tablet = r.tablet()
    r.cast_on(tablet, r.turn(tablet), "yes", code=used)
    r.seat(r.second)
    for typed in ("", "12", "123456789012", foreign, phone, code[:-1] + str((int(code[-1]) + 1) % 10), "x" * 200):
        with pytest.raises(NotInTheRoom) as error:
            r.enter(r.second, typed, "yes")
        wrong(error, Fault.NO_CODE)
    with pytest.raises(NotInTheRoom) as error:
        r.enter(r.second, used, "yes")
    wrong(error, Fault.HAS_VOTED)
    assert r.enter(r.second, f" {code[:4]}-{code[4:]} ", "yes") == code
    r.enter(r.second, code, "yes")  # the same sheet sent again is once
    with pytest.raises(NotInTheRoom) as error:
        r.enter(r.second, code, "no")
    wrong(error, Fault.TWICE)
    r.enter(r.second, code, "no", again=True)
    assert room_queries.entered_count(r.session, r.ballot.id, 1) == 1


def test_a_sheet_that_no_form_could_have_sent_is_wrong_or_spoiled(room):
    r = room(members=5, noted=4)
    code = r.print()[0]
    r.seat(r.second)
    for chosen, problem in (
        ((), Problem.NOTHING_CHOSEN), (("o1", "none"), Problem.NONE_AND_MORE), (("o9",), Problem.UNKNOWN_OPTION),
        (("o1", "o2", "o3", "o4"), Problem.TOO_MANY),
    ):  # fmt: skip
        with pytest.raises(NotCast) as error:
            r.enter(r.second, code, *chosen)
        assert error.value.problem is problem
    with pytest.raises(NotInTheRoom) as both:
        r.enter(r.second, code, "o1", spoiled=True)
    wrong(both, Fault.SPOILED_AND_MARKED)
    r.enter(r.second, code, spoiled=True)
    assert room_queries.entered_count(r.session, r.ballot.id, 1) == 1


def test_differences_are_settled_by_whoever_read_it_wrong(room):
    r = room(members=7, noted=6, **YES_NO)
    a, b, c, d = r.print()[:4]
    one, two = r.second, r.members[6]
    for person in (one, two):
        r.seat(person)
        r.enter(person, a, "yes")
    r.enter(one, b, "yes")
    r.enter(two, b, "no")
    r.enter(one, c, "yes")
    r.enter(two, d, "no")
    with pytest.raises(NotInTheRoom) as error:
        agree(r, one, b)  # nobody sees the other's before both are done
    wrong(error, Fault.NOT_DONE)
    r.done(one)
    with pytest.raises(NotInTheRoom) as error:
        r.settle()
    wrong(error, Fault.NOT_DONE)
    r.done(two, two)
    assert differ(r) == sorted([b, c, d])
    with pytest.raises(NotInTheRoom) as error:
        r.settle()
    wrong(error, Fault.DIFFERENT)
    agree(r, one, b)
    with pytest.raises(NotInTheRoom) as error:
        agree(r, two, c)  # she reads the paper herself
    wrong(error, Fault.NOT_DONE)
    r.enter(two, c, "yes")
    agree(r, two, d)  # the first did not have it: there is no such sheet
    assert differ(r) == []
    agree(r, two, a)
    with pytest.raises(NotInTheRoom) as error:
        agree(r, two, d)
    wrong(error, Fault.NOT_THERE)
    r.settle()
    r.close()
    assert queries.result(r.again()).tally.counts == {"yes": 2, "no": 1, "abstain": 0}


def test_empty_and_unclear_sheets_are_told_and_are_no_votes(room):
    r = room(members=5, noted=4, **YES_NO)
    a, b = r.print()[:2]
    for person in (r.second, r.members[0]):
        r.seat(person)
        r.enter(person, a, "yes")
        r.enter(person, b, spoiled=True)
    r.done(r.second, r.members[0])
    r.settle()
    box = room_queries.box(r.session, r.ballot.id)
    assert (box.printed, box.spoiled) == (6, 1)
    r.close()
    assert queries.result(r.again()).closed.room == 1


def test_two_different_people_of_the_panel_and_no_third(room):
    r = room(members=5, noted=4, **YES_NO)
    r.print()
    with pytest.raises(Refused):
        r.seat(r.second, now=r.now)  # not before the end
    assert r.seat(r.second) == 1
    assert r.seat(r.second) == 1
    assert r.seat(r.members[0]) == 2
    with pytest.raises(NotInTheRoom) as error:
        r.seat(r.members[1])
    wrong(error, Fault.BOTH_SEATS_TAKEN)
    with pytest.raises(NotInTheRoom) as error:
        r.enter(r.members[1], r.sheets[0], "yes")
    wrong(error, Fault.NOT_YOUR_SEAT)
    with writing(r.session):
        entering.start_over(r.session, r.ballot.id, r.round, r.by, 2, now=r.end)
    assert r.seat(r.members[1]) == 2
    with pytest.raises(NotInTheRoom):
        r.enter(r.members[0], r.sheets[0], "yes")


def test_where_no_sheet_was_printed_nobody_needs_to_enter_any(room):
    r = room(members=4, noted=2, **YES_NO)
    tablet = r.tablet()
    r.cast_on(tablet, r.turn(tablet), "yes")
    with pytest.raises(Refused):
        r.settle(r.now)
    r.settle()
    r.close()
    assert queries.result(r.again()).tally.voters == 1


def test_whoever_erases_herself_leaves_nothing_in_the_room(room):
    r = room(members=5, noted=3, **YES_NO)
    r.print()
    r.seat(r.members[0])
    r.enter(r.members[0], r.sheets[0], "yes")
    with writing(r.session):
        actions.forget(r.session, r.members[0].id, r.end)
    assert r.session.scalars(sa.select(RoomEntry)).all() == []
    assert r.session.scalars(sa.select(RoomBatch)).all() == []
    noted = r.session.scalars(sa.select(RoomVoter.member_id)).all()
    assert sorted(noted) == sorted([r.members[1].id, r.members[2].id])


def test_what_people_write_beside_an_answer_comes_along_from_paper(room):
    r = room(members=5, noted=3, **{**YES_NO, "method": "consent"})
    a, b = r.print()[:2]
    for person in (r.second, r.members[0]):
        r.seat(person)
        with pytest.raises(NotCast) as error:
            r.enter(person, a, "object")
        assert error.value.problem is Problem.OBJECTION_WITHOUT_WORDS
        r.enter(person, a, "object", reason="Too far for us.")
        r.enter(person, b, "agree", reason="")
    r.done(r.second, r.members[0])
    r.settle()
    r.close()
    assert queries.result(r.again()).closed.reasons == (("object", "Too far for us."),)


def test_neighbours_count_apart_on_paper_too(room):
    r = room(members=3, noted=2, residents=2, **YES_NO)
    with writing(r.session):
        made = actions.print_sheets(r.session, r.twin.id, r.round, r.by, count=1, key_folder=r.key_folder, now=r.now)
    r.seat(r.second)
    with pytest.raises(NotInTheRoom) as error:  # a sheet of the neighbours' vote is no sheet of this one
        r.enter(r.second, made[0], "yes")
    wrong(error, Fault.NO_CODE)


def test_professionals_may_help_to_enter_but_strangers_find_nothing(room, house, sign_in, session, monkeypatch):
    r = room(members=4, noted=2, live=True, **YES_NO)
    with writing(session):
        helper = build.make_member(session, r.panel, Role.PROFESSIONAL)
        stranger = build.make_member(session, build.make_panel(session))
    monkeypatch.setattr("codesign.room.papers.now", lambda: r.end)
    path = f"/vote/{r.ballot.id}/sheets"
    assert sign_in(house.panel.test_client(), helper).get(path).status_code == 200
    assert sign_in(house.panel.test_client(), stranger).get(path).status_code == 404


def test_each_act_in_the_room_has_its_journal_row_and_no_row_knows_a_sheet(room):
    r = room(members=6, noted=4, **YES_NO)
    tablet = r.tablet()
    with writing(r.session):
        found = room_queries.tablet(r.session, tablet)
        tablets.leave_tablet(r.session, found, r.round, r.by, now=r.now)
    r.move(r.members[5])
    a, b = r.print()[:2]
    r.seat(r.second)
    r.enter(r.second, a, "yes")
    r.enter(r.second, b, "yes")
    remove(r, r.second, b)
    r.enter_all([(a, "no")], r.members[0])
    r.done(r.second)
    agree(r, r.members[0], a)
    with writing(r.session):
        entering.start_over(r.session, r.ballot.id, r.round, r.by, 2, now=r.end)
    r.enter_all([(a, "yes")], r.members[1])
    r.settle()
    rows = r.session.execute(sa.select(VoicesEntry.verb, VoicesEntry.what, VoicesEntry.what_id)).all()
    verbs = {verb for verb, _what, _id in rows}
    assert verbs >= {
        "note_room_voters", "start_tablet", "leave_tablet", "choose_room", "print_sheets", "begin_sheets", "enter_sheet",
        "remove_sheet", "end_sheets", "agree_on_sheet", "start_sheets_over", "settle_room",
    }  # fmt: skip
    about = {(what, str(id)) for verb, what, id in rows if "sheet" in verb or "room" in verb}
    assert about == {("ballot", str(r.ballot.id))}
