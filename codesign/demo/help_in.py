"""The page on sanctions and free help of the demonstration place; one line of it has gone old."""

from __future__ import annotations

from codesign.demo.place_shapes import HelpLine, HelpWords
from codesign.demo.world import World
from codesign.legal_help import actions, queries
from codesign.legal_help.domain import Part, Source, Words
from codesign.panels.models import Municipality
from codesign.rules.roles import Role


def plan_help(world: World) -> None:
    """Each line on the day it was checked."""
    for line in world.place.legal_help:
        world.plan(line.checked, f"Sanctions and free help: {line.title}", write, world, line)


def write(world: World, line: HelpLine) -> None:
    """One line by the first moderator, with its translations."""
    now, today = world.at(line.checked), world.day(line.checked)
    by, role = world.people[world.place.moderators[0].key], Role.MODERATOR
    source = Source(line.source, "", world.day(line.source_day), today, world.day(line.checked + line.holds))
    with world.write() as session:
        town = session.get(Municipality, world.place.municipality.code)
        assert town is not None
        row = actions.write_line(
            session, town, part=Part(line.part), words=_words(line),
            language=line.language, spoken=list(line.spoken), source=source, by=by, role=role, today=today, now=now,
        )  # fmt: skip
        written = queries.line(session, row.id)
        assert written is not None
        for language, words in line.translations.items():
            actions.translate_line(
                session, written, version=1, language=language, by=by, role=role, now=now,
                words=_words(words),
            )  # fmt: skip


def _words(given: HelpLine | HelpWords) -> Words:
    return Words(given.title, given.text, given.who_decides, given.how_to_reach)
