"""A panel with one open ballot of each method, and one way through each: wrong first, then right, then changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from build import make_ballot, make_member, make_moderator, make_panel, make_round, open_ballot
from conftest import Doors
from sqlalchemy.orm import Session

from codesign.accounts.actions import start_sign_in
from codesign.accounts.models import Person
from codesign.db import writing
from codesign.jobs import schedule
from codesign.panels.models import Panel, Round
from codesign.rules.phases import Phase
from codesign.serving import JOBS
from codesign.voting import actions, closing, codes, keys
from codesign.voting.domain import Method, Opening, Option, Problem, Terms
from codesign.voting.models import Ballot
from codesign.web.clock import now

IDEAS = (
    ("A meeting point in the street", "Een ontmoetingsplek in de straat", "مكان لقاء في الشارع"),
    ("An open kitchen", "Een open keuken", "مطبخ مفتوح"),
    ("Lessons outside", "Lessen buiten", "دروس في الهواء الطلق"),
    ("A bicycle workshop", "Een fietswerkplaats", "ورشة للدراجات"),
)
LANGUAGES = ("en", "nl", "ar")
QUESTION = ("What helps people meet?", "Wat helpt mensen elkaar te ontmoeten?", "ما الذي يساعد الناس على اللقاء؟")
COSTS = (4000, 6000, 3000, 5000)


def options(count: int = 4, costs: bool = False) -> list[Option]:
    """Ideas to choose from, in three languages; with what they cost where money is spent."""
    return [
        Option(
            "", en, f"We begin with {en[0].lower()}{en[1:]}.", "en", "BRI", ("coffee",), cost=cost if costs else 0,
            translations={"nl": (nl, f"{nl}, elke week."), "ar": (ar, f"{ar}، كل أسبوع.")},
        )
        for (en, nl, ar), cost in zip(IDEAS[:count], COSTS, strict=False)
    ]  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How one member goes through one method.

    make: what the ballot is prepared with. wrong: what is filled in first, and `problem`: what the house says of it.
    right, other: the vote, and what it is changed to. The same as form values: `o1`, or `o1:3` with a number.
    smooth: what is wrong where JavaScript keeps `wrong` from being filled in at all. said, said_later: words that
    belong to `right` and `other`. rest: how the other members vote. wins: the number of the idea the result names.
    """

    make: dict[str, Any]
    wrong: tuple[str, ...]
    problem: Problem
    right: tuple[str, ...]
    other: tuple[str, ...]
    rest: tuple[tuple[str, ...], ...]
    wins: int | None = 1
    smooth: Problem | None = None
    said: str = ""
    said_later: str = ""


def _make(count: int = 4, costs: bool = False, **more: Any) -> dict[str, Any]:
    return {"options": options(count, costs), "max_choices": count, "with_none": False} | more


NOTHING = Problem.NOTHING_CHOSEN
WAYS: dict[Method, Way] = {
    Method.APPROVAL: Way(
        _make(max_choices=2, with_none=True), ("o1", "o2", "o3"), Problem.TOO_MANY, ("o1", "o2"), ("o1",),
        (("o1",), ("o1", "o3"), ("o2",)),
    ),
    Method.YES_NO: Way(
        _make(1), (), NOTHING, ("no",), ("yes",), (("yes",), ("yes",), ("no",)), None,
        said="Too far from the bus.", said_later="It is near after all.",
    ),
    Method.CONSENT: Way(
        _make(1), ("object",), Problem.OBJECTION_WITHOUT_WORDS, ("object",), ("stand_aside",),
        (("agree",), ("agree",), ("stand_aside",)), None,
        said="My mother cannot climb stairs.", said_later="I still fear the stairs.",
    ),
    Method.SCORE: Way(
        _make(terms=Terms(points=5)), ("o1:", "o2:", "o3:", "o4:"), NOTHING,
        ("o1:5", "o2:0", "o3:3", "o4:"), ("o1:4", "o2:2", "o3:3", "o4:"),
        (("o1:5", "o2:3"), ("o1:5", "o4:1"), ("o2:4",)),
    ),
    Method.RANKED: Way(
        _make(), ("o1:1", "o2:1"), Problem.SAME_PLACE, ("o2:1", "o1:2", "o4:3"), ("o1:1", "o2:2"),
        (("o1:1", "o2:2", "o3:3"), ("o2:1", "o1:2"), ("o1:1",)), smooth=NOTHING,
    ),
    Method.DOTS: Way(
        _make(terms=Terms(points=5)), ("o1:3", "o2:3"), Problem.TOO_MANY_DOTS, ("o1:2", "o2:3"), ("o1:4", "o3:1"),
        (("o1:5",), ("o2:2", "o4:3"), ("o1:3",)), smooth=NOTHING,
    ),
    Method.BUDGET: Way(
        _make(costs=True, with_none=True, terms=Terms(total=10_000)), ("o1", "o2", "o3"), Problem.TOO_EXPENSIVE,
        ("o1", "o2"), ("o1", "o3"), (("o1", "o3"), ("o1",), ("o3", "o4")),
    ),
    Method.SHORTLIST: Way(
        _make(max_choices=2, with_none=True, terms=Terms(seats=2)), ("o1", "o2", "o4"), Problem.TOO_MANY,
        ("o2", "o3"), ("o1", "o3"), (("o1",), ("o1", "o2"), ("o4",)),
    ),
}  # fmt: skip


@dataclass
class Polling:
    """One panel, one round in its vote, one open ballot of each method; members who vote, and others who did."""

    doors: Doors
    session: Session
    panel: Panel
    round: Round
    moderator: Person
    members: list[Person]
    ballots: dict[Method, int]

    def vote_rest(self) -> None:
        """The others vote, through the action."""
        folder = self.doors.house.settings.keys
        for method, number in self.ballots.items():
            ballot = self.session.get(Ballot, number)
            assert ballot is not None
            secret = keys.load(folder, ballot.key_name).codes
            for person, chosen in zip(self.members[-3:], WAYS[method].rest, strict=True):
                with writing(self.session):
                    actions.cast(
                        self.session, number, person.id, chosen=chosen, code=codes.new_code(secret, number),
                        key_folder=folder, now=now(),
                    )  # fmt: skip

    def close(self) -> None:
        """What the schedule does at the deadline."""
        for number in self.ballots.values():
            self.session.rollback()
            ballot = self.session.get(Ballot, number, populate_existing=True)
            assert ballot is not None
            closing.close_due(self.session, number, ballot.deadline)

    def opening(self, method: Method) -> Opening:
        """What was frozen."""
        self.session.rollback()
        ballot = self.session.get(Ballot, self.ballots[method], populate_existing=True)
        assert ballot is not None
        return Opening.read(ballot.opening or b"")


def signed_in(doors: Doors, session: Session, person: Person) -> dict[str, str]:
    """The cookie of this person at the panel's door, without typing."""
    with writing(session):
        token = start_sign_in(session, person, now())
    app: Any = doors.house.panel
    value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": doors.panel}


def sit_down(browser: Any, doors: Doors, session: Session, person: Person, language: str, **more: Any) -> Any:
    """A page in a browser of its own, in which this person is signed in; more: what playwright's new_context takes."""
    context = browser.new_context(**more)
    context.set_default_timeout(15_000)
    context.add_cookies(
        [{"name": "language", "value": language, "url": doors.panel}, signed_in(doors, session, person)]
    )
    return context.new_page()


def do_what_is_due(session: Session) -> None:
    """One turn of the schedule."""
    session.rollback()
    schedule.run_due(session, JOBS, now())
    session.rollback()


def open_polling(doors: Doors, session: Session) -> Polling:
    """Everything open until next week."""
    with writing(session):
        panel = make_panel(session)
        round_ = make_round(session, panel, Phase.DISCUSSING)
        moderator = make_moderator(session, panel)
        members = [make_member(session, panel) for _ in range(8)]
        made = {}
        for method, way in WAYS.items():
            round_.phase = Phase.DISCUSSING
            ballot = make_ballot(
                session, round_, moderator, now=now(), method=method, deadline=now() + timedelta(days=7),
                question=QUESTION[0], translations={"nl": QUESTION[1], "ar": QUESTION[2]}, **way.make,
            )  # fmt: skip
            open_ballot(session, ballot, round_, moderator, doors.house.settings.keys, now=now())
            made[method] = ballot.id
    return Polling(doors, session, panel, round_, moderator, members, made)
