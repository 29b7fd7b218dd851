"""Loading the demonstration place: everything in the order of its days, through the same actions the pages use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codesign.accounts.queries import any_host
from codesign.db import Store, writing
from codesign.demo import (
    advice_in,
    after_in,
    answer_in,
    beside_in,
    evidence_in,
    fieldwork_in,
    help_in,
    house_in,
    networks_in,
    people_in,
    vision_in,
    votes_in,
    words_in,
)
from codesign.demo.content import read
from codesign.demo.world import World
from codesign.journal.actions import chain
from codesign.settings import Settings
from codesign.web.clock import today
from codesign.web.sessions import open_session

# Told after each step: how many are done, of how many, and what was done.
Progress = Callable[[int, int, str], None]


class NotHere(RuntimeError):
    """The demonstration is never loaded with the settings of a production, nor beside a real place."""


def load(settings: Settings, progress: Progress) -> list[dict[str, Any]]:
    """Put the demonstration place into empty, migrated stores; returns who can sign in where, and with what.

    Each entry: role, name, door, url, and card and pin, or login, password and totp_secret. Secrets are random at each
    loading and stand nowhere else. Raises `NotHere` in production, or when somebody is there already.
    """
    if settings.production:
        raise NotHere("the demonstration is not for production")
    place = read()
    session, record = open_session(settings), open_session(settings, (Store.RECORD,))
    try:
        world = World(place=place, settings=settings, session=session, record=record, today=today())
        _must_be_empty(world)
        plan(world)
        events = sorted(world.events, key=lambda e: (e.day, e.turn))
        for number, event in enumerate(events, start=1):
            event.do()
            progress(number, len(events), event.what)
        for store, one in ((Store.VOICES, session), (Store.RECORD, record)):
            with writing(one):
                chain(one, store)
        return world.access
    finally:
        for one in (session, record):
            one.close()
            for engine in one.info["engines"].values():
                engine.dispose()


def _must_be_empty(world: World) -> None:
    there = any_host(world.session)
    world.session.rollback()
    if there:
        raise NotHere("somebody uses these stores already")


def plan(world: World) -> None:
    """Everything that happens, from the founding of the panel until today."""
    founded = people_in.FOUNDED
    world.plan(founded, "The place and its panel", people_in.found_place, world, world.at(founded))
    world.plan(founded, "The place crosses the wall", world.cross, world.at(founded, 1))
    for member in world.place.members:
        world.plan(founded + 5, f"A card for {member.name}", people_in.let_in, world, member, world.at(founded + 5))
    for official in world.place.officials:
        world.plan(founded + 6, f"Invited: {official.name}", people_in.invite, world, official, founded + 6)
    for group in world.place.organisations:
        world.plan(founded + 7, f"Invited: {group.name}", people_in.invite_organisation, world, group, founded + 7)
    house_in.plan_house(world)
    help_in.plan_help(world)
    networks_in.plan_networks(world)
    vision_in.plan_vision(world)
    for found in world.place.rounds:
        words_in.plan_round(world, found)
        fieldwork_in.plan_reports(world, found)
        votes_in.plan_vote(world, found)
        advice_in.plan_advice(world, found)
        evidence_in.plan_evidence(world, found)
        beside_in.plan_beside(world, found)
        answer_in.plan_answer(world, found)
        after_in.plan_after(world, found)
