"""What members see after a vote: the plain sentence, the drawing, the list, and the short form to read aloud."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from codesign.voting import closing
from codesign.voting.domain import Method
from codesign.web.clock import now
from voting.ballots_of_methods import MAKE, cast_all


@pytest.fixture
def voted(world):
    """A closed ballot of a method: `voted(method, voters=7)`."""

    def make(method: Method, voters: int = 7, members: int | None = None, votes=None, **more):
        made = world(
            now=now() - timedelta(days=1), members=members or max(voters, 1), method=method, **(MAKE[method] | more)
        )
        cast_all(made, method, voters, votes)
        closing.close_due(made.session, made.ballot.id, made.end)
        made.again()
        return made

    return make


def text(page) -> str:
    """The words of a page."""
    found = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page.text.split("<main", 1)[1], flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).replace("\u2068", "").replace("\u2069", "").split())


SENTENCES = {
    Method.APPROVAL: "Street contact has the most: 5 of 7 people.",
    Method.YES_NO: "5 say yes, 1 say no, 1 abstain. The idea is adopted.",
    Method.CONSENT: "Nobody objects. 5 of 7 people agree. The idea is adopted.",
    Method.SCORE: "Street contact has the most points: 22.",
    Method.RANKED: "Street contact comes first. It wins against each other choice, two by two.",
    Method.DOTS: "Street contact has the most dots: 16, from 5 of 7 people.",
}


@pytest.mark.parametrize("method", Method)
def test_the_result_begins_with_a_plain_sentence_and_is_told_without_percentages(voted, client, sign_in, method):
    w = voted(method)
    me = sign_in(client, w.members[0])
    page = me.get(f"/vote/{w.ballot.id}/result")
    assert page.status_code == 200
    said = text(page)
    if method in SENTENCES:
        assert SENTENCES[method] in said
    assert "7 of 7 people voted." in said
    assert "Why is this the result?" in said
    assert "%" not in said
