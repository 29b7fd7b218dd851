"""Reports of a panel: attached with a file, read by its people alone, objected to, taken out."""

from __future__ import annotations

import io
from typing import Any

from build import NOW, make_member
from worlds import World, bare

from codesign.db import writing
from codesign.fieldwork import ending
from codesign.fieldwork.blueprint import citing
from codesign.fieldwork.models import FieldReport, Kind, ReportAttachment, ReportObjection
from codesign.fieldwork.queries import content_of, reports_of
from codesign.rules.roles import Role
from fieldwork.conftest import NAME, bomb, photo, scan


def told(**more: Any) -> dict[str, Any]:
    """What a moderator fills in."""
    values: dict[str, Any] = {
        "kind": "workshop", "title": "An evening with maps", "held_on": "2026-05-04", "people": "14",
        "made_by": "Two members with a teacher", "languages": ["ar", "en"], "domains": ["BRI"],
        "asked": "Where do you meet people?", "text": "Most meet nobody in the first months.", "language": "en",
        "session": "", "public": "y",
    }  # fmt: skip
    return values | more


def upload(content: bytes, name: str = "IMG_Fatima_Haddad.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_R41_results_of_other_methods_are_attached_with_their_file_and_read_in_the_panel(world: World, queries):
    desk, path = world.browse(world.moderator), f"/desk/panels/{world.panel.id}/reports"
    assert "There is no report yet" in desk.get(path).get_data(as_text=True)
    sent = told(attachment=upload(photo()), alternative="A map with pins", key="0" * 36)
    reply = desk.post(f"{path}/new", data=sent)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    again = told(attachment=upload(photo()), alternative="A map with pins", key="0" * 36)
    assert desk.post(f"{path}/new", data=again).headers["Location"] == reply.headers["Location"]
    (report,) = reports_of(world.session, world.panel.id)
    assert (report.people, report.public, report.title) == (14, True, "An evening with maps")
    assert report.file is not None
    assert report.file.name == "workshop-2026-05-04.jpg"
    stored = content_of(world.session, report.id)
    assert stored is not None
    assert NAME.encode() not in stored.content
    assert len(stored.content) == report.file.size

    member = world.browse(world.me)
    assert "An evening with maps" in member.get("/reports").get_data(as_text=True)
    page = member.get(f"/reports/{report.id}").get_data(as_text=True)
    assert "A map with pins" in page
    given = member.get(f"/reports/{report.id}/file")
    assert given.data == stored.content
    assert given.mimetype == "image/jpeg"
    assert given.headers["Content-Disposition"] == 'attachment; filename="workshop-2026-05-04.jpg"'
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    stranger = world.browse(world.stranger)
    for end in ("", "/file"):
        assert bare(stranger.get(f"/reports/{report.id}{end}")) == bare(stranger.get(f"/reports/999999{end}"))
    assert member.get(path).status_code == 404

    # A few more: the lists ask no more often.
    counts = []
    for n in (0, 2):
        for i in range(n):
            assert desk.post(f"{path}/new", data=told(people="9", title=f"Visit {i}")).status_code == 303
        with queries() as one:
            member.get("/reports")
        with queries() as two:
            desk.get(path)
        counts.append((one.count, two.count))
    assert counts == [(5, 8), (5, 8)]
    assert {r.people for r in reports_of(world.session, world.panel.id)} == {14, None}


def test_what_is_wrong_is_said_at_the_field_and_every_typed_word_stays(world: World):
    desk, path = world.browse(world.moderator), f"/desk/panels/{world.panel.id}/reports/new"
    for content, name, says in (
        (b"%PDF-1.7" + b"x" * 40_000_000, "big.pdf", "too large. It can be 10 MB"),
        (b"<html><script>", "page.pdf", "no PDF, PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.png", "no PDF, PNG or JPEG"),
        (scan("secret"), "locked.pdf", "has a password"),
        (bomb(20_000), "bomb.png", "too many dots"),
        (photo()[:300], "half.jpg", "picture is broken"),
        (photo(), "photo.jpg", "Say what the picture shows"),
    ):
        reply = desk.post(path, data=told(attachment=upload(content, name)))
        page = reply.get_data(as_text=True)
        assert (reply.status_code, says in page) == (422, True), (name, says)
        assert "Most meet nobody in the first months." in page
        assert 'value="An evening with maps"' in page
    wrong = told(title="Ring Mr Yusuf Demir", made_by="Teacher, 06 1234 5678", held_on="2031-01-01", languages=[])
    page = desk.post(path, data=wrong | {"attachment": upload(photo())}).get_data(as_text=True)
    for says in (
        "a name",
        "phone number",
        "a day that was",
        "at least one language",
        "Choose it once more",
        "I looked",
    ):
        assert says in page, says
    assert reports_of(world.session, world.panel.id) == []
    passed = told(title="At Mr Visserplein", looked="y")
    assert desk.post(path, data=passed).status_code == 303
    # Forms without a file stay as small as they were.
    assert world.browse(world.me).post("/tell", data={"body": "x" * 2_000_000}).status_code == 413


def test_members_who_were_asked_attach_and_only_a_moderator_makes_public(world: World):
    desk, member = world.browse(world.moderator), world.browse(world.me)
    assert member.get("/reports/new").status_code == 404
    assert member.post("/reports/new", data=told()).status_code == 404
    path = f"/desk/panels/{world.panel.id}/reporters"
    assert desk.post(path, data={"person": world.stranger.id}).status_code == 404
    assert desk.post(path, data={"person": world.me.id}).status_code == 303
    assert "I looked" not in member.post("/reports/new", data=told(title="Ring Mr Demir", looked="y")).get_data(True)
    assert member.post("/reports/new", data=told(attachment=upload(scan(), "x.pdf"))).status_code == 303
    (report,) = reports_of(world.session, world.panel.id)
    assert not report.public
    assert member.post(f"/desk/reports/{report.id}/public", data={"on": "1"}).status_code == 404
    assert desk.post(f"/desk/reports/{report.id}/public", data={"on": "1"}).status_code == 303
    world.session.rollback()
    assert reports_of(world.session, world.panel.id)[0].public

    other = world.browse(world.other)
    against = {"body": "Ring me on 06 1234 5678", "language": "en"}
    assert "phone number" in other.post(f"/reports/{report.id}/objections", data=against).get_data(as_text=True)
    against["body"] = "We said it takes years, not months."
    assert other.post(f"/reports/{report.id}/objections", data=against).status_code == 303
    assert against["body"] not in member.get(f"/reports/{report.id}").get_data(as_text=True)
    page = desk.get(f"/reports/{report.id}").get_data(as_text=True)
    assert against["body"] in page
    assert world.other.name not in page
    objection = world.session.query(ReportObjection).one()
    assert "this is not what we said" in desk.get(f"/desk/panels/{world.panel.id}").get_data(as_text=True)
    assert world.browse(world.stranger).post(f"/desk/objections/{objection.id}/settle").status_code == 404
    why = {f"o{objection.id}-why": "We changed the sentence."}
    assert desk.post(f"/desk/objections/{objection.id}/settle", data=why).status_code == 303
    assert "We changed the sentence." in other.get(f"/reports/{report.id}").get_data(as_text=True)

    # Taking out: with a reason, by whoever attached it or a moderator, and not once the panel has the advice.
    away = f"/reports/{report.id}/take-out"
    assert other.post(away, data={"why": "x"}).status_code == 404
    assert member.post(away, data={"why": ""}).status_code == 422
    citing(desk.application).append(lambda _session, id: id == report.id)
    assert member.post(away, data={"why": "Two people can be recognised."}).status_code == 409
    citing(desk.application).pop()
    assert member.post(away, data={"why": "Two people can be recognised."}).status_code == 303
    assert "Two people can be recognised." in other.get("/reports").get_data(as_text=True)
    world.session.rollback()
    assert world.session.query(ReportAttachment).count() == world.session.query(ReportObjection).count() == 0
    assert world.session.query(FieldReport).one().text == ""


def test_leaving_and_a_year_take_out_what_may_not_be_public(world: World):
    session = world.session
    with writing(session):
        third = make_member(session, world.panel, Role.NEWCOMER)
        rows = []
        for n, (author, public, round_id) in enumerate(
            ((world.me, False, None), (world.me, True, None), (third, False, world.round.id), (third, True, None))
        ):
            rows.append(
                FieldReport(
                    panel_id=world.panel.id, author_id=author.id, kind=Kind.VISIT, title=f"Visit {n}", held_on=NOW.date(),
                    people=5, languages=["en"], domains=[], asked="What?", text="This.", language="en", made_by="Us",
                    public=public, form_key=str(n), made_on=NOW.date(), round_id=round_id,
                )
            )  # fmt: skip
        session.add_all(rows)
        session.flush()
        against = {"language": "en", "form_key": "a", "made_on": NOW.date(), "body": "No."}
        session.add(ReportObjection(report_id=rows[3].id, person_id=world.me.id, **against))
    with writing(session):
        ending.forget(session, world.me.id, NOW)
        assert ending.erase_round(session, world.round.id) == 1
    assert [r.title for r in reports_of(session, world.panel.id)] == ["Visit 3", "Visit 1"]
    assert session.query(ReportObjection).count() == 0


def test_a_large_body_is_read_only_where_a_file_can_be_in_it(world: World):
    desk, address = world.browse(world.moderator), f"/desk/panels/{world.panel.id}/reports/new"
    assert desk.post(address, data={"text": "x" * 1_500_000}).status_code == 413
    assert desk.post(address, data={"text": "x" * 1_500_000}, content_type="multipart/form-data").status_code == 413
    file = (io.BytesIO(b"x" * 1_500_000), "../../x\u202e;.pdf")
    reply = desk.post(address, data={"attachment": file, "title": "Kept"}, content_type="multipart/form-data")
    assert reply.status_code == 422
    assert 'value="Kept"' in reply.get_data(as_text=True)
