"""The main pages of each face, by name: what pictures are taken of and what axe looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from stage import Stage

from codesign.advice.models import Advice
from codesign.panels.models import Round
from codesign.proposals.models import Proposal
from codesign.rules.phases import Phase
from codesign.voting import closing
from codesign.voting.domain import Method
from codesign.voting.models import Ballot
from codesign.web.sessions import open_session

ARABIC, DUTCH, ENGLISH = "Olive Button", "Blue Basket", "Harbour Kite"
MODERATOR, HOST = "Amber Ladder", "Foundation Own Voice"
OFFICIAL = "Adviser on living together"
# Who looks at the member's pages in each language.
MEMBER = {"ar": ARABIC, "nl": DUTCH, "en": ENGLISH}


@dataclass(frozen=True)
class Sight:
    """One page: its name, its address, and who sees it (nobody: public). `look`: what to do before looking."""

    name: str
    url: str
    who: str | None = None
    look: str = ""


def _ids(stage: Stage) -> dict[str, Any]:
    """What there is to see; a number is None where the place has no such thing yet."""
    advice, year, serial, finished = stage.ask(sa.select(Advice.id, Advice.year, Advice.serial, Advice.round_id))[0]
    rounds = {phase: number for number, phase in stage.ask(sa.select(Round.id, Round.phase))}
    talking = rounds.get(Phase.PROPOSING) or rounds.get(Phase.DISCUSSING)

    def first(statement: Any) -> Any:
        return next((row[0] for row in stage.ask(statement)), None)

    ballots = sa.select(Ballot.id).order_by(Ballot.id)
    ideas = sa.select(Proposal.id).order_by(Proposal.reply_count.desc(), Proposal.id)
    return {
        "voting": rounds.get(Phase.VOTING), "talking": talking, "advice": advice, "number": f"{year}-{serial}",
        "ballot": first(ballots.where(Ballot.round_id == rounds.get(Phase.VOTING))),
        "counted": first(ballots.where(Ballot.round_id == finished)),
        "idea": first(ideas.where(Proposal.round_id == talking)),
        "fated": first(ideas.where(Proposal.round_id == finished)),
    }  # fmt: skip


def member(stage: Stage, who: str) -> list[Sight]:
    """The phone of a member."""
    i, at = _ids(stage), stage.panel
    return [
        Sight("home", f"{at}/", who),
        Sight("round", f"{at}/rounds/{i['talking']}", who),
        Sight("ideas", f"{at}/ideas?round={i['talking']}", who),
        Sight("idea", f"{at}/ideas/{i['idea']}", who),
        Sight("vote", f"{at}/vote/{i['ballot']}", who),
        Sight("review", f"{at}/vote/{i['ballot']}", who, look="review"),
        Sight("trail", f"{at}/ideas/{i['fated']}/trail", who),
        Sight("words", f"{at}/words", who),
        Sight("result", f"{at}/vote/{i['counted']}/result", who),
        Sight("advice", f"{at}/advice/{i['advice']}", who),
    ]


def door(stage: Stage) -> list[Sight]:
    """What stands before the sign-in."""
    return [Sight("sign-in", f"{stage.panel}/sign-in")]


def writing(stage: Stage, who: str) -> list[Sight]:
    """Giving an idea; `stage` is one on which a round takes ideas."""
    return [Sight("propose", f"{stage.panel}/ideas/new?round={_ids(stage)['talking']}", who)]


def more_of_member(stage: Stage, who: str) -> list[Sight]:
    """The member's smaller pages."""
    i, at = _ids(stage), stage.panel
    return [
        Sight("tell", f"{at}/tell?round={i['talking']}", who),
        Sight("rounds", f"{at}/rounds", who),
        Sight("help", f"{at}/help", who),
        Sight("my-data", f"{at}/my-data", who),
        Sight("themes", f"{at}/themes", who),
        Sight("how-vote", f"{at}/vote/{i['ballot']}/how", who),
        Sight("topic", f"{at}/topics/new", who),
        Sight("list", f"{at}/vote/{i['counted']}/list", who),
        Sight("report", f"{at}/report/idea/{i['idea']}", who),
    ]


def moderator(stage: Stage) -> list[Sight]:
    """The desk of a moderator."""
    i, at = _ids(stage), stage.panel
    return [
        Sight("desk-round", f"{at}/desk/rounds/{i['talking']}", MODERATOR),
        Sight("queue", f"{at}/desk/queue", MODERATOR),
        Sight("votes", f"{at}/desk/rounds/{i['voting']}/votes", MODERATOR),
        Sight("desk-advice", f"{at}/desk/advice/{i['advice']}", MODERATOR),
    ]


def more_of_moderator(stage: Stage) -> list[Sight]:
    """The desk's pages of one vote."""
    i, at = _ids(stage), stage.panel
    return [
        Sight("vote-new", f"{at}/desk/rounds/{i['voting']}/votes/new", MODERATOR),
        Sight("vote-open", f"{at}/desk/votes/{i['ballot']}", MODERATOR),
        Sight("room", f"{at}/desk/votes/{i['ballot']}/room", MODERATOR),
        Sight("keys", f"{at}/desk/votes/{i['ballot']}/keys", MODERATOR),
        Sight("outside", f"{at}/desk/votes/{i['ballot']}/outside", MODERATOR),
        Sight("desk-result", f"{at}/vote/{i['counted']}/result", MODERATOR),
    ]


def editor(stage: Stage) -> list[Sight]:
    """The editor of an advice that is being composed, and what stands beside it."""
    at = f"{stage.panel}/desk/advice/{_ids(stage)['advice']}"
    paths = {
        "editor": "recommendations/1", "editor-chain": "recommendations/1/chain", "editor-words": "parts/worked",
        "editor-heard": "parts/heard", "editor-elsewhere": "parts/elsewhere", "editor-short": "parts/in_short",
        "editor-list": "parts/recommendations", "editor-cite": "cite", "editor-quotes": "quotes",
        "editor-together": "together/we_do", "editor-versions": "versions/recommendation-1",
        "editor-preview": "preview",
    }  # fmt: skip
    return [Sight(name, f"{at}/{path}", MODERATOR) for name, path in paths.items()]


def other_views(stage: Stage, who: str) -> list[Sight]:
    """What members who see it differently write together; `stage` is one on which the advice is composed."""
    return [Sight("other-views", f"{stage.panel}/advice/{_ids(stage)['advice']}/other-views", who)]


def host(stage: Stage) -> list[Sight]:
    """The pages of the host."""
    return [Sight("host", f"{stage.panel}/host", HOST), Sight("host-panel", f"{stage.panel}/host/panels/1", HOST)]


def official(stage: Stage) -> list[Sight]:
    """The desk of an official; `stage` is one on which the advice waits."""
    at = f"{stage.record}/desk/{_ids(stage)['number']}"
    paths = {
        "official-answer": "", "official-recommendation": "/recommendation/1", "official-heard": "/heard",
        "official-closing": "/closing", "official-plain": "/plain", "official-translation": "/plain/ar",
        "official-colleagues": "/colleagues", "official-more-time": "/more-time", "official-preview": "/preview",
        "official-changes": "/changes/heard",
    }  # fmt: skip
    seen = [Sight(name, f"{at}{path}", OFFICIAL) for name, path in paths.items()]
    return [Sight("official-desk", f"{stage.record}/desk", OFFICIAL), *seen]


def after_answer(stage: Stage) -> list[Sight]:
    """What follows an answer: promises, learning cards, and what the panel says."""
    i = _ids(stage)
    at = f"{stage.record}/desk/{i['number']}"
    return [
        Sight("delivered", at, OFFICIAL),
        Sight("promise", f"{at}/promises/1", OFFICIAL),
        Sight("learning", f"{at}/learning/1", OFFICIAL),
        Sight("after-answer", f"{stage.panel}/desk/advice/{i['advice']}/answer", MODERATOR),
    ]


def shared(stage: Stage) -> list[Sight]:
    """The library of measures."""
    paths = {"measures": "", "measures-share": "/share", "measures-reading": "/reading"}
    return [Sight(name, f"{stage.record}/library{path}") for name, path in paths.items()]


def public(stage: Stage) -> list[Sight]:
    """What everybody can read."""
    number = _ids(stage)["number"]
    return [
        Sight("library", f"{stage.record}/"),
        Sight("library-advice", f"{stage.record}/advice/veldhaven/{number}"),
        Sight("promises", f"{stage.record}/promises"),
        Sight("how-it-works", f"{stage.record}/how-it-works"),
    ]


def _vote(stage: Stage, method: Method) -> int | None:
    """The newest vote held in this way; None where the place has no such vote yet."""
    found = stage.ask(sa.select(Ballot.id).where(Ballot.method == method).order_by(Ballot.id.desc()))
    return found[0][0] if found else None


def ways_to_vote(stage: Stage, who: str) -> dict[str, Sight]:
    """Votes in other ways than ticks; what is there to see depends on the day of the stage."""
    at, order, money = stage.panel, _vote(stage, Method.RANKED), _vote(stage, Method.BUDGET)
    return {
        s.name: s
        for s in (
            Sight("vote-order", f"{at}/vote/{order}", who, look="order"),
            Sight("result-order", f"{at}/vote/{order}/result", who),
            Sight("vote-money", f"{at}/vote/{money}", who, look="money"),
            Sight("result-money", f"{at}/vote/{money}/result", who),
            Sight("desk-money", f"{at}/desk/votes/{money}", MODERATOR),
            Sight("sheet", f"{at}/desk/votes/{money}/room/sheets", MODERATOR, look="sheet"),
            Sight("tablet", f"{at}/desk/votes/{money}/room", MODERATOR, look="tablet"),
        )
    }


def count_the_order(stage: Stage) -> None:
    """The vote about an order comes to its end."""
    session = open_session(stage.settings)
    ballot = session.get(Ballot, _vote(stage, Method.RANKED))
    assert ballot is not None
    closing.close_due(session, ballot.id, ballot.deadline)
    session.close()
    for engine in session.info["engines"].values():
        engine.dispose()


def come_to_the_room(browser: Any, stage: Stage, *members: str) -> None:
    """These members say that they vote about the money in the room."""
    for name in members:
        context = stage.context(browser, language="en", name=name)
        page = context.new_page()
        page.goto(f"{stage.panel}/vote/{_vote(stage, Method.BUDGET)}/room")
        page.locator("main form button.go").click()
        page.locator("main form button.go").wait_for(state="detached")
        context.close()


def _order(page: Any) -> None:
    """Two of the ideas have a place."""
    for n in (0, 1):
        page.locator(".opt .turn").nth(n).click()


def _money(page: Any) -> None:
    """Some of the money is spent."""
    page.locator("label:has(input[name=o])").first.click()


def _sheet(page: Any) -> None:
    """A sheet in Dutch."""
    page.locator("main select[name=language]").select_option("nl")
    page.locator("main [name=count]").fill("1")
    page.locator("main input[name=size][value=a5]").check(force=True)
    page.locator("main form.step button.go").click()
    page.locator("article").first.wait_for()


def _tablet(page: Any) -> None:
    """A tablet in the hands of somebody."""
    for button in ("#tablet form.step button", "main form.step button.go"):
        page.locator("main [name=digits]").fill("4071")
        page.locator(button).first.click()
    page.locator("[data-choose]").wait_for()


_LOOKS = {"order": _order, "money": _money, "sheet": _sheet, "tablet": _tablet}


def go(page: Any, sight: Sight) -> None:
    """Open a page, and do what is needed before one looks; fails when the house did not answer with a page."""
    reply = page.goto(sight.url, wait_until="load")
    assert reply is not None, sight.url
    assert reply.status == 200, f"{sight.name}: {reply.status} at {sight.url}"
    if sight.look == "review":
        page.locator("input[name=o]").nth(0).check(force=True)
        page.locator("button[value=look]").click()
        page.wait_for_load_state("load")
        page.locator("button.go[value=cast]").wait_for()
    elif sight.look:
        _LOOKS[sight.look](page)
