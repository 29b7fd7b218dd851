"""Choosing evidence: by a moderator or an invited co-author, kept through edits, and refused when it is foreign."""

from __future__ import annotations

import html

import pytest
import time_machine
from sqlalchemy import func, select

from codesign.advice import actions, coauthoring, composing
from codesign.advice.domain import fingerprint
from codesign.advice.queries import outcomes, texts
from codesign.advice.values import Words
from codesign.evidence.models import Backing
from codesign.evidence.values import Kind
from codesign.journal.models import VoicesEntry
from codesign.picker.domain import sentence_name

pytestmark = pytest.mark.pages

HEARD = "We hardly meet neighbours in our own street. Buses stop too early for us. Nobody rang my bell."


def text(reply):
    return " ".join(html.unescape(reply.get_data(as_text=True)).split())


def heard(world, words):
    with world.write():
        now = next((t.text for t in texts(world.session, world.advice_id) if t.key is Words.HEARD), "")
        piece = {(Words.HEARD, ""): (words, fingerprint(now))}
        actions.save_words(world.session, world.view(), piece, now=world.now)


def sentences(world):
    world.session.rollback()
    return composing.content(world.session, world.view(), whole=False).sentences


@pytest.fixture
def desk(client, sign_in, drafted):
    with time_machine.travel(drafted.now, tick=False):
        yield sign_in(client, drafted.moderator)


def test_a_sentence_keeps_what_is_behind_it_while_the_words_change(desk, drafted):
    heard(drafted, HEARD)
    first, _second, third = (s.text for s in sentences(drafted))
    at = f"/desk/advice/{drafted.advice_id}/evidence"
    assert text(desk.get(at)).count("Nothing is behind it") == 3
    option = outcomes(drafted.session, drafted.round.id)[0].id
    quote = drafted.quote(drafted.ideas[0], "Nobody rang my bell.")
    page = text(desk.get(f"{at}/{sentence_name(first)}"))
    assert first in page
    assert "Street contact" in page
    assert "No member released words yet." in page
    # Looking for something writes nothing and keeps the ticks.
    tick = {"things": [f"result-{option}"], "words": first, "seen": ""}
    found = text(desk.post(f"{at}/{sentence_name(first)}/find", data=tick | {"q": "bus"}))
    assert f'value="result-{option}" checked' in found
    assert "A bus ticket" in found
    assert "A neighbour who" not in found
    assert not any(s.things for s in sentences(drafted))
    assert desk.post(f"{at}/{sentence_name(first)}", data=tick).status_code == 303
    drafted.release(quote, drafted.members[0])
    more = {"things": [f"quote-{quote}", f"idea-{drafted.ideas[0].id}"], "words": third, "seen": ""}
    assert desk.post(f"{at}/{sentence_name(third)}", data=more).status_code == 303
    one, two, three = sentences(drafted)
    assert [o.id for o in one.outcomes] == [option]
    assert not two.things
    assert three.quotes[0].id == quote
    assert {kind for kind, _id in three.things} == {Kind.QUOTE, Kind.IDEA}
    # One word changes, another sentence moves, a third is new.
    heard(drafted, "Nobody rang my bell. We hardly ever meet neighbours in our own street. The school is good.")
    three, one, new = sentences(drafted)
    assert three.quotes
    assert not three.carried
    assert [o.id for o in one.outcomes] == [option]
    assert one.carried
    assert not new.things
    assert "The words changed." in text(desk.get(at))
    # Two people choose at once: both are kept, and saving says that the changed words still hold.
    other = f"idea-{drafted.ideas[2].id}"
    data = {"things": [other], "words": one.text, "seen": ""}
    assert desk.post(f"{at}/{sentence_name(one.text)}", data=data).status_code == 303
    one = sentences(drafted)[1]
    assert len(one.things) == 2
    assert not one.carried
    # Taken away again while the sentence itself was rewritten: what she saw counts.
    heard(drafted, "Nobody rang my bell. We hardly ever meet the neighbours in our own street.")
    seen = f"{other},result-{option}"
    data = {"things": [other], "words": one.text, "seen": seen}
    assert desk.post(f"{at}/{sentence_name(one.text)}", data=data).status_code == 303
    assert [k for k, _id in sentences(drafted)[1].things] == [Kind.IDEA]
    # Her words go when their maker takes them back, and the desk says so.
    drafted.release(quote, drafted.members[0], release=False)
    assert sentences(drafted)[0].lost == (Kind.QUOTE,)
    assert "A member took words back." in text(desk.get(at))


def test_foreign_things_and_targets_are_refused_and_journal_nothing(desk, drafted, house):
    heard(drafted, HEARD)
    first = sentences(drafted)[0].text
    at = f"/desk/advice/{drafted.advice_id}/evidence"
    journal = select(func.count()).select_from(VoicesEntry)
    before = drafted.session.scalar(journal)
    reco = composing.content(drafted.session, drafted.view(), whole=False).recommendations[0].id
    for name in (sentence_name(first), f"recommendation-{reco}"):
        for things in ("idea-99999", "result-99999", "cited-99999", "report-1", "quote-0", "nonsense", "vision-x"):
            data = {"things": [f"idea-{drafted.ideas[0].id}", things], "words": first, "seen": ""}
            reply = desk.post(f"{at}/{name}", data=data)
            assert reply.status_code == 422
            assert "not here any more" in text(reply)
            assert f'value="idea-{drafted.ideas[0].id}" checked' in text(reply)
    for name in ("sentence-0123456789abcdef", "recommendation-99999", "recommendation-x", "nothing"):
        assert desk.get(f"{at}/{name}").status_code == 404
    assert desk.post(f"{at}/sentence-0123456789abcdef", data={"things": [], "words": first}).status_code == 404
    assert desk.get("/desk/advice/99999/evidence").status_code == 404
    drafted.session.rollback()
    assert drafted.session.scalar(journal) == before
    assert not drafted.session.scalar(select(func.count()).select_from(Backing))


def test_a_recommendation_taken_out_meanwhile_leaves_what_was_chosen_to_copy(desk, drafted, panel_app, sign_in):
    url = f"/desk/advice/{drafted.advice_id}/evidence"
    reco = composing.content(drafted.session, drafted.view(), whole=False).recommendations[0].id
    data = {"things": [f"idea-{i.id}" for i in drafted.ideas], "words": "Invite a street contact", "seen": ""}
    assert desk.post(f"{url}/recommendation-{reco}", data=data).status_code == 303
    with drafted.write():
        place = f"recommendation-{reco}"
        coauthoring.invite(drafted.session, drafted.view(), place, drafted.members[0].id, now=drafted.now)
        actions.drop_recommendation(drafted.session, drafted.view(), reco, now=drafted.now)
    gone = desk.post(f"{url}/recommendation-{reco}", data=data)
    assert gone.status_code == 410
    assert "A bus ticket" in text(gone)
    assert "Invite a street contact" in text(gone)
    assert desk.get(f"{url}/recommendation-{reco}").status_code == 404
    # So it is for a member who was writing in it.
    member = sign_in(panel_app.test_client(), drafted.members[0])
    typed = {"title": "Invite two", "what": "My <b>own</b> words", "version": "1"}
    gone = member.post(f"/advice/{drafted.advice_id}/write/recommendation-{reco}", data=typed)
    assert gone.status_code == 410
    assert "My <b>own</b> words" in text(gone)
    assert "&lt;b&gt;own" in gone.get_data(as_text=True)
    assert not drafted.session.scalar(select(func.count()).select_from(Backing))


def test_a_co_author_chooses_for_her_part_and_for_no_other(desk, drafted, panel_app, sign_in):
    heard(drafted, HEARD)
    first = sentences(drafted)[0].text
    browser = panel_app.test_client()
    browser.set_cookie("language", "en")
    member = sign_in(browser, drafted.members[0])
    at = f"/advice/{drafted.advice_id}/write"
    assert member.get(f"{at}/heard/evidence").status_code == 404
    with drafted.write():
        coauthoring.invite(drafted.session, drafted.view(), "heard", drafted.members[0].id, now=drafted.now)
    assert first in text(member.get(f"{at}/heard/evidence"))
    assert f"{at}/heard/evidence" in text(member.get(f"{at}/heard"))
    data = {"things": [f"idea-{drafted.ideas[1].id}"], "words": first, "seen": ""}
    assert member.post(f"{at}/heard/evidence/{sentence_name(first)}", data=data).status_code == 303
    assert sentences(drafted)[0].things == ((Kind.IDEA, drafted.ideas[1].id),)
    reco = composing.content(drafted.session, drafted.view(), whole=False).recommendations[0].id
    for path in (f"heard/evidence/recommendation-{reco}", f"recommendation-{reco}/evidence", "we_do/evidence"):
        assert member.get(f"{at}/{path}").status_code == 404
    assert member.get(f"/desk/advice/{drafted.advice_id}/evidence").status_code == 404
    drafted.give()
    late = member.post(f"{at}/heard/evidence/{sentence_name(first)}", data=data)
    assert late.status_code == 200
    assert sentences(drafted)[0].things


def test_the_pages_ask_as_much_for_one_sentence_as_for_many(desk, drafted, queries):
    at = f"/desk/advice/{drafted.advice_id}/evidence"
    for words in ("We hardly meet each other here.", f"We hardly meet each other here. {HEARD}"):
        heard(drafted, words)
        first = sentences(drafted)[0].text
        data = {"things": [f"idea-{i.id}" for i in drafted.ideas], "words": first, "seen": ""}
        assert desk.post(f"{at}/{sentence_name(first)}", data=data).status_code == 303
        drafted.session.rollback()
        for url, most in ((at, 8), (f"{at}/{sentence_name(first)}", 11)):
            with queries() as asked:
                assert desk.get(url).status_code == 200
            assert asked.count == most, (url, asked.count, asked.statements)
