"""Preparing, opening, casting, closing and voiding, on both databases."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta

import build
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.panels.models import Membership
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting import actions, closing, keys, preparing, queries
from codesign.voting.domain import ADOPT, NONE, SEND_BACK, Damaged, NotCast, NotPrepared, Opening, Problem, State
from codesign.voting.models import Ballot, Roll, Slip
from codesign.voting.recount import recount


def problem_of(call):
    with pytest.raises(NotCast) as told:
        call()
    return told.value.problem


def reason_of(call):
    with pytest.raises(Refused) as told:
        call()
    return told.value.reason


def journal(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(VoicesEntry))


def test_opening_freezes_question_options_people_and_deadline(world):
    w = world(members=3)
    opening = Opening.read(w.again().opening)
    assert [o.title for o in opening.options] == ["Street contact", "Open kitchen", "Lessons outside", "Women first"]
    assert (opening.electorate, opening.max_choices, opening.quorum) == (3, 3, 50)
    assert opening.deadline == w.ballot.deadline
    roll = w.session.execute(select(Roll.member_id, Roll.voted)).all()
    assert sorted(roll) == [(p.id, False) for p in sorted(w.members, key=lambda p: p.id)]


def test_the_keys_lie_outside_the_store_for_the_owner_alone(world):
    w = world()
    path = w.key_folder / f"{w.ballot.key_name}.key"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(w.key_folder).st_mode) == 0o700
    made = keys.load(w.key_folder, w.ballot.key_name)
    assert made.private.hex().encode() not in w.ballot.opening
    assert Opening.read(w.ballot.opening).public_key == made.public


def test_an_opened_ballot_cannot_be_changed_or_opened_again(world):
    w = world()

    def change():
        with writing(w.session):
            found = queries.with_options(w.session, w.ballot.id)
            preparing.change_ballot(
                w.session, found, w.round, w.by, question="Other?", language="en", deadline=w.end, options=[],
                max_choices=1, with_none=False, now=w.now,
            )  # fmt: skip

    def again():
        with writing(w.session):
            actions.open_ballot(w.session, w.ballot.id, w.round, w.by, key_folder=w.key_folder, now=w.now)

    assert reason_of(change) is Reason.WRONG_STATE
    assert reason_of(again) is Reason.WRONG_STATE


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"titles": ("One",)}, "options"),
        ({"titles": tuple(f"T{i}" for i in range(21))}, "options"),
        ({"max_choices": 5}, "max_choices"),
        ({"max_choices": 0}, "max_choices"),
        ({"titles": ("", "B"), "max_choices": 1}, "titles"),
        ({"deadline": build.NOW}, "deadline"),
    ],
)
def test_what_a_ballot_lacks_is_named(house, session, more, missing):
    with writing(session):
        round_ = build.make_round(session, phase=Phase.DISCUSSING)
        moderator = build.make_moderator(session, _panel(session, round_))
    with pytest.raises(NotPrepared, match=missing), writing(session):
        build.make_ballot(session, round_, moderator, **more)
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0


def _panel(session, round_):
    from codesign.panels.models import Panel

    return session.get(Panel, round_.panel_id)


def test_a_member_does_not_prepare_and_a_moderator_only_in_time(world):
    w = world()
    w.round.phase = Phase.VOTING
    member = w.members[0]

    def prepare(by):
        with writing(w.session):
            build.make_ballot(w.session, w.round, by, now=w.now)

    assert reason_of(lambda: prepare(member)) is Reason.NOT_YOUR_ROLE
    assert reason_of(lambda: prepare(w.moderator)) is Reason.TOO_LATE


def test_one_vote_each_and_change_by_code(world):
    w = world()
    one = w.members[0]
    w.cast(one, "o1")
    w.cast(one, "o1")  # a lost answer is repaired by sending again
    w.cast(one, "o2", "o3")
    assert w.session.scalar(select(func.count()).select_from(Slip)) == 1
    assert queries.voted_count(w.session, w.ballot.id) == 1
    ballot = w.close()
    tally = queries.result(ballot).tally
    assert (tally.voters, tally.counts["o1"], tally.counts["o2"], tally.counts["o3"]) == (1, 0, 1, 1)


def test_the_four_cases_of_casting(world):
    w = world()
    one, other = w.members[:2]
    w.cast(one, "o1")
    # Voted, and a code that is not mine: another's slip does not exist under it.
    assert problem_of(lambda: w.cast(one, "o2", code=w.fresh())) is Problem.CODE_NEEDED
    assert problem_of(lambda: w.cast(one, "o2", code="")) is Problem.CODE_NEEDED
    # Not voted, but the slip is there: two people were shown one code.
    assert problem_of(lambda: w.cast(other, "o2", code=w.code(one))) is Problem.CODE_TAKEN
    assert problem_of(lambda: w.cast(other, "o2", code="123456789012")) is Problem.CODE_WRONG
    assert problem_of(lambda: w.cast(other, "o2", code="")) is Problem.CODE_WRONG
    w.session.rollback()
    assert queries.voted_count(w.session, w.ballot.id) == 1
    assert queries.result(w.close()).tally.counts["o1"] == 1


def test_a_choice_not_on_this_ballot_is_refused_and_nothing_is_written(world):
    w = world()
    for chosen, problem in [
        ((), Problem.NOTHING_CHOSEN),
        (("o1", "o2", "o3", "o4"), Problem.TOO_MANY),
        (("o9",), Problem.UNKNOWN_OPTION),
        ((NONE, "o1"), Problem.NONE_AND_MORE),
    ]:
        assert problem_of(lambda chosen=chosen: w.cast(w.members[0], *chosen)) is problem
    w.session.rollback()
    assert w.session.scalar(select(func.count()).select_from(Slip)) == 0


def test_R07_residents_vote_apart_and_professionals_never(world):
    w = world(members=3, residents=2)
    assert w.twin is not None
    with writing(w.session):
        professional = build.make_member(w.session, w.panel, Role.PROFESSIONAL)
    assert reason_of(lambda: w.cast(professional, "o1", code=w.fresh())) is Reason.PROFESSIONALS_DO_NOT_VOTE
    assert reason_of(lambda: w.cast(w.moderator, "o1", code=w.fresh())) is Reason.MODERATORS_DO_NOT_VOTE
    # A resident is not on the roll of the newcomers, and the other way round.
    assert reason_of(lambda: w.cast(w.residents[0], "o1", code=w.fresh())) is Reason.NOT_ON_THE_ROLL
    twin = replace(w, ballot=w.twin, codes={})
    twin.cast(w.residents[0], "o2")
    assert reason_of(lambda: twin.cast(w.members[0], "o1")) is Reason.NOT_ON_THE_ROLL
    w.cast(w.members[0], "o1")
    newcomers, neighbours = queries.result(w.close()), queries.result(twin.close())
    assert (newcomers.tally.voters, neighbours.tally.voters) == (1, 1)
    assert neighbours.closed.previous == newcomers.ballot.closed_digest


def test_residents_do_not_vote_where_the_round_does_not_say_so(world):
    w = world(members=2)
    with writing(w.session):
        resident = build.make_member(w.session, w.panel, Role.RESIDENT)
    assert w.twin is None
    assert reason_of(lambda: w.cast(resident, "o1", code=w.fresh())) is Reason.RESIDENTS_DO_NOT_VOTE_HERE


def test_who_came_late_left_or_does_not_belong_has_no_vote(world):
    w = world()
    with writing(w.session):
        late = build.make_member(w.session, w.panel)
        stranger = build.make_member(w.session, build.make_panel(w.session))
        host = build.make_host(w.session)
        gone = w.session.scalar(select(Membership).where(Membership.person_id == w.members[0].id))
        gone.left_at = w.now
    assert reason_of(lambda: w.cast(late, "o1")) is Reason.NOT_ON_THE_ROLL
    for person in (stranger, host, w.members[0]):
        with pytest.raises(LookupError):
            w.cast(person, "o1")
    with pytest.raises(LookupError), writing(w.session):
        actions.cast(w.session, 999_999, late.id, chosen=["o1"], code=w.fresh(), key_folder=w.key_folder, now=w.now)


def test_the_deadline_counts_to_the_instant_also_when_the_schedule_is_dead(world):
    w = world()
    w.cast(w.members[0], "o1", now=w.end - timedelta(microseconds=1))
    assert reason_of(lambda: w.cast(w.members[1], "o1", now=w.end)) is Reason.BALLOT_NOT_OPEN
    # Changing is over as well.
    assert reason_of(lambda: w.cast(w.members[0], "o2", now=w.end)) is Reason.BALLOT_NOT_OPEN


def test_a_clock_set_back_reopens_nothing(world):
    w = world()
    w.cast(w.members[0], "o1")
    w.close()
    assert reason_of(lambda: w.cast(w.members[0], "o2", code="1" * 12, now=w.now)) is Reason.BALLOT_NOT_OPEN
    assert reason_of(lambda: w.cast(w.members[1], "o2", code="1" * 12, now=w.now)) is Reason.BALLOT_NOT_OPEN


def test_nothing_is_closed_before_the_deadline(world):
    w = world()
    closing.close_due(w.session, w.ballot.id, w.end - timedelta(seconds=1))
    assert w.again().state is State.OPEN

    def by_hand(now):
        with writing(w.session):
            actions.close_ballot(w.session, w.ballot.id, w.round, w.by, key_folder=w.key_folder, now=now)

    assert reason_of(lambda: by_hand(w.end - timedelta(seconds=1))) is Reason.TIME_IS_NOT_UP
    by_hand(w.end)
    assert w.again().state is State.CLOSED
    by_hand(w.end)
    assert w.close().state is State.SWEPT


def test_closing_twice_is_closing_once(world):
    w = world()
    w.cast(w.members[0], "o1")
    first = w.close()
    frozen, told = first.closed_digest, first.release_digest
    second = w.close(w.end + timedelta(days=1))
    assert (second.closed_digest, second.release_digest) == (frozen, told)
    assert second.closed_at == w.end


def test_after_the_sweep_the_keys_are_gone_and_the_slips_stay(world):
    w = world()
    for person in w.members:
        w.cast(person, "o1")
    assert keys.present(w.key_folder, w.ballot.key_name)
    ballot = w.close()
    assert ballot.state is State.SWEPT
    assert not keys.present(w.key_folder, ballot.key_name)
    assert list(w.key_folder.iterdir()) == []
    assert w.session.scalar(select(func.count()).select_from(Slip)) == len(w.members)


def test_the_closed_list_is_sorted_whole_and_recounted(world):
    from codesign.voting.closed_list import bundle

    w = world(members=9)
    for i, person in enumerate(w.members[:7]):
        w.cast(person, f"o{i % 4 + 1}", sign=f"sign {i}")
    ballot = w.close()
    found = queries.result(ballot)
    assert [line.code for line in found.closed.lines] == sorted(w.codes.values())
    assert {line.sign for line in found.closed.lines} == {f"sign {i}" for i in range(7)}
    assert all(f.holds for f in recount(bundle(ballot.opening, ballot.closed, ballot.release_digest)))


def test_two_ballots_of_a_round_are_chained(world, session, house):
    w = world()
    with writing(session):
        w.round.phase = Phase.DISCUSSING
        session.add(w.round)
        second = build.make_ballot(session, w.round, w.moderator, now=build.NOW)
        build.open_ballot(session, second, w.round, w.moderator, house.settings.keys)
    first = w.close()
    other = replace(w, ballot=second, codes={}).close()
    assert (first.chain, other.chain) == (1, 2)
    assert queries.result(other).closed.previous == first.closed_digest


def test_casting_leaves_no_line_in_the_journal(world):
    w = world()
    before = journal(w.session)
    for person in w.members:
        w.cast(person, "o1")
        w.cast(person, "o2")
    assert journal(w.session) == before
    w.close()
    assert journal(w.session) == before + 2  # closed, swept


def test_R11_adoption_needs_the_panel_with_quorum(world):
    w = world(members=6, kind="adoption", subject="a" * 64)
    assert queries.adoption_result(w.session, w.ballot.id).closed is False
    w.cast(w.members[0], ADOPT)
    w.cast(w.members[1], ADOPT)
    w.close()
    result = queries.adoption_result(w.session, w.ballot.id)
    assert (result.outcome, result.quorum_met, result.adopted, result.needed) == (ADOPT, False, False, 3)


def test_the_reason_for_sending_back_shows_after_closing_without_code(world):
    w = world(members=5, kind="adoption", subject="a" * 64)
    for i, person in enumerate(w.members[:3]):
        w.cast(person, SEND_BACK, reason=f"Part {i} is missing.")
    w.cast(w.members[3], ADOPT, reason="This stays with me.")
    ballot = w.close()
    result = queries.adoption_result(w.session, ballot.id)
    assert (result.outcome, result.quorum_met, result.adopted) == (SEND_BACK, True, False)
    assert sorted(result.reasons) == [f"Part {i} is missing." for i in range(3)]
    assert b"This stays with me" not in ballot.closed


def test_residents_have_no_vote_on_the_advice(world):
    w = world(members=2, kind="adoption", subject="a" * 64)
    with writing(w.session):
        resident = build.make_member(w.session, w.panel, Role.RESIDENT)
    assert reason_of(lambda: w.cast(resident, ADOPT)) is Reason.ONLY_NEWCOMERS_ADOPT


def test_a_void_ballot_throws_its_slips_away_and_says_why(world):
    w = world()
    w.cast(w.members[0], "o1")

    def void(reason):
        with writing(w.session):
            actions.void_ballot(w.session, w.ballot.id, w.round, w.by, reason=reason, language="en", now=w.now)

    assert reason_of(lambda: void(" ")) is Reason.SAY_WHY_FIRST
    void("An option was missing.")
    assert w.session.scalar(select(func.count()).select_from(Slip)) == 0
    assert w.session.scalar(select(func.count()).select_from(Roll)) == 0
    ballot = w.close(w.now)
    assert (ballot.state, ballot.void_reason, ballot.swept_at) == (State.VOID, "An option was missing.", w.now)
    assert not keys.present(w.key_folder, ballot.key_name)
    assert reason_of(lambda: w.cast(w.members[1], "o1", code="1" * 12)) is Reason.BALLOT_NOT_OPEN
    assert reason_of(lambda: void("Again.")) is Reason.WRONG_STATE
    assert queries.result(ballot) is None


def test_a_restore_without_keys_cannot_be_counted_and_can_be_made_void(world):
    w = world()
    w.cast(w.members[0], "o1")
    code = w.fresh()
    keys.destroy(w.key_folder, w.ballot.id)
    with pytest.raises(keys.KeysMissing):
        w.cast(w.members[1], "o1", code=code)
    with pytest.raises(keys.KeysMissing):
        closing.close_due(w.session, w.ballot.id, w.end)
    assert w.again().state is State.OPEN
    with writing(w.session):
        actions.void_ballot(w.session, w.ballot.id, w.round, w.by, reason="Keys are gone.", language="en", now=w.end)
    assert w.close().state is State.VOID


def test_slips_that_do_not_fit_the_roll_are_never_counted(world):
    w = world()
    w.cast(w.members[0], "o1")
    w.cast(w.members[1], "o2")
    with writing(w.session):
        w.session.execute(Slip.__table__.delete().where(Slip.code_key == queries.slips(w.session, w.ballot.id)[0][0]))
    with pytest.raises(Damaged, match="as many slips"):
        closing.close_due(w.session, w.ballot.id, w.end)
    assert w.again().state is State.OPEN


def test_a_slip_copied_under_another_name_is_never_counted(world):
    w = world()
    w.cast(w.members[0], "o1")
    w.cast(w.members[1], "o2")
    (_one, sealed), (other, _theirs) = queries.slips(w.session, w.ballot.id)
    with writing(w.session):
        w.session.execute(Slip.__table__.update().where(Slip.code_key == other).values(sealed=sealed))
    with pytest.raises(Damaged, match="name of another"):
        closing.close_due(w.session, w.ballot.id, w.end)


def test_the_law_stands_in_the_database_too(world):
    w = world()
    w.cast(w.members[0], "o1")
    with pytest.raises(IntegrityError), writing(w.session):
        w.session.add(Roll(ballot_id=w.ballot.id, member_id=w.members[0].id, voted=False))
    name, sealed = queries.slips(w.session, w.ballot.id)[0]
    with pytest.raises(IntegrityError), writing(w.session):
        w.session.add(Slip(ballot_id=w.ballot.id, code_key=name, sealed=sealed))
    for values in ({"state": State.CLOSED}, {"state": State.VOID}, {"max_choices": 0}, {"opening": None}):
        with pytest.raises(IntegrityError), writing(w.session):
            w.session.execute(Ballot.__table__.update().where(Ballot.id == w.ballot.id).values(**values))


def test_nobody_who_joins_leaves_or_is_erased_changes_what_was_frozen(world):
    w = world(members=4)
    for person in w.members:
        w.cast(person, "o1")
    with writing(w.session):
        w.session.scalar(select(Membership).where(Membership.person_id == w.members[0].id)).left_at = w.now
        w.members[1].erased_at = w.now
        w.members[1].pseudonym = w.members[1].pseudonym_folded = None
        w.session.add(w.members[1])
        build.make_member(w.session, w.panel)
        w.round.quorum = 100
        w.session.add(w.round)
    found = queries.result(w.close())
    assert (found.tally.voters, found.tally.electorate, found.opening.quorum) == (4, 4, 50)


def test_no_page_query_counts_an_open_ballot(world):
    w = world()
    w.cast(w.members[0], "o1")
    assert queries.result(w.again()) is None
    assert queries.tally(w.session, w.ballot.id) is None
    assert queries.outcomes_of_round(w.session, w.round.id) == []
    assert queries.ballot_running(w.session, w.round.id)
    w.close()
    assert not queries.ballot_running(w.session, w.round.id)
    assert len(queries.outcomes_of_round(w.session, w.round.id)) == 1


def test_home_knows_my_own_open_ballots_only(world):
    w = world()
    w.cast(w.members[0], "o1")
    w.session.rollback()
    assert [(b.id, b.voted) for b in queries.open_ballots(w.session, w.members[0].id, w.now)] == [(w.ballot.id, True)]
    assert [(b.id, b.voted) for b in queries.open_ballots(w.session, w.members[1].id, w.now)] == [(w.ballot.id, False)]
    assert queries.open_ballots(w.session, w.members[0].id, w.end) == []
    assert queries.open_ballots(w.session, w.moderator.id, w.now) == []
