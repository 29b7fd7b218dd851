"""The vision of the demonstration place: what the panel agreed on, and sentences of members that wait."""

from __future__ import annotations

from codesign.demo.place_shapes import Point, Sentence
from codesign.demo.world import World
from codesign.panels.queries import membership
from codesign.vision import actions, queries


def plan_vision(world: World) -> None:
    """Each point the day after its gathering, each sentence on its day."""
    for point in world.place.vision:
        world.plan(point.day + 1, f"In the vision: {point.key}", agree, world, point)
    for number, sentence in enumerate(world.place.sentences):
        world.plan(sentence.day, "A sentence for the vision", propose, world, number, sentence)


def agree(world: World, point: Point) -> None:
    """A moderator writes down what the panel agreed on, and types what people said it is in other languages."""
    by, now = world.people[world.place.moderators[0].key], world.at(point.day + 1)
    with world.write() as session:
        seat = membership(session, by, world.panel_id)
        assert seat is not None
        row = actions.write_down(
            session, seat, actions.Sentence(point.text, "en", point.themes),
            actions.Agreement(world.day(point.day), world.gatherings[point.gathering]), key=f"vision-{point.key}",
            now=now,
        )  # fmt: skip
        seen = queries.point_for(session, row.id, by, moderator=True)
        assert seen is not None
        for language, text in point.translations.items():
            actions.translate(session, seen, language=language, text=text, now=now)
        world.vision[point.key] = row.id


def propose(world: World, number: int, sentence: Sentence) -> None:
    """A member proposes; others say that it is theirs too."""
    now = world.at(sentence.day)
    with world.write() as session:
        seat = membership(session, world.people[sentence.by], world.panel_id)
        assert seat is not None
        words = actions.Sentence(sentence.text, world.place.member(sentence.by).language, sentence.themes)
        row = actions.propose(
            session, seat, words, round_id=world.rounds[sentence.round], key=f"vision-{number}", consented=True, now=now
        )
        session.flush()
        for person in sentence.ours:
            seen = queries.point_for(session, row.id, world.people[person])
            assert seen is not None
            actions.share(session, seen, on=True, now=now)
