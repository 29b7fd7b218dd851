"""What a document says of a vote by each method: as released, in words, and found out when it says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from codesign.advice.document import result
from codesign.advice.values import Outcome
from codesign.db import writing
from codesign.documents.agreement import unlike
from codesign.documents.domain import digest, faults, freeze
from codesign.documents.receiving import receive_advice, receive_place, receive_release
from codesign.documents.render.glyphs import uncovered
from codesign.documents.render.pdf import draw
from codesign.documents.render.view import view
from codesign.documents.render.words import words_in

SENT = datetime(2026, 8, 31, 10, 0, tzinfo=UTC)
TERMS = {
    "yes_no": {}, "consent": {}, "score": {"points": 5}, "ranked": {}, "dots": {"points": 5}, "shortlist": {"seats": 5},
    "budget": {"total": 7000, "currency": "EUR", "completion": "add1u"},
}  # fmt: skip
SAID = {
    "yes_no": "Counted: who said yes. The panel adopted it.",
    "consent": "Counted: who agreed. Nobody objected. The panel adopted it.",
    "score": "Counted: who gave more than half of the highest mark. It had the most points.",
    "ranked": "Counted: who put it first. It came first.",
    "dots": "Counted: who gave it a dot or more. It had the most dots.",
    "budget": "Counted: who wanted it paid. Cost: EUR\u00a01,500. It is paid from the money there was.",
    "shortlist": "Counted: who chose it. It is on the short list of the panel.",
}


def by_method(example, method):
    """The worked example with its vote held by another method: (advice, releases)."""
    release, adoption, advice = example("release"), example("release_adoption"), example("advice")
    old = advice["heard"]["results"][0]["release"]
    release |= {"method": method} | ({"terms": TERMS[method]} if TERMS[method] else {})
    for option in release["options"]:
        option |= {"cost": 1500} if method == "budget" else {}
    new = digest(freeze("release", release))
    more = {"method": method} | ({"cost": 1500, "currency": "EUR"} if method == "budget" else {})
    places = [advice["heard"]["results"], advice["other_views"]["results"]]
    places += [r["evidence"]["results"] for r in advice["recommendations"]]
    for cited in (r for results in places for r in results):
        cited |= {"release": new} | more
    for named in (r for sentence in advice["heard"]["sentences"] for r in sentence["results"]):
        named["release"] = new
    advice["annexes"]["releases"] = [new if name == old else name for name in advice["annexes"]["releases"]]
    return advice, {new: release, advice["adoption"]["release"]: adoption}


@pytest.mark.parametrize("method", SAID)
def test_an_advice_that_rests_on_any_method_holds_and_is_drawn(example, method):
    advice, releases = by_method(example, method)
    assert faults("advice", advice) == []
    assert unlike(advice, releases) == []
    shown = view(advice, "a" * 64)["heard"]["results"][0]["sentence"]
    assert shown == f"More than three quarters of those who voted. {SAID[method]}"
    assert draw(advice, digest(freeze("advice", advice))).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "value"), [("method", "approval"), ("cost", 1499), ("currency", "USD"), ("method", None), ("cost", None)]
)
def test_another_method_or_cost_than_released_is_found(example, field, value):
    advice, releases = by_method(example, "budget")
    cited = advice["heard"]["results"][0]
    if value is None:
        del cited[field]
    else:
        cited[field] = value
    assert unlike(advice, releases) == [("heard/results/0", "says something else than its release")]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.parametrize("method", SAID)
@pytest.mark.parametrize("outcome", [True, False, None])
def test_words_are_there_in_each_language_and_the_letters_too(language, method, outcome):
    cited = {"method": method, "outcome": outcome, "quarters": [3]}
    cited |= {"cost": 1500, "currency": "EUR"} if method == "budget" else {}
    said = words_in(language).voted(cited)
    assert len(said) == 1 + (outcome is not None) + (method == "budget")
    assert uncovered(" ".join(said)) == []


def test_of_a_plain_approval_nothing_more_is_said():
    assert words_in("en").voted({"outcome": True, "quarters": [3]}) == []


def test_the_panel_writes_the_method_into_its_advice_but_for_plain_approval():
    base = {"id": 1, "ballot_id": 2, "key": "o1", "question": "Q?", "title": "Kitchen", "language": "en"}
    assert not {"method", "cost", "currency"} & set(result(Outcome(**base)))
    paid = result(Outcome(**base, method="budget", cost=1500, currency="EUR"))
    assert (paid["method"], paid["cost"], paid["currency"]) == ("budget", 1500, "EUR")
    assert "cost" not in result(Outcome(**base, method="score"))


def test_the_page_of_the_record_says_it_under_the_bar(record_client, session, example):
    advice, releases = by_method(example, "budget")
    with writing(session):
        receive_place(session, freeze("place", example("place")), SENT)
        for release in releases.values():
            receive_release(session, freeze("release", release), SENT)
        receive_advice(session, freeze("advice", advice), SENT)
    page = record_client.get(f"/advice/veldhaven/{advice['number']}").text
    for sentence in ("Counted: who wanted it paid.", "Cost: EUR\u00a01,500.", "It is paid from the money there was."):
        assert sentence in page
