"""Composing, adopting and sending, on both databases: what is refused, what is stale, and what crosses the wall once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import build
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advice.conftest import CHAIN, FIELDS, voted
from codesign.advice import actions, citing, composing, queries, quote_queries, ratifying, sending
from codesign.advice.actions import Full, Links, NotHere, Stale
from codesign.advice.domain import blocks, fingerprint
from codesign.advice.models import Advice, CitedBlock, QuoteState, Ratified, SentAdvice
from codesign.advice.quoting import NotTheirWords, TranslationNeeded
from codesign.advice.values import Actor, ActorKind, CitedKind, Words
from codesign.db import writing
from codesign.documents.models import AdviceStatus, Document
from codesign.documents.models import Kind as DocumentKind
from codesign.evidence.values import Kind
from codesign.jobs.models import OutboxItem
from codesign.panels.models import Municipality
from codesign.panels.queries import round_for
from codesign.rules.permissions import Reason, Refused
from codesign.rules.phases import Phase
from codesign.rules.states import AdviceState


def refused(reason):
    return pytest.raises(Refused, match=reason.value)


def test_an_advice_is_begun_once_a_round(world):
    world.begin()
    first = world.advice_id
    world.begin()
    assert world.advice_id == first


def test_only_a_moderator_in_the_step_of_advising_begins_it(world, session):
    with writing(session), refused(Reason.NOT_YOUR_ROLE):
        view = round_for(session, world.round.id, world.members[0].id)
        actions.compile_advice(session, view, language="en", now=world.now)
    world.phase(Phase.VOTING)
    with writing(session), refused(Reason.NOT_YET):
        view = round_for(session, world.round.id, world.moderator.id)
        actions.compile_advice(session, view, language="en", now=world.now)


def test_a_complete_advice_lacks_only_adoption(drafted, session):
    content = composing.content(session, drafted.view())
    assert [b.what.value for b in blocks(content)] == ["adoption"]
    assert content.heard[0].quarters == (3,)
    assert content.heard[0].proposal_id == drafted.ideas[0].id
    assert content.worked.members == 10


def test_a_stale_save_of_words_keeps_both(world, session):
    world.begin()
    blank = fingerprint("")
    with world.write():
        actions.save_words(session, world.view(), {(Words.GOES_WELL, ""): ("First", blank)}, now=world.now)
    with pytest.raises(Stale) as stale, world.write():
        actions.save_words(session, world.view(), {(Words.GOES_WELL, ""): ("Second", blank)}, now=world.now)
    assert stale.value.theirs == {"goes_well": "First"}
    with world.write():
        pieces = {(Words.GOES_WELL, ""): ("Both", fingerprint("First"))}
        actions.save_words(session, world.view(), pieces, now=world.now)
    assert composing.content(session, world.view()).text(Words.GOES_WELL) == "Both"


def test_what_one_did_not_touch_is_never_stale(world, session):
    world.begin()
    blank = fingerprint("")
    with world.write():
        actions.save_words(session, world.view(), {(Words.IN_SHORT, "nl"): ("Kort", blank)}, now=world.now)
    with world.write():
        both = {(Words.IN_SHORT, "nl"): ("", blank), (Words.IN_SHORT, "ar"): ("قصير", blank)}
        actions.save_words(session, world.view(), both, now=world.now)
    assert composing.content(session, world.view()).summaries == {"nl": "Kort", "ar": "قصير"}


def test_a_stale_recommendation_and_chain_are_seen(drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    with pytest.raises(Stale) as stale, drafted.write():
        actions.save_recommendation(
            session, drafted.view(), row.id, FIELDS, actors=[], links=Links(), seen=row.version - 1, now=drafted.now
        )
    assert stale.value.theirs["title"] == "Invite a street contact"
    assert stale.value.versions == {"version": row.version}
    with pytest.raises(Stale), drafted.write():
        actions.save_chain(session, drafted.view(), row.id, CHAIN, seen=0, now=drafted.now)
    with pytest.raises(Stale), drafted.write():
        actions.save_cover(session, drafted.view(), title="x", language="en", seen=0, now=drafted.now)


def test_at_most_five_in_an_order_that_can_change(drafted, session):
    for _ in range(4):
        drafted.recommend()
    with pytest.raises(Full), drafted.write():
        actions.add_recommendation(session, drafted.view(), title="A sixth", now=drafted.now)
    before = [r.id for r in queries.recommendations(session, drafted.advice_id)]
    with drafted.write():
        actions.raise_recommendation(session, drafted.view(), before[4], now=drafted.now)
        actions.raise_recommendation(session, drafted.view(), before[0], now=drafted.now)
    after = [r.id for r in queries.recommendations(session, drafted.advice_id)]
    assert after == [*before[:3], before[4], before[3]]
    with drafted.write():
        actions.drop_recommendation(session, drafted.view(), after[0], now=drafted.now)
    left = queries.recommendations(session, drafted.advice_id)
    assert [(r.id, r.position) for r in left] == [(key, n) for n, key in enumerate(after[1:], start=1)]


def test_the_store_itself_refuses_a_sixth_place_and_a_figure_without_source(drafted, session):
    from codesign.advice.models import Recommendation

    with pytest.raises(IntegrityError), writing(session):
        session.add(Recommendation(advice_id=drafted.advice_id, position=6, title="x"))
        session.flush()
    with pytest.raises(IntegrityError), writing(session):
        session.add(CitedBlock(advice_id=drafted.advice_id, kind=CitedKind.FIGURE, text="12"))
        session.flush()


def test_R06_a_figure_without_source_date_and_definition_is_not_saved(drafted, session):
    with pytest.raises(ValueError, match="a figure needs"), drafted.write():
        citing.cite(
            session, drafted.view(), kind=CitedKind.FIGURE, text="12 of 100", source="CBS", source_date=None,
            checked_on=None, definition="", url="", now=drafted.now,
        )  # fmt: skip


def test_nothing_of_another_round_can_stand_behind_a_recommendation(drafted, house, session):
    other = voted(house, session)
    row = queries.recommendations(session, drafted.advice_id)[0]
    foreign = [o.id for o in queries.outcomes(session, other.round.id)]
    for links in (Links(options=foreign), Links(proposals=[other.ideas[0].id]), Links(quotes=[999])):
        with pytest.raises(NotHere), drafted.write():
            actions.save_recommendation(
                session, drafted.view(), row.id, FIELDS, actors=[], links=links, seen=row.version, now=drafted.now
            )
    other.begin()
    with pytest.raises(NotHere), other.write():
        actions.drop_recommendation(session, other.view(), row.id, now=other.now)
    cited = queries.cited(session, drafted.advice_id)[0]
    with pytest.raises(NotHere), other.write():
        citing.drop_cited(session, other.view(), cited.id, now=other.now)


def test_a_quote_goes_out_only_when_its_maker_says_so(drafted, session):
    sentence = "One neighbour with tea is worth ten letters."
    asked = drafted.quote(drafted.ideas[0], sentence)
    assert drafted.quote(drafted.ideas[0], f"  {sentence}\n") == asked
    assert quote_queries.released(session, drafted.round.id) == []
    assert [view.quote.id for view in quote_queries.quotes_asked(session, drafted.members[0].id)] == [asked]
    assert quote_queries.quote_for(session, asked, drafted.members[1].id) is None
    with pytest.raises(NotHere), drafted.write():
        actions.link(session, drafted.view(), Links(quotes=[asked]), now=drafted.now)
    drafted.release(asked, drafted.members[0])
    with drafted.write():
        actions.link(session, drafted.view(), Links(quotes=[asked]), now=drafted.now)
    content = composing.content(session, drafted.view())
    assert [(q.text, q.translated, q.domains) for q in content.quotes] == [(sentence, False, ("BRI",))]
    drafted.release(asked, drafted.members[0], release=False)
    after = composing.content(session, drafted.view())
    assert (after.quotes, after.lost) == ((), (Kind.QUOTE,))


def test_the_words_are_quoted_letter_by_letter_and_in_the_language_of_the_advice(drafted, session):
    with pytest.raises(NotTheirWords):
        drafted.quote(drafted.ideas[0], "Ten neighbours are worth one letter.")
    with pytest.raises(TranslationNeeded):
        drafted.quote(drafted.ideas[1], "نطبخ معًا كل أسبوع.")
    asked = drafted.quote(drafted.ideas[1], "نطبخ معًا كل أسبوع.", "We cook together each week.")
    drafted.release(asked, drafted.members[1])
    found = quote_queries.released(session, drafted.round.id)[0]
    assert (found.text, found.translated) == ("We cook together each week.", True)


def test_a_reply_can_be_quoted_and_a_withdrawn_idea_takes_its_quote_along(drafted, session):
    with writing(session):
        reply = build.make_reply(session, drafted.ideas[0], drafted.members[3], "I still eat with her on Sundays.")
    asked = drafted.quote(reply, "I still eat with her on Sundays.")
    drafted.release(asked, drafted.members[3])
    assert [q.domains for q in quote_queries.released(session, drafted.round.id)] == [("BRI",)]
    with writing(session):
        from codesign.rules.words import WordState

        reply = session.merge(reply)
        reply.state = WordState.TAKEN_BACK
    assert quote_queries.released(session, drafted.round.id) == []


def test_nobody_changes_their_mind_about_a_quote_after_adoption(drafted, session):
    asked = drafted.quote(drafted.ideas[0], "Nobody rang my bell.")
    drafted.release(asked, drafted.members[0])
    drafted.adopt()
    with refused(Reason.ALREADY_ADOPTED):
        drafted.release(asked, drafted.members[0], release=False)
    assert quote_queries.quote_for(session, asked, drafted.members[0].id).quote.state is QuoteState.RELEASED


def test_R02_advice_of_newcomers_alone_is_not_given_to_the_panel(drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    with drafted.write():
        actions.save_recommendation(
            session, drafted.view(), row.id, FIELDS, actors=[Actor("We", ActorKind.NEWCOMERS)],
            links=Links([o.id for o in queries.outcomes(session, drafted.round.id)]), seen=row.version, now=drafted.now,
        )  # fmt: skip
    with refused(Reason.NAME_OTHER_ACTORS_FIRST):
        drafted.give()


def test_R28_advice_with_an_incomplete_chain_is_not_given_to_the_panel(drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    with drafted.write():
        actions.save_chain(session, drafted.view(), row.id, CHAIN | {"risks": ""}, seen=row.version, now=drafted.now)
    with refused(Reason.NOT_COMPLETE):
        drafted.give()


def test_the_panel_has_the_text_and_nobody_changes_it(drafted, session):
    drafted.give()
    with refused(Reason.WRONG_STATE), drafted.write():
        actions.save_words(session, drafted.view(), {(Words.WE_DO, ""): ("Other", "")}, now=drafted.now)
    with refused(Reason.WRONG_STATE), drafted.write():
        actions.save_cover(session, drafted.view(), title="Other", language="en", seen=1, now=drafted.now)
    with refused(Reason.WRONG_STATE):
        drafted.give()


def test_R11_only_a_vote_with_quorum_adopts(drafted, session):
    with refused(Reason.PANEL_MUST_ADOPT_FIRST), drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)
    drafted.give()
    assert ratifying_state(drafted, session) is AdviceState.TO_PANEL
    ballot = drafted.open_vote()
    drafted.cast(ballot, {"adopt": 9, "send_back": 1})
    with drafted.write():
        assert ratifying.set_adopted(session, drafted.advice_id, now=drafted.now) is None
    drafted.settle(ballot)
    assert drafted.view().advice.state is AdviceState.ADOPTED
    assert drafted.view().advice.adopted_ballot_id == ballot.id


def ratifying_state(world, session):
    with world.write():
        return ratifying.set_adopted(session, world.advice_id, now=world.now)


def test_R11_no_row_can_say_adopted_without_its_ballot(drafted, session):
    with pytest.raises(IntegrityError), writing(session):
        row = session.get(Advice, drafted.advice_id)
        row.state = AdviceState.ADOPTED
        session.flush()


@pytest.mark.parametrize(
    ("votes", "result"), [({"adopt": 3, "send_back": 5}, Ratified.SENT_BACK), ({"adopt": 4}, Ratified.NO_QUORUM)]
)
def test_sent_back_or_without_quorum_it_is_a_draft_again_with_the_reasons(drafted, session, votes, result):
    drafted.give()
    ballot = drafted.open_vote()
    drafted.cast(ballot, votes, reason="The women's group first.")
    drafted.settle(ballot)
    assert drafted.view().advice.state is AdviceState.DRAFT
    assert [r.result for r in queries.ratifications(session, drafted.advice_id)] == [result]
    from codesign.voting.queries import adoption_result

    reasons = adoption_result(session, ballot.id).reasons
    assert reasons == (("The women's group first.",) * votes.get("send_back", 0))
    with drafted.write():
        pieces = {(Words.WE_DO, ""): ("More", fingerprint("We open our kitchen."))}
        actions.save_words(session, drafted.view(), pieces, now=drafted.now)
    drafted.adopt()
    assert drafted.view().advice.state is AdviceState.ADOPTED


def test_one_vote_on_the_text_at_a_time(drafted, session):
    with refused(Reason.WRONG_STATE):
        drafted.open_vote()
    drafted.give()
    drafted.open_vote()
    with refused(Reason.BALLOT_STILL_OPEN):
        drafted.open_vote()


def test_sent_once_with_the_next_number_and_received_as_it_is(drafted, session):
    with drafted.write():
        place = session.get(Municipality, drafted.panel.municipality_code)
        sending.change_place_numbers(session, place, year=2026, used=2, by=drafted.moderator.id, now=drafted.now)
    drafted.adopt()
    with drafted.write():
        digest = sending.send_advice(session, drafted.view(), now=drafted.now)
    with drafted.write():
        assert sending.send_advice(session, drafted.view(), now=drafted.now + timedelta(days=1)) == digest
    assert session.query(OutboxItem).filter_by(kind="advice").count() == 1
    delivery = drafted.cross()
    problems = [(i.kind, i.problem) for i in session.scalars(select(OutboxItem)) if i.problem]
    assert delivery.refused == 0, problems
    kept = session.scalar(select(Document).where(Document.kind == DocumentKind.ADVICE))
    assert kept.digest == digest
    assert kept.stored == session.get(SentAdvice, drafted.advice_id).payload
    document = json.loads(kept.stored)
    assert document["number"] == "2026-3"
    assert document["adoption"]["outcome"] == "adopted"
    status = session.scalar(select(AdviceStatus))
    assert status.due_on - status.sent_on == timedelta(weeks=8)
    for secret in ("Copper Kettle", "rang my bell", drafted.ideas[0].title, drafted.ideas[1].title):
        assert secret not in kept.stored.decode()


def test_numbers_count_on_and_never_back(drafted, session):
    place = session.get(Municipality, drafted.panel.municipality_code)
    with drafted.write():
        sending.change_place_numbers(session, place, year=2026, used=4, by=drafted.moderator.id, now=drafted.now)
    with pytest.raises(ValueError, match="cannot be taken back"), drafted.write():
        sending.change_place_numbers(session, place, year=2026, used=3, by=drafted.moderator.id, now=drafted.now)
    drafted.adopt()
    with drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)
    assert (drafted.view().advice.year, drafted.view().advice.serial) == (2026, 5)


def test_what_is_sent_is_what_was_adopted(drafted, session):
    drafted.adopt()
    with writing(session):
        session.get(Advice, drafted.advice_id).title = "Something else"
    with pytest.raises(sending.TextChanged), drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)
    assert session.query(SentAdvice).count() == 0


def test_R21_a_moderator_with_undeclared_ties_does_not_send(drafted, session):
    drafted.adopt()
    with writing(session):
        from codesign.panels.queries import membership

        membership(session, drafted.moderator.id, drafted.panel.id).ties_declared_at = None
    session.expire_all()
    with refused(Reason.DECLARE_TIES_FIRST), drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)


def test_a_panel_of_eight_says_no_quarter_to_the_world(house, session):
    small = voted(house, session, members=8)
    small.compose()
    content = composing.content(session, small.view())
    assert {o.quarters for o in content.heard} == {()}
    assert date(2026, 6, 9) == content.worked.ended
