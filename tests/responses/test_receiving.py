"""The panel's reply and what newcomers found cross the wall; no official, and no other document, says "works for us"."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from responses_desk import AT, example

from codesign.db import writing
from codesign.documents.domain import DocumentError, digest, freeze
from codesign.documents.models import Document, Kind
from codesign.documents.receiving import receive_release
from codesign.responses.receiving import receive_finding, receive_fit, receive_reply
from codesign.web.access import Access

OPTION = {
    "key": "a", "title": "The money for rooms fits what my group needs", "language": "en", "domains": ["BRI"],
    "quarters": [4], "outcome": True,
}  # fmt: skip


def release(session: Any, **more: Any) -> str:
    """A yes or no vote of newcomers in a later round."""
    base = example("release") | {
        "question": "Does this fit what you need?", "method": "yes_no", "most_choices": 1, "closed_on": "2027-06-20",
        "outcome": "adopted", "options": [OPTION],
    }  # fmt: skip
    payload = freeze("release", base | more)
    with writing(session):
        receive_release(session, payload, AT)
    return digest(payload)


def finding(desk: Any, delivered: str, named: str, **more: Any) -> None:
    body = {"advice": desk.advice_digest, "answer": delivered, "release": named} | more
    with writing(desk.session):
        receive_finding(desk.session, freeze("finding", example("finding") | body), AT)


@pytest.fixture
def answer(desk: Any) -> str:
    desk.complete()
    return str(desk.deliver())


def text(reply: Any) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def test_R30_a_follow_up_vote_of_newcomers_says_it_works(desk: Any, answer: str, record_client: Any) -> None:
    named = release(desk.session)
    finding(desk, answer, named)
    finding(desk, answer, named)
    for path in ("/promises", "/advice/veldhaven/2026-3"):
        page = text(record_client.get(path))
        assert page.count("Newcomers say: it works for us.") == 1
        assert "No vote of newcomers in a later round has said it yet." in page
        assert "The money for rooms fits what my group needs" in page
        assert f"/documents/{named}.json" in page


def test_R30_the_newest_finding_counts_and_no_is_said_too(desk: Any, answer: str, record_client: Any) -> None:
    finding(desk, answer, release(desk.session))
    no = release(
        desk.session, closed_on="2027-12-20", outcome="not_adopted", options=[OPTION | {"outcome": False}]
    )  # fmt: skip
    finding(desk, answer, no, closed_on="2027-12-20", outcome="not_yet")
    page = text(record_client.get("/promises"))
    assert "it does not fit what we need yet" in page
    assert "it works for us" not in page


def test_R30_too_few_votes_say_nothing(desk: Any, answer: str, record_client: Any) -> None:
    hidden = {"shown": "nothing", "turnout": [], "outcome": None}
    few = release(desk.session, options=[OPTION | {"quarters": [], "outcome": None}], **hidden)
    finding(desk, answer, few, shown="nothing", outcome=None)
    assert "Too few voted to show how." in text(record_client.get("/promises"))


@pytest.mark.pages
@pytest.mark.parametrize(
    ("vote", "said", "why"),
    [
        ({"method": "approval", "outcome": "chosen"}, {}, "is not a yes or no vote of newcomers"),
        ({"electorate": "residents"}, {}, "is not a yes or no vote of newcomers"),
        ({"closed_on": "2026-09-20"}, {"closed_on": "2026-09-20"}, "is older than the answer"),
        ({"outcome": "not_adopted"}, {}, "says something else"),
        ({}, {"closed_on": "2027-06-21"}, "says something else"),
        ({}, {"promise": 2}, "is not in the answer"),
        ({}, {"recommendation": 5}, "is not in the answer"),
        ({}, {"recommendation": 3}, "is not in the answer"),
        ({}, {"number": "2026-4"}, "is to another advice"),
        ({}, {"answer": "0" * 64}, "is not here"),
        ({}, {"release": "0" * 64}, "is not here"),
    ],
)
def test_R30_anything_else_is_refused(
    desk: Any, answer: str, vote: dict[str, Any], said: dict[str, Any], why: str
) -> None:
    named = release(desk.session, **vote)
    with pytest.raises(DocumentError, match=why):
        finding(desk, answer, named, **said)
    assert desk.session.scalar(sa.select(sa.func.count()).where(Document.kind == Kind.FINDING)) == 0


# Of the two promises that the answer of the desk makes.
MEASURES = [{"recommendation": r, "promise": 1, "option": f"r{r}m1"} for r in (1, 2)]


def fit(desk: Any, delivered: str, vote: dict[str, Any], said: dict[str, Any]) -> None:
    """A vote on the measures of the answer crosses: its release, and which vote it is."""
    asked = example("release_fit")
    options = [o for o in asked["options"] if o["key"] in {"r1m1", "r2m1"}]
    named = digest(freeze("release", asked | {"options": options} | vote))
    with writing(desk.session):
        receive_release(desk.session, freeze("release", asked | {"options": options} | vote), AT)
    body = {"advice": desk.advice_digest, "answer": delivered, "release": named, "measures": MEASURES} | said
    with writing(desk.session):
        receive_fit(desk.session, freeze("fit", example("fit") | body), AT)


def test_R27_what_the_panel_says_of_each_measure_stands_beside_it_and_is_not_works_for_us(
    desk: Any, answer: str, record_app: Any, record_client: Any, sign_in: Any, queries: Any
) -> None:
    with queries() as before:
        record_client.get("/promises")
    fit(desk, answer, {}, {})
    fit(desk, answer, {}, {})
    assert desk.session.scalar(sa.select(sa.func.count()).where(Document.kind == Kind.FIT)) == 1
    with queries() as after:
        listed = text(record_client.get("/promises"))
    assert (before.count, after.count) == (3, 4)
    official = record_app.test_client()
    official.set_cookie("language", "en")
    sign_in(official, desk.official)
    own = text(official.get("/desk/2026-3"))
    for page in (listed, text(record_client.get("/advice/veldhaven/2026-3")), own):
        assert page.count("Members of the panel say: it fits") == 2
        for words in (
            "Between half and three quarters of those who voted",
            "More than three quarters of those who voted",
        ):
            assert words in page
        assert "Newcomers say: it works for us." not in page
    finding(desk, answer, release(desk.session))
    page = text(record_client.get("/promises"))
    assert page.count("Members of the panel say: it fits") == 2
    assert page.count("Newcomers say: it works for us.") == 1
    with pytest.raises(DocumentError, match="has its vote on measures already"):
        fit(desk, answer, {"closed_on": "2026-11-17"}, {"closed_on": "2026-11-17"})


@pytest.mark.pages
@pytest.mark.parametrize(
    ("vote", "said", "why"),
    [
        ({"kind": "vote"}, {}, "is not a vote of newcomers of this place on measures"),
        ({"method": "approval"}, {}, "is not a vote of newcomers of this place on measures"),
        ({"electorate": "residents"}, {}, "is not a vote of newcomers of this place on measures"),
        ({"closed_on": "2026-09-20"}, {"closed_on": "2026-09-20"}, "is older than the answer"),
        ({}, {"closed_on": "2026-11-17"}, "says something else"),
        ({}, {"shown": "nothing"}, "says something else"),
        ({}, {"measures": MEASURES[:1]}, "are not the options of the release"),
        ({}, {"measures": [MEASURES[0], MEASURES[1] | {"option": "r9m1"}]}, "are not the options of the release"),
        ({}, {"measures": [MEASURES[0], MEASURES[1] | {"promise": 2}]}, "measures/1: is not in the answer"),
        ({}, {"measures": [MEASURES[0] | {"recommendation": 3}, MEASURES[1]]}, "measures/0: is not in the answer"),
        ({}, {"measures": [MEASURES[0], MEASURES[1] | {"option": "r1m1"}]}, "name the same option twice"),
        ({}, {"measures": [MEASURES[0], MEASURES[0] | {"option": "r2m1"}]}, "name the same promise twice"),
        ({}, {"number": "2026-4"}, "is to another advice"),
        ({}, {"answer": "0" * 64}, "is not here"),
        ({}, {"release": "0" * 64}, "is not here"),
    ],
)
def test_R27_any_other_vote_on_measures_is_refused(
    desk: Any, answer: str, vote: dict[str, Any], said: dict[str, Any], why: str
) -> None:
    with pytest.raises(DocumentError, match=why):
        fit(desk, answer, vote, said)
    assert desk.session.scalar(sa.select(sa.func.count()).where(Document.kind == Kind.FIT)) == 0


@pytest.mark.pages
def test_R30_no_official_route_can_say_it_works(desk: Any, answer: str, record_app: Any, sign_in: Any) -> None:
    """Every route of officials is asked to, with every word for it; nothing is found afterwards."""
    client = record_app.test_client()
    client.set_cookie("language", "en")
    sign_in(client, desk.official)
    asked = 0
    for rule in record_app.url_map.iter_rules():
        if getattr(record_app.view_functions[rule.endpoint], "access", None) is not Access.OFFICIAL:
            continue
        if "POST" not in rule.methods:
            continue
        values: dict[str, Any] = {"number": "2026-3", "n": 1, "piece": "part-1", "language": "nl", "moment_id": 1}
        with record_app.test_request_context():
            import flask

            path = flask.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
        for word in ("works", "works_for_us", "adopted"):
            body = {"state": word, "outcome": word, "decision": word, "text": word, "changed": word, "found": word}
            assert client.post(path, data=body).status_code in {303, 404, 405, 409, 422}, path
            asked += 1
    assert asked >= 12
    assert "works for us" not in text(client.get("/promises"))
    assert desk.session.scalar(sa.select(sa.func.count()).where(Document.kind == Kind.FINDING)) == 0


def reply(desk: Any, answer: str, **more: Any) -> None:
    body = example("reply") | {"advice": desk.advice_digest, "answer": answer} | more
    with writing(desk.session):
        receive_reply(desk.session, freeze("reply", body), AT)


def test_the_panel_replies_once_in_words(desk: Any, answer: str, record_client: Any) -> None:
    reply(desk, answer)
    reply(desk, answer)
    page = text(record_client.get("/advice/veldhaven/2026-3"))
    assert "What the panel replied" in page
    assert "Five percent is a beginning." in page
    assert '<p lang="ar" dir="auto">شكرا' in page
    with pytest.raises(DocumentError, match="has its reply already"):
        reply(desk, answer, agreed_on="2026-11-21")
    with pytest.raises(DocumentError, match="is not here"):
        reply(desk, "0" * 64)
