"""The whole way of evidence: picked from the place, adopted, sent over the wall, and read back on an idea's trail."""

from __future__ import annotations

import html
import json
from datetime import date

import pytest
import time_machine
from advice.conftest import FIELDS
from sqlalchemy import delete, select

from codesign.advice import actions, composing, forgetting, queries, sending
from codesign.advice.domain import fingerprint
from codesign.advice.values import Moment, Words
from codesign.advice.version_queries import newest
from codesign.db import writing
from codesign.evidence.models import HeardSentence
from codesign.jobs.models import OutboxItem
from codesign.networks.models import Network, PolicyMoment
from codesign.picker.domain import sentence_name
from codesign.places.domain import MomentKind, Standing
from codesign.rules.permissions import Refused
from codesign.vision.models import PointState, VisionPoint

pytestmark = pytest.mark.pages


def text(reply):
    return " ".join(html.unescape(reply.get_data(as_text=True)).split())


@pytest.fixture
def desk(client, sign_in, drafted):
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(client, drafted.moderator)


def place_with_choices(world, day):
    """A small group, a moment of the calendar and a point of the vision."""
    code = world.panel.municipality_code
    with world.write():
        known = {"place_code": code, "language": "en", "as_of": world.now}
        world.session.add(
            Network(code="open-table", name="Open Table", does="Cooks.", standing=Standing.INFORMAL, languages=["en"],
                    domains=["LEI"], **known)
        )  # fmt: skip
        world.session.add(
            PolicyMoment(code="budget-1", title="The budget", kind=MomentKind.BUDGET, decided_on=day, source="The council",
                         checked_on=date(2026, 5, 1), **known)
        )  # fmt: skip
        point = VisionPoint(
            panel_id=world.panel.id, state=PointState.AGREED, text="Everybody knows a neighbour.", language="en",
            domains=["BRI"], form_key="v", made_on=date(2026, 1, 1), agreed_on=date(2026, 1, 2),
        )  # fmt: skip
        world.session.add(point)
        world.session.flush()
        return point.id


def test_R24_R29_groups_moments_and_days_of_each_actor_are_picked_kept_and_compared(desk, drafted, session):
    place_with_choices(drafted, date(2026, 6, 30))
    row = queries.recommendations(session, drafted.advice_id)[0]
    url, version_seen = f"/desk/advice/{drafted.advice_id}/recommendations/{row.id}", row.version
    page = text(desk.get(url))
    moment = "2026-06-30 budget The budget"
    assert 'value="open-table">Open Table' in page
    assert f'value="{moment}"' in page
    assert "(too late)" in page
    data = {
        "version": row.version, "title": "Open kitchens", "what": "Cook", "by_when": "May", "cost_class": 2,
        "notice": FIELDS["notice"], "none_because": "", "small_initiative": "", "small_group": "open-table",
        "moment": moment, "actor_name_0": "College", "actor_kind_0": "municipality", "actor_by_when_0": "in June",
    }  # fmt: skip
    assert desk.post(url, data=data | {"moment": "2026-06-30 budget Another"}).status_code == 422
    assert desk.post(url, data=data).status_code == 303
    session.rollback()
    shown = composing.content(session, drafted.view(), whole=False).recommendations[0]
    assert (shown.small_group, shown.small_initiative) == ("open-table", "Open Table")
    assert shown.moment == Moment("The budget", "budget", date(2026, 6, 30))
    assert shown.actors[0].by_when == "in June"
    page = text(desk.get(url))
    assert page.count("may be too late") == 2
    assert f"{url}#when" in page
    version = newest(session, drafted.advice_id, f"recommendation-{row.id}").content
    assert (version["moment"], version["small_group"]) == (moment, "open-table")
    # Somebody who opened the page before changes another field: what was picked stays.
    seen = {name: "" if value is None else str(value) for name, value in FIELDS.items()} | {
        "moment": "",
        "small_group": "",
    }
    late = data | FIELDS | {"version": version_seen, "notice": "Tea", "moment": "", "small_group": "", "decided_on": ""}
    late |= {
        "base": json.dumps(seen | {"actors": "College: the letter"}),
        "actor_part_0": "the letter",
        "actor_by_when_0": "",
    }
    assert desk.post(url, data=late).status_code == 303
    session.rollback()
    both = composing.content(session, drafted.view(), whole=False).recommendations[0]
    assert (both.notice, both.title, both.moment, both.small_group) == (
        "Tea",
        "Open kitchens",
        shown.moment,
        "open-table",
    )
    assert both.actors[0].by_when == "in June"


def test_R32_an_idea_is_followed_to_its_sentence_the_document_and_the_answer(
    desk, drafted, session, panel_app, sign_in
):
    vision = place_with_choices(drafted, date(2027, 6, 30))
    with drafted.write():
        words = {(Words.HEARD, ""): ("Buses stop too early. We hardly meet.", fingerprint("We hardly meet."))}
        actions.save_words(session, drafted.view(), words, now=drafted.now)
    at = f"/desk/advice/{drafted.advice_id}/evidence"
    idea, option = drafted.ideas[2], queries.outcomes(session, drafted.round.id)[0].id
    practice = composing.content(session, drafted.view(), whole=False).cited[0].id
    reco = queries.recommendations(session, drafted.advice_id)[0].id
    chosen = {
        sentence_name("Buses stop too early."): [f"idea-{idea.id}", f"cited-{practice}"],
        sentence_name("We hardly meet."): [f"result-{option}"],
        f"recommendation-{reco}": [f"result-{option}", f"cited-{practice}", f"vision-{vision}"],
    }
    for name, things in chosen.items():
        seen = f"result-{option}" if name.startswith("r") else ""
        assert desk.post(f"{at}/{name}", data={"things": things, "seen": seen}).status_code == 303
    overview = text(desk.get(f"/desk/advice/{drafted.advice_id}"))
    assert "Nothing is behind" not in overview
    with drafted.write():
        seen = {
            (Words.HEARD, ""): (
                "Buses stop far too early. We hardly meet.",
                fingerprint("Buses stop too early. We hardly meet."),
            )
        }
        actions.save_words(session, drafted.view(), seen, now=drafted.now)
    assert "Look if the evidence still holds" in text(desk.get(f"/desk/advice/{drafted.advice_id}"))
    drafted.adopt()
    # A release that is not there: the page says so, and nothing is sent.
    release = composing.content(session, drafted.view()).heard[0].release
    item = session.scalars(select(OutboxItem).where(OutboxItem.digest == release)).one()
    kept = {c.name: getattr(item, c.name) for c in OutboxItem.__table__.columns}
    with drafted.write():
        session.execute(delete(OutboxItem).where(OutboxItem.digest == release))
    with pytest.raises(Refused), drafted.write():
        sending.send_advice(session, drafted.view(), now=drafted.now)
    session.rollback()
    with time_machine.travel(drafted.now, tick=False):
        page = text(sign_in(panel_app.test_client(), drafted.moderator).get(f"/desk/advice/{drafted.advice_id}"))
    assert "Recommendation 1 rests on a result of a vote that is not there any more." in page
    assert "“What we heard” rests on a result" in page
    with drafted.write():
        session.add(OutboxItem(**kept))
    with drafted.write():
        drafted.digest = sending.send_advice(session, drafted.view(), now=drafted.now)
    assert drafted.cross().refused == 0
    said = json.loads(queries.sent(session, drafted.advice_id).payload)
    first, second = said["heard"]["sentences"]
    assert (first["text"], first["cited"], first["results"]) == ("Buses stop far too early.", ["c1"], [])
    assert second["results"][0]["release"] in said["annexes"]["releases"]
    assert said["recommendations"][0]["vision"] == ["v1"]
    browser = panel_app.test_client()
    browser.set_cookie("language", "en")
    session.rollback()
    with time_machine.travel(drafted.now, tick=False):
        member = sign_in(browser, drafted.members[0])
        trail = text(member.get(f"/ideas/{idea.id}/trail"))
        assert "Buses stop far too early." in trail
        assert f'href="/advice/{drafted.advice_id}"' in trail
        assert "We hardly meet." in text(member.get(f"/ideas/{drafted.ideas[0].id}/trail"))
    # A year later the earlier wording is gone, and what it rests on stays with the words of the advice.
    with writing(session):
        assert forgetting.forget_round(session, drafted.round.id)
    assert {r.text for r in session.query(HeardSentence)} == {"Buses stop far too early.", "We hardly meet."}
    with writing(session):
        assert forgetting.forget_round(session, drafted.round.id) == 0
