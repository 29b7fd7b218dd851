"""The advice as it came about: composed by a moderator, quotes released, adopted by the panel, and sent."""

from __future__ import annotations

from codesign.advice import actions as advice
from codesign.advice import citing, quote_queries, quoting, ratifying, sending
from codesign.advice.actions import Links
from codesign.advice.domain import fingerprint
from codesign.advice.queries import AdviceView, advice_for, of_round
from codesign.advice.values import Actor, ActorKind, CitedKind, Moment, Words
from codesign.demo import votes_in, words_in
from codesign.demo.advice_shapes import Advice, Recommendation
from codesign.demo.content import dated
from codesign.demo.shapes import Round
from codesign.demo.world import World
from codesign.networks import queries as networks
from codesign.panels.models import Municipality


def plan_advice(world: World, found: Round) -> None:
    """The advice of a finished round, from the first draft until it is sent."""
    text, adoption, steps = found.advice, found.adoption, found.head.steps
    if text is None or adoption is None:
        return
    first = steps["advising"][0]
    world.plan(first, "Next phase", words_in.move, world, found, "advising")
    world.plan(first + 1, "The advice is begun", begin, world, found, text, first + 1)
    world.plan(first + 3, "Quotes are asked for", ask_quotes, world, found, text, first + 3)
    world.plan(first + 5, "Quotes are released", release_quotes, world, found, text, first + 5)
    world.plan(first + 20, "What others know", cite, world, found, text, first + 20)
    for number, recommendation in enumerate(text.recommendations):
        day = first + 25 + number
        world.plan(day, "A recommendation", recommend, world, found, recommendation, day)
    world.plan(adoption.opens - 1, "The panel reads", give, world, found, adoption.opens - 1)
    world.plan(adoption.opens, "The panel decides", open_adoption, world, found)
    world.plan(adoption.opens + 1, "The panel decides", adopt, world, found)
    world.plan(adoption.deadline, "Adopted", settle, world, found)
    world.plan(text.sent, "The advice is sent", send, world, found, text)
    world.plan(text.sent, "Next phase", words_in.move, world, found, "answering")


def view_of(world: World, found: Round) -> AdviceView:
    """The advice of the round as its moderator sees it."""
    row = of_round(world.session, world.rounds[found.head.key])
    assert row is not None
    view = advice_for(world.session, row.id, world.people[found.head.moderator])
    assert view is not None
    return view


def begin(world: World, found: Round, text: Advice, day: int) -> None:
    """The title, the pieces of text, and the short version in every language of the panel, by people."""
    now = world.at(day)
    with world.write() as session:
        advice.compile_advice(session, world.view(found.head, found.head.moderator), language=text.language, now=now)
        session.flush()
        view = view_of(world, found)
        advice.save_cover(session, view, title=text.title, language=text.language, seen=view.advice.version, now=now)
        blank = fingerprint("")
        words = text.words | {Words.HEARD.value: " ".join(sentence.text for sentence in text.heard)}
        pieces = {(Words(key), ""): (dated(said, world.today), blank) for key, said in words.items() if said}
        pieces |= {(Words.IN_SHORT, language): (said, blank) for language, said in text.summaries.items()}
        advice.save_words(session, view, pieces, now=now)


def ask_quotes(world: World, found: Round, text: Advice, day: int) -> None:
    """The moderator asks makers of ideas whether a sentence may be quoted."""
    ideas = {i.key: i for i in found.ideas}
    with world.write() as session:
        view = view_of(world, found)
        for quote in text.quotes:
            source = world.proposal(found.head, quote.idea)
            sentence = ideas[quote.idea].release
            translation = quote.text if source.language != text.language else ""
            made = quoting.ask_for_quote(
                session, view, source, sentence=sentence, translation=translation, today=world.day(day),
                now=world.at(day),
            )  # fmt: skip
            world.quotes[quote.idea] = made.id


def release_quotes(world: World, found: Round, text: Advice, day: int) -> None:
    """Each maker says yes."""
    ideas = {i.key: i for i in found.ideas}
    with world.write() as session:
        for quote in text.quotes:
            maker = world.people[ideas[quote.idea].by]
            view = quote_queries.quote_for(session, world.quotes[quote.idea], maker)
            assert view is not None
            quoting.answer_quote(session, view, release=True, today=world.day(day), now=world.at(day))


def cite(world: World, found: Round, text: Advice, day: int) -> None:
    """Figures, practice and research with their sources; and the votes under "other views"."""
    now = world.at(day)
    with world.write() as session:
        view = view_of(world, found)
        for block in text.cited:
            made = citing.cite(
                session, view, kind=CitedKind(block.kind), text=dated(block.text, world.today),
                source=dated(block.source, world.today), source_date=block.source_date or world.day(block.source_day),
                checked_on=world.day(block.checked_day), definition=block.definition, url="", now=now,
            )  # fmt: skip
            world.cited[f"{found.head.key}/{block.key}"] = made.id
        options = [world.options[f"{found.head.key}/{key}"] for key in text.other_views]
        quotes = [world.quotes[quote.idea] for quote in text.quotes]
        advice.link(session, view, Links(options=options, quotes=quotes), now=now)


def recommend(world: World, found: Round, wanted: Recommendation, day: int) -> None:
    """One recommendation with its actors, what stands behind it, and its change chain."""
    now, key = world.at(day), found.head.key
    with world.write() as session:
        view = view_of(world, found)
        row = advice.add_recommendation(session, view, title=wanted.title, now=now)
        fields = {
            "title": wanted.title, "what": wanted.what, "by_when": dated(wanted.by_when, world.today),
            "decided_on": world.day(wanted.decided_day), "cost_class": wanted.cost_class, "notice": wanted.notice,
            "small_initiative": wanted.small_initiative, "none_because": "",
            "small_group": _group(world, wanted), "moment": _moment(world, wanted),
        }  # fmt: skip
        links = Links(
            options=[world.options[f"{key}/{o}"] for o in wanted.outcomes],
            quotes=[world.quotes[q] for q in wanted.quotes],
        )
        actors = [Actor(a.name, ActorKind(a.kind), a.part, dated(a.by_when, world.today)) for a in wanted.actors]
        advice.save_recommendation(
            session, view, row.id, fields, actors=actors, links=links, seen=row.version, now=now,
        )  # fmt: skip
        advice.save_chain(session, view, row.id, vars(wanted.chain), seen=row.version, now=now)


def _group(world: World, wanted: Recommendation) -> str:
    """The directory's code of the small group that is named."""
    there = networks.networks_of(world.session, world.place.municipality.code)
    return next((group.code for group in there if group.name == wanted.small_group), "")


def _moment(world: World, wanted: Recommendation) -> str:
    """The moment of the calendar with this title, as it is kept."""
    title = dated(wanted.moment, world.today)
    there = networks.our_moments(world.session, world.place.municipality.code)
    return next((str(Moment(m.title, m.kind.value, m.day)) for m in there if m.title == title), "")


def give(world: World, found: Round, day: int) -> None:
    """The complete text goes to the panel."""
    with world.write() as session:
        ratifying.give_to_panel(session, view_of(world, found), now=world.at(day))


def open_adoption(world: World, found: Round) -> None:
    """The panel's vote on the text opens."""
    adoption = found.adoption
    assert adoption is not None
    with world.write() as session:
        ballot = ratifying.prepare_adoption(
            session, view_of(world, found), question="Is this our advice?", language="en",
            deadline=world.at(adoption.deadline), key_folder=world.settings.keys, now=world.at(adoption.opens),
        )  # fmt: skip
        world.ballots[f"{found.head.key}-adoption"] = ballot.id


def adopt(world: World, found: Round) -> None:
    """Members adopt the advice, or send it back with a reason."""
    adoption = found.adoption
    assert adoption is not None
    votes = votes_in.one_each({"adopt": adoption.adopt, "send_back": [s.by for s in adoption.send_back]})
    reasons = {s.by: s.reason for s in adoption.send_back}
    votes_in.cast(world, f"{found.head.key}-adoption", votes, adoption.opens + 1, reasons)


def settle(world: World, found: Round) -> None:
    """The vote is counted, and the text is adopted by it."""
    adoption = found.adoption
    assert adoption is not None
    advice_id = view_of(world, found).advice.id
    ratifying.settle_due(world.session, advice_id, world.at(adoption.deadline, 1))
    world.cross(world.at(adoption.deadline, 2))


def send(world: World, found: Round, text: Advice) -> None:
    """Frozen, numbered after the pieces of advice on paper, and over the wall."""
    now = world.at(text.sent)
    with world.write() as session:
        place = session.get(Municipality, world.place.municipality.code)
        assert place is not None
        sending.change_place_numbers(
            session, place, year=world.day(text.sent).year, used=world.place.municipality.numbers_used,
            by=world.people[world.place.host.login], now=now,
        )  # fmt: skip
        world.digests[found.head.key] = sending.send_advice(session, view_of(world, found), now=now)
    world.cross(world.at(text.sent, 1))
