"""Organisations beside the demonstration's advice: who co-signs, what they offer, and what is said to an offer."""

from __future__ import annotations

from codesign.cosigning import actions
from codesign.cosigning.queries import offers
from codesign.db import writing
from codesign.demo.advice_in import view_of
from codesign.demo.advice_shapes import Advice, Beside
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.documents.models import AdviceStatus
from codesign.documents.queries import advice_of
from codesign.officials.queries import organisation_by_id
from codesign.responses.domain import OfferReplyDraft, OfferSaid


def plan_beside(world: World, found: Round) -> None:
    """Who stands beside the advice, where the round has one."""
    if found.advice is None:
        return
    for one in found.advice.beside:
        day = found.advice.sent + one.after
        world.plan(day, "An organisation co-signs", stand, world, found, one, day)


def stand(world: World, found: Round, one: Beside, day: int) -> None:
    """Signed, and offered what it offers."""
    assert found.advice is not None
    now = world.at(day)
    with writing(world.record) as record:
        status = _status(world, found)
        group = organisation_by_id(record, world.organisations[one.organisation])
        assert group is not None
        actions.sign(record, group, status, seen=status.digest, words=one.words, language="en", now=now)
        for offer in one.offers:
            number = _number(found.advice, offer.recommendation)
            actions.make_offer(
                record, group, status, number, words=offer.words, needs=offer.needs, language="en", now=now
            )


def replies(world: World, found: Round, status: AdviceStatus, number: int) -> tuple[OfferReplyDraft, ...]:
    """What is said to each offer at one recommendation."""
    advice = found.advice
    assert advice is not None
    named = {group.key: group.name for group in world.place.organisations}
    said = {
        named[one.organisation]: offer
        for one in advice.beside for offer in one.offers if _number(advice, offer.recommendation) == number
    }  # fmt: skip
    return tuple(
        OfferReplyDraft(o.id, OfferSaid(said[o.organisation].reply), said[o.organisation].reasons)
        for o in offers(world.record, status.id).get(number, [])
    )


def _number(advice: Advice, key: str) -> int:
    return [r.key for r in advice.recommendations].index(key) + 1


def _status(world: World, found: Round) -> AdviceStatus:
    view = view_of(world, found)
    number = f"{view.advice.year}-{view.advice.serial}"
    world.session.rollback()
    status = advice_of(world.record, world.place.municipality.code, number)
    assert status is not None
    return status
