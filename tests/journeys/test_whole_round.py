"""One whole round, from first word to answered advice, by posting the forms of the pages on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from build import make_host, make_member, make_official, make_person
from houses import House
from sqlalchemy.orm import Session
from voting.desks import form_of

from codesign.accounts.models import Kind, Person
from codesign.advice import actions as composing
from codesign.advice import citing
from codesign.advice.actions import Links
from codesign.advice.domain import fingerprint
from codesign.advice.queries import AdviceView, advice_for, of_round, outcomes
from codesign.advice.values import Actor, ActorKind, CitedKind, Words
from codesign.crossing import JOBS, RECEIVERS
from codesign.db import writing
from codesign.documents.models import AdviceStatus
from codesign.jobs import outbox, schedule
from codesign.panels.models import Membership, Municipality, Panel, Round
from codesign.places.models import Place
from codesign.proposals.models import Proposal
from codesign.rules.phases import Phase
from codesign.rules.states import AdviceState
from codesign.voting.domain import Kind as BallotKind
from codesign.voting.domain import Option
from codesign.voting.models import Ballot
from codesign.web.clock import now

START = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
PIN = "274913"
TEXTS = {
    Words.WHY_NOW: "The contract ends.", Words.GOES_WELL: "The welcome visit.", Words.HEARD: "We hardly meet.",
    Words.OTHER_VIEWS: "Some want groups of women first.", Words.WE_DO: "We open our kitchen.",
}  # fmt: skip
RECOMMENDATION = {
    "title": "Invite a street contact", "what": "Ask one person in every street.", "by_when": "September",
    "decided_on": None, "cost_class": 1, "notice": "Somebody rings my bell.", "small_initiative": "De Brug",
    "none_because": "",
}  # fmt: skip
CHAIN = {
    "activity": "A visit", "change": "People know a name", "domain": "BRI", "indicator": "BRI-05", "experience": "",
    "assumptions": "It is no lesson", "risks": "Only the same ten come",
}  # fmt: skip


@dataclass
class Walk:
    """Everybody at their own device; `browse` gives the device of a person."""

    house: House
    session: Session
    clock: Any
    sign_in: Callable[[Any, Any], Any]
    members: list[Person] = field(default_factory=list)

    def browse(self, person: Any, door: str = "panel") -> Any:
        client = getattr(self.house, door).test_client()
        client.set_cookie("language", "en")
        return self.sign_in(client, person)

    def post(self, client: Any, path: str, **data: Any) -> str:
        """Send a form; the house must have taken it and lead on. Returns where to."""
        reply = client.post(path, data=data)
        assert reply.status_code in {302, 303}, (path, reply.status_code, text_of(reply)[-1500:])
        return str(reply.headers["Location"])

    def read(self, client: Any, path: str) -> str:
        reply = client.get(path)
        assert reply.status_code == 200, (path, reply.status_code)
        return text_of(reply)

    def later(self, **more: int) -> None:
        """Time goes by; the worker does what is due and carries what waits."""
        self.clock.shift(timedelta(**more))
        self.work()

    def work(self) -> None:
        schedule.run_due(self.session, JOBS, now())
        done = outbox.deliver(self.session, self.session, RECEIVERS, now())
        assert done.refused == 0
        assert done.reachable
        self.session.expire_all()

    def one(self, model: Any, *where: Any) -> Any:
        self.session.rollback()
        found = self.session.scalars(sa.select(model).where(*where)).one()
        self.session.rollback()
        return found

    def vote(self, ballot_id: int, choices: list[str], reason: str = "") -> None:
        """Each member looks at the question, looks again with a fresh code, and casts."""
        for person, chosen in zip(self.members, choices, strict=False):
            client, path = self.browse(person), f"/vote/{ballot_id}"
            said = reason if chosen == "send_back" else ""
            assert client.get(path).status_code == 200
            page = client.post(path, data={"step": "look", "o": chosen, "reason": said})
            assert page.status_code == 200, text_of(page)[-1500:]
            code = re.search(r'name="code" value="(\d+)"', page.get_data(as_text=True))
            assert code is not None
            data = {"step": "cast", "o": chosen, "code": code[1], "reason": said}
            assert self.post(client, path, **data).endswith("/done")


def text_of(reply: Any) -> str:
    """The words of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.get_data(as_text=True))).split())


@pytest.fixture
def walk(house: House, session: Session, sign_in: Any) -> Any:
    """Monday morning; nothing is there yet but a host."""
    with time_machine.travel(START, tick=True) as clock:
        yield Walk(house, session, clock, sign_in)


def test_from_first_word_to_answered_advice(walk: Walk) -> None:
    """R01, R02, R05, R11, R31, R32: every step by whoever has it, through the pages."""
    panel, moderator = found(walk)
    come_in(walk, panel)
    at_desk = walk.browse(moderator)
    round_id = open_round(walk, panel, at_desk)
    idea = talk(walk, round_id, at_desk)
    ballot = vote_on(walk, round_id, moderator, at_desk, idea)
    advice = compose(walk, round_id, moderator, at_desk, ballot)
    number = adopt_and_send(walk, advice, at_desk)
    answer(walk, panel, number)
    see_and_rate(walk, advice, idea, round_id, at_desk)


def found(walk: Walk) -> tuple[Panel, Person]:
    """The host makes the place, the panel, its moderator and twelve cards; the place crosses the wall."""
    host = make_host(walk.session)
    moderator = make_person(walk.session, Kind.STAFF)
    desk = walk.browse(host)
    walk.post(
        desk, "/host/places/new", code="veldhaven", name="Veldhaven", addressee="The college", answer_weeks="8",
        timezone="Europe/Amsterdam", languages=["en", "nl"], legal_basis="",
    )  # fmt: skip
    walk.post(desk, "/host/places/veldhaven/panels/new", name="Veldhaven panel", languages=["en", "nl"])
    panel = walk.one(Panel)
    walk.post(desk, f"/host/panels/{panel.id}/moderators", person=str(moderator.id))
    walk.work()
    assert walk.one(Place).code == "veldhaven"
    return panel, moderator


def come_in(walk: Walk, panel: Panel) -> None:
    """A member comes in with a printed card; eleven others came in before."""
    host = walk.one(Person, Person.is_host)
    sheet = walk.browse(host).post(
        f"/host/panels/{panel.id}/cards", data={"count": "1", "role": "newcomer", "language": "en"}
    )
    assert sheet.status_code == 200
    groups = re.search(r'class="num">(.*?)</p>', sheet.get_data(as_text=True))
    assert groups is not None
    client = walk.house.panel.test_client()
    client.set_cookie("language", "en")
    walk.post(client, "/sign-in", digits=re.sub(r"\D", "", re.sub(r"<[^>]+>", "", groups[1])))
    walk.post(client, "/welcome/consent", yes="y")
    walk.post(client, "/welcome/pin", pin=PIN, again=PIN)
    walk.post(client, "/welcome/language", language="en")
    page = client.get("/welcome/name").get_data(as_text=True)
    offered = {key: re.search(rf'name="{key}"[^>]* value="([^"]+)"', page) for key in ("name", "avatar")}
    walk.post(client, "/welcome/name", **{key: unescape(hit[1]) for key, hit in offered.items() if hit})
    new = walk.one(Person, Person.pseudonym.is_not(None))
    walk.members = [new] + [make_member(walk.session, panel) for _ in range(11)]


def open_round(walk: Walk, panel: Panel, desk: Any) -> int:
    """No round without ties declared, level and what is fixed; then it is opened."""
    walk.post(
        desk, f"/desk/panels/{panel.id}/rounds/new", template="expert_pool", title="Meet before you need help",
        question="What helped you to feel at home here?", language="en", asked="no", level="advise",
        fixed_text="The budget of this year is fixed.", first_day="2027-01-05", quorum="50", majority="50",
    )  # fmt: skip
    row = walk.one(Round)
    path = f"/desk/rounds/{row.id}/phase/listening"
    refused = desk.post(path, data={"words": "We begin.", "language": "en"})
    assert refused.status_code in {403, 409}
    walk.post(desk, f"/desk/panels/{panel.id}/ties", text="The foundation pays me.")
    walk.post(desk, path, words="We begin.", language="en")
    return int(row.id)


def talk(walk: Walk, round_id: int, desk: Any) -> Proposal:
    """Members tell, give ideas, reply and support; the moderator moves the round on."""
    me, you = walk.browse(walk.members[0]), walk.browse(walk.members[1])
    walk.post(me, f"/tell?round={round_id}", body="A neighbour rang my bell.", language="en")
    assert "A neighbour rang my bell." not in walk.read(you, f"/tell?round={round_id}")
    walk.post(you, f"/tell?round={round_id}", body="I was alone for months.", language="en")
    assert "A neighbour rang my bell." in walk.read(you, f"/tell?round={round_id}")
    move(walk, desk, round_id, "proposing")
    for client, title in ((me, "A neighbour who says welcome"), (you, "An open kitchen")):
        to = walk.post(
            client, f"/ideas/new?round={round_id}", title=title, body="It helps.", language="en", themes=["BRI"],
            action="send",
        )  # fmt: skip
        assert "/ideas/" in to
    idea = walk.one(Proposal, Proposal.title == "A neighbour who says welcome")
    move(walk, desk, round_id, "discussing")
    walk.post(you, f"/ideas/{idea.id}/replies", kind="for", body="That would help me too.", language="en")
    walk.post(you, f"/ideas/{idea.id}/support", on="1")
    page = walk.read(me, f"/ideas/{idea.id}")
    assert "That would help me too." in page
    assert "1 person" in page
    return idea


def move(walk: Walk, desk: Any, round_id: int, phase: str) -> None:
    walk.post(desk, f"/desk/rounds/{round_id}/phase/{phase}", words="Now the next step.", language="en")


def vote_on(walk: Walk, round_id: int, moderator: Person, desk: Any, idea: Proposal) -> Ballot:
    """Prepared, looked at by a member, opened, cast by twelve, closed by the clock, swept, and its release in the record."""
    from codesign.voting import preparing

    session, row = walk.session, walk.one(Round)
    with writing(session):
        by = session.scalar(sa.select(Membership).where(Membership.person_id == moderator.id))
        assert by is not None
        ballot = preparing.prepare(
            session, row, by, kind=BallotKind.VOTE, question="How should people meet?", language="en",
            deadline=now() + timedelta(days=7), now=now(), max_choices=1,
            options=[Option("", "Street contact", "", "en", "BRI", (), idea.id),
                     Option("", "Open kitchen", "", "en", "LEI", (), None)],
        )  # fmt: skip
    walk.post(desk, f"/desk/votes/{ballot.id}/ask", person=str(walk.members[0].id))
    first = walk.browse(walk.members[0])
    assert "Look at a vote first" in walk.read(first, "/")
    action = f"/vote/{ballot.id}/check/right"
    walk.post(first, action, **form_of(first.get(f"/vote/{ballot.id}/check"), action))
    move(walk, desk, round_id, "voting")
    walk.post(desk, f"/desk/votes/{ballot.id}/open", sure="y")
    walk.vote(ballot.id, ["o1"] * 9 + ["o2"] * 3)
    during = walk.browse(walk.members[0]).get(f"/vote/{ballot.id}/result")
    assert during.status_code != 200 or "9 of 12" not in text_of(during)
    walk.later(days=7, minutes=2)
    assert walk.one(Ballot, Ballot.id == ballot.id).state.value == "swept"
    assert "12" in walk.read(walk.browse(walk.members[0]), f"/vote/{ballot.id}/result")
    return ballot


def compose(walk: Walk, round_id: int, moderator: Person, desk: Any, ballot: Ballot) -> int:
    """The moderator writes every field; the checklist blocks until nothing is missing."""
    desk = walk.browse(moderator)
    move(walk, desk, round_id, "advising")
    walk.post(desk, f"/desk/rounds/{round_id}/advice", language="en", title="Meet before you need help")
    session = walk.session
    row = of_round(session, round_id)
    assert row is not None
    number = int(row.id)

    def view() -> AdviceView:
        seen = advice_for(session, number, moderator.id)
        assert seen is not None
        return seen

    early = desk.post(f"/desk/advice/{number}/give")
    assert early.status_code == 422
    session.rollback()
    blank = fingerprint("")
    pieces = {(key, ""): (words, blank) for key, words in TEXTS.items()}
    pieces |= {(Words.IN_SHORT, code): (f"One thing ({code}).", blank) for code in ("en", "nl")}
    with writing(session):
        composing.save_words(session, view(), pieces, now=now())
        for kind in (CitedKind.PRACTICE, CitedKind.RESEARCH):
            citing.cite(
                session, view(), kind=kind, text="Contact helps.", source="A study", source_date=date(2025, 1, 1),
                checked_on=None, definition="", url="", now=now(),
            )  # fmt: skip
        options = [o.id for o in outcomes(session, round_id)][:1]
        made = composing.add_recommendation(session, view(), title="Invite a street contact", now=now())
        composing.save_recommendation(
            session, view(), made.id, RECOMMENDATION, actors=[Actor("College", ActorKind.MUNICIPALITY, "the letter")],
            links=Links(options), seen=made.version, now=now(),
        )  # fmt: skip
        composing.save_chain(session, view(), made.id, CHAIN, seen=made.version, now=now())
    session.rollback()
    walk.post(desk, f"/desk/advice/{number}/give")
    assert "Invite a street contact" in walk.read(walk.browse(walk.members[0]), f"/advice/{number}")
    return number


def adopt_and_send(walk: Walk, advice: int, desk: Any) -> str:
    """The panel adopts with quorum; the moderator sends; the record has it, and everybody can read it."""
    moderator = walk.one(Person, Person.kind == Kind.STAFF, ~Person.is_host)
    desk = walk.browse(moderator)
    walk.post(desk, f"/desk/advice/{advice}/vote", until=(now() + timedelta(days=7)).date().isoformat())
    ballot = walk.one(Ballot, Ballot.kind == BallotKind.ADOPTION)
    walk.vote(ballot.id, ["adopt"] * 10 + ["send_back"] * 2, reason="Too short.")
    assert desk.post(f"/desk/advice/{advice}/send").status_code in {403, 409}
    walk.later(days=8)
    desk = walk.browse(moderator)
    seen = advice_for(walk.session, advice, moderator.id)
    assert seen is not None
    assert seen.advice.state is AdviceState.ADOPTED
    walk.session.rollback()
    walk.post(desk, f"/desk/advice/{advice}/send")
    walk.work()
    status = walk.one(AdviceStatus)
    public = walk.house.record.test_client()
    public.set_cookie("language", "en")
    assert "Invite a street contact" in walk.read(public, f"/advice/veldhaven/{status.number}")
    move(walk, desk, walk.one(Round).id, "answering")
    return str(status.number)


def answer(walk: Walk, panel: Panel, number: str) -> None:
    """The official listens first, answers each point, and delivers when everything is there."""
    official = make_official(walk.session, walk.one(Place))
    desk, at = walk.browse(official, "record"), f"/desk/{number}"
    assert "Meet before you need help" in walk.read(desk, "/desk")
    walk.post(desk, f"{at}/start")
    walk.post(desk, f"{at}/heard", what_we_heard="That people wait months for a neighbour.", language="en")
    promise = {"owner": "Head of society", "money": "5,000 euros", "by": "2027-09-01", "action": "Ask twelve streets",
               "first_step": "A letter"}  # fmt: skip
    walk.post(
        desk, f"{at}/recommendation/1", decision="adopted", reasons="It costs little, and neighbours asked for it.",
        **{f"promises-0-{key}": value for key, value in promise.items()},
    )  # fmt: skip
    walk.post(desk, f"{at}/closing", ask_back="Which street?", council="By letter.", first_report_on="2027-08-01")
    assert desk.post(f"{at}/deliver").status_code in {403, 409, 422}
    walk.post(desk, f"{at}/plain", text="We ask one person in every street.")
    walk.post(desk, f"{at}/plain/nl", text="We vragen in elke straat iemand.")
    walk.post(desk, f"{at}/deliver")
    public = walk.house.record.test_client()
    public.set_cookie("language", "en")
    page = walk.read(public, f"/advice/veldhaven/{number}")
    assert "It costs little, and neighbours asked for it." in page
    assert "Ask twelve streets" in page


def see_and_rate(walk: Walk, advice: int, idea: Proposal, round_id: int, desk: Any) -> None:
    """R32: from her idea, the member sees in one tap what became of it; the panel rates; the round closes."""
    me = walk.browse(walk.members[0])
    reply = me.get(f"/ideas/{idea.id}")
    assert f'href="/ideas/{idea.id}/trail"' in reply.get_data(as_text=True)
    trail = walk.read(me, f"/ideas/{idea.id}/trail")
    for words in ("Invite a street contact", "Adopted", "It costs little, and neighbours asked for it."):
        assert words in trail
    moderator = walk.one(Person, Person.kind == Kind.STAFF, ~Person.is_host)
    desk = walk.browse(moderator)
    move(walk, desk, round_id, "following")
    walk.post(desk, f"/desk/advice/{advice}/rating", until=(now() + timedelta(days=7)).date().isoformat())
    ballot = walk.one(Ballot, Ballot.kind == BallotKind.RATING)
    keys = [o["key"] if isinstance(o, dict) else o.key for o in options_of(walk, ballot.id)]
    walk.vote(ballot.id, [keys[0]] * 11)
    walk.later(days=8)
    desk = walk.browse(moderator)
    move(walk, desk, round_id, "closed")
    assert walk.one(Round).phase is Phase.CLOSED
    assert walk.one(Municipality).code == "veldhaven"


def options_of(walk: Walk, ballot_id: int) -> list[Any]:
    from codesign.voting.models import BallotOption

    rows = walk.session.scalars(
        sa.select(BallotOption).where(BallotOption.ballot_id == ballot_id).order_by(BallotOption.id)
    ).all()
    walk.session.rollback()
    return list(rows)
