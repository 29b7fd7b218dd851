"""What the demonstration's advice rests on: evidence behind each sentence and recommendation, and another view."""

from __future__ import annotations

from collections.abc import Iterable

from codesign.advice import composing, other_view_queries, other_views
from codesign.advice.values import Recommendation as Shown
from codesign.advice.values import Section
from codesign.demo.advice_in import view_of
from codesign.demo.advice_shapes import Advice, OtherView
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.evidence.values import Kind, Thing
from codesign.picker.choosing import choose
from codesign.picker.domain import Target, sentence_name
from codesign.picker.offers import offers


def plan_evidence(world: World, found: Round) -> None:
    """A day for the sentences and one for the recommendations, before the panel gets the text."""
    text = found.advice
    if text is None:
        return
    first = found.head.steps["advising"][0]
    for number in range(len(text.heard)):
        world.plan(first + 30, "What a sentence rests on", support, world, found, text, number, first + 30)
    for number in range(len(text.recommendations)):
        world.plan(first + 31, "What it rests on", support_asked, world, found, text, number, first + 31)
    if text.other_view is not None:
        world.plan(first + 36, "Another view", see_otherwise, world, found, text.other_view, first + 36)


def _things(world: World, found: Round, kind: Kind, keys: Iterable[str]) -> set[Thing]:
    key = found.head.key
    if kind is Kind.QUOTE:
        return {(kind, world.quotes[k]) for k in keys}
    if kind is Kind.VISION:
        return {(kind, world.vision[k]) for k in keys}
    there = {Kind.RESULT: world.options, Kind.REPORT: world.reports, Kind.CITED: world.cited}[kind]
    return {(kind, there[f"{key}/{k}"]) for k in keys}


def support(world: World, found: Round, text: Advice, number: int, day: int) -> None:
    """The moderator ticks what is behind one sentence of "what we heard"."""
    one = text.heard[number]
    mine = _things(world, found, Kind.RESULT, one.outcomes) | _things(world, found, Kind.QUOTE, one.quotes)
    mine |= _things(world, found, Kind.REPORT, one.reports) | _things(world, found, Kind.CITED, one.cited)
    _choose(world, found, Target(sentence_name(one.text), Section.HEARD.value, one.text), mine, day)


def support_asked(world: World, found: Round, text: Advice, number: int, day: int) -> None:
    """Reports, things known elsewhere and points of the vision behind one recommendation."""
    one = text.recommendations[number]
    mine = _things(world, found, Kind.REPORT, one.reports) | _things(world, found, Kind.CITED, one.cited)
    mine |= _things(world, found, Kind.VISION, one.vision)
    shown = composing.content(world.session, view_of(world, found)).recommendations[number]
    world.session.rollback()
    _choose(world, found, Target("", f"recommendation-{shown.id}", shown.title, shown), mine | set(shown.things), day)


def _choose(world: World, found: Round, target: Target, mine: set[Thing], day: int) -> None:
    with world.write() as session:
        view = view_of(world, found)
        there = offers(session, view, composing.content(session, view), target)
        shown: Shown | None = target.recommendation
        choose(
            session, view, target, mine, seen=shown.things if shown else (), offered=[o.thing for o in there],
            now=world.at(day),
        )  # fmt: skip


def see_otherwise(world: World, found: Round, other: OtherView, day: int) -> None:
    """One member begins another view, the others write along; a person puts it in the language of the advice."""
    now = world.at(day)
    with world.write() as session:
        advice_id = view_of(world, found).advice.id
        first, *others = [
            seat
            for person in other.by
            if (seat := other_view_queries.member_view(session, advice_id, world.people[person])) is not None
        ]
        number = other_views.begin(session, first, title=other.title, language=other.language, now=now).id
        for view in others:
            other_views.join(session, view, number, now=now)
        other_views.write(
            session, first, number, title=other.title, own_words=other.own_words, text=other.text, ready=True, now=now
        )
