"""After the demonstration's answer: what fits what people need, the panel's reply, reports and learning cards."""

from __future__ import annotations

from codesign.advice import answering, fate_queries, fitting
from codesign.db import writing
from codesign.demo import votes_in
from codesign.demo.advice_in import view_of
from codesign.demo.advice_shapes import Card, Fit, Reply, Reported
from codesign.demo.answer_in import answer_desk, answer_row
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.responses import learning, progress
from codesign.responses.after_queries import promises_of
from codesign.responses.domain import Progress

QUESTION = "Does this fit what you need?"
TRANSLATED = {"nl": "Past dit bij wat u nodig hebt?", "ar": "هل يناسب هذا ما تحتاجه؟"}


def plan_after(world: World, found: Round) -> None:
    """Everything that came after the answer, where the round has it."""
    after, answer = found.after, found.answer
    if after is None or answer is None:
        return
    fit, key = after.fit, f"{found.head.key}-fit"
    votes = marks(found, fit)
    world.plan(fit.opens, "Does it fit?", ask_fit, world, found, fit)
    world.plan(fit.opens + 1, "Does it fit?", votes_in.cast, world, key, votes, fit.opens + 1)
    world.plan(fit.deadline, "Does it fit?", votes_in.close, world, key, fit.deadline)
    world.plan(after.reply.day, "The panel replies", reply, world, found, after.reply)
    for told in after.reported:
        world.plan(told.day, "A report on a promise", report, world, found, told)
    for card in after.cards:
        world.plan(card.day, "A learning card", keep_card, world, found, card)


def marks(found: Round, fit: Fit) -> dict[str, list[str]]:
    """Votes as a form sends them: a mark for each measure, in the order of the answer."""
    assert found.answer is not None
    assert found.advice is not None
    numbers = {r.key: n for n, r in enumerate(found.advice.recommendations, start=1)}
    parts = sorted(found.answer.parts, key=lambda p: numbers[p.recommendation])
    keys = [f"r{numbers[p.recommendation]}m{n}" for p in parts for n in range(1, len(p.promises) + 1)]
    return {who: [f"{key}:{mark}" for key, mark in zip(keys, given, strict=True)] for who, given in fit.votes.items()}


def ask_fit(world: World, found: Round, fit: Fit) -> None:
    """The moderator asks it of every measure, in one vote."""
    digest = world.digests[found.head.key]
    answer = fate_queries.answers(world.session, [digest])[digest]
    world.session.rollback()
    with world.write() as session:
        ballot = fitting.ask_fit(
            session, view_of(world, found), answer=answer, question=QUESTION, language="en", translations=TRANSLATED,
            deadline=world.at(fit.deadline), key_folder=world.settings.keys, now=world.at(fit.opens),
        )  # fmt: skip
        world.ballots[f"{found.head.key}-fit"] = ballot.id


def reply(world: World, found: Round, said: Reply) -> None:
    """The panel's one reply, agreed on the day before."""
    with world.write() as session:
        answering.reply_to_answer(
            session, view_of(world, found), answer=world.digests[f"{found.head.key}-answer"],
            texts=list(said.texts.items()), agreed_on=world.day(said.day - 1), now=world.at(said.day),
        )  # fmt: skip
    world.cross(world.at(said.day, 1))


def report(world: World, found: Round, told: Reported) -> None:
    """How a promise stands, by the official who answered."""
    assert found.answer is not None
    with writing(world.record) as record:
        official, status = answer_desk(world, found, found.answer)
        promise = promises_of(record, answer_row(world, found).id)[told.promise - 1][0]
        progress.report_progress(
            record, official, status, promise, state=Progress(told.state), text=told.text, language="en",
            today=world.day(told.day), now=world.at(told.day),
        )  # fmt: skip


def keep_card(world: World, found: Round, card: Card) -> None:
    """What was learned so far from one recommendation."""
    assert found.answer is not None
    assert found.advice is not None
    number = [r.key for r in found.advice.recommendations].index(card.recommendation) + 1
    with writing(world.record) as record:
        official, status = answer_desk(world, found, found.answer)
        learning.keep_learning_card(
            record, official, status, answer_row(world, found), number, seen=0, assumption=card.assumption,
            trial=card.trial, look_back_on=world.day(card.look_back), changed=card.changed, now=world.at(card.day),
        )  # fmt: skip
