"""The form of each method: what is asked, what is refused at the question and kept, and what stands on the list after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from codesign.db import writing
from codesign.voting import closing, marks, queries
from codesign.voting.domain import Method, Option, Terms
from codesign.voting.models import Extension, Roll, Slip
from codesign.web.clock import now
from voting.ballots_of_methods import MAKE, VOTES

pytestmark = pytest.mark.pages


@pytest.fixture(autouse=True)
def _no_delays(house):
    house.panel.extensions["delays"].clear()


@pytest.fixture
def live(world):
    """A panel whose ballot of this method runs by the clock of today."""
    return lambda method, **more: world(now=now() - timedelta(days=1), method=method, **(MAKE[method] | more))


def url(w, more=""):
    return f"/vote/{w.ballot.id}{more}"


def fields(method, sent):
    """What was chosen, under the names its form has."""
    if method is Method.SCORE:
        return {f"o.{text.partition(':')[0]}": text for text in sent}
    return {"o": list(sent)}


def send(client, w, step, sent, **more):
    return client.post(url(w), data={"step": step, **fields(w.ballot.method, sent), **more})


def code_on(page):
    found = re.search(r"<b>(\d{4} \d{4} \d{4})</b>", page.text)
    assert found, page.text
    return found[1]


def filled(page):
    """What stands filled in on a form, as it would be sent again; "none" is no choice and no place."""
    text = page.text
    picked = re.findall(r'<option value="([^"]+)" selected', text)
    ticked = re.findall(r'<input type="(?:checkbox|radio)" name="o[^"]*" value="([^"]+)"[^>]* checked', text)
    return sorted({*picked, *ticked})


def end(w):
    """Let the deadline pass and count."""
    closing.close_due(w.session, w.ballot.id, w.end)
    return queries.result(w.again())


@pytest.mark.parametrize("method", list(Method))
def test_every_method_from_the_question_to_the_list(live, client, sign_in, method):
    """Choose, look again, change one's mind, vote; what is counted is what was chosen."""
    w = live(method)
    sign_in(client, w.members[0])
    sent, other = VOTES[method][0], VOTES[method][2]
    assert filled(client.get(url(w))) == []
    again = send(client, w, "look", other)
    assert again.status_code == 200
    back = send(client, w, "change", other)
    assert filled(back) == sorted(other)
    again = send(client, w, "look", sent)
    reply = send(client, w, "cast", re.findall(r'name="o" value="([^"]+)"', again.text), code=code_on(again))
    assert (reply.status_code, reply.location) == (303, url(w, "/done"))
    assert "Your vote is in" in client.get(url(w, "/done")).text
    assert client.get(url(w, "/how")).status_code == 200
    found = end(w)
    assert sorted(marks.written(found.opening, found.closed.lines[0].marks)) == sorted(sent)
    assert found.tally.voters == 1


REASON = "It is <b>far</b> away."


def test_yes_or_no_with_a_reason_end_to_end(live, client, sign_in):
    w = live(Method.YES_NO)
    sign_in(client, w.members[0])
    page = client.get(url(w)).text
    assert "Choose one answer. You may say why." in page
    assert "Street contact" in page
    assert re.findall(r'type="radio" name="o" value="([a-z_]+)"', page) == ["yes", "no", "abstain"]
    again = send(client, w, "look", ["no"], reason=REASON)
    assert "It is &lt;b&gt;far&lt;/b&gt; away." in again.text
    assert "It is &lt;b&gt;far&lt;/b&gt; away.</textarea>" in send(client, w, "change", ["no"], reason=REASON).text
    assert send(client, w, "cast", ["no"], code=code_on(again), reason=REASON).status_code == 303
    found = end(w)
    assert found.tally.counts == {"yes": 0, "no": 1, "abstain": 0}
    assert found.closed.reasons == (("no", REASON),)


# What is wrong, the sentence that says what to do, and what must stand filled in again.
WRONG = [
    (Method.APPROVAL, (), "Choose at least one.", ()),
    (Method.APPROVAL, ("o1", "o2", "o3", "o4"), "Choose 3 at most. Take the tick off the others.", None),
    (Method.APPROVAL, ("none", "o1"), "Not both.", None),
    (Method.APPROVAL, ("o1", "o77"), "Choose from this list only.", ("o1",)),
    (Method.YES_NO, (), "Choose at least one.", ()),
    (Method.YES_NO, ("yes", "no"), "Choose only one.", None),
    (Method.YES_NO, ("agree",), "Choose from this list only.", ()),
    (Method.CONSENT, (), "Choose at least one.", ()),
    (Method.CONSENT, ("object",), "Write what you object to.", ("object",)),
    (Method.CONSENT, ("agree", "object"), "Choose only one.", None),
    (Method.SCORE, (), "Give at least one idea a mark.", ()),
    (Method.SCORE, ("o1:", "o2:"), "Give at least one idea a mark.", None),
    (Method.SCORE, ("o1:4", "o2:9"), "Choose a number that stands on this page.", ("o1:4",)),
    (Method.SCORE, ("o1:4", "o9:1"), "Choose from this list only.", ("o1:4",)),
    (Method.RANKED, ("o1:", "o2:", "o3:", "o4:"), "Give at least one idea a place.", ()),
    (Method.RANKED, ("o1:2", "o2:2", "o3:1", "o4:"), "Give each its own place.", ("o1:2", "o2:2", "o3:1")),
    (Method.RANKED, ("o1:1", "o2:7"), "Choose a number that stands on this page.", ("o1:1",)),
    (Method.RANKED, ("o1:1", "o1:2"), "You gave one idea two numbers.", ("o1:2",)),
    (Method.DOTS, ("o1:0", "o2:0"), "Give at least one dot.", None),
    (Method.DOTS, ("o1:4", "o2:3"), "You gave 7 dots. You have 5. Take some away.", None),
    (Method.DOTS, ("o1:1", "o2:x"), "Choose a number that stands on this page.", ("o1:1",)),
    (Method.BUDGET, (), "Choose at least one.", ()),
    (Method.BUDGET, ("o1", "o2", "o4"), "Together this costs", None),
    (Method.BUDGET, ("none", "o1"), "Not both.", None),
    (Method.SHORTLIST, ("o1", "o2", "o3", "o4"), "Choose 3 at most.", None),
    (Method.SHORTLIST, ("<script>alert(1)</script>",), "Choose from this list only.", ()),
]  # fmt: skip


@pytest.mark.parametrize("method", list(Method))
def test_a_wrong_choice_is_told_at_the_question_and_kept(live, client, sign_in, method):
    w = live(method, **({"terms": Terms(total=7000)} if method is Method.BUDGET else {}))
    sign_in(client, w.members[0])
    code = w.fresh()
    for _method, sent, sentence, kept in (wrong for wrong in WRONG if wrong[0] is method):
        for step in ("look", "cast"):
            reply = send(client, w, step, sent, code=code, reason="", sign="blue fish", order="o3,o1,o4,o2")
            assert reply.status_code == 422, sent
            assert sentence in reply.text
            assert 'role="alert"' in reply.text
            assert reply.text.index(sentence) < reply.text.index("<fieldset")
            assert set(filled(reply)) >= set(sent if kept is None else kept), sent
            assert "<script>alert" not in reply.text
            assert 'name="sign" value="blue fish"' in reply.text
            assert f'name="code" value="{code}"' in reply.text
    assert w.session.scalar(select(func.count()).select_from(Slip)) == 0


def test_what_was_written_stays_when_the_answer_is_missing(live, client, sign_in):
    w = live(Method.CONSENT)
    sign_in(client, w.members[0])
    reply = send(client, w, "look", [], reason="My doubt")
    assert (reply.status_code, "My doubt</textarea>" in reply.text) == (422, True)
    long = send(client, w, "look", ["object"], reason="x" * 501)
    assert (long.status_code, "x" * 501 in long.text, filled(long)) == (422, True, ["object"])
    hidden = send(client, w, "look", ["object"], reason="a\u202eb")
    assert (hidden.status_code, "hidden character" in hidden.text) == (422, True)


def test_an_objection_without_words_points_at_the_words(live, client, sign_in):
    w = live(Method.CONSENT)
    sign_in(client, w.members[0])
    page = send(client, w, "look", ["object"], reason="   ").text
    field = re.search(r"<textarea[^>]*>", page)[0]
    assert 'aria-invalid="true"' in field
    assert 'id="reason-error"' in page
    assert "reason-error" in field


def test_two_with_the_same_place_are_both_marked(live, client, sign_in):
    w = live(Method.RANKED)
    sign_in(client, w.members[0])
    page = send(client, w, "look", ["o1:2", "o2:2", "o3:1", "o4:"]).text
    assert page.count('class="opt field--bad"') == 2


def test_the_choice_once_more_in_words(live, client, sign_in):
    """A ranking as a numbered list, marks as "4 of 5", dots as dots, money with its sum."""
    said = {
        Method.APPROVAL: (("o1", "o3"), ["Street contact", "Lessons outside"]),
        Method.CONSENT: (("stand_aside",), ["Street contact", "I do not stop it"]),
        Method.SCORE: (("o1:4", "o2:0"), ["4 of 5", "0 of 5", "No opinion:"]),
        Method.RANKED: (("o1:2", "o3:1"), [r'<ol class="fate">.*Lessons outside.*Street contact', "Without a place:"]),
        Method.DOTS: (("o1:3", "o2:1"), ["3 dots", "1 dot<", "1 dot is not used."]),
        Method.BUDGET: (("o1", "o4"), [r"Together: .*5,500.* of .*7,000"]),
    }
    for method, (sent, patterns) in said.items():
        w = live(method)
        sign_in(client, w.members[0])
        card = re.search(
            r'<div class="card stack">.*?name="step" value="change"', send(client, w, "look", sent).text, re.S
        )
        for pattern in patterns:
            assert re.search(pattern, card[0], re.S), (method, pattern, card[0])


def test_a_second_window_asks_for_the_code_and_keeps_the_choice(live, client, sign_in):
    """Both windows showed a code of their own; only the one that was cast counts, and only it changes the vote."""
    w = live(Method.DOTS)
    sign_in(client, w.members[0])
    one, two = send(client, w, "look", ["o1:3"]), send(client, w, "look", ["o2:2", "o3:1"])
    assert code_on(one) != code_on(two)
    assert send(client, w, "cast", ["o1:3"], code=code_on(one)).status_code == 303
    late = send(client, w, "cast", ["o2:2", "o3:1"], code=code_on(two))
    assert late.status_code == 422
    assert "Enter your vote code to change it." in late.text
    assert code_on(two) not in late.text
    assert re.findall(r'name="o" value="([^"]+)"', late.text) == ["o2:2", "o3:1"]
    assert send(client, w, "cast", ["o2:2", "o3:1"], code=code_on(one)).status_code == 303
    assert end(w).tally.counts["o2"] == 2


def test_words_come_in_the_readers_language_or_as_they_were_written(live, client, sign_in):
    translated = {"ar": ("\u0632\u064a\u0627\u0631\u0629", "\u064a\u0632\u0648\u0631\u0643 \u062c\u0627\u0631")}
    options = [Option("", "Straatcontact", "Een buur komt.", "nl", "BRI", ("door-open",), translations=translated),
               Option("", "Open kitchen", "We cook.", "en", "LEI", ("cooking-pot",))]  # fmt: skip
    w = live(Method.SCORE, options=options, max_choices=2, translations={"ar": "\u0643\u064a\u0641\u061f"})
    sign_in(client, w.members[0])
    client.set_cookie("language", "ar")
    page = client.get(url(w)).text
    assert f'<b lang="ar" dir="auto">{translated["ar"][0]}</b>' in page
    assert '<b lang="en" dir="auto">Open kitchen</b>' in page
    assert '<span lang="ar" dir="auto">\u0643\u064a\u0641\u061f</span></h1>' in page
    assert "Straatcontact" in page[page.index('<details class="more"') :]
    client.set_cookie("language", "en")
    page = client.get(url(w)).text
    assert '<b lang="nl" dir="auto">Straatcontact</b>' in page
    assert '<details class="more"' not in page


def test_who_votes_in_the_room_is_told_what_to_do(live, client, sign_in):
    w = live(Method.APPROVAL)
    with writing(w.session):
        w.session.execute(Roll.__table__.update().where(Roll.member_id == w.members[0].id).values(in_room=True))
    sign_in(client, w.members[0])
    page = client.get(url(w))
    assert page.status_code == 200
    assert "You vote in the room, on paper or on the tablet there." in page.text
    assert "Come to the session." in page.text
    assert "Street contact" in page.text
    for step in ("look", "cast"):
        reply = send(client, w, step, ["o1"], code=w.fresh())
        assert reply.status_code == 403
        assert "You vote in the room" in reply.text


def test_more_time_and_a_reminder_are_told_to_everybody_alike(live, house, client, sign_in):
    w = live(Method.APPROVAL)
    other = sign_in(house.panel.test_client(), w.members[1])
    other.set_cookie("language", "en")
    sign_in(client, w.members[0])
    again = send(client, w, "look", ["o1"])
    send(client, w, "cast", ["o1"], code=code_on(again))
    with writing(w.session):
        ballot = w.again()
        w.session.add(
            Extension(ballot_id=ballot.id, before=ballot.deadline, until=ballot.deadline + timedelta(days=2),
                      reason="Schools are <i>closed</i>.", language="nl", made_at=now())
        )  # fmt: skip
        ballot.reminded_at = now()
    for c in (client, other):
        page = c.get(url(w)).text
        assert "There is more time." in page
        assert '<p lang="nl" dir="auto">Schools are &lt;i&gt;closed&lt;/i&gt;.</p>' in page
        assert "Did you vote? Then you need do nothing." in page
    with writing(w.session):
        w.again().reminded_at = now() - timedelta(days=2)
    assert "Then you need do nothing." not in client.get(url(w)).text


def test_who_can_see_my_vote_says_what_holds_for_this_way_of_voting(live, client, sign_in):
    told = {
        "Your own words stand apart": {Method.YES_NO, Method.CONSENT},
        "People can know you by your words.": {Method.YES_NO, Method.CONSENT},
        "Your numbers together can be the only ones": {Method.SCORE, Method.RANKED, Method.DOTS},
        "Some vote in the room": set(),
        "Two members each hold half of the key.": set(),
    }
    for method in (Method.CONSENT, Method.YES_NO, Method.SCORE, Method.RANKED, Method.DOTS, Method.BUDGET):
        w = live(method)
        sign_in(client, w.members[0])
        page = client.get(url(w, "/how")).text
        assert {line for line in told if line in page} == {line for line, ways in told.items() if method in ways}
    with writing(w.session):
        w.again().room_is_open = True
    assert "Some vote in the room" in client.get(url(w, "/how")).text


@pytest.mark.parametrize("method", list(Method))
def test_casting_takes_at_most_five_statements_in_every_method(live, client, sign_in, house, queries, method):
    w = live(method)
    sign_in(client, w.members[0])
    with queries() as q:
        assert client.get(url(w)).status_code == 200
    assert q.count <= 10
    code, reason = w.fresh(), "Because."
    with queries() as q:
        assert send(client, w, "cast", VOTES[method][0], code=code, reason=reason).status_code == 303
    assert q.count <= 5, q.statements


def test_more_fields_than_a_form_has_are_not_looked_at(live, client, sign_in):
    w = live(Method.SCORE)
    sign_in(client, w.members[0])
    data = {"step": "look", **{f"o.x{n}": "o1:1" for n in range(5000)}}
    assert client.post(url(w), data=data).status_code in {200, 413}
    assert send(client, w, "look", ["o1:" + "9" * 100_000]).status_code in {413, 422}
