"""From two people who write one advice to another place that reads what came of it: every step in a browser."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from advice.conftest import voted
from conftest import LAPTOP, PHONE, Doors
from seats import Seat, Table
from sqlalchemy.orm import Session

from codesign.advice.values import Words

pytestmark = pytest.mark.browser
HOURS, TEA, KEY = "We open our kitchen twice a week.", "Neighbours bring tea.", "The key lies with the neighbour."


@pytest.mark.sqlite_only
def test_from_two_writers_to_another_place(browser: Any, doors: Doors, session: Session) -> None:
    _journey(browser, doors, session)


@pytest.mark.long
@pytest.mark.postgresql_only
def test_the_same_way_on_the_other_database(browser: Any, doors: Doors, session: Session) -> None:
    _journey(browser, doors, session)


def _journey(browser: Any, doors: Doors, session: Session) -> None:
    world = voted(doors.house, session)
    with time_machine.travel(world.now, tick=True) as clock:
        table = Table(browser, doors, session, world, clock)
        desk = table.seat(world.moderator, "en", viewport=LAPTOP)
        member = table.seat(world.members[0], "nl", viewport=PHONE)
        compose(table, desk, member)
        assert table.errors == []
        for seat in table.seats:
            seat.page.context.close()


def compose(table: Table, desk: Seat, member: Seat) -> None:
    """Two people write one part at once, and nothing is lost; notes, evidence, preview and checklist."""
    world = table.world
    world.begin()
    world.words()
    world.recommend()
    at = f"/desk/advice/{world.advice_id}"
    desk.open(f"{at}/parts/we_do")
    desk.write("we_do", f"{HOURS}\n{TEA}")
    desk.kept("Saved.")
    desk.press("a[href$='/together/we_do']")
    desk.see("/together/we_do")
    desk.pick(str(world.members[0].id))
    desk.press("form[action$='/invite'] button")
    desk.page.locator("ul.rows", has_text=world.members[0].pseudonym).wait_for()
    desk.write("body", "Who has the key?")
    desk.press("form[action$='/note'] button")
    desk.hear("Who has the key?")

    member.open("/")
    member.press(".now-card a.go")
    member.see("/write/we_do")
    member.hear("Who has the key?")
    desk.open(f"{at}/parts/we_do")
    # Each in a paragraph of their own: both are kept.
    member.write("we_do", f"{HOURS}\n{TEA} {KEY}")
    member.kept("Bewaard.")
    desk.write("we_do", f"{HOURS} Also in August.\n{TEA}")
    desk.kept("Saved.")
    both = f"{HOURS} Also in August.\n{TEA} {KEY}"
    assert stands(table) == both
    # Both in the same paragraph: the second is asked, with both texts before her.
    desk.open(f"{at}/parts/we_do")
    member.open(f"/advice/{world.advice_id}/write/we_do")
    member.write("we_do", both.replace("twice a week", "on Mondays"))
    member.kept("Bewaard.")
    desk.write("we_do", both.replace("twice a week", "on Fridays"))
    desk.kept("Somebody else changed the same words.")
    assert "on Mondays" in stands(table)
    desk.send("#part-form button.go")
    desk.hear("Somebody else saved this while you wrote.")
    assert "on Fridays" in desk.page.locator("[name=we_do]").input_value()
    desk.hear("on Mondays")
    desk.write("we_do", both.replace("twice a week", "on Mondays and Fridays"))
    desk.send("#part-form button.go")
    desk.hear("on Mondays and Fridays")
    assert "on Mondays and Fridays" in stands(table)


def stands(table: Table) -> str:
    """What the store holds of the part they write together."""
    from codesign.advice import composing

    table.session.rollback()
    table.session.expire_all()
    text = composing.content(table.session, table.world.view()).text(Words.WE_DO)
    table.session.rollback()
    return text
