"""The vision of a place: proposed by members, agreed on by the panel, written down with its day, referred to by advice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from build import NOW, make_member
from worlds import World, bare

from codesign.db import writing
from codesign.pages.ending import KEPT, tidy
from codesign.panels.models import Gathering
from codesign.rules.phases import Phase
from codesign.rules.roles import Role
from codesign.vision import actions
from codesign.vision.blueprint import citing
from codesign.vision.models import Ours, PointState, VisionPoint
from codesign.vision.queries import Point, Seen, points_of

HERE = "Everybody knows one neighbour by name."


def said(text: str = HERE, **more: Any) -> dict[str, Any]:
    return {"text": text, "language": "en", "domains": ["BRI"]} | more


def points(world: World) -> list[VisionPoint]:
    world.session.rollback()
    world.session.expire_all()
    return world.session.query(VisionPoint).order_by(VisionPoint.id).all()


def now_of(world: World) -> list[Point]:
    world.session.rollback()
    return points_of(world.session, world.panel.id)


def test_R38_members_propose_the_panel_agrees_and_the_vision_stays_readable_in_every_language(world: World, queries):
    session = world.session
    with writing(session):
        evening = Gathering(
            round_id=world.round.id, title="An evening at the library", held_on=date(2026, 5, 4), place="Library",
            languages=["en"],
        )  # fmt: skip
        session.add(evening)
    member, other, desk = world.browse(world.me), world.browse(world.other), world.browse(world.moderator)
    for wrong, says in (
        ("", "Write one sentence first"),
        ("x" * 201, "1 letter too long"),
        ("Mr Yusuf Demir rings", "a name"),
    ):
        reply = member.post("/vision", data=said(wrong))
        assert (reply.status_code, says in reply.get_data(as_text=True)) == (422, True), says
    assert desk.post("/vision", data=said()).status_code == 404
    assert world.browse(world.professional).post("/vision", data=said()).status_code in {403, 409}
    for _ in range(2):
        assert member.post("/vision", data=said(key="0" * 36)).status_code == 303
    (row,) = points(world)
    assert now_of(world) == []
    assert row.round_id == world.round.id

    # "This is ours too": a tap, once each, and no number until ten.
    assert member.post(f"/vision/points/{row.id}/ours").status_code == 403
    for _ in range(2):
        assert other.post(f"/vision/points/{row.id}/ours").status_code == 303
    page = other.get("/vision").get_data(as_text=True)
    assert "You said: this is ours too" in page
    assert "1 member" not in page
    assert world.fresh(row).ours == 1
    with writing(session):
        session.get(VisionPoint, row.id).ours = 10
    assert "10 members say: this is ours too" in member.get("/vision").get_data(as_text=True)
    stranger = world.browse(world.stranger)
    for way in ("ours", "take-back"):
        theirs = bare(stranger.post(f"/vision/points/{row.id}/{way}"))
        assert theirs == bare(stranger.post(f"/vision/points/999999/{way}"))
        assert theirs[0] == 404

    # The panel agreed: the day and the gathering stand with it, and no name.
    where = f"/desk/vision/points/{row.id}"
    assert "a day that was" in desk.post(where, data=said(agreed_on="2031-01-01", gathering="")).get_data(as_text=True)
    agreed = said("Everybody knows two neighbours by name.", agreed_on="2026-05-04", gathering=str(evening.id))
    assert desk.post(where, data=agreed).status_code == 303
    (row,) = points(world)
    assert (row.author_id, row.version, session.query(Ours).count()) == (None, 1, 0)
    (point,) = now_of(world)
    assert (point.text, point.agreed_on) == ("Everybody knows two neighbours by name.", date(2026, 5, 4))
    page = member.get("/vision").get_data(as_text=True)
    assert "An evening at the library" in page
    assert member.post(f"/vision/points/{row.id}/take-back").status_code == 404

    # A second one, written down at the gathering; order, translation, other words.
    path = f"/desk/panels/{world.panel.id}/vision"
    second = said("Work fits what people learned.", agreed_on="2026-05-04", gathering="")
    assert desk.post(path, data=second | {"agreed_on": ""}).status_code == 422
    assert desk.post(path, data=second).status_code == 303
    last = now_of(world)[-1].id
    assert desk.post(f"/desk/vision/points/{last}/move", data={"up": "1"}).status_code == 303
    assert [p.id for p in now_of(world)] == [last, row.id]
    dutch = {"t-language": "nl", "t-text": "Iedereen kent twee buren bij naam."}
    assert desk.post(f"{where}/translate", data=dutch).status_code == 303
    member.set_cookie("language", "nl")
    for page in (member.get("/vision"), member.get(f"/panels/{world.panel.id}/vision")):
        assert '<b lang="nl" dir="auto">Iedereen kent twee buren bij naam.</b>' in page.get_data(as_text=True)
    member.set_cookie("language", "en")
    assert desk.post(where, data=agreed | {"text": "Everybody knows three neighbours."}).status_code == 303
    page = member.get("/vision").get_data(as_text=True)
    assert "Everybody knows two neighbours by name." in page  # how it read before
    assert "Iedereen kent" not in page
    assert "translate it again" in desk.get(where).get_data(as_text=True)

    counts = []
    for n in (0, 2):
        for i in range(n):
            assert desk.post(path, data=second | {"text": f"Point {i}."}).status_code == 303
            assert member.post("/vision", data=said(f"Wish {i}.")).status_code == 303
        asked = []
        for browser, page in ((member, "/vision"), (desk, path), (member, f"/panels/{world.panel.id}/vision")):
            with queries() as q:
                assert browser.get(page).status_code == 200
            asked.append(q.count)
        counts.append(asked)
    assert counts == [[7, 9, 4], [7, 9, 4]]

    # While the panel votes on advice that refers to it, a point stays; then it goes with a reason that stays.
    citing(desk.application).append(lambda _session, id: id == row.id)
    assert desk.post(f"{where}/take-out", data={"why": "We met it."}).status_code == 409
    assert desk.post(where, data=agreed).status_code == 409
    citing(desk.application).pop()
    assert desk.post(f"{where}/take-out", data={"why": ""}).status_code == 422
    assert desk.post(f"{where}/take-out", data={"why": "We met it in 2028."}).status_code == 303
    page = member.get("/vision").get_data(as_text=True)
    assert "We met it in 2028." in page
    assert "Everybody knows three neighbours." in page
    assert row.id not in [p.id for p in now_of(world)]
    assert stranger.get(f"/panels/{world.panel.id}/vision").status_code == 404


def test_what_a_member_proposed_goes_with_her_and_a_year_after_the_round(world: World):
    session = world.session
    with writing(session):
        third = make_member(session, world.panel, Role.NEWCOMER)
        rows = []
        for n, person in enumerate((world.me, world.me, world.other, third)):
            sentence = actions.Sentence(f"Sentence {n}", "en")
            mine = world.member(person)
            rows.append(
                actions.propose(session, mine, sentence, round_id=world.round.id, key=str(n), consented=True, now=NOW)
            )
        for voter in (world.me, third):
            actions.share(session, Seen(rows[2], world.panel, world.member(voter)), on=True, now=NOW)
        session.flush()
        seen = Seen(rows[1], world.panel, world.member(world.moderator))
        actions.agree(session, seen, actions.Sentence("Ours now", "en"), actions.Agreement(NOW.date()), NOW)
        actions.take_back(session, Seen(rows[3], world.panel, world.member(third)), NOW)
    with writing(session):
        actions.erase_posts(session, world.me.id, NOW)
    state = {r.id: (r.state, r.text, r.ours) for r in points(world)}
    assert state[rows[0].id] == state[rows[3].id] == (PointState.ERASED, "", 0)
    assert state[rows[1].id] == (PointState.AGREED, "Ours now", 0)
    assert state[rows[2].id] == (PointState.PROPOSED, "Sentence 2", 1)
    with writing(session):
        world.round.phase, world.round.phase_since = Phase.CLOSED, NOW
    assert tidy(session, NOW + KEPT - timedelta(days=1)) == 0
    assert tidy(session, NOW + KEPT + timedelta(days=1)) == 1
    assert tidy(session, NOW + KEPT + timedelta(days=2)) == 0
    assert [r.state for r in points(world)] == [
        PointState.ERASED, PointState.AGREED, PointState.ERASED, PointState.ERASED,
    ]  # fmt: skip
    assert session.query(Ours).count() == 0
