"""What a panel and its place keep beside an advice: groups, moments, reports, a vision; and the pages that show it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from build import make_organisation
from sights import MODERATOR, OFFICIAL, Sight
from stage import Stage

from codesign import crossing
from codesign.accounts.models import Person
from codesign.advice.models import Advice
from codesign.db import writing
from codesign.fieldwork.actions import Told, attach
from codesign.fieldwork.models import Kind
from codesign.jobs import outbox
from codesign.networks.actions import keep_moment, keep_network
from codesign.panels.models import Membership, Panel
from codesign.places.domain import MomentKind, Standing
from codesign.places.models import Place
from codesign.vision.actions import Agreement, Sentence, write_down
from codesign.web.clock import now, today
from codesign.web.sessions import open_session

GROUP, KITCHEN = "Samen naaien", "Open Kitchen"


def furnish(stage: Stage) -> None:
    """One of each, and an organisation that can co-sign; it crosses the wall."""
    session, day = open_session(stage.settings), today()
    panel = session.scalars(sa.select(Panel).order_by(Panel.id)).first()
    mine = sa.select(Membership).join(Person, Person.id == Membership.person_id)
    by = session.scalars(mine.where(Person.display_name == MODERATOR, Membership.panel_id == panel.id)).one()
    shown = {"by": by.person_id, "now": now()}
    group = {
        "name": GROUP, "standing": Standing.INFORMAL, "does": "Vrouwen naaien en praten samen.", "language": "nl",
        "could": "Een eerste avond.", "reach": "Woensdag naast de bibliotheek", "languages": ["ti", "ar", "nl"],
        "domains": ["BRI", "LEI"],
    }  # fmt: skip
    moment = {
        "title": "De raad besluit over de begroting", "language": "nl", "kind": MomentKind.BUDGET, "checked_on": day,
        "decided_on": day + timedelta(days=200), "advice_before": None, "source": "Planning van de raad", "url": "",
    }  # fmt: skip
    told = Told(
        Kind.WORKSHOP, "Een avond met kaarten", day - timedelta(days=30), 14, ("ar", "nl"), ("BRI",),
        "Waar ontmoet je mensen?", "De meesten ontmoeten in het begin niemand.", "nl", "Twee leden", public=True,
    )  # fmt: skip
    with writing(session):
        keep_network(session, panel, by, values=group, **shown)
        keep_moment(session, panel, by, values=moment, **shown)
        attach(session, by, told, file=None, alternative="", key="0" * 36, consented=True, now=now())
        sentence = Sentence("In elke straat kent iemand je naam.", "nl", ("BRI",))
        write_down(session, by, sentence, Agreement(day), key="1" * 36, now=now())
    outbox.deliver(session, session, crossing.RECEIVERS, now())
    with writing(session):
        make_organisation(
            session, session.scalars(sa.select(Place).where(Place.code == "veldhaven")).one(), name=KITCHEN
        )
    session.close()
    for engine in session.info["engines"].values():
        engine.dispose()


def pages(stage: Stage, who: str) -> list[Sight]:
    """The pages of members, of moderators, of officials, of an organisation, and of everybody."""
    ((advice, year, serial),) = stage.ask(sa.select(Advice.id, Advice.year, Advice.serial))[:1]
    number = f"{year}-{serial}"
    doors: dict[Any, tuple[str, tuple[str, ...]]] = {
        who: (stage.panel, (
            "/networks", "/networks/suggest", "/calendar", "/reports", "/reports/1", "/vision", "/sanctions-and-help",
            "/sanctions-and-help/veldhaven",
        )),
        MODERATOR: (stage.panel, (
            "/desk/panels/1/networks", "/desk/panels/1/networks/1", "/desk/panels/1/calendar",
            "/desk/panels/1/calendar/1", "/desk/panels/1/reports", "/desk/panels/1/reports/new",
            "/desk/panels/1/vision", "/desk/vision/points/1", f"/desk/advice/{advice}/evidence",
            "/desk/sanctions-and-help/veldhaven", "/desk/sanctions-and-help/lines/1",
            "/desk/sanctions-and-help/veldhaven/new/help",
        )),
        OFFICIAL: (stage.record, ("/desk/calendar",)),
        KITCHEN: (stage.record, ("/organisation", f"/advice/veldhaven/{number}/co-sign")),
        None: (stage.record, (
            "/places", "/places/veldhaven", "/places/veldhaven/networks", "/places/veldhaven/calendar",
            f"/advice/veldhaven/{number}/co-sign",
        )),
    }  # fmt: skip
    return [Sight(path, at + path, by) for by, (at, paths) in doors.items() for path in paths]
