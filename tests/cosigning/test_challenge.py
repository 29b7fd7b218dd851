"""Right to challenge: an organisation offers to do a task; the municipality owes it a reply, and everybody reads both."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import build
import pytest
import time_machine
from responses.responses_desk import AT, PROMISE, Desk
from sqlalchemy.orm import Session

from codesign.cosigning import actions
from codesign.cosigning import queries as cosigning
from codesign.cosigning.receiving import receive_advice
from codesign.db import writing
from codesign.documents.domain import freeze, parse, read
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.verify import verify_file
from codesign.documents.withdrawing import receive_withdrawal
from codesign.mail.models import Mail
from codesign.officials import actions as officials
from codesign.officials.organisations import end_organisation
from codesign.officials.queries import load_identity, open_invitation
from codesign.responses import actions as answering
from codesign.responses.domain import Decision, OfferReplyDraft, OfferSaid, PartDraft
from codesign.rules.permissions import Reason, Refused
from codesign.rules.states import AdviceState

pytestmark = pytest.mark.pages

PLACE = type("Here", (), {"code": "veldhaven"})
PUBLIC = "/advice/veldhaven/2026-3"
LOUD = "<script>alert(7)</script>{{ 7*191 }}"


def text(reply: Any) -> str:
    return reply.get_data(as_text=True)


def test_R19_an_offer_stands_under_its_recommendation_and_is_owed_a_reply(
    house: Any, session: Session, record_client: Any, sign_in: Any, tmp_path: Any
) -> None:
    desk = Desk(session)
    with writing(session):
        kitchen = build.make_organisation(session, PLACE, name="Open Kitchen")
        bridge = build.make_organisation(session, PLACE, name="De Brug")
        away = build.make_organisation(session)
    with time_machine.travel(AT, tick=False):
        group = sign_in(house.record.test_client(), kitchen)
        group.set_cookie("language", "en")
        # An empty offer keeps what was typed; a hidden mark is refused; another recommendation is not there.
        bad = group.post(f"{PUBLIC}/offer/2", data={"words": "", "needs": LOUD, "language": "en"})
        assert (bad.status_code, "&lt;script&gt;alert(7)" in text(bad)) == (422, True)
        hidden = {"words": "We cook \u202e", "language": "en"}
        assert group.post(f"{PUBLIC}/offer/2", data=hidden).status_code == 422
        assert group.get(f"{PUBLIC}/offer/4").status_code == 404
        offered = {"words": f"We invite people. {LOUD}", "needs": "A room", "language": "en"}
        for n in ("1", "2"):
            assert group.post(f"{PUBLIC}/offer/{n}", data=offered).status_code == 303
        seen = desk.advice_digest
        for words in ("First", "First", LOUD):
            assert (
                group.post(f"{PUBLIC}/co-sign", data={"seen": seen, "words": words, "language": "en"}).status_code
                == 303
            )
        assert group.post(f"{PUBLIC}/offer/1/take-back").status_code == 303
        # Whoever comes from elsewhere, or is signed out while typing, changes nothing.
        other = sign_in(house.record.test_client(), away)
        for path in ("co-sign", "co-sign/take-back", "offer/1", "offer/1/take-back"):
            assert other.post(f"{PUBLIC}/{path}", data=offered | {"seen": seen}).status_code == 404
        assert "belongs to another place" in text(other.get(f"{PUBLIC}/co-sign"))
        assert 'data-draft="organisation-' in text(group.get(f"{PUBLIC}/offer/2"))
        out = house.record.test_client().post(f"{PUBLIC}/offer/2", data=offered)
        assert (out.status_code, out.headers["Location"]) == (303, "/sign-in")
        with writing(session):
            actions.make_offer(session, bridge, desk.task().advice, 2, words="We too", needs="", language="en", now=AT)
            actions.sign(session, bridge, desk.task().advice, seen=seen, words="", language="en", now=AT)

        # Everybody reads it, by name; the document and its PDF are the same bytes; the bundle says who.
        page = text(record_client.get(PUBLIC))
        assert page.index("De Brug") < page.index("Open Kitchen")
        assert LOUD not in page
        assert "&lt;script&gt;alert(7)&lt;/script&gt;{{ 7*191 }}" in page
        assert "Open Kitchen" in text(record_client.get("/"))
        data = record_client.get(f"{PUBLIC}/co-signatures.json").data
        assert [c["organisation"] for c in read("cosignatures", data)["cosignatures"]] == ["De Brug", "Open Kitchen"]
        packed = record_client.get(f"{PUBLIC}/bundle.zip").data
        with zipfile.ZipFile(io.BytesIO(packed)) as bundle:
            assert bundle.read("co-signatures.json") == data
        (tmp_path / "bundle.zip").write_bytes(packed)
        findings = verify_file(tmp_path / "bundle.zip")
        assert all(found.holds for found in findings)
        assert "The PDF is drawn from this document." in {found.sentence for found in findings}

        # The official reads the offers at the recommendation, and cannot deliver before both have a reply.
        desk.complete()
        official = sign_in(house.record.test_client(), desk.official)
        official.set_cookie("language", "en")
        page = text(official.get("/desk/2026-3/recommendation/2"))
        assert "What they need for it" in page
        assert "say something to each organisation" in text(official.get("/desk/2026-3"))
        with pytest.raises(Refused, match="not_complete"):
            desk.deliver()
        ids = {o.organisation: o.id for o in cosigning.offers(session, desk.task().advice.id)[2]}
        form = {
            "seen": "1", "decision": "adopted", "reasons": "The contract binds the rest of it until summer.",
            "promises-0-owner": PROMISE.owner, "promises-0-action": PROMISE.action, "promises-0-money": "None",
            "promises-0-by": "2027-01-01", "promises-0-first_step": "A form",
            "offers-0-offer": str(ids["De Brug"]), "offers-0-reply": "no", "offers-0-reasons": "",
            "offers-1-offer": str(ids["Open Kitchen"]), "offers-1-reply": "", "offers-1-reasons": LOUD,
        }  # fmt: skip
        page = text(official.post("/desk/2026-3/recommendation/2", data=form))
        assert "Say why not." in page
        assert "let us talk" in page
        assert "&lt;script&gt;alert(7)" in page
        form |= {"offers-0-reasons": "The licence of the room forbids it.", "offers-1-reply": "talk"}
        polite = form | {"offers-0-reasons": "Taken note of."}
        assert official.post("/desk/2026-3/recommendation/2", data=polite).status_code == 422
        assert official.post("/desk/2026-3/recommendation/2", data=form).status_code == 303
        assert "Let us talk" in text(official.get("/desk/2026-3/changes/part-2"))
        desk.deliver()

        # The answer holds them; nothing can be signed, offered or taken back any more.
        page = text(record_client.get(PUBLIC))
        assert "The municipality says: No, because" in page
        assert "The licence of the room forbids it." in page
        answer = parse("answer", session.query(Document).filter_by(kind=Kind.ANSWER).one().stored)
        assert [(o["organisation"], o["reply"]) for o in answer["parts"][1]["offers"]] == [
            ("De Brug", "no"), ("Open Kitchen", "talk"),
        ]  # fmt: skip
        assert "offers" not in answer["parts"][0]
        for path in ("co-sign", "co-sign/take-back", "offer/2", "offer/2/take-back"):
            assert group.post(f"{PUBLIC}/{path}", data=offered | {"seen": seen}).status_code == 409, path
        for path in ("co-sign", "offer/2"):
            assert "has answered" in text(group.get(f"{PUBLIC}/{path}"))


def test_R19_a_corrected_advice_asks_them_to_look_again_and_an_ended_account_signs_nothing(
    house: Any, session: Session, record_client: Any, sign_in: Any
) -> None:
    desk = Desk(session)
    with writing(session):
        kitchen = build.make_organisation(session, PLACE, name="Open Kitchen")
        advice = desk.task().advice
        actions.sign(session, kitchen, advice, seen=advice.digest, words="Yes", language="en", now=AT)
    first = json.loads(session.get(Document, desk.advice_digest).stored)
    session.rollback()
    second = first | {"version": 2, "replaces": desk.advice_digest, "correction": "A date was wrong."}
    for _twice in range(2):
        with writing(session):
            receive_advice(session, freeze("advice", second), AT)
    mail = session.query(Mail).filter_by(to=kitchen.mail).one()
    assert mail.body.rstrip().endswith(f"{PUBLIC}/co-sign")
    session.rollback()
    with time_machine.travel(AT, tick=False):
        group = sign_in(house.record.test_client(), kitchen)
        group.set_cookie("language", "en")
        assert "You signed version 1. Look again." in text(group.get("/organisation"))
        assert "The panel corrected it since." in text(group.get(f"{PUBLIC}/co-sign"))
        assert "signed version 1, and is asked to look at the new one" in text(record_client.get(PUBLIC))
        # What was read before the correction is not what would be signed: the words stay, and nothing is signed.
        stale = group.post(
            f"{PUBLIC}/co-sign", data={"seen": desk.advice_digest, "words": "Still yes", "language": "en"}
        )
        assert (stale.status_code, "Still yes" in text(stale)) == (409, True)
        long = {"seen": desk.advice_digest, "words": "x" * 301, "language": "en"}
        refused = group.post(f"{PUBLIC}/co-sign", data=long)
        assert (refused.status_code, "The panel corrected the advice while you wrote." in text(refused)) == (422, True)
        newest = text(stale).split('name="seen" value="')[1].split('"')[0]
        again = {"seen": newest, "words": "Still yes", "language": "en"}
        assert group.post(f"{PUBLIC}/co-sign", data=again).status_code == 303
        assert "look at the new one" not in text(record_client.get(PUBLIC))
        # Taken back, the words are gone; the account ended, so is the way in, and the name is not.
        assert group.post(f"{PUBLIC}/co-sign/take-back").status_code == 303
        assert "Still yes" not in text(record_client.get(PUBLIC))
        group.post(f"{PUBLIC}/co-sign", data=again)
        with writing(session):
            end_organisation(session, session.merge(kitchen), AT)
        assert group.get("/organisation").status_code == 303
        assert "Open Kitchen" in text(record_client.get(PUBLIC))
        with writing(session), pytest.raises(Refused) as no:
            actions.take_back_signature(session, session.merge(kitchen), desk.task().advice, now=AT)
    assert no.value.reason is Reason.NOT_YOURS


def test_R19_a_reply_to_an_offer_that_was_taken_back_falls_away(session: Session) -> None:
    desk = Desk(session)
    with writing(session):
        kitchen = build.make_organisation(session, PLACE)
        advice = desk.task().advice
        made = actions.make_offer(session, kitchen, advice, 1, words="We cook", needs="", language="en", now=AT)
        number = made.id
    desk.complete()
    part = PartDraft(
        1, Decision.PARTLY, "Contract 1 binds the rest of it until summer.", "", (PROMISE,),
        (OfferReplyDraft(number, OfferSaid.YES, ""),),
    )  # fmt: skip
    desk.save(answering.save_part, seen=1, part=part)
    with writing(session):
        actions.take_back_offer(session, kitchen, desk.task().advice, 1, now=AT)
    desk.deliver()
    answer = parse("answer", session.query(Document).filter_by(kind=Kind.ANSWER).one().stored)
    assert all("offers" not in answered for answered in answer["parts"])


def test_R19_an_advice_that_was_taken_back_asks_nobody_to_sign(
    house: Any, session: Session, record_client: Any, sign_in: Any
) -> None:
    desk = Desk(session)
    with writing(session):
        kitchen = build.make_organisation(session, PLACE, name="Open Kitchen")
        advice = desk.task().advice
        actions.sign(session, kitchen, advice, seen=advice.digest, words="Yes", language="en", now=AT)
        back = {
            "place": "veldhaven", "number": "2026-3", "advice": desk.advice_digest, "language": "en",
            "reason": "It is no longer so.", "withdrawn_on": "2026-09-21",
        }  # fmt: skip
        helper = build.make_official(session, PLACE, number="2026-3", piece="summary-ar")
        asked_too = officials.invite_colleague(
            session, desk.official, number="2026-3", piece="part-1", display_name="Elm", post="Adviser",
            mail="elm@example.org", language="en", state=AdviceState.SENT, now=AT,
        )  # fmt: skip
        way_in = officials.start_sign_in(session, helper, AT)
        receive_withdrawal(session, freeze("withdrawal", back), AT)
    # Nobody writes a piece of an answer that is not asked for any more: sign-in, account and link are over.
    assert load_identity(session, way_in, AT) is None
    assert session.merge(helper).ended_at == AT
    assert open_invitation(session, asked_too, AT) is None
    assert session.merge(desk.official).ended_at is None
    session.rollback()
    group = sign_in(house.record.test_client(), kitchen)
    asked = {"seen": desk.advice_digest, "words": "", "language": "en"}
    for reply in (group.get(f"{PUBLIC}/co-sign"), group.post(f"{PUBLIC}/co-sign", data=asked)):
        assert reply.headers["Location"] == PUBLIC
    assert "2026-3" not in text(group.get("/organisation"))
    for path in (PUBLIC, "/"):
        assert "Open Kitchen" not in text(record_client.get(path))


def test_the_pages_of_an_organisation_ask_as_much_for_one_advice_as_for_three(
    house: Any, session: Session, sign_in: Any, queries: Any
) -> None:
    desk = Desk(session)
    with writing(session):
        kitchen = build.make_organisation(session, PLACE)
    group = sign_in(house.record.test_client(), kitchen)
    counts = []
    for rows in (1, 3):
        with queries() as q:
            page = text(group.get("/organisation"))
        assert page.count('class="hit"') == rows
        counts.append(q.count)
        with writing(session):
            for number in ("2026-4", "2026-5") if rows == 1 else ():
                document = json.loads(session.get(Document, desk.advice_digest).stored)
                receive_advice(session, freeze("advice", document | {"number": number}), AT)
                advice = session.query(AdviceStatus).filter_by(number=number).one()
                actions.sign(session, kitchen, advice, seen=advice.digest, words="", language="en", now=AT)
                actions.make_offer(session, kitchen, advice, 1, words="We cook", needs="", language="en", now=AT)
    assert counts == [5, 5]
