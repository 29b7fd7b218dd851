"""A panel whose round has voted, and a moderator who writes the advice; the record beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import build
import pytest
from sqlalchemy.orm import Session

from codesign.advice import actions, citing, quote_queries, quoting, ratifying
from codesign.advice.actions import Links
from codesign.advice.domain import fingerprint
from codesign.advice.queries import AdviceView, advice_for, outcomes
from codesign.advice.values import Actor, ActorKind, CitedKind, Words
from codesign.crossing import RECEIVERS
from codesign.db import writing
from codesign.jobs import outbox
from codesign.panels.models import Round
from codesign.panels.queries import membership, round_for
from codesign.rules.phases import Phase
from codesign.voting import actions as voting
from codesign.voting import closing, codes, keys, preparing
from codesign.voting.domain import Kind, Option

FULL = {
    Words.WHY_NOW: "The contract ends.", Words.GOES_WELL: "The welcome visit.", Words.HEARD: "We hardly meet.",
    Words.OTHER_VIEWS: "Some want groups of women first.", Words.WE_DO: "We open our kitchen.",
}  # fmt: skip
FIELDS = {
    "title": "Invite a street contact", "what": "Ask one person in every street.", "by_when": "September",
    "decided_on": None, "cost_class": 1, "notice": "Somebody rings my bell.", "small_initiative": "De Brug",
    "none_because": "",
}  # fmt: skip
CHAIN = {
    "activity": "A visit", "change": "People know a name", "domain": "BRI", "indicator": "BRI-05", "experience": "",
    "assumptions": "It is no lesson", "risks": "Only the same ten come",
}  # fmt: skip


@dataclass
class World:
    """One panel after its vote; `view()` is the moderator's, `as_member()` that of the first member."""

    house: Any
    session: Session
    now: datetime
    panel: Any
    round: Any
    moderator: Any
    members: list[Any]
    ideas: list[Any]
    advice_id: int = 0
    digest: str = ""

    def view(self, person: Any = None) -> AdviceView:
        found = advice_for(self.session, self.advice_id, (person or self.moderator).id)
        assert found is not None
        return found

    def write(self) -> Any:
        self.now += timedelta(minutes=1)
        return writing(self.session)

    def begin(self, language: str = "en") -> None:
        with self.write():
            seen = round_for(self.session, self.round.id, self.moderator.id)
            self.advice_id = actions.compile_advice(self.session, seen, language=language, now=self.now).id

    def words(self, **more: str) -> None:
        blank = fingerprint("")
        pieces = {(k, ""): (text, blank) for k, text in FULL.items()}
        pieces |= {(Words.IN_SHORT, code): (f"Three things ({code}).", blank) for code in self.panel.languages}
        with self.write():
            actions.save_words(self.session, self.view(), pieces, now=self.now)

    def recommend(self, **more: Any) -> int:
        options = [o.id for o in outcomes(self.session, self.round.id)][:1]
        with self.write():
            row = actions.add_recommendation(self.session, self.view(), title="Invite a street contact", now=self.now)
            actions.save_recommendation(
                self.session, self.view(), row.id, FIELDS | more,
                actors=[Actor("College", ActorKind.MUNICIPALITY, "the letter")], links=Links(options), seen=row.version,
                now=self.now,
            )  # fmt: skip
            actions.save_chain(self.session, self.view(), row.id, CHAIN, seen=row.version, now=self.now)
            return row.id

    def cite(self) -> None:
        with self.write():
            for kind in (CitedKind.PRACTICE, CitedKind.RESEARCH):
                citing.cite(
                    self.session, self.view(), kind=kind, text="Contact helps.", source="A study",
                    source_date=date(2025, 1, 1), checked_on=None, definition="", url="", now=self.now,
                )  # fmt: skip

    def compose(self) -> None:
        """A complete advice."""
        self.begin()
        self.words()
        self.cite()
        self.recommend()

    def quote(self, idea: Any, sentence: str, translation: str = "") -> int:
        with self.write():
            made = quoting.ask_for_quote(
                self.session, self.view(), idea, sentence=sentence, translation=translation, today=self.now.date(),
                now=self.now,
            )  # fmt: skip
            return made.id

    def release(self, quote_id: int, maker: Any, release: bool = True) -> None:
        with self.write():
            view = quote_queries.quote_for(self.session, quote_id, maker.id)
            quoting.answer_quote(self.session, view, release=release, today=self.now.date(), now=self.now)

    def give(self) -> None:
        with self.write():
            ratifying.give_to_panel(self.session, self.view(), now=self.now)

    def open_vote(self, days: int = 7) -> Any:
        with self.write():
            return ratifying.prepare_adoption(
                self.session, self.view(), question="Is this our advice?", language="en",
                deadline=self.now + timedelta(days=days), key_folder=self.house.settings.keys, now=self.now,
            )  # fmt: skip

    def cast(self, ballot: Any, votes: dict[str, int], reason: str = "") -> None:
        """`votes`: option key to how many members choose it."""
        people = iter(self.members)
        for key, count in votes.items():
            for _ in range(count):
                person = next(people)
                with writing(self.session):
                    secret = keys.load(self.house.settings.keys, ballot.key_name)
                    voting.cast(
                        self.session, ballot.id, person.id, chosen=[key], code=codes.new_code(secret.codes, ballot.id),
                        key_folder=self.house.settings.keys, now=self.now + timedelta(minutes=1),
                        reason=reason if key == "send_back" else "",
                    )  # fmt: skip

    def settle(self, ballot: Any) -> None:
        self.now = ballot.deadline + timedelta(minutes=1)
        ratifying.settle_due(self.session, self.advice_id, self.now)
        self.session.expire_all()

    def adopt(self) -> None:
        """From complete to adopted by the panel."""
        self.give()
        ballot = self.open_vote()
        self.cast(ballot, {"adopt": 9, "send_back": 1})
        self.settle(ballot)

    def cross(self) -> Any:
        """Deliver what waits over the wall."""
        return outbox.deliver(self.session, self.session, RECEIVERS, self.now)

    def phase(self, phase: Phase) -> None:
        with writing(self.session):
            row = self.session.get(Round, self.round.id, populate_existing=True)
            row.phase = phase
        self.session.expire_all()


def voted(house: Any, session: Session, members: int = 10, **panel: Any) -> World:
    """A panel whose round has closed one vote on two of its three ideas."""
    now = build.NOW
    with writing(session):
        place = build.make_place(session)
        row = build.make_panel(session, place, languages=["en", "nl", "ar"], **panel)
        round_ = build.make_round(session, row, Phase.DISCUSSING)
        moderator = build.make_moderator(session, row)
        people = [build.make_member(session, row) for _ in range(members)]
        body = "Nobody rang my bell. One neighbour with tea is worth ten letters."
        ideas = [
            build.make_idea(session, round_, people[0], "A neighbour who says welcome", body=body),
            build.make_idea(session, round_, people[1], "مطبخ مفتوح", body="نطبخ معًا كل أسبوع.", language="ar"),
            build.make_idea(session, round_, people[2], "A bus ticket"),
        ]
        by = membership(session, moderator.id, row.id)
        ballot = preparing.prepare(
            session, round_, by, kind=Kind.VOTE, question="How should people meet?", language="en",
            deadline=now + timedelta(days=7), now=now, max_choices=2,
            options=[Option("", "Street contact", "", "en", "BRI", (), ideas[0].id),
                     Option("", "Open kitchen", "", "en", "LEI", (), ideas[1].id)],
        )  # fmt: skip
        build.open_ballot(session, ballot, round_, moderator, house.settings.keys, now)
        build.make_record_place(session, place.code, languages=["en", "nl", "ar"])
    world = World(house, session, now + timedelta(hours=1), row, round_, moderator, people, ideas)
    world.cast(ballot, {"o1": members - 3, "o2": 3})
    world.now = now + timedelta(days=8)
    closing.close_due(session, ballot.id, world.now)
    world.phase(Phase.ADVISING)
    return world


@pytest.fixture
def world(house, session) -> World:
    """A panel of ten whose round has voted; the advice is not begun."""
    return voted(house, session)


@pytest.fixture
def drafted(world) -> World:
    """The same with a complete draft."""
    world.compose()
    return world
