"""Versions of every text: kept by itself, shown as differences, written back, and two people who write at once."""

from __future__ import annotations

import json

import build
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from advice.conftest import FIELDS
from codesign.advice import actions, composing, queries, version_queries
from codesign.advice.actions import Links, Stale
from codesign.advice.domain import fingerprint
from codesign.advice.merging import differences, merge, merge_fields, merge_sets
from codesign.advice.values import Words
from codesign.advice.versions import recommendation_place
from codesign.db import writing

pytestmark = pytest.mark.pages

PIECE = {"HX-Request": "true"}
LINES = st.lists(st.text("abc", min_size=1, max_size=3), max_size=6).map("\n".join)


def text(reply):
    return " ".join(reply.get_data(as_text=True).split())


@pytest.fixture
def desk(client, sign_in, drafted):
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(client, drafted.moderator)


@pytest.fixture
def second(drafted, session, panel_app, sign_in):
    """Another moderator in another browser."""
    with writing(session):
        person = build.make_moderator(session, drafted.panel)
    with time_machine.travel(drafted.now, tick=False):
        browser = panel_app.test_client()
        browser.set_cookie("language", "en")
        yield sign_in(browser, person)


def save(client, drafted, words, base, *, by_itself=False, section="goes_well"):
    url = f"/desk/advice/{drafted.advice_id}/parts/{section}" + ("/keep" if by_itself else "")
    data = {section: words, f"seen_{section}": fingerprint(base), f"base_{section}": base.replace("\n", "\r\n")}
    return client.post(url, data=data, headers=PIECE if by_itself else None)


def stands(session, drafted):
    session.rollback()
    session.expire_all()
    return composing.content(session, drafted.view()).text(Words.GOES_WELL)


def history(session, drafted, place="goes_well"):
    session.rollback()
    return [
        (v.number, v.content.get("text"), v.kept)
        for v, _by in version_queries.history(session, drafted.advice_id, [place])
    ]


@given(LINES, LINES, LINES)
def test_a_merge_keeps_both_or_asks(base, theirs, mine):
    assert merge(base, base, mine) == mine
    assert merge(base, theirs, base) == theirs
    assert merge(base, mine, mine) == mine
    both = merge(base, theirs, mine)
    if both is not None:
        new = (set(theirs.split("\n")) | set(mine.split("\n"))) - set(base.split("\n"))
        assert new <= set(both.split("\n"))


@given(LINES, LINES)
def test_differences_hold_both_texts(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "ins") == before
    assert "".join(p.text for p in pieces if p.kind != "del") == after


def test_fields_and_ticks_are_merged_one_by_one():
    base = {"title": "A", "what": "one\ntwo", "notice": "n"}
    theirs, mine = {**base, "title": "B", "what": "ONE\ntwo"}, {**base, "what": "one\nTWO", "notice": "m"}
    assert merge_fields(base, theirs, mine) == ({"title": "B", "what": "ONE\nTWO", "notice": "m"}, {})
    assert merge_fields(base, {**base, "title": "B"}, {**base, "title": "C"})[1] == {"title": "B"}
    assert merge_sets({1, 2}, {1, 3}, {2, 4}) == {3, 4}


def test_typing_makes_one_version_and_the_button_keeps_it(desk, drafted, session):
    base = "The welcome visit."
    for words in ("The w", "The walk", "The walk in May"):
        reply = save(desk, drafted, words, base, by_itself=True)
        assert reply.status_code == 200
        assert 'data-said="Saved."' in text(reply)
        base = words
    assert history(session, drafted) == [(2, "The walk in May", False), (1, "The welcome visit.", True)]
    assert save(desk, drafted, "The walk in May", base).status_code == 303
    save(desk, drafted, "The walk in June", "The walk in May")
    assert [n for n, _t, _k in history(session, drafted)] in ([3, 2, 1], [2, 1])
    page = text(desk.get(f"/desk/advice/{drafted.advice_id}/versions/goes_well"))
    assert "<del>" in page
    assert "<ins>" in page
    assert "Version 2" in page


def test_paragraphs_of_two_people_are_put_together_and_the_same_one_is_asked(desk, second, drafted, session):
    base = "One.\nTwo.\nThree."
    save(desk, drafted, base, "The welcome visit.")
    save(second, drafted, "One.\nTwo.\nThree, by the second.", base)
    reply = save(desk, drafted, "One, by the first.\nTwo.\nThree.", base)
    assert reply.status_code == 303
    assert stands(session, drafted) == "One, by the first.\nTwo.\nThree, by the second."
    assert "Somebody else wrote here too" in text(desk.get(reply.headers["Location"]))
    late = save(second, drafted, "Mine.\nTwo.\nThree.", base)
    assert late.status_code == 422
    assert "Somebody else saved this while you wrote" in text(late)
    assert "Mine." in text(late)
    assert "One, by the first." in text(late)
    silent = save(second, drafted, "Mine.\nTwo.\nThree.", base, by_itself=True)
    assert "Somebody else changed the same words" in text(silent)
    assert stands(session, drafted) == "One, by the first.\nTwo.\nThree, by the second."


def test_who_types_beside_somebody_else_goes_on_without_loss(desk, second, drafted, session):
    """Saved by itself beside another's paragraph, the next save begins from what stands in one's own field."""
    base = "One.\nTwo."
    save(desk, drafted, base, "The welcome visit.")
    save(second, drafted, "One.\nTwo by her.", base)
    first = save(desk, drafted, "One by me.\nTwo.", base, by_itself=True)
    assert f'value="{fingerprint("One by me.Two.".replace("me.T", "me." + chr(10) + "T"))}"' in first.get_data(
        as_text=True
    )
    save(desk, drafted, "One by me, longer.\nTwo.", "One by me.\nTwo.", by_itself=True)
    assert stands(session, drafted) == "One by me, longer.\nTwo by her."


def test_two_windows_of_one_person_never_ask_her(desk, drafted, session):
    base = "The welcome visit."
    save(desk, drafted, "First window", base, by_itself=True)
    assert save(desk, drafted, "Second window", base).status_code == 303
    assert stands(session, drafted) == "Second window"
    assert [t for _n, t, _k in history(session, drafted)] == ["Second window", "First window", base]


def test_an_old_version_is_written_back_as_the_newest(desk, drafted, session):
    save(desk, drafted, "The library.", "The welcome visit.")
    old = version_queries.history(session, drafted.advice_id, ["goes_well"])[-1][0]
    assert desk.post(f"/desk/advice/{drafted.advice_id}/versions/{old.id}/restore").status_code == 303
    assert stands(session, drafted) == "The welcome visit."
    assert len(history(session, drafted)) == 3


def test_recommendations_of_two_people_merge_by_field(drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    seen, base = row.version, {k: str(v or "") for k, v in FIELDS.items()} | {"cost_class": "1", "decided_on": ""}
    with writing(session):
        other = build.make_moderator(session, drafted.panel)
    with drafted.write():
        actions.save_recommendation(
            session,
            drafted.view(other),
            row.id,
            FIELDS | {"notice": "Tea."},
            actors=[],
            links=None,
            seen=seen,
            now=drafted.now,
            base=base,
        )
    session.expire_all()
    with drafted.write():
        merged = actions.save_recommendation(
            session,
            drafted.view(),
            row.id,
            FIELDS | {"what": "Ask two."},
            actors=[],
            links=None,
            seen=seen,
            now=drafted.now,
            base=base,
        )
    assert merged
    assert (row.notice, row.what) == ("Tea.", "Ask two.")
    with pytest.raises(Stale) as stale, drafted.write():
        actions.save_recommendation(
            session,
            drafted.view(other),
            row.id,
            FIELDS | {"what": "Ask three."},
            actors=[],
            links=Links(),
            seen=seen,
            now=drafted.now,
            base=base,
        )
    assert stale.value.theirs == {"what": "Ask two."}


def test_a_recommendation_taken_out_while_somebody_writes_keeps_her_words(desk, drafted, session):
    gone = queries.recommendations(session, drafted.advice_id)[0].id
    url = f"/desk/advice/{drafted.advice_id}/recommendations/{gone}"
    assert desk.post(f"{url}/take-out").status_code == 303
    reply = desk.post(url, data={"title": "Invite two", "what": "My long <b>thought</b>", "version": "9"})
    assert reply.status_code == 303
    page = text(desk.get(reply.headers["Location"]))
    assert "My long &lt;b&gt;thought&lt;/b&gt;" in page.replace("<ins>", "").replace("</ins>", "")
    assert "Your words are kept here" in page
    assert "Put it back with these words" in page
    assert "Put it back" in text(desk.get(f"/desk/advice/{drafted.advice_id}/parts/recommendations"))
    session.rollback()
    session.expire_all()
    last = version_queries.newest(session, drafted.advice_id, recommendation_place(gone))
    assert desk.post(f"/desk/advice/{drafted.advice_id}/versions/{last.id}/restore").status_code == 303
    session.rollback()
    again = queries.recommendations_with_actors(session, drafted.advice_id)[0]
    assert (again.title, again.what, again.cost_class) == ("Invite two", "My long <b>thought</b>", 1)
    assert [a.name for a in again.actors] == ["College"]
    assert again.activity == "A visit"
    assert desk.post(f"/desk/advice/{drafted.advice_id}/recommendations/999999", data={"title": "x"}).status_code == 404


def test_a_recommendation_saves_itself(desk, drafted, session):
    row = queries.recommendations(session, drafted.advice_id)[0]
    url = f"/desk/advice/{drafted.advice_id}/recommendations/{row.id}"
    base = {"title": row.title, "what": row.what}
    data = {
        "title": row.title,
        "what": "Typed",
        "cost_class": "1",
        "version": str(row.version),
        "base": json.dumps(base),
    }
    reply = desk.post(f"{url}/keep", data=data, headers=PIECE)
    assert 'data-said="Saved."' in text(reply)
    assert "Cost" in text(desk.get(url))
    session.rollback()
    session.expire_all()
    assert queries.recommendations(session, drafted.advice_id)[0].what == "Typed"
    chain = desk.post(
        f"{url}/keep?chain=1",
        data={"activity": "A walk", "version": "1", "base": json.dumps({"activity": "A visit"})},
        headers=PIECE,
    )
    assert 'data-said="Saved."' in text(chain)


def test_the_editor_says_how_a_text_reads(desk, drafted):
    words = "In order to facilitate it, letters are written. We meet."
    reply = save(desk, drafted, words, "The welcome visit.", by_itself=True)
    page = text(reply)
    assert "Try: “to”." in page
    assert "Say who does it" in page
    assert "10 words." in page
    assert "of at most 200" in text(desk.get(f"/desk/advice/{drafted.advice_id}/parts/in_short"))
    assert "not checked in this language" in text(desk.get(f"/desk/advice/{drafted.advice_id}/parts/in_short"))
