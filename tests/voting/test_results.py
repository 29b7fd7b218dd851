"""What members see after a vote: the plain sentence, the drawing, the list, and the short form to read aloud."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import build
import pytest

from codesign.db import writing
from codesign.rules.phases import Phase
from codesign.voting import actions, closing
from codesign.voting.domain import Method
from codesign.voting.recount import recount
from codesign.web.clock import now
from voting.ballots_of_methods import MAKE, cast_all, options

pytestmark = pytest.mark.pages

# Result, list, to read aloud.
STATEMENTS = [3, 2, 2]


@pytest.fixture
def voted(world):
    """A closed ballot of a method: `voted(method, voters=7)`."""

    def make(method: Method, voters: int = 7, members: int | None = None, votes=None, **more):
        made = world(
            now=now() - timedelta(days=1), members=members or max(voters, 1), method=method, **(MAKE[method] | more)
        )
        cast_all(made, method, voters, votes)
        closing.close_due(made.session, made.ballot.id, made.end)
        made.again()
        return made

    return make


def text(page) -> str:
    """The words of a page."""
    found = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page.text.split("<main", 1)[1], flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).replace("\u2068", "").replace("\u2069", "").split())


SENTENCES = {
    Method.APPROVAL: "Street contact has the most: 5 of 7 people.",
    Method.YES_NO: "Yes: 5, no: 1, I leave it to the others: 1. The idea is adopted.",
    Method.CONSENT: "Nobody objects. 5 of 7 people agree. The idea is adopted.",
    Method.SCORE: "Street contact has the most points: 22.",
    Method.RANKED: "Street contact comes first. It wins against each other choice, two by two.",
    Method.DOTS: "Street contact has the most dots: 16, from 5 of 7 people.",
}


@pytest.mark.parametrize("method", Method)
def test_the_result_begins_with_a_plain_sentence_and_is_told_without_percentages(voted, client, sign_in, method):
    w = voted(method)
    me = sign_in(client, w.members[0])
    page = me.get(f"/vote/{w.ballot.id}/result")
    assert page.status_code == 200
    said = text(page)
    if method in SENTENCES:
        assert SENTENCES[method] in said
    assert "7 of 7 people voted." in said
    assert "Why is this the result?" in said
    assert "%" not in said


def open_list(client, w):
    return client.get(f"/vote/{w.ballot.id}/list")


LINES = {
    Method.APPROVAL: "Street contact Open kitchen",
    Method.YES_NO: "Yes",
    Method.CONSENT: "I agree",
    Method.SCORE: "Street contact: 5 of 5 Open kitchen: 3 of 5",
    Method.RANKED: "1. Street contact 2. Open kitchen 3. Lessons outside",
    Method.DOTS: "Street contact: 5 dots",
    Method.BUDGET: "Street contact: €\u00a04,000 Open kitchen: €\u00a03,000",
    Method.SHORTLIST: "Street contact Open kitchen",
}


@pytest.mark.parametrize("method", Method)
def test_the_list_says_each_choice_in_words_behind_its_code(voted, client, sign_in, method):
    w = voted(method, voters=3)
    page = open_list(sign_in(client, w.members[1]), w)
    code = w.codes[w.members[0].id]
    row = next(r for r in page.text.split("<tr>") if code in r.replace("\u00a0", "").replace(" ", ""))
    chosen = re.sub(r"<[^>]+>", " ", row.split("<td>")[-1].split("</td>")[0])
    chosen = " ".join(re.sub("[\u2066-\u2069]", "", chosen).replace("\u00a0", "~").split()).replace("~", "\u00a0")
    assert chosen.replace(" :", ":") == LINES[method]
    assert "How to check my vote" in page.text
    assert "<input" not in page.text.split("<main", 1)[1]


def test_the_short_form_has_few_sentences_and_the_control_numbers_in_spaced_groups(
    voted, client, sign_in, house, session
):
    w = voted(Method.CONSENT)
    ballot = w.again()
    page = sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/aloud")
    said = text(page)
    assert "Nobody objects. 5 of 7 people agree. The idea is adopted." in said
    assert " ".join(ballot.closed_digest[:4]) in said
    assert "Control number of the list before" not in said
    assert 3 <= page.text.count('<li class="lead">') <= 5


def test_a_ballot_names_the_list_before_it_also_when_read_aloud(voted, client, sign_in, house, session):
    w = voted(Method.CONSENT)
    first = w.again().closed_digest
    with writing(session):
        round_ = session.merge(w.round)
        round_.phase = Phase.DISCUSSING
        ballot = build.make_ballot(session, round_, w.moderator, now=w.end, method=Method.APPROVAL)
        build.open_ballot(session, ballot, round_, w.moderator, house.settings.keys, w.end)
    after = replace(w, ballot=ballot, codes={})
    closing.close_due(session, after.ballot.id, after.end)
    page = sign_in(client, w.members[0]).get(f"/vote/{after.ballot.id}/aloud")
    assert "Control number of the list before" in page.text
    assert " ".join(first[:4]) in text(page)


@pytest.mark.parametrize("method", Method)
def test_when_nobody_votes_the_page_says_so_and_stands(voted, client, sign_in, method):
    w = voted(method, voters=0, members=2)
    me = sign_in(client, w.members[0])
    for page in ("result", "list", "aloud"):
        assert "Nobody voted." in text(me.get(f"/vote/{w.ballot.id}/{page}"))
    assert me.get(f"/vote/{w.ballot.id}/votes-file").status_code == 200


def test_reasons_stand_under_their_answer_without_code(world, client, sign_in):
    w = world(now=now() - timedelta(days=1), members=4, method=Method.YES_NO, **MAKE[Method.YES_NO])
    for person, answer, words in zip(
        w.members, ("yes", "no", "no", "abstain"), ("For my mother", "It costs much", "<b>Too late</b>", ""), strict=True
    ):  # fmt: skip
        w.cast(person, answer, reason=words)
    closing.close_due(w.session, w.ballot.id, w.end)
    page = sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result")
    yes, no = page.text.split("Why some say yes")[1].split("Why some say no")
    assert "For my mother" in yes
    no = no.split("</section>")[0]
    assert "It costs much" in no
    assert "&lt;b&gt;Too late" in no
    assert "Why some leave it to the others" not in page.text
    assert not any(code in page.text for code in w.codes.values())


SQUEEZED = (*[("o1:1", "o2:2", "o3:3")] * 4, *[("o3:1", "o2:2", "o1:3")] * 3, *[("o2:1", "o1:2", "o3:3")] * 2)
CIRCLE = (
    *[("o1:1", "o2:2", "o3:3")] * 4, *[("o2:1", "o3:2", "o1:3")] * 3, *[("o3:1", "o1:2", "o2:3")] * 2,
)  # fmt: skip


def test_where_the_second_reading_differs_it_is_told_in_plain_words(voted, client, sign_in):
    w = voted(Method.RANKED, voters=9, votes=SQUEEZED)
    said = text(sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result"))
    assert "Open kitchen comes first. It wins against each other choice, two by two." in said
    assert "There Street contact ends first." in said
    assert "The first way decides. That was set before the vote." in said


def test_a_circle_is_drawn_and_told(voted, client, sign_in):
    w = voted(Method.RANKED, voters=9, votes=CIRCLE)
    page = sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result")
    assert "No choice wins against all others, so we looked further." in text(page)
    assert "These stand in a circle" in page.text
    assert page.text.count("<polygon") == 3
    assert "Once round:" in text(page)


TIES = {
    Method.APPROVAL: ([("o1",), ("o2",)], "These have the most, and the same: Street contact and Open kitchen. Each: 1 of 2 people."),
    Method.YES_NO: ([("yes",), ("no",)], "1 of 2 people says yes. As many say yes as no. The idea is not adopted."),
    Method.SCORE: ([("o1:3",), ("o2:3",)], "These have the most points, and the same: Street contact and Open kitchen. Each: 3."),
    Method.DOTS: ([("o1:3",), ("o2:3",)], "These have the most dots, and the same: Street contact and Open kitchen. Each: 3."),
    Method.RANKED: ([("o1:1",), ("o2:1",)], "These come first together: Street contact and Open kitchen."),
}  # fmt: skip


@pytest.mark.parametrize("method", TIES)
def test_a_tie_is_told_and_nobody_breaks_it(voted, client, sign_in, method):
    votes, sentence = TIES[method]
    w = voted(method, voters=2, votes=votes)
    assert sentence in text(sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result"))


def test_rows_of_the_table_of_duels_have_letters_as_places_can_be_equal(voted, client, sign_in):
    w = voted(Method.RANKED, voters=2, votes=[("o1:1",), ("o2:1",)])
    page = sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result")
    assert page.text.count('<b class="num"><bdi>1</bdi></b>') == 2
    for letter in "ABC":
        assert f'<span aria-hidden="true">{letter}</span>' in page.text


def test_a_longer_vote_says_until_when_and_why(world, client, sign_in):
    w = world(now=now() - timedelta(days=1), members=3)
    with writing(w.session):
        actions.extend_ballot(
            w.session, w.ballot.id, w.round, w.by, until=w.end + timedelta(days=2), reason="Many were ill.",
            language="en", now=w.now,
        )  # fmt: skip
    closing.close_due(w.session, w.ballot.id, w.end + timedelta(days=2))
    said = text(sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/result"))
    assert "This vote was made longer: until" in said
    assert "Many were ill." in said


@pytest.mark.parametrize("method", Method)
def test_the_files_are_attachments_for_the_panel_alone(voted, house, client, sign_in, session, method):
    w = voted(method, voters=3)
    me = sign_in(client, w.members[0])
    for path in ("votes-file", "bundle"):
        reply = me.get(f"/vote/{w.ballot.id}/{path}")
        assert reply.headers["Content-Disposition"].startswith("attachment; filename=")
        assert "no-store" in reply.headers["Cache-Control"]
    assert not any(code in me.get(f"/vote/{w.ballot.id}/votes-file").text for code in w.codes.values())
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
    other = sign_in(house.panel.test_client(), stranger)
    for path in ("votes-file", "aloud", "result", "list"):
        assert other.get(f"/vote/{w.ballot.id}/{path}").status_code == 404


@pytest.mark.parametrize("method", Method)
def test_before_the_end_there_is_no_result_in_any_form(world, client, sign_in, method):
    w = world(now=now() - timedelta(days=1), members=2, method=method, **MAKE[method])
    cast_all(w, method, 1)
    me = sign_in(client, w.members[1])
    for path in ("votes-file", "aloud", "result", "list", "bundle"):
        assert me.get(f"/vote/{w.ballot.id}/{path}").status_code == 303


@pytest.mark.parametrize("method", Method)
def test_the_pages_take_as_few_statements_for_many_votes_as_for_one(voted, client, sign_in, queries, method):
    counts = []
    for voters in (1, 3):
        w = voted(method, voters=voters)
        me = sign_in(client, w.members[0])
        taken = []
        for page in ("result", "list", "aloud"):
            with queries() as q:
                me.get(f"/vote/{w.ballot.id}/{page}")
            taken.append(q.count)
        counts.append(taken)
    assert counts[0] == counts[1] == STATEMENTS


@pytest.mark.parametrize("method", Method)
def test_the_bundle_of_each_method_is_counted_again_to_the_same(voted, client, sign_in, method):
    w = voted(method, voters=6)
    found = recount(json.loads(sign_in(client, w.members[0]).get(f"/vote/{w.ballot.id}/bundle").data))
    assert [f.sentence for f in found if not f.holds] == []
    assert len(found) > 5


def test_each_reads_the_result_in_their_own_language_where_there_is_a_translation(voted, client, sign_in):
    named = [replace(o, translations={"nl": (f"Plan {n}", "Zo doen we het.")}) for n, o in enumerate(options(), 1)]
    w = voted(Method.APPROVAL, options=named, translations={"nl": "Hoe ontmoeten we elkaar?"})
    me = sign_in(client, w.members[0])
    me.set_cookie("language", "nl")
    for page in ("result", "list", "aloud"):
        said = text(me.get(f"/vote/{w.ballot.id}/{page}"))
        assert "Hoe ontmoeten we elkaar?" in said
        assert "Plan 1" in said
        assert "Street contact" not in said
    assert "Hoe ontmoeten we elkaar?" in text(me.get(f"/rounds/{w.round.id}/votes"))
