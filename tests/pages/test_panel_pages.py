"""Home, my words, my data, themes, help, and leaving quickly."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from build import NOW, make_idea, make_reply, make_telling
from worlds import World

from codesign.accounts.models import Card, Consent, SignIn
from codesign.db import writing
from codesign.discussion.models import Contribution
from codesign.moderation.actions import report
from codesign.moderation.domain import What
from codesign.moderation.models import Report
from codesign.moderation.queries import thing_for
from codesign.panels.attending import expected
from codesign.panels.models import Attendance, Gathering
from codesign.proposals import actions as ideas
from codesign.proposals.domain import Content
from codesign.proposals.models import Proposal, ProposalVersion, Support
from codesign.rules.phases import Phase
from codesign.tellings.models import Telling
from codesign.web.clock import today

pytestmark = pytest.mark.pages


def gathering(world: World, days: int = 3) -> Gathering:
    with writing(world.session):
        row = Gathering(
            round_id=world.round.id, title="At De Brug", held_on=today() + timedelta(days=days), starts="19:00",
            place="De Brug, big room", languages=["ar", "ti"],
        )  # fmt: skip
        world.session.add(row)
        world.session.flush()
    return row


@pytest.mark.parametrize(
    ("phase", "says", "href"),
    [
        (Phase.LISTENING, "Tell what you lived here", "/tell?round="),
        (Phase.PROPOSING, "What would you change?", "/ideas/new?round="),
        (Phase.DISCUSSING, "Talk about the ideas", "/ideas?round="),
        (Phase.VOTING, "The panel votes", "/ideas?round="),
        (Phase.ADVISING, "The advice is being written", "/rounds/"),
        (Phase.ANSWERING, "We wait for the answer", "/rounds/"),
        (Phase.FOLLOWING, "The answer is there", "/rounds/"),
    ],
)
def test_home_shows_the_one_thing_to_do_in_each_phase(world: World, phase, says, href):
    world.set_phase(phase)
    page = world.browse(world.me).get("/").get_data(as_text=True)
    assert f'<h1 id="now">{says}</h1>' in page
    assert f'href="{href}' in page
    assert world.me.pseudonym in page


def test_home_says_when_no_round_is_open(world: World):
    world.set_phase(Phase.CLOSED)
    page = world.browse(world.me).get("/").get_data(as_text=True)
    assert "There is no round now" in page
    assert "/topics/new" in page


def test_home_says_what_happened_to_my_ideas(world: World):
    with writing(world.session):
        make_idea(world.session, world.round, world.me, "A room to drink tea")
        ideas.propose(
            *world.by(world.me),
            Content("Tea with us", "Call 06 1234 5678", "en", ("BRI",)),
            key=str(uuid.uuid4()),
            now=NOW,
        )
    page = world.browse(world.me).get("/").get_data(as_text=True)
    assert "What happened to my ideas" in page
    assert "A room to drink tea" in page
    assert "It waits. A moderator looks at it first." in page


def test_staff_and_host_come_to_their_own_desks(world: World):
    from build import make_host

    with writing(world.session):
        host = make_host(world.session)
    assert world.browse(world.moderator).get("/").headers["Location"] == "/desk"
    assert world.browse(host).get("/").headers["Location"] == "/host"


def test_the_host_reads_no_words_of_members(world: World):
    from build import make_host

    with writing(world.session):
        host = make_host(world.session)
        idea = make_idea(world.session, world.round, world.me)
    client = world.browse(host)
    for url in ("/ideas", f"/ideas?round={world.round.id}", f"/ideas/{idea.id}", "/tell", "/words", "/desk/queue"):
        assert client.get(url).status_code == 404, url


def test_coming_to_a_gathering_is_counted_and_names_nobody(world: World):
    row = gathering(world)
    for person in (world.me, world.other):
        client = world.browse(person)
        assert client.post(f"/gatherings/{row.id}/coming", data={"coming": "yes"}).status_code == 303
    page = world.browse(world.me).get("/").get_data(as_text=True)
    assert "At De Brug" in page
    assert 'value="yes" aria-pressed="true"' in page
    world.browse(world.other).post(f"/gatherings/{row.id}/coming", data={"coming": "no"})
    assert expected(world.session, [row.id]) == {row.id: 1}
    assert world.browse(world.stranger).post(f"/gatherings/{row.id}/coming", data={"coming": "yes"}).status_code == 404
    assert world.browse(world.moderator).post(f"/gatherings/{row.id}/coming", data={"coming": "yes"}).status_code == 404


def test_a_gathering_that_is_over_is_not_on_home(world: World):
    gathering(world, days=-1)
    assert "At De Brug" not in world.browse(world.me).get("/").get_data(as_text=True)


def test_my_words_shows_each_kind_with_its_state(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, "Canary idea")
        make_reply(world.session, idea, world.me, "Canary reply")
        make_telling(world.session, world.round, world.me, "Canary story")
    client = world.browse(world.me)
    for url, word in (("/words", "idea"), ("/words?show=replies", "reply"), ("/words?show=stories", "story")):
        assert f"Canary {word}" in client.get(url).get_data(as_text=True)
    other = world.browse(world.other)
    for url in ("/words", "/words?show=replies", "/words?show=stories", "/my-data/file"):
        assert "Canary" not in other.get(url).get_data(as_text=True)


def test_everything_of_mine_comes_in_one_file(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, "Canary idea")
        make_reply(world.session, idea, world.me, "Canary reply")
        make_reply(world.session, idea, world.other, "Words of another")
        make_telling(world.session, world.round, world.me, "Canary story")
    reply = world.browse(world.me).get("/my-data/file")
    assert reply.headers["Content-Disposition"].startswith("attachment")
    mine = reply.get_json()
    assert [mine["ideas"][0]["title"], mine["replies"][0]["words"], mine["stories"][0]["words"]] == [
        "Canary idea", "Canary reply", "Canary story",
    ]  # fmt: skip
    assert "Words of another" not in reply.get_data(as_text=True)


def everything(world: World) -> Proposal:
    """Words of mine in every table that can hold some."""
    row = gathering(world)
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me, "Canary idea", body="Canary body")
        ideas.edit_proposal(
            *world.by(world.me), idea, Content("Canary idea two", "Canary", "en", ("BRI",)), seen=1, now=NOW
        )
        mine = make_reply(world.session, idea, world.me, "Canary reply")
        make_reply(world.session, idea, world.other, "An answer stays", parent_id=mine.id)
        theirs = make_idea(world.session, world.round, world.other, "Another idea")
        ideas.support(*world.by(world.me), theirs, on=True, now=NOW)
        make_telling(world.session, world.round, world.me, "Canary story")
        ideas.save_draft(*world.by(world.me), Content("Canary draft", "", "en"), key=str(uuid.uuid4()), now=NOW)
        one = thing_for(world.session, What.IDEA, theirs.id, world.me.id)
        assert one is not None
        report(world.session, one, why="Canary report", language="en", now=NOW)
        world.session.add(Attendance(gathering_id=row.id, person_id=world.me.id, coming=True))
    return idea


def test_R14_erasing_takes_my_words_out_everywhere_and_leaves_those_of_others(world: World):
    idea, name = everything(world), world.me.pseudonym
    client = world.browse(world.me)
    assert client.post("/my-data/erase", data={}).headers["Location"] == "/my-data"  # nothing without the tick
    assert world.fresh(idea).title == "Canary idea two"
    assert client.post("/my-data/erase", data={"sure": "yes"}).headers["Location"] == "/sign-in"
    world.session.rollback()
    texts = [
        *world.session.scalars(sa.select(Proposal.title + Proposal.body)),
        *world.session.scalars(sa.select(ProposalVersion.title + ProposalVersion.body)),
        *world.session.scalars(sa.select(Contribution.body)),
        *world.session.scalars(sa.select(Telling.body)),
        *world.session.scalars(sa.select(Report.why)),
    ]
    assert not [text for text in texts if "Canary" in text]
    assert "An answer stays" in texts
    assert world.session.scalars(sa.select(Attendance)).all() == []
    assert world.session.scalars(sa.select(Support).where(Support.person_id == world.me.id)).all() == []
    assert world.session.scalars(sa.select(Card).where(Card.person_id == world.me.id)).all() == []
    other = world.browse(world.other)
    page = other.get(f"/ideas/{idea.id}").get_data(as_text=True)
    assert "An answer stays" in page
    assert name not in page
    assert "Canary" not in other.get("/ideas?q=canary").get_data(as_text=True).replace('value="canary"', "")
    assert client.get("/words").status_code == 303  # signed out


def test_R14_stopping_ends_consent_card_and_sign_in(world: World):
    client = world.browse(world.me)
    assert client.post("/my-data/withdraw", data={"sure": "yes"}).headers["Location"] == "/sign-in"
    world.session.rollback()
    consent = world.session.scalar(sa.select(Consent).where(Consent.person_id == world.me.id))
    assert consent is not None
    assert consent.withdrawn_at is not None
    assert client.get("/").status_code == 303


def test_R14_leaving_the_panel_shuts_its_pages_at_once(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    client = world.browse(world.me)
    assert client.post("/my-data/leave", data={"panel": "999999", "sure": "yes"}).status_code == 404
    assert client.post("/my-data/leave", data={"panel": str(world.panel.id), "sure": "yes"}).status_code == 303
    assert client.get(f"/ideas/{idea.id}").status_code == 404
    assert "You are in no panel now" in client.get("/").get_data(as_text=True)


def test_leaving_quickly_ends_the_sign_in_and_shows_a_page_without_a_trace_of_us(world: World):
    client = world.browse(world.me)
    reply = client.post("/leave")
    assert reply.status_code == 303
    assert '"cookies"' in reply.headers["Clear-Site-Data"]
    assert '"storage"' in reply.headers["Clear-Site-Data"]
    page = client.get(reply.headers["Location"]).get_data(as_text=True)
    for trace in ("panel", "newcomer", "Veldhaven", "sign", "/ideas", "href", "form"):
        assert trace not in page, trace
    assert client.get("/words").status_code == 303
    world.session.rollback()
    row = world.session.scalar(sa.select(SignIn).where(SignIn.person_id == world.me.id))
    assert row is not None
    assert row.ended_at is not None


def test_leaving_quickly_works_when_the_page_is_old_and_the_sign_in_over(house, client):
    house.panel.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post("/leave").status_code == 303
        assert client.post("/leave", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    finally:
        house.panel.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("url", ["/help", "/privacy", "/about", "/weather"])
def test_small_pages_are_open_to_everybody_in_every_part(world: World, client, url):
    assert client.get(url).status_code == 200
    for person in (world.me, world.professional, world.moderator):
        assert world.browse(person).get(url).status_code == 200


def test_a_theme_says_what_the_panel_says_about_it(world: World):
    with writing(world.session):
        make_idea(world.session, world.round, world.me, "A job that fits", themes=("WRK",))
    client = world.browse(world.other)
    assert "1 idea" in client.get("/themes").get_data(as_text=True)
    page = client.get("/themes/work").get_data(as_text=True)
    assert "A job that fits" in page
    assert "It is never a target" in page
    assert "A job that fits" not in world.browse(world.stranger).get("/themes/work").get_data(as_text=True)
    assert client.get("/themes/nothing").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_home_and_my_words_take_the_same_number_of_statements(world: World, queries, rows):
    gathering(world)
    with writing(world.session):
        for n in range(rows):
            idea = make_idea(world.session, world.round, world.me, f"Idea {n}")
            make_reply(world.session, idea, world.me)
            make_telling(world.session, world.round, world.me)
    client = world.browse(world.me)
    limits = {"/": 8, "/words": 8, "/words?show=replies": 3, "/words?show=stories": 3, "/themes": 3, "/themes/work": 3}
    for url, limit in limits.items():
        client.get(url)
        with queries() as q:
            assert client.get(url).status_code == 200
        assert q.count <= limit, (url, q.count, q.statements)
