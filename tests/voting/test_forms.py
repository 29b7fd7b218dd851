"""The form of each method: what is asked, what is refused at the question and kept, and what stands on the list after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from codesign.voting import closing, queries
from codesign.voting.domain import Method, Terms
from codesign.web.clock import now


@pytest.fixture(autouse=True)
def _no_delays(house):
    house.panel.extensions["delays"].clear()


@pytest.fixture
def live(world):
    """A panel whose ballot of this method runs by the clock of today."""

    def make(method, **more):
        one = method in {Method.YES_NO, Method.CONSENT}
        values = {
            "method": method, "terms": TERMS.get(method), "with_none": method in {Method.APPROVAL, Method.BUDGET},
            "max_choices": 1 if one else 4, **({"titles": ("Street contact",)} if one else {}),
        }  # fmt: skip
        return world(now=now() - timedelta(days=1), **(values | more))

    return make


TERMS = {Method.SCORE: Terms(points=5), Method.DOTS: Terms(points=5)}


def url(w, more=""):
    return f"/vote/{w.ballot.id}{more}"


def send(client, w, step, fields, **more):
    """Post fields as a form has them: {"o": [..]} or {"o.o1": ..}."""
    return client.post(url(w), data={"step": step, **fields, **more})


def code_on(page):
    found = re.search(r"<b>(\d{4} \d{4} \d{4})</b>", page.text)
    assert found, page.text
    return found[1]


def test_yes_or_no_with_a_reason_end_to_end(live, client, sign_in):
    w = live(Method.YES_NO)
    sign_in(client, w.members[0])
    page = client.get(url(w)).text
    assert "Choose one answer. You may say why." in page
    assert "Street contact" in page
    assert re.findall(r'type="radio" name="o" value="([a-z_]+)"', page) == ["yes", "no", "abstain"]
    again = send(client, w, "look", {"o": "no"}, reason="It is <b>far</b> away.")
    assert again.status_code == 200
    assert "I do not want this." not in again.text
    assert "It is &lt;b&gt;far&lt;/b&gt; away." in again.text
    reply = send(client, w, "cast", {"o": "no"}, code=code_on(again), reason="It is <b>far</b> away.")
    assert (reply.status_code, reply.location) == (303, url(w, "/done"))
    assert "Your vote is in" in client.get(url(w, "/done")).text
    closing.close_due(w.session, w.ballot.id, w.end)
    found = queries.result(w.again())
    assert found.tally.counts == {"yes": 0, "no": 1, "abstain": 0}
    assert found.closed.reasons == (("no", "It is <b>far</b> away."),)
