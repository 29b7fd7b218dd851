"""From two people who write one advice to another place that reads what came of it: every step in a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from advice.conftest import voted
from build import make_ballot, make_official, make_organisation, make_round, open_ballot
from click.testing import CliRunner
from conftest import LAPTOP, PHONE, Doors
from seats import Seat, Table, served
from sqlalchemy.orm import Session
from test_aloud import HERE, VOICES
from writers import IN_SHORT, compose, decide, give_evidence, vote

from codesign import migrate
from codesign.cli import main
from codesign.db import Store
from codesign.officials.models import Official
from codesign.officials.queries import open_sign_ins
from codesign.record_app import create_record_app
from codesign.rules.phases import Phase
from codesign.settings import Settings
from codesign.voting.domain import Method, Option
from codesign.web.clock import now

pytestmark = pytest.mark.browser
NUMBER, HEARD = "2026-1", "We heard that nobody rings the bell, and that a letter is no visit."
WHY, ANSWER_AR = "A visit costs less than a letter.", "في كل شارع شخص يقول أهلا."
PROMISE = {
    "owner": "Head of society",
    "money": "48,000 euros",
    "action": "Ask twelve streets",
    "first_step": "A letter",
}
UNASKED = "No vote of newcomers in a later round has said it yet."
HERE_AT = "https://record.veldhaven.example"


@pytest.mark.sqlite_only
def test_from_two_writers_to_another_place(browser: Any, doors: Doors, session: Session, tmp_path: Path) -> None:
    _journey(browser, doors, session, tmp_path)


@pytest.mark.long
@pytest.mark.postgresql_only
def test_the_same_way_on_the_other_database(browser: Any, doors: Doors, session: Session, tmp_path: Path) -> None:
    _journey(browser, doors, session, tmp_path)


def _journey(browser: Any, doors: Doors, session: Session, tmp_path: Path) -> None:
    world = voted(doors.house, session)
    with time_machine.travel(world.now, tick=True) as clock:
        table = Table(browser, doors, session, world, clock)
        with table.acting():
            for person, language in zip(world.members, ("nl", "ar"), strict=False):
                session.merge(person).language = language
        desk = table.seat(world.moderator, "en", viewport=LAPTOP)
        member = table.seat(world.members[0], "nl", viewport=PHONE)
        compose(table, desk, member)
        give_evidence(table, desk)
        arab = table.seat(world.members[1], "ar", viewport=PHONE)
        arab.page.add_init_script(VOICES.replace("VOICES", HERE))
        decide(table, desk, member, arab)
        send(table, desk)
        stand_behind(table)
        official = answer(table)
        rate(table, desk, member)
        follow(table, desk, official)
        travel(table, tmp_path)
        assert table.errors == []
        for seat in table.seats:
            seat.page.context.close()


def send(table: Table, desk: Seat) -> None:
    """Over the wall, and everybody reads it at the record door."""
    desk.send("form[action$='/send'] button.go")
    desk.hear("It is on its way to the record.")
    table.work()
    public = table.seat(None, "ar", "record", viewport=PHONE)
    public.open(f"/advice/{table.place}/{NUMBER}")
    for words in (IN_SHORT["ar"], "thank them each year", "Contact helps."):
        public.hear(words)


def stand_behind(table: Table) -> None:
    """An organisation follows the link, co-signs, and offers to do a part itself."""
    with table.acting() as session:
        group = make_organisation(session, table.here(session), name="Open Kitchen")
    kitchen = table.seat(group, "en", "record", viewport=PHONE)
    kitchen.open(f"/advice/{table.place}/{NUMBER}/co-sign")
    kitchen.write("words", "Our cooks meet new people every week.")
    kitchen.send("form[action$='/co-sign'] button.go")
    kitchen.hear("Your organisation stands behind this advice.")
    kitchen.press("main a[href*='/offer']")
    kitchen.see("/offer")
    kitchen.look()
    kitchen.write("words", "We find a contact for four streets.")
    kitchen.send()
    kitchen.open(f"/advice/{table.place}/{NUMBER}")
    kitchen.hear("Our cooks meet new people every week.")


def answer(table: Table) -> Seat:
    """Two officials write one answer, one is signed out while typing, a colleague writes one part; it is delivered."""
    with table.acting() as session:
        first, second, colleague = (
            make_official(session, table.here(session), post=post, **more)
            for post, more in (
                ("Adviser on living together", {}), ("Head of society", {}),
                ("Translator", {"number": NUMBER, "piece": "summary-ar"}),
            )
        )  # fmt: skip
    one = table.seat(None, "en", "record", viewport=LAPTOP)
    one.open("/sign-in")
    one.sign_in(first.login)
    one.see("/desk")
    one.press(f"main a[href$='/desk/{NUMBER}']")
    one.send("form[action$='/start'] button.go")
    one.see("/heard")
    one.write("what_we_heard", HEARD)
    sign_out_elsewhere(table, first)
    one.send()
    one.see("/sign-in")
    one.sign_in(first.login)
    one.open(f"/desk/{NUMBER}/heard")
    assert one.page.locator("[name=what_we_heard]").input_value() == HEARD
    one.send()
    one.see("/recommendation/1")

    # Both have recommendation 1 open; who saves second sees what the first wrote.
    two = table.seat(second, "en", "record", viewport=LAPTOP)
    two.open(f"/desk/{NUMBER}/recommendation/1")
    one.choose("decision", "adopted")
    one.write("reasons", WHY)
    one.press("button[name=draft]")
    one.hear("Pages of your answer")
    two.choose("decision", "adopted")
    two.write("reasons", "Twelve neighbours asked for it at the market.")
    two.press("button[name=draft]")
    two.hear("Your colleague saved this page while you wrote")
    two.look()
    two.hear(WHY)
    two.write("reasons", f"{WHY} Twelve neighbours asked for it at the market.")
    for name, words in PROMISE.items():
        two.write(f"promises-0-{name}", words)
    two.hear("We find a contact for four streets.")
    two.choose("offers-0-reply", "talk")
    two.write("offers-0-reasons", "Come by on Monday.")
    two.write("promises-0-by", (now() + timedelta(days=90)).date().isoformat())
    two.send("form.ask__form .acts button.go")
    two.see("/closing")
    one.open(f"/desk/{NUMBER}/recommendation/1")
    one.hear("Your colleague saved a version")
    assert "Twelve neighbours" in one.page.locator("[name=reasons]").input_value()

    # Another official on the same device finds nothing of what was typed and not sent.
    one.open(f"/desk/{NUMBER}/closing")
    one.write("council", "A half sentence that was never sent")
    one.open("/desk")
    sign_out_elsewhere(table, first)
    one.open("/sign-in")
    one.sign_in(second.login)
    one.open(f"/desk/{NUMBER}/closing")
    assert one.page.locator("[name=council]").input_value() == ""

    two.write("council", "By letter, on the same day.")
    two.write("first_report_on", (now() + timedelta(days=100)).date().isoformat())
    two.send()
    two.see("/plain")
    two.write("text", "In every street one person says welcome.")
    two.send()
    two.open(f"/desk/{NUMBER}/plain/nl")
    two.write("text", "In elke straat zegt iemand welkom.")
    two.send()
    third = table.seat(colleague, "ar", "record", viewport=PHONE)
    third.open("/part")
    third.look()
    third.hear("In every street one person says welcome.")
    third.write("text", ANSWER_AR)
    third.send()
    one.open(f"/desk/{NUMBER}")
    one.send("form[action$='/deliver'] button.go")
    one.hear("It cannot be changed.")
    one.hear(ANSWER_AR)
    one.person = second
    return one


def rate(table: Table, desk: Seat, member: Seat) -> None:
    """A member reads the answer in her language and says if it is of use; so does the panel."""
    at = f"/desk/advice/{table.world.advice_id}"
    table.work()
    table.world.phase(Phase.FOLLOWING)
    member.open("/")
    member.press(".now-card a.go")
    member.see(f"/advice/{table.world.advice_id}")
    for words in ("In elke straat zegt iemand welkom.", WHY, "Ask twelve streets"):
        member.hear(words)
    member.look()
    desk.open(at)
    vote(table, desk, member, "useful", {"useful": 8})
    member.open(f"/advice/{table.world.advice_id}")
    member.hear("De meesten in het panel zeggen: nuttig.")


def follow(table: Table, desk: Seat, official: Seat) -> None:
    """The owner reports, writes what was learnt, and calls it done; only a later vote says that it works."""
    world, public = table.world, table.seat(None, "en", "record", viewport=PHONE)
    official.come_in()
    for state, words in (("under_way", "Six streets were asked."), ("done", "Twelve streets have somebody.")):
        official.open(f"/desk/{NUMBER}/promises/1")
        official.choose("state", state)
        official.write("text", words)
        official.send()
        official.hear(words)
    official.open(f"/desk/{NUMBER}/learning/1")
    official.write("changed", "Whoever was thanked went on.")
    official.send("form.ask__form button.go")
    official.hear("Whoever was thanked went on.")
    public.open(f"/advice/{table.place}/{NUMBER}")
    for words in ("Twelve streets have somebody.", UNASKED, "Whoever was thanked went on."):
        public.hear(words)

    with table.acting() as session:
        later = make_round(session, world.panel, Phase.DISCUSSING)
        ballot = make_ballot(
            session, later, world.moderator, now=now(), deadline=now() + timedelta(days=7), method=Method.YES_NO,
            question="Does this fit what you need?", max_choices=1, with_none=False,
            options=[Option("", "Somebody asks in my street, and it fits", "", "en", "BRI")],
        )  # fmt: skip
        open_ballot(session, ballot, later, world.moderator, table.doors.house.settings.keys, now())
    table.cast(ballot, {"yes": 8})
    table.later(days=8)
    desk.open(f"/desk/advice/{world.advice_id}/answer")
    desk.send("form[action$='/finding'] button.go")
    desk.see("/answer")
    table.work()
    public.open(f"/advice/{table.place}/{NUMBER}")
    public.hear("Newcomers say: it works for us.")
    public.look()


def travel(table: Table, tmp_path: Path) -> None:
    """The library goes to a second installation in one file, and its pages say where it is from."""
    file = tmp_path / "library.json"
    there = Settings(
        instance=str(tmp_path), hash_cost="low", default_language="en", name="Lindermeer and friends",
        record_base="https://record.lindermeer.example",
    )  # fmt: skip
    migrate.upgrade(Store.RECORD, there.database_url("record"))
    for settings, word, name in ((table.doors.house.settings, "export", "Veldhaven"), (there, "import", there.name)):
        environment = {
            "CODESIGN_INSTANCE": settings.instance, "CODESIGN_VOICES_URL": settings.voices_url, "CODESIGN_NAME": name,
            "CODESIGN_RECORD_URL": settings.record_url, "CODESIGN_RECORD_BASE": settings.record_base or HERE_AT,
        }  # fmt: skip
        done = CliRunner().invoke(main, ["library", word, str(file)], env=environment)
        assert done.exit_code == 0, done.output
    with served(create_record_app(there)) as address:
        reader = table.seat(None, "nl", "record", viewport=PHONE)
        reader.home = address
        reader.open("/library")
        reader.press(".hit a")
        reader.see("/library/1/")
        for words in ("Veldhaven", "In elke straat zegt iemand welkom.", "thank them each year", "Open Kitchen"):
            reader.hear(words)
        assert reader.page.locator(f"a[href^='{HERE_AT}/advice/']").count() == 1
        reader.look()


def sign_out_elsewhere(table: Table, official: Official) -> None:
    """The sign-in ends on the server, as by another device or by time."""
    with table.acting() as session:
        for row in open_sign_ins(session, official):
            row.ended_at = now()
        session.merge(official).totp_last_step = None
