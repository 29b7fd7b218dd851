"""Reports from the room of the demonstration: a workshop with its drawing, and interviews."""

from __future__ import annotations

from codesign.demo import pictures
from codesign.demo.advice_shapes import Report
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.fieldwork import actions
from codesign.fieldwork.files import clean
from codesign.fieldwork.models import Kind


def plan_reports(world: World, found: Round) -> None:
    """Each report on the day it came in."""
    for report in found.reports:
        world.plan(report.day, f"A report: {report.title}", attach, world, found, report)


def attach(world: World, found: Round, report: Report) -> None:
    """A report by the moderator of the round, who looked at it and says that everybody may read it."""
    key, now = found.head.key, world.at(report.day)
    file = clean(pictures.DRAWN[report.picture](), pictures.MOST_BYTES) if report.picture else None
    with world.write() as session:
        row, seat = world.seat(found.head, found.head.moderator)
        told = actions.Told(
            kind=Kind(report.kind), title=report.title, held_on=world.day(report.held), people=report.people,
            languages=report.languages, domains=report.themes, asked=report.asked, text=report.text, language="en",
            made_by=report.made_by, round_id=row.id, public=True,
            gathering_id=world.gatherings[f"{key}/{report.gathering}"] if report.gathering else None,
        )  # fmt: skip
        made = actions.attach(
            session, seat, told, file=file, alternative=report.alternative, key=f"report-{report.key}", consented=True,
            now=now,
        )  # fmt: skip
        world.reports[f"{key}/{report.key}"] = made.id
