"""The place, its panel, and everybody who can sign in: host, moderators, members, officials and organisations."""

from __future__ import annotations

import secrets
from datetime import datetime

from codesign.accounts import actions as accounts
from codesign.accounts.models import Person
from codesign.accounts.queries import card_by_number, setup_link
from codesign.alliances import actions as alliances
from codesign.credentials import passwords, pins, totp
from codesign.db import writing
from codesign.demo.shapes import Login, Member, Organisation
from codesign.demo.world import World
from codesign.officials import actions as officials
from codesign.officials.organisations import accept_organisation
from codesign.officials.queries import open_invitation, open_organisation_invitation
from codesign.panels import actions as panels
from codesign.panels import place as places
from codesign.panels.models import Municipality
from codesign.panels.queries import membership
from codesign.rules.permissions import Facts
from codesign.rules.roles import Role

HOST = Facts(role=Role.HOST)
# Before the first round begins.
FOUNDED = -250


def password() -> str:
    """A new password of staff: four groups of letters and digits, 19 characters."""
    while True:
        made = "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4))
        if not passwords.is_weak(made):
            return made


def pin() -> str:
    """A new PIN that is not among the first ones tried."""
    while True:
        made = f"{secrets.randbelow(10**pins.LENGTH):0{pins.LENGTH}}"
        if not pins.is_weak(made):
            return made


def old_step(now: datetime) -> int:
    """The step of a code long used up, so that the first code of the demonstration is not refused as used."""
    return int(now.timestamp()) // totp.STEP


def found_place(world: World, now: datetime) -> None:
    """The first host, the place, the panel and its moderators with their ties."""
    place, town = world.place, world.place.municipality
    with world.write() as session:
        token = accounts.make_first_host(session, login=place.host.login, now=now)
        _set_up(world, place.host, "host", token, now)
        host = world.people[place.host.login]
        places.make_place(
            session, code=town.code, name=town.name, addressee=town.addressee, answer_weeks=town.answer_weeks,
            timezone=town.timezone, languages=list(place.panel.languages), legal_basis=town.legal_basis, by=host,
            facts=HOST, now=now,
        )  # fmt: skip
        panel = panels.make_panel(
            session, municipality_code=town.code, name=place.panel.name, languages=list(place.panel.languages), by=host,
            facts=HOST, now=now,
        )  # fmt: skip
        world.panel_id = panel.id
        for login in place.moderators:
            person, token = accounts.make_staff(
                session, login=login.login, display_name=login.name, language="en", is_host=False, by=host, facts=HOST,
                now=now,
            )  # fmt: skip
            _set_up(world, login, "moderator", token, now)
            panels.make_moderator(session, panel.id, person, by=host, facts=HOST, now=now)
            session.flush()
            row = membership(session, person.id, panel.id)
            assert row is not None
            panels.declare_ties(session, row, none=False, text=login.ties, now=now)


def _set_up(world: World, login: Login, role: str, token: str, now: datetime) -> None:
    session = world.session
    session.flush()
    link = setup_link(session, token, now)
    assert link is not None
    word, secret = password(), totp.new_secret()
    accounts.set_up(
        session, link, password=word, totp_secret=secret, step=old_step(now), settings=world.settings, now=now
    )
    world.people[login.key or login.login] = link.person_id
    world.access.append(
        {
            "role": role, "name": login.name, "door": "panel", "url": world.settings.base("panel") + "/sign-in/staff",
            "login": login.login, "password": word, "totp_secret": secret,
        }
    )  # fmt: skip


def let_in(world: World, member: Member, now: datetime) -> None:
    """One member: a card from the host, then consent, name, language and PIN, as at a first visit."""
    host = world.people[world.place.host.login]
    with world.write() as session:
        (card,) = panels.make_cards(
            session, world.panel_id, count=1, language=member.screen, role=Role(member.role), settings=world.settings,
            by=host, facts=HOST, now=now,
        )  # fmt: skip
        session.flush()
        row = card_by_number(session, card.number)
        assert row is not None
        person: Person = row.person
        digits = pin()
        accounts.choose_language(session, person, member.screen, now)
        accounts.consent(session, person, language=member.screen, now=now)
        accounts.choose_name(session, person, member.name, secrets.token_hex(6), now)
        accounts.set_pin(session, person, digits, settings=world.settings, now=now)
        world.people[member.key] = person.id
    world.access.append(
        {
            "role": member.role, "name": member.name, "door": "panel", "url": world.settings.base("panel") + "/sign-in",
            "card": card.digits, "pin": digits,
        }
    )  # fmt: skip


def invite_organisation(world: World, group: Organisation, day: int) -> None:
    """An organisation: invited by a moderator over the wall, then login, password and app on the one-time page."""
    now = world.at(day)
    by = world.people[world.place.moderators[0].login]
    with world.write() as session:
        town = session.get(Municipality, world.place.municipality.code)
        assert town is not None
        token = alliances.invite_organisation(
            session, town, name=group.name, contact_name=group.name, mail=group.mail, language="nl", network="", by=by,
            facts=Facts(role=Role.MODERATOR), now=now,
        )  # fmt: skip
    world.cross(world.at(day, 1))
    word, secret, moment = password(), totp.new_secret(), world.at(day, 2)
    with writing(world.record) as record:
        invitation = open_organisation_invitation(record, token, moment)
        assert invitation is not None
        made = accept_organisation(
            record, invitation, login=group.login, password=word, totp_secret=secret, step=old_step(moment),
            settings=world.settings, now=moment,
        )  # fmt: skip
        world.organisations[group.key] = made.id
    world.access.append(
        {
            "role": "organisation", "name": group.name, "door": "record",
            "url": world.settings.base("record") + "/sign-in", "login": group.login, "password": word,
            "totp_secret": secret,
        }
    )  # fmt: skip


def invite(world: World, official: Login, day: int) -> None:
    """An official: invited by the host over the wall, then login, password and app on the one-time page."""
    now = world.at(day)
    with world.write() as session:
        town = session.get(Municipality, world.place.municipality.code)
        assert town is not None
        token = places.invite_official(
            session, town, display_name=official.name, post=official.post, mail=official.mail, language="nl",
            by=world.people[world.place.host.login], facts=HOST, now=now,
        )  # fmt: skip
    world.cross(world.at(day, 1))
    word, secret, moment = password(), totp.new_secret(), world.at(day, 2)
    with writing(world.record) as record:
        invitation = open_invitation(record, token, moment)
        assert invitation is not None
        made = officials.accept_invitation(
            record, invitation, login=official.login, password=word, totp_secret=secret, step=old_step(moment),
            settings=world.settings, now=moment,
        )  # fmt: skip
        world.officials[official.key] = made.id
    world.access.append(
        {
            "role": "official", "name": official.name, "door": "record",
            "url": world.settings.base("record") + "/sign-in", "login": official.login, "password": word,
            "totp_secret": secret,
        }
    )  # fmt: skip
