"""A moderator's desk in tests: ideas, forms as a browser would send them, and a second moderator's eyes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from codesign.db import writing
from codesign.panels.queries import membership
from codesign.proposals.models import Proposal, ProposalDomain
from codesign.rules.phases import Phase
from codesign.rules.words import WordState
from codesign.voting import preparing, queries
from codesign.web.clock import now


@dataclass
class Desk:
    """A round in discussion with its ideas, its moderator signed in at the desk, and a second moderator."""

    client: Any
    session: Any
    round: Any
    ideas: list[Any]
    moderator: Any
    second: Any
    members: list[Any]

    def __iter__(self):
        yield from (self.client, self.round, self.ideas, self.moderator, self.members)

    def prepare(self, picked=None, **more):
        """The number of a vote made on the form, as it was stored."""
        return ballot_id(prepare(self.client, self.round, self.ideas if picked is None else picked, **more))

    def check(self, number):
        """The second moderator finds it right."""
        with writing(self.session):
            ballot = queries.with_options(self.session, number)
            by = membership(self.session, self.second.id, self.round.panel_id)
            preparing.check_ballot(self.session, ballot, self.round, by, now=now())

    def vote_now(self):
        """The round comes to its vote."""
        with writing(self.session):
            self.round.phase = Phase.VOTING
            self.session.add(self.round)

    def open(self, number):
        """Checked, and opened by the moderator."""
        self.check(number)
        self.vote_now()
        reply = self.client.post(f"/desk/votes/{number}/open", data={"sure": "y"})
        assert reply.status_code == 303, reply.text
        return number


def make_idea(session, round_, author, title, body="We meet every week. Everybody can come.", **more):
    values = {"state": WordState.PUBLISHED, "language": "en", "themes": "BRI", "picture": ["coffee"]} | more
    idea = Proposal(
        round_id=round_.id, author_id=author.id, title=title, body=body, framework="0.1", held_for=[],
        form_key=title[:36], created_on=date(2026, 6, 1), **values,
    )  # fmt: skip
    session.add(idea)
    session.flush()
    session.add(ProposalDomain(proposal_id=idea.id, code="BRI"))
    return idea


def until(days=7):
    return (now() + timedelta(days=days)).strftime("%Y-%m-%dT18:00")


def prepare(client, round_, picked, **more):
    data = {"question": "What comes first here?", "language": "en", "deadline": until()}
    data["ideas"] = [i.id for i in picked]
    return client.post(f"/desk/rounds/{round_.id}/votes/new", data=data | more)


def ballot_id(reply):
    return int(re.search(r"/desk/votes/(\d+)$", reply.location)[1])


def form_of(page, action=None):
    """What the page's first form, or the one that goes to `action`, would send."""
    text = page.text
    if action is not None:
        text = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', text, re.S)[0]
    data = {}
    for tag in re.findall(r"<(?:input|option|select)[^>]*>", text):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if tag.startswith("<select"):
            select = name[1]
        elif tag.startswith("<option"):
            if " selected" in tag or select not in data:
                data[select] = html.unescape(value[1])
        elif name and ("checkbox" in tag or "radio" in tag):
            if " checked" in tag:
                data[name[1]] = html.unescape(value[1]) if value else "y"
        elif name and name[1] not in data:
            data[name[1]] = html.unescape(value[1]) if value else ""
    return data


def find_right(client, number):
    """A second moderator reads the vote and finds it right."""
    action = f"/desk/votes/{number}/check"
    return client.post(action, data=form_of(client.get(f"/desk/votes/{number}"), action) | {"right": "y"})


def say_right(client, number):
    """The member who was asked reads the vote and finds it right."""
    action = f"/vote/{number}/check/right"
    return client.post(action, data=form_of(client.get(f"/vote/{number}/check"), action))


def clock(monkeypatch, at):
    """Let the pages of the desk believe that it is `at`."""
    for module in ("desk", "desk_life", "desk_page", "check", "blueprint"):
        monkeypatch.setattr(f"codesign.voting.{module}.now", lambda: at)
