"""The directory of groups and the policy calendar of the demonstration place."""

from __future__ import annotations

from typing import Any

from codesign.db import writing
from codesign.demo.content import dated
from codesign.demo.place_shapes import CalendarMoment, Group
from codesign.demo.world import World
from codesign.networks import actions
from codesign.panels.models import Membership, Panel
from codesign.panels.queries import membership
from codesign.places import actions as places
from codesign.places.domain import MomentKind, Standing
from codesign.places.queries import place as record_place
from codesign.rules.facts import Facts
from codesign.rules.roles import Role


def plan_networks(world: World) -> None:
    """Each group and each moment on the day somebody wrote it down."""
    for group in world.place.networks:
        world.plan(group.day, f"In the directory: {group.name}", keep_group, world, group)
    for moment in world.place.calendar:
        keep = keep_moment_there if moment.official else keep_moment
        world.plan(moment.day, f"In the calendar: {moment.title}", keep, world, moment)


def _seat(world: World, session: Any) -> tuple[Panel, Membership]:
    by = world.people[world.place.moderators[0].key]
    panel, seat = session.get(Panel, world.panel_id), membership(session, by, world.panel_id)
    assert panel is not None
    assert seat is not None
    return panel, seat


def keep_group(world: World, group: Group) -> None:
    """A group by the first moderator; it crosses the wall."""
    now = world.at(group.day)
    values = {
        "name": group.name, "standing": Standing(group.standing), "language": group.language, "does": group.does,
        "could": group.could, "reach": group.reach, "languages": list(group.spoken), "domains": list(group.themes),
    }  # fmt: skip
    with world.write() as session:
        panel, seat = _seat(world, session)
        actions.keep_network(session, panel, seat, values=values, by=seat.person_id, now=now)
    world.cross(now)


def _values(world: World, moment: CalendarMoment) -> dict[str, Any]:
    return {
        "title": dated(moment.title, world.today, moment.language),
        "language": moment.language, "kind": MomentKind(moment.kind), "url": "",
        "decided_on": world.day(moment.decided), "source": moment.source, "checked_on": world.day(moment.checked),
        "advice_before": world.day(moment.before) if moment.before else None,
    }  # fmt: skip


def keep_moment(world: World, moment: CalendarMoment) -> None:
    """A moment by the first moderator; it crosses the wall."""
    now = world.at(moment.day)
    with world.write() as session:
        panel, seat = _seat(world, session)
        actions.keep_moment(session, panel, seat, values=_values(world, moment), by=seat.person_id, now=now)
    world.cross(now)


def keep_moment_there(world: World, moment: CalendarMoment) -> None:
    """A moment the municipality itself writes, behind the record door."""
    by, facts = world.officials[moment.official], Facts(role=Role.OFFICIAL, own=True)
    with writing(world.record) as record:
        place = record_place(record, world.place.municipality.code)
        assert place is not None
        values = _values(world, moment)
        places.keep_moment(record, place, values=values, by=by, facts=facts, now=world.at(moment.day))
