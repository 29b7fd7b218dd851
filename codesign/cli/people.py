"""Commands about people: who works here, setup links, ends of office, and cards."""

from __future__ import annotations

import click

from codesign.cli import house
from codesign.cli.house import Stopped


@click.group()
def people() -> None:
    """Cards, staff, officials and organisations, from the command line."""


@people.command("list")
def list_people() -> None:
    """Staff, officials and organisations, with whether they have set up their sign-in."""
    from codesign.accounts.queries import staff
    from codesign.officials.queries import all_officials, all_organisations

    session = house.session_on(house.settings_in_order())
    for person in staff(session):
        ready = "ready" if person.password_hash else "not set up"
        click.echo(f"{'host' if person.is_host else 'moderator':10} {person.login:24} {ready}")
    for official in all_officials(session):
        click.echo(f"{'official':10} {official.login:24} {'ready' if official.password_hash else 'not set up'}")
    for organisation in all_organisations(session):
        click.echo(f"{'organisation':12} {organisation.login:22} {organisation.name}")


@people.command()
@click.argument("login")
def link(login: str) -> None:
    """A new one-time setup link for a host or moderator who lost password or code; ends all their sign-ins."""
    from codesign.accounts import actions
    from codesign.accounts.queries import staff_by_login
    from codesign.db import writing
    from codesign.web.clock import now

    settings = house.settings_in_order()
    session = house.session_on(settings)
    person = staff_by_login(session, login)
    if person is None:
        raise Stopped(f"There is no host or moderator with the login {login}.")
    with writing(session):
        session.add(person)
        token = actions.renew_setup(session, person, now())
    click.echo(f"{settings.base('panel')}/setup/{token}")


@people.command("end-official")
@click.argument("login")
def end_official(login: str) -> None:
    """Shut the way in of an official who left their post; what they wrote stays in the record."""
    from codesign.db import writing
    from codesign.officials import actions
    from codesign.officials.queries import official_by_login
    from codesign.web.clock import now

    session = house.session_on(house.settings_in_order())
    official = official_by_login(session, login)
    if official is None:
        raise Stopped(f"There is no official with the login {login}.")
    with writing(session):
        session.add(official)
        actions.end_official(session, official, now())
    click.echo(f"{official.login} can no longer sign in.")


@people.command("end-organisation")
@click.argument("login")
def end_organisation(login: str) -> None:
    """Shut the way in of an organisation; what it signed and offered stays in the record, under its name."""
    from codesign.db import writing
    from codesign.officials import organisations
    from codesign.officials.queries import organisation_by_login
    from codesign.web.clock import now

    session = house.session_on(house.settings_in_order())
    organisation = organisation_by_login(session, login)
    if organisation is None:
        raise Stopped(f"There is no organisation with the login {login}.")
    with writing(session):
        session.add(organisation)
        organisations.end_organisation(session, organisation, now())
    click.echo(f"{organisation.login} can no longer sign in.")


@people.command()
@click.argument("panel_id", type=int)
@click.argument("count", type=click.IntRange(1, 200))
@click.option("--language", default="nl", show_default=True)
@click.option("--role", type=click.Choice(["newcomer", "resident", "professional"]), default="newcomer")
def cards(panel_id: int, count: int, language: str, role: str) -> None:
    """Make cards for a panel and show their digits once."""
    from codesign.db import writing
    from codesign.panels import actions
    from codesign.panels.queries import panel_by_id
    from codesign.rules.permissions import Facts
    from codesign.rules.roles import Role
    from codesign.web.clock import now

    settings = house.settings_in_order()
    session = house.session_on(settings)
    panel = panel_by_id(session, panel_id)
    if panel is None:
        raise Stopped(f"There is no panel {panel_id}.")
    with writing(session):
        made = actions.make_cards(
            session, panel_id, count=count, language=language, role=Role(role), settings=settings, by=None,
            facts=Facts(role=Role.HOST), now=now(),
        )  # fmt: skip
    for card in made:
        click.echo(" ".join(card.groups))
