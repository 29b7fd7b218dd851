"""The page as members read it, its warning and the moderators' task after the last day, and the desk that keeps it."""

from __future__ import annotations

from datetime import date, timedelta

import build
import pytest
from worlds import World

from codesign.db import writing
from codesign.legal_help import actions, queries
from codesign.legal_help.domain import Part, Source, Words
from codesign.panels.models import Municipality
from codesign.rules.roles import Role
from codesign.web.clock import today
from legal_help.help_lines import SOURCE, write


def form(**more: str) -> dict[str, str]:
    day = today()
    return {
        "title": "Lessons you miss", "text": "The school reports it.", "who_decides": "The college", "language": "nl",
        "source": "House rules (demonstration)", "url": "", "source_date": "2026-01-02", "checked_on": day.isoformat(),
        "valid_until": (day + timedelta(days=90)).isoformat(), "version": "1",
    } | more  # fmt: skip


def test_R17_an_old_line_warns_everybody_and_is_a_task_until_it_is_checked(world: World, client):
    session, code = world.session, world.panel.municipality_code
    line = write(world)
    member, moderator = world.browse(world.me), world.browse(world.moderator)
    with writing(session):
        queries.line(session, line.row.id).row.valid_until = today()
    page = member.get("/sanctions-and-help").get_data(as_text=True)
    assert "Lessons you miss" in page
    assert SOURCE.url in page
    assert "This is old." not in page
    assert "Nothing waits for you now." in moderator.get(f"/desk/rounds/{world.round.id}").get_data(as_text=True)
    with writing(session):
        queries.line(session, line.row.id).row.checked_on = today() - timedelta(days=9)
        queries.line(session, line.row.id).row.valid_until = today() - timedelta(days=1)
    for reader in (member, client, moderator):
        page = reader.get(f"/sanctions-and-help/{code}").get_data(as_text=True)
        assert "1 line on this page is old." in page
        assert "Ask somebody before you rely on it." in page
    # The same task stands with moderators of every panel of the place, with and without a round.
    with writing(session):
        elsewhere = build.make_panel(session, session.get(Municipality, code))
        third = build.make_moderator(session, elsewhere)
    for reader, address in (
        (moderator, f"/desk/rounds/{world.round.id}"), (world.browse(third), f"/desk/panels/{elsewhere.id}"),
    ):  # fmt: skip
        assert "1 line is too old. Check it again." in reader.get(address).get_data(as_text=True), address
    address = f"/desk/sanctions-and-help/lines/{line.row.id}/checked"
    assert moderator.post(address, data={"version": "1", "valid_until": ""}).status_code == 422
    far = (today() + timedelta(days=400)).isoformat()
    assert "one year at most" in moderator.post(address, data={"version": "1", "valid_until": far}).get_data(
        as_text=True
    )
    until = today() + timedelta(days=60)
    assert moderator.post(address, data={"version": "1", "valid_until": until.isoformat()}).status_code == 303
    assert "This is old." not in member.get("/sanctions-and-help").get_data(as_text=True)
    assert "too old" not in world.browse(third).get(f"/desk/panels/{elsewhere.id}").get_data(as_text=True)


@pytest.mark.pages
def test_R42_a_line_is_kept_only_with_its_source_and_days_and_typed_words_stay(world: World, sign_in, panel_app):
    code = world.panel.municipality_code
    moderator = world.browse(world.moderator)
    address = f"/desk/sanctions-and-help/{code}/new/sanction"
    assert moderator.get(address).status_code == 200
    reply = moderator.post(address, data=form(source="", source_date="", valid_until=""))
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    for words in (
        "Without a source nothing is kept.",
        "of which day the source is",
        "until which day",
        "The school reports it.",
    ):
        assert words in page
    for url in ("javascript:alert(1)", "https://[", "//example.org"):
        assert moderator.post(address, data=form(url=url)).status_code == 422
    assert queries.lines(world.session, code) == []
    assert moderator.post(address, data=form()).status_code == 303
    assert (
        moderator.post(
            f"/desk/sanctions-and-help/{code}/new/help",
            data=form(title="Open Table", how_to_reach="Tuesday, 10 to 12", spoken="ti"),
        ).status_code
        == 303
    )
    world.session.rollback()
    first, second = queries.lines(world.session, code)
    assert second.words.spoken == ["ti"]
    lines = f"/desk/sanctions-and-help/lines/{first.row.id}"
    assert (
        moderator.post(
            f"{lines}/words/ti", data={"title": "ትምህርቲ", "text": "ይሕብር", "who_decides": "ኮሌጅ", "version": "1"}
        ).status_code
        == 303
    )
    assert moderator.post(lines, data=form(text="Other words")).status_code == 303
    stale = moderator.post(lines, data=form(text="My own words"))
    assert stale.status_code == 409
    assert "My own words" in stale.get_data(as_text=True)
    assert "Other words" in stale.get_data(as_text=True)
    for page in (f"/desk/sanctions-and-help/{code}", f"{lines}/versions", f"{lines}/words/ti", lines):
        assert moderator.get(page).status_code == 200, page
    assert "ትምህርቲ" in moderator.get(f"{lines}/versions").get_data(as_text=True)
    # Only those who keep the page of this place: not another place's moderator, not a member.
    with writing(world.session):
        other = build.make_moderator(world.session, build.make_panel(world.session))
        host = build.make_host(world.session)
    assert world.browse(other).get(f"/desk/sanctions-and-help/{code}").status_code == 404
    assert world.browse(other).post(f"{lines}/take-off").status_code == 404
    assert world.browse(world.me).get(lines).status_code == 404
    assert "Open Table" in world.browse(host).get(f"/desk/sanctions-and-help/{code}").get_data(as_text=True)
    assert moderator.post(f"{lines}/take-off").status_code == 303
    world.session.rollback()
    assert len(queries.lines(world.session, code)) == 1


def test_R17_a_member_reads_her_own_language_or_one_that_is_named(world: World, client):
    line = write(world, language="nl", words=Words("Lessen", "De school meldt het."))
    with writing(world.session):
        world.me.language = "ti"
        actions.translate_line(
            world.session,
            line,
            version=1,
            language="ti",
            words=Words("ትምህርቲ", "ይሕብር"),
            by=world.moderator.id,
            role=Role.MODERATOR,
            now=build.NOW,
        )
    page = world.browse(world.me).get("/sanctions-and-help").get_data(as_text=True)
    assert '<h3 lang="ti" dir="auto">ትምህርቲ</h3>' in page
    # Not signed in: the only place there is, and its words in their own language, named.
    page = client.get("/sanctions-and-help").get_data(as_text=True)
    assert '<h3 lang="nl" dir="auto">Lessen</h3>' in page
    assert 'Written in <bdi lang="nl">Nederlands</bdi>' in page
    assert client.get("/sanctions-and-help/nowhere").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_take_as_many_statements_for_one_line_as_for_three(world: World, queries, rows):
    for _ in range(rows):
        write(
            world, part=Part.HELP, source=Source("A letter", "", date(2026, 1, 1), date(2026, 6, 1), date(2027, 5, 1))
        )
    member, moderator = world.browse(world.me), world.browse(world.moderator)
    for browser, address, count in (
        (member, "/sanctions-and-help", 4), (moderator, f"/desk/sanctions-and-help/{world.panel.municipality_code}", 6),
    ):  # fmt: skip
        browser.get(address)
        with queries() as q:
            browser.get(address)
        assert q.count == count, q.statements
