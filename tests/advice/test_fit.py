"""Members say of each measure in an answer whether it fits what they need: in secret, and shown in quarters only."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.orm import Session

from advice.test_answering import deliver_answer, sent, text
from codesign.advice.fitting import fit_of
from codesign.db import writing
from codesign.documents.models import Document
from codesign.documents.models import Kind as DocumentKind
from codesign.rules.phases import Phase
from codesign.voting import closing
from codesign.voting.models import Ballot

__all__ = ["sent"]


@pytest.mark.parametrize("voters", [10, 7])
def test_R27_members_say_of_each_measure_if_it_fits_in_secret_and_in_quarters(
    sent: Any, session: Session, house: Any, sign_in: Any, voters: int
) -> None:
    deliver_answer(sent, session)
    with writing(session):
        sent.round.phase = Phase.FOLLOWING
    url = f"/desk/advice/{sent.advice_id}/answer"
    with time_machine.travel(sent.now, tick=False) as clock:
        desk = sign_in(house.panel.test_client(), sent.moderator)
        desk.set_cookie("language", "en")
        member = sign_in(house.panel.test_client(), sent.members[2])
        member.set_cookie("language", "en")
        assert "Ask members of each measure" in text(desk.get(url))
        assert desk.post(f"{url}/fit", data={}).status_code == 422
        data = {"fit-until": (sent.now + timedelta(days=7)).date().isoformat()}
        assert member.post(f"{url}/fit", data=data).status_code == 404
        assert desk.post(f"{url}/fit", data=data).status_code == 303
        assert desk.post(f"{url}/fit", data=data).status_code == 409
        session.rollback()
        ballot = session.scalar(sa.select(Ballot).order_by(Ballot.id.desc()).limit(1))
        assert ballot is not None
        assert set(ballot.translations) == {"nl", "en", "ar"}
        page = text(member.get(f"/advice/{sent.advice_id}"))
        assert f'href="/vote/{ballot.id}">Say it now. Nobody sees what you say.' in page
        form = text(member.get(f"/vote/{ballot.id}"))
        for words in ("Ask twelve streets", "It fits", "Partly", "It does not fit", "No opinion"):
            assert words in form
        sent.cast(ballot, {"r1m1:2": voters - 3, "r1m1:1": 2, "r1m1:0": 1})
        # While it runs nobody sees how it stands: not the moderator, not a member who voted.
        for page in (text(desk.get(url)), text(member.get(f"/advice/{sent.advice_id}"))):
            assert "Members say: it fits" not in page
        clock.shift(timedelta(days=9))
        sent.now += timedelta(days=9)
        closing.close_due(session, ballot.id, sent.now)
        assert sent.cross().refused == 0
        session.expire_all()
        fit = fit_of(session, sent.round.id)
        assert fit is not None
        later = sign_in(house.panel.test_client(), sent.members[2])
        later.set_cookie("language", "en")
        page = text(later.get(f"/advice/{sent.advice_id}"))
        if voters < 8:
            assert fit.quarters == {(1, 1): []}
            assert "Too few people voted to show the result." in page
        else:
            assert fit.quarters == {(1, 1): [3]}
            assert "Between half and three quarters of those who voted" in page
            assert "7 of 10 people say that it fits." in text(later.get(f"/vote/{ballot.id}/result"))
        # The release crosses like any other; it is no rating of the whole answer, and says nothing of who voted what.
        released = session.scalars(sa.select(Document).where(Document.kind == DocumentKind.RELEASE)).all()
        asked = [
            d for d in map(json.loads, (r.stored for r in released)) if d["question"] == "Does this fit what you need?"
        ]
        assert [d["shown"] for d in asked] == ["nothing" if voters < 8 else "quarters"]
        assert session.scalar(sa.select(Document.digest).where(Document.kind == DocumentKind.RATING)) is None
        # Everybody reads it beside the promise, with the day and the release; it is not "works for us".
        fits = session.scalars(sa.select(Document).where(Document.kind == DocumentKind.FIT)).one()
        kept = json.loads(fits.stored)
        assert kept["measures"] == [{"recommendation": 1, "promise": 1, "option": "r1m1"}]
        assert kept["shown"] == ("nothing" if voters < 8 else "quarters")
        public = house.record.test_client()
        public.set_cookie("language", "en")
        page = text(public.get(f"/advice/{kept['place']}/{kept['number']}"))
        assert page.count("Members of the panel say: it fits") == 1
        assert ("Too few people voted to show the result." in page) is (voters < 8)
        assert ('it fits</b><div class="q4" role="img" aria-label="Between half and' in page) is (voters >= 8)
        assert f'href="/documents/{kept["release"]}.json">Release' in page
        assert "Secret vote of the panel, closed on" in page
        assert "No vote of newcomers in a later round has said it yet." in page
        assert "it works for us" not in page
        # The desk has its one vote, and offers no other.
        assert "Ask members of each measure" not in text(desk.get(url))
        assert b'"kind":"rating"' in public.get(f"/documents/{kept['release']}.json").data


def test_R32_from_home_two_taps_lead_to_what_became_of_an_idea_in_ones_own_language(
    sent: Any, session: Session, house: Any, sign_in: Any
) -> None:
    """Tigrinya is no language of the buttons, but the answer was translated into it: she reads it in her own."""
    said = [{"language": "en", "text": "We do a part.", "translated_by": None},
            {"language": "ti", "text": "ክፋል ንገብር።", "translated_by": "person"}]  # fmt: skip
    deliver_answer(sent, session, summary=said)
    with writing(session):
        sent.round.phase = Phase.FOLLOWING
        session.merge(sent.members[0]).language = "ti"
    idea = sent.ideas[0].id
    with time_machine.travel(sent.now, tick=False):
        member = sign_in(house.panel.test_client(), session.merge(sent.members[0], load=True))
        member.set_cookie("language", "en")
        home = text(member.get("/"))
        assert "The municipality does a part of it." in home
        assert f'href="/ideas/{idea}"' in home
        assert f'href="/ideas/{idea}/trail"' in text(member.get(f"/ideas/{idea}"))
        for path in (f"/ideas/{idea}/trail", f"/advice/{sent.advice_id}"):
            assert '<p lang="ti" dir="auto">ክፋል ንገብር።</p>' in text(member.get(path)), path
