"""The answer of the municipality as it came about behind the record door, and what the panel says of it."""

from __future__ import annotations

from dataclasses import replace

from codesign.advice import sending
from codesign.db import writing
from codesign.demo import beside_in, votes_in, words_in
from codesign.demo.advice_in import view_of
from codesign.demo.advice_shapes import Answer, AnswerPart
from codesign.demo.content import dated
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.documents.models import AdviceStatus
from codesign.documents.queries import advice_of
from codesign.officials.models import Official
from codesign.officials.queries import official_by_id
from codesign.responses import actions as responses
from codesign.responses.domain import Decision, PartDraft, PromiseDraft
from codesign.responses.models import Answer as AnswerRow


def plan_answer(world: World, found: Round) -> None:
    """The answer and its rating, where the round has them."""
    answer, rating = found.answer, found.rating
    if answer is None or found.advice is None:
        return
    first = found.advice.sent + 12
    world.plan(first, "The college reads", begin, world, found, answer, first)
    for number, part in enumerate(answer.parts):
        day = first + 7 * (number + 1)
        world.plan(day, "The college answers", save_part, world, found, answer, part, day)
    world.plan(answer.delivered - 2, "The answer in plain words", finish, world, found, answer, answer.delivered - 2)
    world.plan(answer.delivered, "The answer is delivered", deliver, world, found, answer)
    world.plan(found.head.steps["following"][0], "Next phase", words_in.move, world, found, "following")
    if rating is None:
        return
    key = f"{found.head.key}-rating"
    votes = votes_in.one_each({"useful": rating.useful, "partly": rating.partly, "no": rating.no})
    world.plan(rating.opens, "The panel rates the answer", open_rating, world, found)
    world.plan(rating.opens + 1, "The panel rates the answer", votes_in.cast, world, key, votes, rating.opens + 1)
    world.plan(rating.deadline, "The rating is counted", votes_in.close, world, key, rating.deadline)


def answer_desk(world: World, found: Round, answer: Answer) -> tuple[Official, AdviceStatus]:
    """The official who writes, and the advice as it stands in the record."""
    official = official_by_id(world.record, world.officials[answer.saved_by])
    view = view_of(world, found)
    number = f"{view.advice.year}-{view.advice.serial}"
    world.session.rollback()
    status = advice_of(world.record, world.place.municipality.code, number)
    assert official is not None
    assert status is not None
    return official, status


def answer_row(world: World, found: Round) -> AnswerRow:
    """The answer of a round behind the record door."""
    row = world.record.get(AnswerRow, world.answers[found.head.key])
    assert row is not None
    return row


def begin(world: World, found: Round, answer: Answer, day: int) -> None:
    """Opened by an official, who first writes what was heard."""
    now = world.at(day)
    with writing(world.record) as record:
        official, status = answer_desk(world, found, answer)
        row = responses.start_answer(record, official, status, language="en", now=now)
        record.flush()
        world.answers[found.head.key] = row.id
        responses.save_heard(record, official, row, status, seen=0, language="en", text=answer.what_we_heard, now=now)


def save_part(world: World, found: Round, answer: Answer, part: AnswerPart, day: int) -> None:
    """The decision on one recommendation, with its reasons and promises."""
    advice = found.advice
    assert advice is not None
    number = [r.key for r in advice.recommendations].index(part.recommendation) + 1
    draft = PartDraft(
        recommendation=number, decision=Decision(part.decision), reasons=dated(part.reasons, world.today),
        promises=tuple(
            PromiseDraft(p.owner, p.action, p.money, world.day(p.day), p.first_step) for p in part.promises
        ),
    )  # fmt: skip
    with writing(world.record) as record:
        official, status = answer_desk(world, found, answer)
        draft = replace(draft, replies=beside_in.replies(world, found, status, number))
        responses.save_part(record, official, answer_row(world, found), status, seen=0, part=draft, now=world.at(day))


def finish(world: World, found: Round, answer: Answer, day: int) -> None:
    """What is asked back, how the council hears of it, and the plain summary in every language of the panel."""
    now = world.at(day)
    with writing(world.record) as record:
        official, status = answer_desk(world, found, answer)
        row = answer_row(world, found)
        responses.save_closing(
            record, official, row, status, seen=0, ask_back=answer.ask_back, council=dated(answer.council, world.today),
            first_report_on=world.day(answer.first_report_day), now=now,
        )  # fmt: skip
        for language, text in answer.summaries.items():
            responses.save_summary(record, official, row, status, seen=0, language=language, text=text, now=now)


def deliver(world: World, found: Round, answer: Answer) -> None:
    """Frozen and public."""
    with writing(world.record) as record:
        official, status = answer_desk(world, found, answer)
        world.digests[f"{found.head.key}-answer"] = responses.deliver(
            record, official, answer_row(world, found), status, timezone=world.place.municipality.timezone,
            now=world.at(answer.delivered),
        )  # fmt: skip


def open_rating(world: World, found: Round) -> None:
    """The panel is asked what it thinks of the answer."""
    rating = found.rating
    assert rating is not None
    with world.write() as session:
        ballot = sending.prepare_rating(
            session, view_of(world, found), answer=world.digests[f"{found.head.key}-answer"],
            question="Is this answer of use to us?", language="en", deadline=world.at(rating.deadline),
            key_folder=world.settings.keys, now=world.at(rating.opens),
        )  # fmt: skip
        world.ballots[f"{found.head.key}-rating"] = ballot.id
