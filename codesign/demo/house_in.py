"""What the host gives the demonstration place besides people: its house style, and who translates for officials."""

from __future__ import annotations

from codesign.demo import pictures
from codesign.demo.people_in import FOUNDED, HOST
from codesign.demo.world import World
from codesign.house_style import actions as house_style
from codesign.panels import place as places
from codesign.panels.models import Municipality
from codesign.places.logo import Logo, clean


def plan_house(world: World) -> None:
    """Both in the days after the founding."""
    world.plan(FOUNDED + 2, "The house style", dress, world)
    world.plan(FOUNDED + 8, "Who translates", name_translators, world)


def dress(world: World) -> None:
    """Colours and mark of the place, over the wall."""
    style, now = world.place.house_style, world.at(FOUNDED + 2)
    if style is None:
        return
    logo = Logo(*clean(pictures.mark()), alternative=style.alternative, language="en")
    with world.write() as session:
        by, code = world.people[world.place.host.login], world.place.municipality.code
        house_style.send(session, code, style.tokens, logo, by=by, facts=HOST, now=now)
    world.cross(now)


def name_translators(world: World) -> None:
    """The host names the people whom officials can ask."""
    now = world.at(FOUNDED + 8)
    people = [{"name": t.name, "mail": t.mail, "languages": list(t.languages)} for t in world.place.translators]
    with world.write() as session:
        town = session.get(Municipality, world.place.municipality.code)
        assert town is not None
        by = world.people[world.place.host.login]
        places.name_translators(session, town, people, by=by, facts=HOST, now=now)
    world.cross(now)
