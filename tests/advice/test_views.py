"""The pages of advice: the editor, the panel's reading and deciding, the answer, and what became of an idea."""

from __future__ import annotations

import json
from datetime import timedelta

import build
import pytest
import time_machine
from sqlalchemy import select

from advice.conftest import CHAIN, voted
from codesign.advice import queries, sending
from codesign.advice.domain import fingerprint
from codesign.advice.fates import Step, fate_of, fates
from codesign.advice.labels import fate_words
from codesign.advice.values import Section
from codesign.db import writing
from codesign.documents.domain import digest as digest_of
from codesign.documents.domain import freeze
from codesign.documents.models import Document
from codesign.documents.models import Kind as DocumentKind
from codesign.documents.standing import answered
from codesign.rules.phases import Phase
from codesign.rules.states import AdviceState

pytestmark = pytest.mark.pages


@pytest.fixture
def desk(client, sign_in, drafted):
    """The moderator at her desk, at the time of the world."""
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(client, drafted.moderator)


def text(reply):
    return " ".join(reply.get_data(as_text=True).split())


def answer(world, session, decisions=("partly",)):
    """The delivered answer, as it stands in the record."""
    document = {
        "place": world.panel.municipality_code, "number": "2026-1", "advice": world.digest, "language": "en",
        "delivered_on": "2026-07-20", "what_we_heard": "That people hardly meet.",
        "parts": [
            {"recommendation": n, "decision": d, "reasons": f"Because of reason {n}.", "forwarded_to": "",
             "promises": [{"owner": "Head of society", "action": "Ask twelve streets", "money": "5,000 euro",
                           "by": "2026-11-01", "first_step": "A letter"}]}
            for n, d in enumerate(decisions, start=1)
        ],
        "ask_back": "", "council": "By letter.", "first_report_on": "2027-01-20",
        "summary": [{"language": "en", "text": "We do a part.", "translated_by": None},
                    {"language": "ar", "text": "نفعل جزءا.", "translated_by": "person"},
                    {"language": "nl", "text": "Wij doen een deel.", "translated_by": "person"}],
    }  # fmt: skip
    stored = freeze("answer", document)
    with writing(session):
        session.add(
            Document(digest=digest_of(stored), kind=DocumentKind.ANSWER, place_code=world.panel.municipality_code,
                     number="2026-1", about=world.digest, title="Answer", language="en", stored=stored,
                     received_at=world.now)
        )  # fmt: skip
        answered(session, world.digest, "words", world.now)
    return digest_of(stored)


@pytest.fixture
def sent(drafted, session):
    """An advice that was adopted, sent and received."""
    drafted.adopt()
    with drafted.write():
        drafted.digest = sending.send_advice(session, drafted.view(), now=drafted.now)
    assert drafted.cross().refused == 0
    session.expire_all()
    return drafted


@pytest.mark.parametrize("section", list(Section))
def test_each_part_opens_with_checklist_and_preview(desk, drafted, section):
    reply = desk.get(f"/desk/advice/{drafted.advice_id}/parts/{section.value}")
    assert reply.status_code == 200
    assert "Only the panel can adopt" in text(reply)
    assert "Preview" in text(reply)


def test_a_part_that_does_not_exist_is_a_404(desk, drafted):
    assert desk.get(f"/desk/advice/{drafted.advice_id}/parts/secrets").status_code == 404


def test_the_desk_lists_advice_and_leads_to_it(desk, drafted):
    assert "Meet before you need help" in text(desk.get("/desk/advice"))
    found = desk.get(f"/desk/rounds/{drafted.round.id}/advice")
    assert found.headers["Location"] == f"/desk/advice/{drafted.advice_id}"


def test_begin_from_the_round(client, sign_in, world, session):
    assert world.panel.languages[0] != "nl"
    with writing(session):
        session.get(type(world.round), world.round.id).language = "nl"
    sign_in(client, world.moderator)
    assert "Begin the advice" in text(client.get(f"/desk/rounds/{world.round.id}/advice"))
    reply = client.post(f"/desk/rounds/{world.round.id}/advice")
    assert reply.status_code == 303
    session.rollback()
    begun = queries.of_round(session, world.round.id)
    assert begun is not None
    assert begun.language == "nl", "the title comes from the round, so its language too"
    elsewhere = text(client.get(f"/desk/advice/{begun.id}/parts/elsewhere"))
    assert elsewhere.index("Cite something") < elsewhere.index("Say why.")
    assert client.get(reply.headers["Location"]).status_code == 200


def test_saving_words_and_a_stale_save_that_keeps_both(desk, drafted):
    url = f"/desk/advice/{drafted.advice_id}/parts/goes_well"
    before = fingerprint("The welcome visit.")
    assert desk.post(url, data={"goes_well": "The visit.", "seen_goes_well": before}).status_code == 303
    late = desk.post(url, data={"goes_well": "The library.", "seen_goes_well": before})
    assert late.status_code == 422
    assert "The library." in text(late)
    assert "The visit." in text(late)
    assert "Somebody else saved this" in text(late)
    again = desk.post(url, data={"goes_well": "The visit. The library.", "seen_goes_well": fingerprint("The visit.")})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("section", "data", "sentence"),
    [
        ("goes_well", {"goes_well": "x" * 4001}, "1 letter too long"),
        ("goes_well", {"goes_well": "a\u202eb"}, "hidden character"),
        ("in_short", {"text_en": "word " * 201}, "1 word too long"),
        ("cover", {"title": "", "language": "en"}, "Fill this in first"),
        ("cover", {"title": "Fine", "language": "xx"}, "Choose one of these"),
        ("recommendations", {"title": " "}, "Fill this in first"),
    ],
)
def test_bad_input_is_kept_with_a_sentence_at_the_field(desk, drafted, section, data, sentence):
    reply = desk.post(f"/desk/advice/{drafted.advice_id}/parts/{section}", data=data)
    assert reply.status_code == 422
    assert sentence in text(reply)


def test_a_figure_needs_its_source_at_the_field(desk, drafted):
    url = f"/desk/advice/{drafted.advice_id}/cite"
    assert desk.get(url).status_code == 200
    bad = desk.post(url, data={"kind": "figure", "text": "12 of 100 homes", "source": "CBS"})
    assert bad.status_code == 422
    assert text(bad).count("A figure or a rule is not kept without this.") >= 3
    future = desk.post(url, data={"kind": "research", "text": "x", "source_date": "2099-01-01", "url": "javascript:1"})
    assert "This day is still to come." in text(future)
    assert "begins with https" in text(future)
    assert desk.post(url, data={"kind": "practice", "text": "x", "url": "https://["}).status_code == 422
    good = {"kind": "figure", "text": "12 of 100", "source": "CBS", "source_date": "2026-01-01",
            "checked_on": "2026-05-01", "definition": "homes let"}  # fmt: skip
    assert desk.post(url, data=good).status_code == 303
    assert "homes let" in text(desk.get(f"/desk/advice/{drafted.advice_id}/parts/elsewhere"))


def test_a_recommendation_is_saved_with_its_actors(desk, drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    url = f"/desk/advice/{drafted.advice_id}/recommendations/{row.id}"
    page = text(desk.get(url))
    assert "Street contact" in page
    assert "Trust" in page or "BRI-05" in page
    data = {
        "version": row.version, "title": "Open kitchens", "what": "Cook", "by_when": "May", "cost_class": 2,
        "notice": "It smells good", "none_because": "A contract", "actor_name_0": "Open Table",
        "actor_kind_0": "small_group", "actor_part_0": "the cooking", "actor_name_1": "College",
        "actor_kind_1": "municipality", "actor_by_when_0": "from May on", "decided_on": "2026-06-20",
    }  # fmt: skip
    assert desk.post(url, data=data).status_code == 303
    shown = text(desk.get(url))
    assert "Open Table" in shown
    assert "from May on" in shown
    assert shown.count("may be too late") == 2
    stale = desk.post(url, data=data | {"title": "Mine"})
    assert stale.status_code == 422
    assert "Somebody else saved this" in text(stale)
    assert 'value="Mine"' in text(stale)
    assert desk.post(url, data=data | {"small_group": "not-there"}).status_code == 422
    assert desk.post(url, data=data | {"title": "y" * 121}).status_code == 422


def test_the_chain_is_drawn_and_asks_for_the_question_to_people(desk, drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    url = f"/desk/advice/{drafted.advice_id}/recommendations/{row.id}/chain"
    assert desk.get(url).status_code == 200
    wrong = desk.post(url, data=CHAIN | {"version": row.version, "domain": "WRK"})
    assert wrong.status_code == 422
    assert "does not belong to the theme" in text(wrong)
    counted = CHAIN | {"version": row.version, "domain": "WRK", "indicator": "WRK-01"}
    assert desk.post(url, data=counted).status_code == 303
    page = text(desk.get(f"/desk/advice/{drafted.advice_id}/recommendations/{row.id}"))
    assert "counts something. Choose the question" in page
    assert desk.post(url, data=CHAIN | {"version": row.version}).status_code == 422


def test_order_and_taking_out(desk, drafted, session):
    second = drafted.recommend(title="A second")
    base = f"/desk/advice/{drafted.advice_id}/recommendations"
    assert desk.post(f"{base}/{second}/up").status_code == 303
    session.expire_all()
    assert queries.recommendations(session, drafted.advice_id)[0].id == second
    assert desk.post(f"{base}/{second}/take-out").status_code == 303
    assert desk.post(f"{base}/{second}/take-out").status_code == 404


def test_the_preview_shows_what_is_typed_and_keeps_nothing(desk, drafted, session):
    base = f"/desk/advice/{drafted.advice_id}"
    part = desk.post(f"{base}/parts/goes_well/preview", data={"goes_well": "<b>Soup</b>"})
    assert "&lt;b&gt;Soup&lt;/b&gt;" in text(part)
    row = queries.recommendations(session, drafted.advice_id)[0]
    one = desk.post(f"{base}/parts/recommendations/preview?recommendation={row.id}",
                    data={"title": "Typed", "actor_name_0": "Somebody", "actor_kind_0": "nonsense", "cost_class": "9"})  # fmt: skip
    assert "Typed" in text(one)
    assert "Somebody" in text(one)
    link = desk.post(f"{base}/parts/recommendations/preview?recommendation={row.id}", data={"activity": "Typed visit"})
    assert "Typed visit" in text(link)
    assert "Typed" not in text(desk.get(f"{base}/preview"))
    assert desk.post(f"{base}/parts/in_short/preview", data={"text_en": "Brief"}).status_code == 200
    assert desk.post(f"{base}/parts/cover/preview", data={"title": "Brief"}).status_code == 200
    paper = desk.get(f"{base}/preview.pdf")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    assert "As it will look on paper" in text(desk.get(f"{base}/preview"))
    assert desk.post(f"{base}/recommendations/{row.id}/take-out").status_code == 303
    gone = desk.get(f"{base}/preview.pdf")
    assert (gone.status_code, gone.location) == (303, base)
    assert "As soon as nothing is missing" in text(desk.get(f"{base}/preview"))


def test_other_views_and_quotes_are_chosen_from_the_round(desk, drafted, session):
    option = queries.outcomes(session, drafted.round.id)[1].id
    base = f"/desk/advice/{drafted.advice_id}/parts"
    assert desk.post(f"{base}/other_views/links", data={"links": [option]}).status_code == 303
    assert desk.post(f"{base}/other_views/links", data={"links": [99999]}).status_code == 422
    assert desk.post(f"{base}/heard/links", data={"links": []}).status_code == 404
    assert "Open kitchen" in text(desk.get(f"{base}/other_views"))


def test_asking_for_a_quote_and_answering_by_a_tap(desk, drafted, panel_app, sign_in, session):
    url = f"/desk/advice/{drafted.advice_id}/quotes"
    assert "A bus ticket" in text(desk.get(url))
    ask = f"{url}?idea={drafted.ideas[0].id}"
    assert "worth ten letters" in text(desk.get(ask))
    wrong = desk.post(ask, data={"source": "idea", "sentence": "I never said this"})
    assert wrong.status_code == 422
    assert "Copy them exactly" in text(wrong)
    foreign = f"{url}?idea={drafted.ideas[1].id}"
    untranslated = desk.post(foreign, data={"source": "idea", "sentence": "نطبخ معًا كل أسبوع."})
    assert "The first language stays hidden" in text(untranslated)
    assert desk.get(f"{url}?idea=99999").status_code == 404
    assert desk.post(ask, data={"source": "idea", "sentence": "Nobody rang my bell."}).status_code == 303

    maker = sign_in(panel_app.test_client(), drafted.members[0])
    maker.set_cookie("language", "en")
    page = text(maker.get("/quotes"))
    assert "May we quote this?" in page
    assert "Nobody rang my bell." in page
    asked = session.scalars(select(__import__("codesign.advice.models", fromlist=["Quote"]).Quote)).one()
    assert maker.post(f"/quotes/{asked.id}", data={"answer": "yes"}).status_code == 303
    assert "You said yes" in text(maker.get("/quotes"))
    other = sign_in(panel_app.test_client(), drafted.members[1])
    assert other.post(f"/quotes/{asked.id}", data={"answer": "yes"}).status_code == 404
    assert "Released by its maker" in text(desk.get(url))
    heard = desk.get(f"/desk/advice/{drafted.advice_id}/parts/heard")
    assert "Nobody rang my bell." in text(heard)


def test_members_do_not_know_a_draft_and_strangers_know_nothing(client, sign_in, drafted, house, session, panel_app):
    other = voted(house, session)
    sign_in(client, drafted.members[0])
    missing = client.get("/advice/9")
    assert client.get(f"/advice/{drafted.advice_id}").status_code == 404
    drafted.give()
    assert client.get(f"/advice/{drafted.advice_id}").status_code == 200
    stranger = panel_app.test_client()
    stranger.set_cookie("language", "en")
    sign_in(stranger, other.members[0])
    foreign = stranger.get(f"/advice/{drafted.advice_id}")
    assert (foreign.status_code, len(foreign.data)) == (404, len(missing.data))
    assert stranger.get(f"/ideas/{drafted.ideas[0].id}/trail").status_code == 404
    away = panel_app.test_client()
    sign_in(away, other.moderator)
    row = queries.recommendations(session, drafted.advice_id)[0]
    for url in ("", "/parts/cover", "/preview", f"/recommendations/{row.id}", "/quotes", "/cite"):
        assert away.get(f"/desk/advice/{drafted.advice_id}{url}").status_code == 404, url
    for url in ("/give", "/vote", "/settle", "/send", "/rating", f"/recommendations/{row.id}/up", "/cited/1/take-out"):
        assert away.post(f"/desk/advice/{drafted.advice_id}{url}").status_code == 404, url
    assert client.get(f"/desk/advice/{drafted.advice_id}").status_code == 404
    assert client.post(f"/desk/advice/{drafted.advice_id}/send").status_code == 404


def test_signed_out_one_signs_in_first(client, drafted):
    assert client.get("/advice").status_code == 303
    assert client.get(f"/desk/advice/{drafted.advice_id}").status_code == 303


def test_from_draft_to_sent_at_the_desk(drafted, client, sign_in, session):
    url = f"/desk/advice/{drafted.advice_id}"
    with time_machine.travel(drafted.now, tick=False):
        sign_in(client, drafted.moderator)
        assert "Give to the panel to read" in text(client.get(url))
        assert client.post(f"{url}/send").status_code == 409
        assert client.post(f"{url}/vote", data={"until": "2026-06-20"}).status_code == 409
        assert client.post(f"{url}/give").status_code == 303
        assert client.post(f"{url}/give").status_code == 409
        assert client.post(f"{url}/parts/cover", data={}).status_code in {409, 422}
        assert "cannot be changed" in text(client.get(f"{url}/parts/goes_well"))
        assert client.post(f"{url}/vote", data={"until": "2026-06-09"}).status_code == 422
        assert client.post(f"{url}/vote", data={"until": ""}).status_code == 422
        assert client.post(f"{url}/vote", data={"until": "2026-06-20"}).status_code == 303
        assert client.post(f"{url}/settle").status_code == 409
        assert "Nobody sees how it stands" in text(client.get(url))
    session.expire_all()
    ballot = queries.last_ratification(session, drafted.advice_id)[1]
    drafted.cast(ballot, {"adopt": 10})
    from codesign.voting import closing

    drafted.now = ballot.deadline + timedelta(hours=1)
    closing.close_due(session, ballot.id, drafted.now)
    with time_machine.travel(drafted.now, tick=False):
        client.delete_cookie("panel_session")
        sign_in(client, drafted.moderator)
        assert "Take over the result" in text(client.get(url))
        assert client.post(f"{url}/settle").status_code == 303
        assert "You can send it" in text(client.get(url))
        assert client.post(f"{url}/send").status_code == 303
        assert client.post(f"{url}/send").status_code == 303
        assert "on its way" in text(client.get(url))
        drafted.cross()
        assert "Not yet opened" in text(client.get(url))
        assert "Not yet opened" in text(client.get("/desk/advice"))


def test_give_with_something_missing_says_what(client, sign_in, world):
    world.begin()
    with time_machine.travel(world.now, tick=False):
        sign_in(client, world.moderator)
        reply = client.post(f"/desk/advice/{world.advice_id}/give")
    assert reply.status_code == 422
    assert "There is no recommendation yet" in text(reply)


def test_sent_back_the_moderator_reads_why(drafted, client, sign_in):
    drafted.give()
    ballot = drafted.open_vote()
    drafted.cast(ballot, {"adopt": 3, "send_back": 6}, reason="Women first, please.")
    drafted.settle(ballot)
    with time_machine.travel(drafted.now, tick=False):
        sign_in(client, drafted.moderator)
        page = text(client.get(f"/desk/advice/{drafted.advice_id}"))
    assert "The panel sent the advice back." in page
    assert "Women first, please." in page


def test_members_read_and_decide(drafted, client, sign_in):
    drafted.give()
    with time_machine.travel(drafted.now, tick=False):
        sign_in(client, drafted.members[0])
        assert "Read it first. Then the panel decides." in text(client.get(f"/advice/{drafted.advice_id}"))
    ballot = drafted.open_vote()
    with time_machine.travel(drafted.now, tick=False):
        sign_in(client, drafted.members[0])
        page = text(client.get(f"/advice/{drafted.advice_id}"))
    assert f"/vote/{ballot.id}" in page
    assert "Three things (en)." in page
    assert "Between half and three quarters" in page


def test_R34_members_read_the_answer_in_their_language_and_rate_it(sent, client, sign_in, session, house):
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.members[0])
        assert "The municipality must answer before" in text(client.get(f"/advice/{sent.advice_id}"))
        assert "must answer before" in text(client.get("/advice"))
    about = answer(sent, session)
    with time_machine.travel(sent.now, tick=False):
        client.set_cookie("language", "ar")
        page = text(client.get(f"/advice/{sent.advice_id}"))
        assert "نفعل جزءا." in page
        assert "Because of reason 1." in page
        client.set_cookie("language", "en")
        assert "Partly" in text(client.get(f"/advice/{sent.advice_id}"))
    sent.phase(Phase.FOLLOWING)
    with time_machine.travel(sent.now, tick=False):
        desk = sign_in(house.panel.test_client(), sent.moderator)
        desk.set_cookie("language", "en")
        url = f"/desk/advice/{sent.advice_id}"
        assert "Let the panel rate the answer" in text(desk.get(url))
        until = (sent.now + timedelta(days=7)).date().isoformat()
        assert desk.post(f"{url}/rating", data={"until": until}).status_code == 303
        assert desk.post(f"{url}/rating", data={"until": until}).status_code == 409
        assert "Say if the answer is of use" in text(client.get(f"/advice/{sent.advice_id}"))
    session.expire_all()
    from codesign.voting import closing
    from codesign.voting.models import Ballot

    ballot = session.get(Ballot, sent.view().advice.rating_ballot_id)
    sent.cast(ballot, {"useful": 7, "no": 3})
    sent.now = ballot.deadline + timedelta(minutes=5)
    closing.close_due(session, ballot.id, sent.now)
    assert sent.cross().refused == 0
    rating = session.scalar(select(Document).where(Document.kind == DocumentKind.RATING))
    assert rating is not None
    assert json.loads(rating.stored)["answer"] == about
    with time_machine.travel(sent.now, tick=False):
        client.delete_cookie("panel_session")
        sign_in(client, sent.members[0])
        assert "Most of the panel say: useful." in text(client.get(f"/advice/{sent.advice_id}"))


def test_no_rating_before_there_is_an_answer(sent, client, sign_in):
    sent.phase(Phase.FOLLOWING)
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.moderator)
        until = (sent.now + timedelta(days=7)).date().isoformat()
        reply = client.post(f"/desk/advice/{sent.advice_id}/rating", data={"until": until})
    assert reply.status_code == 409
    assert "There is no answer yet." in text(reply)


def test_R32_the_fate_of_an_idea_step_by_step(sent, client, sign_in, session):
    first, kitchen, ticket = (i.id for i in sent.ideas)
    assert fate_of(session, 999999) is None
    answer(sent, session)
    found = fates(session, [first, kitchen, ticket])
    assert [found[i].step for i in (first, kitchen, ticket)] == [Step.ANSWERED, Step.VOTED, Step.NOT_IN_VOTE]
    assert found[first].answer.promises[0].owner == "Head of society"
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.members[4])
        page = text(client.get(f"/ideas/{first}/trail"))
        assert "The municipality does a part of it." in page
        assert "Recommendation 1 of our advice" in page
        assert "Ask twelve streets" in page
        assert "It does not stand in a recommendation until now." in text(client.get(f"/ideas/{kitchen}/trail"))
        assert "Not in the vote" in text(client.get(f"/ideas/{ticket}/trail"))


def test_a_joined_idea_shares_the_fate_of_the_one_it_joined(sent, session, panel_app):
    from codesign.rules.words import WordState

    with writing(session):
        ticket = session.merge(sent.ideas[2])
        ticket.state, ticket.merged_into_id = WordState.MERGED, sent.ideas[0].id
    fate = fate_of(session, sent.ideas[2].id)
    assert fate.joined.id == sent.ideas[0].id
    assert fate.advice.recommendation == 1
    with panel_app.test_request_context():
        assert "recommendation 1" in fate_words(fate)


def test_before_any_vote_an_idea_is_talked_about(session, panel_app):
    with writing(session):
        panel = build.make_panel(session)
        round_ = build.make_round(session, panel, Phase.DISCUSSING)
        me = build.make_member(session, panel)
        idea = build.make_idea(session, round_, me)
    fate = fate_of(session, idea.id)
    assert fate.step is Step.TALK
    with panel_app.test_request_context():
        assert fate_words(fate) == "The panel talks about it now."


def test_with_the_record_down_members_go_on(sent, client, sign_in, session, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from codesign.advice import fate_queries, members

    def broken(*_a, **_k):
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    for module, name in ((fate_queries, "answers"), (fate_queries, "standing"), (members, "statuses")):
        monkeypatch.setattr(module, name, broken)
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.members[0])
        for url in (f"/advice/{sent.advice_id}", f"/ideas/{sent.ideas[0].id}/trail", "/advice"):
            reply = client.get(url)
            assert reply.status_code == 200, url
            assert "The record cannot be reached now." in text(reply)
            assert "Nothing is lost" in text(reply)
    assert sent.view().advice.state is AdviceState.SENT


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_statements_for_one_and_three_rows(house, session, client, sign_in, queries, rows):
    first = voted(house, session)
    first.compose()
    first.give()
    worlds = [first]
    for _ in range(rows - 1):
        with writing(session):
            round_ = build.make_round(session, first.panel, Phase.ADVISING)
        from codesign.advice import actions
        from codesign.panels.queries import round_for

        with writing(session):
            view = round_for(session, round_.id, first.moderator.id)
            made = actions.compile_advice(session, view, language="en", now=first.now)
            made.state = AdviceState.TO_PANEL
        worlds.append(made)
    with time_machine.travel(first.now, tick=False):
        sign_in(client, first.members[0])
        client.get("/advice")
        with queries() as q:
            assert client.get("/advice").status_code == 200
        assert q.count == 3, q.statements
        sign_in(client, first.moderator)
        with queries() as q:
            assert client.get("/desk/advice").status_code == 200
        assert q.count <= 8, q.statements


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trail_and_the_advice_take_at_most_twelve_statements(sent, client, sign_in, queries, rows, session):
    if rows == 3:
        with writing(session):
            for n in range(30):
                build.make_reply(session, session.merge(sent.ideas[0]), sent.members[3], f"Reply {n}")
    with time_machine.travel(sent.now, tick=False):
        sign_in(client, sent.members[0])
        for url in (f"/ideas/{sent.ideas[0].id}/trail", f"/advice/{sent.advice_id}"):
            with queries() as q:
                assert client.get(url).status_code == 200
            assert q.count <= 12, (url, q.count, q.statements)


def test_authors_read_why_their_idea_is_not_in_the_vote(world, client, sign_in, panel_app, session):
    ticket = world.ideas[2].id
    with time_machine.travel(world.now, tick=False):
        desk = sign_in(client, world.moderator)
        url = f"/desk/rounds/{world.round.id}/not-in-the-vote"
        page = text(desk.get(url))
        assert "A bus ticket" in page
        assert "A neighbour who says welcome" not in page
        assert "1 idea is not in the vote." in text(desk.get(f"/desk/rounds/{world.round.id}"))
        empty = desk.post(f"{url}/{ticket}", data={f"i{ticket}-reason": " "})
        assert empty.status_code == 422
        assert "Fill this in first" in text(empty)
        assert desk.post(f"{url}/{world.ideas[0].id}", data={f"i{world.ideas[0].id}-reason": "x"}).status_code == 404
        for reason in ("It came too late.", "The province pays for the bus. We asked them."):
            assert desk.post(f"{url}/{ticket}", data={f"i{ticket}-reason": reason}).status_code == 303
        member = sign_in(panel_app.test_client(), world.members[2])
        member.set_cookie("language", "en")
        trail = text(member.get(f"/ideas/{ticket}/trail"))
        assert "The moderator says why:" in trail
        assert "The province pays for the bus." in trail
        assert member.get(url).status_code == 404
