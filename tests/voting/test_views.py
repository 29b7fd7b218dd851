"""The pages of a vote: what is asked, what is refused and kept, and what is shown to nobody before the end."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import build
import pytest
from sqlalchemy import func, select

from codesign.db import writing
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.voting import actions, closing, keys, queries
from codesign.voting.domain import State
from codesign.voting.models import Ballot, Slip
from codesign.voting.recount import recount
from codesign.web.clock import now

pytestmark = pytest.mark.pages


@pytest.fixture(autouse=True)
def _no_delays(house):
    house.panel.extensions["delays"].clear()


@pytest.fixture
def live(world):
    """A panel whose ballot runs by the clock of today."""
    return lambda **more: world(now=now() - timedelta(days=1), **more)


def url(w, more=""):
    return f"/vote/{w.ballot.id}{more}"


def code_on(page):
    found = re.search(r"<b>(\d{4} \d{4} \d{4})</b>", page.text)
    return found and found[1]


def look(client, w, *chosen, **more):
    return client.post(url(w), data={"step": "look", "o": list(chosen), **more})


def cast(client, w, *chosen, code=None, **more):
    """Look again, take the code that is shown, and vote."""
    if code is None:
        code = code_on(look(client, w, *chosen)) or ""
    return client.post(url(w), data={"step": "cast", "o": list(chosen), "code": code, **more}), code


def slips(w):
    w.session.rollback()
    return w.session.scalar(select(func.count()).select_from(Slip))


def end(w):
    """Let the deadline pass: the ballot closes as the schedule would do it."""
    closing.close_due(w.session, w.ballot.id, w.end)


def test_choose_look_again_with_code_vote_and_find_it_on_the_list(live, client, sign_in):
    w = live(members=6)
    sign_in(client, w.members[0])
    page = client.get(url(w))
    assert "How should new people and neighbours meet?" in page.text
    assert "Choose 3 at most." in page.text
    assert page.text.count('name="o"') == 5
    again = look(client, w, "o1", "o3")
    assert again.status_code == 200
    assert "Is this right?" in again.text
    assert "Street contact" in again.text
    assert "Open kitchen" not in again.text
    code = code_on(again)
    assert slips(w) == 0
    reply, _code = cast(client, w, "o1", "o3", code=code, sign="blue fish")
    assert (reply.status_code, reply.location) == (303, url(w, "/done"))
    assert "Your vote is in" in client.get(url(w, "/done")).text
    end(w)
    result = client.get(url(w, "/result"))
    assert "1 of 6 people voted." in result.text
    listed = client.get(url(w, "/list"))
    assert code.replace(" ", "\u00a0") in listed.text
    assert "blue fish" in listed.text
    assert '<input type="text"' not in listed.text


def test_the_page_after_voting_says_the_same_first_changed_and_repeated(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    _reply, code = cast(client, w, "o1")
    pages = [client.get(url(w, "/done")).text]
    for chosen in (("o2",), ("o2",)):
        reply, _ = cast(client, w, *chosen, code=code)
        assert reply.status_code == 303
        pages.append(client.get(url(w, "/done")).text)
    assert len({re.sub(r'name="csrf_token" value="[^"]*"', "", p) for p in pages}) == 1
    assert slips(w) == 1


def test_who_voted_before_is_asked_for_the_code(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    cast(client, w, "o1")
    assert "You voted." in client.get(url(w)).text
    again = look(client, w, "o2")
    assert code_on(again) is None
    assert "Enter the code you wrote down." in again.text
    missing, _ = cast(client, w, "o2", code="")
    assert missing.status_code == 422
    assert "Enter your vote code to change it." in missing.text
    assert 'value="o2"' in missing.text


def test_wrong_codes_become_slow(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    _reply, code = cast(client, w, "o1")
    statuses = [cast(client, w, "o2", code="123412341234")[0].status_code for _ in range(6)]
    assert statuses[:3] == [422, 422, 422]
    assert statuses[-1] == 429
    # A delay, never a lock: the right code works when the wait is over.
    client.application.extensions["delays"].clear()
    assert cast(client, w, "o2", code=code)[0].status_code == 303


def test_two_people_with_one_code_get_a_new_one(live, house, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    _reply, code = cast(client, w, "o1")
    other = sign_in(house.panel.test_client(), w.members[1])
    reply, _ = cast(other, w, "o2", code=code)
    assert reply.status_code == 422
    assert "Somebody else has this code. Here is a new one." in reply.text
    fresh = code_on(reply)
    assert fresh != code
    assert cast(other, w, "o2", code=fresh.replace(" ", ""))[0].status_code == 303
    assert slips(w) == 2


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ((), "Choose at least one."),
        (("o1", "o2", "o3", "o4"), "Choose 3 at most."),
        (("o1", "o77"), "Choose from this list only."),
        (("none", "o1"), "Not both."),
        (("<script>alert(1)</script>",), "Choose from this list only."),
    ],
)
@pytest.mark.parametrize("step", ["look", "cast"])
def test_a_wrong_choice_is_told_at_the_question_and_kept(live, client, sign_in, chosen, sentence, step):
    w = live()
    sign_in(client, w.members[0])
    reply = client.post(url(w), data={"step": step, "o": list(chosen), "code": w.fresh()})
    assert reply.status_code == 422
    assert sentence in reply.text
    for key in set(chosen) & {"o1", "o2", "o3", "o4", "none"}:
        assert re.search(f'value="{key}"[^>]* checked', reply.text), key
    assert "<script>alert" not in reply.text
    assert slips(w) == 0


def test_change_brings_the_choice_back_in_the_same_order(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    first = client.get(url(w)).text
    order = re.search(r'name="order" value="([^"]+)"', first)[1]
    shown = re.findall(r'name="o" value="([^"]+)"', first)
    assert ",".join(shown[:-1]) == order
    assert shown[-1] == "none"
    back = client.post(url(w), data={"step": "change", "o": ["o2"], "order": order})
    assert back.status_code == 200
    assert re.findall(r'name="o" value="([^"]+)"', back.text) == shown
    assert re.search('value="o2"[^>]* checked', back.text)


def test_the_order_differs_from_form_to_form(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    orders = {re.search(r'name="order" value="([^"]+)"', client.get(url(w)).text)[1] for _ in range(12)}
    assert len(orders) > 1


def test_a_hidden_character_in_the_own_sign_is_told_and_the_code_stays(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    code = code_on(look(client, w, "o1"))
    reply, _ = cast(client, w, "o1", code=code, sign="a\u202eb")
    assert reply.status_code == 422
    assert "hidden character" in reply.text
    assert code_on(reply) == code


def test_R07_a_vote_request_of_a_professional_answers_403(live, client, sign_in):
    w = live()
    with writing(w.session):
        professional = build.make_member(w.session, w.panel, Role.PROFESSIONAL)
    sign_in(client, professional)
    assert "Professionals talk along. They do not vote." in client.get(url(w)).text
    for step in ("look", "cast"):
        reply = client.post(url(w), data={"step": step, "o": ["o1"], "code": w.fresh()})
        assert reply.status_code == 403
        assert "They do not vote." in reply.text
    assert slips(w) == 0


def test_R07_residents_vote_apart_and_come_to_their_own_ballot(live, client, sign_in):
    w = live(members=3, residents=2)
    sign_in(client, w.residents[0])
    assert client.get(url(w)).location == f"/vote/{w.twin.id}"
    w.ballot = w.twin
    assert cast(client, w, "o1")[0].status_code == 303


def test_who_joined_after_opening_is_told_why(live, client, sign_in):
    w = live()
    with writing(w.session):
        late = build.make_member(w.session, w.panel)
    sign_in(client, late)
    assert "You joined after this vote was opened." in client.get(url(w)).text
    reply = client.post(url(w), data={"step": "cast", "o": ["o1"], "code": w.fresh()})
    assert reply.status_code == 403
    assert "You joined after this vote was opened." in reply.text


def test_what_one_may_not_know_answers_as_if_it_did_not_exist(live, house, client, sign_in, session):
    w = live()
    with writing(session):
        stranger = build.make_member(session, build.make_panel(session))
        w.round.phase = Phase.DISCUSSING
        session.add(w.round)
        hidden = build.make_ballot(session, w.round, w.moderator, now=now())
    other = sign_in(house.panel.test_client(), stranger)
    mine = sign_in(client, w.members[0])

    def plain(page):
        return page.status_code, re.sub(r'value="[^"]*"', "", page.text)  # the token, and the address to come back to

    nothing = plain(mine.get("/vote/999999"))
    assert nothing[0] == 404
    for path in ("", "/done", "/how", "/result", "/list", "/bundle"):
        assert other.get(url(w, path)).status_code == 404
        assert mine.get(f"/vote/{hidden.id}{path}").status_code == 404
    assert plain(other.get(url(w)))[0] == 404
    assert plain(mine.get(f"/vote/{hidden.id}")) == nothing
    for step in ("look", "cast"):
        assert other.post(url(w), data={"step": step, "o": ["o1"], "code": "1" * 12}).status_code == 404
        assert mine.post(f"/vote/{hidden.id}", data={"step": step, "o": ["o1"]}).status_code == 404


def test_the_host_reads_no_ballots(live, house, sign_in, session):
    w = live()
    with writing(session):
        host = build.make_host(session)
    client = sign_in(house.panel.test_client(), host)
    paths = [url(w, more) for more in ("", "/how", "/result", "/list", "/bundle")]
    for path in [*paths, f"/desk/votes/{w.ballot.id}", f"/desk/rounds/{w.round.id}/votes"]:
        assert client.get(path).status_code == 404
    end(w)
    for path in ("/result", "/list", "/bundle"):
        assert client.get(url(w, path)).status_code == 404


def test_nothing_shows_how_a_vote_goes_before_the_end(live, house, client, sign_in):
    """Page, headers and list are the same bytes before and after others vote: no count, no turnout, no tag."""
    w = live(members=6)
    mine = sign_in(client, w.members[0])
    desk = sign_in(house.panel.test_client(), w.moderator)
    desk.set_cookie("language", "en")
    asked = [
        (mine, url(w)), (mine, f"/rounds/{w.round.id}/votes"), (mine, url(w, "/how")),
        (desk, f"/desk/rounds/{w.round.id}/votes"), (desk, f"/desk/votes/{w.ballot.id}"), (desk, url(w, "/how")),
    ]  # fmt: skip

    def seen():
        pages = []
        for c, path in asked:
            page = c.get(path)
            text = re.sub(r'name="(csrf_token|order)" value="[^"]*"', "", page.text)
            text = "".join(sorted(re.split(r'(?=<label class="pick">)', text)))
            headers = {k: v for k, v in page.headers.items() if k not in {"Set-Cookie", "Content-Length", "Date"}}
            pages.append((page.status_code, text, headers))
            assert "ETag" not in page.headers
            assert page.headers["Cache-Control"] == "no-store"
        return pages

    before = seen()
    for person in w.members[1:]:
        w.cast(person, "o1", now=now())
    after = seen()
    for path, one, two in zip([p for _c, p in asked], before, after, strict=True):
        assert one == two, path
    for c, path in ((mine, "/result"), (mine, "/list"), (mine, "/bundle"), (desk, "/result"), (desk, "/list")):
        assert c.get(url(w, path)).status_code == 303


def test_a_vote_after_the_deadline_is_refused_and_latches_the_ballot(live, client, sign_in, monkeypatch):
    """The schedule is dead: the first late vote closes the ballot, and a clock set back reopens nothing."""
    w = live()
    sign_in(client, w.members[0])
    _reply, code = cast(client, w, "o1")
    late = w.end + timedelta(seconds=1)
    monkeypatch.setattr("codesign.voting.views.now", lambda: late)
    assert "This vote is over" in client.get(url(w)).text
    assert look(client, w, "o2").status_code == 409
    assert w.again().state is State.OPEN
    reply, _ = cast(client, w, "o2", code=code)
    assert reply.status_code == 303
    assert reply.location == url(w, "/result")
    assert w.again().state is State.CLOSED
    monkeypatch.undo()
    reply, _ = cast(client, w, "o2", code=code)
    assert reply.location == url(w, "/result")
    assert queries.result(w.again()).tally.counts["o1"] == 1
    assert "not yet swept" in client.get(url(w, "/result")).text
    end(w)
    assert "not yet swept" not in client.get(url(w, "/result")).text


def test_a_vote_sent_again_after_closing_gets_a_plain_page(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    _reply, code = cast(client, w, "o1")
    end(w)
    reply, _ = cast(client, w, "o2", code=code)
    assert (reply.status_code, reply.location) == (303, url(w, "/result"))
    assert client.get(url(w)).location == url(w, "/result")


def test_a_void_ballot_says_why(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    with writing(w.session):
        actions.void_ballot(
            w.session, w.ballot.id, w.round, w.by, reason="An idea was missing <b>here</b>.", language="en", now=now()
        )
    page = client.get(url(w))
    assert "An idea was missing &lt;b&gt;here&lt;/b&gt;." in page.text
    reply, _ = cast(client, w, "o1", code="1" * 12)
    assert reply.status_code == 409


def test_a_ballot_whose_keys_are_gone_says_so(live, client, sign_in):
    w = live()
    sign_in(client, w.members[0])
    code = code_on(look(client, w, "o1"))
    keys.destroy(w.key_folder, w.ballot.id)
    assert "This vote is broken" in client.get(url(w)).text
    assert look(client, w, "o1").status_code == 409
    assert cast(client, w, "o1", code=code)[0].status_code == 409


def test_few_people_are_warned_before_voting(live, client, sign_in):
    w = live(members=9)
    sign_in(client, w.members[0])
    assert "Only 9 people can vote." in client.get(url(w)).text
    assert "Only 9 people can vote here." in client.get(url(w, "/how")).text


def test_ten_people_are_not(live, client, sign_in):
    w = live(members=10)
    sign_in(client, w.members[0])
    assert "Only 10" not in client.get(url(w)).text


def test_several_questions_come_one_a_screen(live, house, client, sign_in, session):
    w = live()
    with writing(session):
        w.round.phase = Phase.DISCUSSING
        session.add(w.round)
        second = build.make_ballot(session, w.round, w.moderator, now=now(), question="What comes first?")
        build.open_ballot(session, second, w.round, w.moderator, house.settings.keys, now())
    sign_in(client, w.members[0])
    page = client.get(url(w)).text
    assert "Question 1 of 2" in page
    assert f'href="/vote/{second.id}"' in page  # skip
    cast(client, w, "o1")
    done = client.get(url(w, "/done")).text
    assert f'href="/vote/{second.id}"' in done
    assert "Question 2 of 2" in client.get(f"/vote/{second.id}").text


def test_text_of_people_is_text(live, client, sign_in):
    bad = '<script>alert("x")</script>'
    w = live(titles=(bad, "Plain"), question=f"What {bad}?", max_choices=1)
    sign_in(client, w.members[0])
    again = look(client, w, "o1")
    cast(client, w, "o1", sign="<b>me</b>")
    end(w)
    for page in (again, client.get(url(w, "/result")), client.get(url(w, "/list"))):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<b>me</b>" not in page.text


def test_the_bundle_is_recounted_by_verify(live, client, sign_in, tmp_path):
    w = live()
    for person in w.members:
        w.cast(person, "o1", "o2", now=now())
    end(w)
    sign_in(client, w.members[0])
    reply = client.get(url(w, "/bundle"))
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["Cache-Control"] == "no-store"
    bundle = json.loads(reply.data)
    findings = recount(bundle)
    assert len(findings) > 8
    assert all(f.holds for f in findings)
    assert bundle["closed_digest"][:4] in client.get(url(w, "/list")).text


def test_adoption_keeps_the_reason_until_the_end_and_shows_it_without_code(live, house, client, sign_in):
    w = live(members=3, kind="adoption", subject="a" * 64)
    sign_in(client, w.members[0])
    page = client.get(url(w))
    assert "Send it back" in page.text
    assert 'type="radio"' in page.text
    again = look(client, w, "send_back", reason="The <i>budget</i> is missing.")
    assert "The &lt;i&gt;budget&lt;/i&gt; is missing." in again.text
    reply, _ = cast(client, w, "send_back", code=code_on(again), reason="The <i>budget</i> is missing.")
    assert reply.status_code == 303
    w.cast(w.members[1], "send_back", now=now())
    end(w)
    result = client.get(url(w, "/result")).text
    assert "The panel sent its advice back: 0 of 2 people said yes." in result
    assert "The &lt;i&gt;budget&lt;/i&gt; is missing." in result
    assert "budget" not in client.get(url(w, "/list")).text


@pytest.mark.parametrize("kind", ["vote", "adoption", "rating"])
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_page_opens_in_every_kind_and_language(live, house, client, sign_in, kind, language):
    subject = f"2026-3 {'a' * 64} {'b' * 64}" if kind == "rating" else "a" * 64
    w = live(members=3, kind=kind, subject=subject)
    sign_in(client, w.members[0])
    client.set_cookie("language", language)
    first = {"vote": "o1", "adoption": "send_back", "rating": "useful"}[kind]
    assert client.get(url(w)).status_code == 200
    assert look(client, w, first).status_code == 200
    assert cast(client, w, first)[0].status_code == 303
    for path in ("/done", "/how"):
        assert client.get(url(w, path)).status_code == 200
    assert client.get(f"/rounds/{w.round.id}/votes").status_code == 200
    end(w)
    desk = sign_in(house.panel.test_client(), w.moderator)
    for c in (client, desk):
        for path in ("/result", "/list", "/bundle", "/how"):
            assert c.get(url(w, path)).status_code == 200, path
    assert desk.get(f"/desk/rounds/{w.round.id}/votes").status_code == 200
    assert desk.get(f"/desk/votes/{w.ballot.id}").status_code == 200


@pytest.mark.parametrize("members", [1, 3, 300])
def test_casting_takes_five_statements_whatever_the_size(live, client, sign_in, queries, members):
    w = live(members=members)
    for person in w.members[1:]:
        w.code(person)
    sign_in(client, w.members[0])
    code = w.fresh()
    with queries() as q:
        assert client.post(url(w), data={"step": "cast", "o": ["o1"], "code": code}).status_code == 303
    assert q.count == 5, q.statements
    with queries() as q:
        assert client.post(url(w), data={"step": "cast", "o": ["o2"], "code": code}).status_code == 303
    assert q.count == 4


def test_pages_of_votes_take_few_statements(live, house, client, sign_in, queries, session):
    w = live(members=3)
    sign_in(client, w.members[0])
    desk = sign_in(house.panel.test_client(), w.moderator)
    counts = []
    for _ in range(2):
        taken = []
        for c, path in (
            (client, url(w)), (client, f"/rounds/{w.round.id}/votes"), (desk, f"/desk/rounds/{w.round.id}/votes"),
            (desk, f"/desk/votes/{w.ballot.id}"),
        ):  # fmt: skip
            with queries() as q:
                assert c.get(path).status_code == 200
            taken.append(q.count)
        counts.append(taken)
        with writing(session):
            for _ in range(2):
                w.round.phase = Phase.DISCUSSING
                session.add(w.round)
                ballot = build.make_ballot(session, w.round, w.moderator, now=now())
                build.open_ballot(session, ballot, w.round, w.moderator, house.settings.keys, now())
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10, counts


def test_a_choice_is_in_no_address_no_log_and_no_store(live, house, client, sign_in, capfd, caplog):
    w = live(titles=("Kanarie-een", "Kanarie-twee"), max_choices=1)
    sign_in(client, w.members[0])
    caplog.set_level("DEBUG")
    _reply, code = cast(client, w, "o2", sign="kanarieteken")
    bad, _ = cast(client, w, "o2", "o9", code=code)
    assert bad.status_code == 422
    out = capfd.readouterr()
    said = out.out + out.err + caplog.text
    for canary in (code, code.replace(" ", ""), "kanarieteken", "o2"):
        assert canary not in said
    w.session.rollback()
    if house.kind == "sqlite":
        from pathlib import Path

        path = Path(house.settings.database_url("voices").removeprefix("sqlite:///"))
        data = b"".join(p.read_bytes() for p in path.parent.glob(path.name + "*"))
        for canary in (code, code.replace(" ", ""), "kanarieteken"):
            assert canary.encode() not in data


def test_an_unknown_ballot_is_no_row(client, sign_in, live):
    w = live()
    sign_in(client, w.members[0])
    assert client.get("/vote/99999999999999999999").status_code == 404
    assert w.session.scalar(select(func.count()).select_from(Ballot)) == 1
