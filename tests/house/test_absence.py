"""R18: no screen shows a member's absence. Whoever came and voted looks the same to staff as whoever did not."""

from __future__ import annotations

import re
from typing import Any

import build
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from codesign.accounts.models import Person
from codesign.db import writing
from codesign.panels.attending import attend
from codesign.panels.models import Gathering, Round
from codesign.panels.queries import membership
from codesign.rules.folding import fold_name
from codesign.voting import actions as voting
from codesign.voting import codes, keys
from codesign.voting.models import Ballot
from codesign.web.clock import now
from house.test_matrix import address, browser, rules
from house.villages import village

PRESENT, ABSENT = "Busy Lantern", "Quiet Lantern"
SAID = re.compile(r"(did|has|have) not (vote|come|answer|join)|absent|no.show", re.I)


def name(person: Person, words: str) -> None:
    person.pseudonym, person.pseudonym_folded = words, fold_name(words)


@pytest.mark.long
@pytest.mark.sqlite_only
def test_R18_no_screen_of_staff_tells_who_did_not_vote_or_come(house: Any, session: Session, sign_in: Any) -> None:
    place = village(house, session)
    ids, panel = place.ids, place.world.panel
    present, absent = place.world.members[4], place.world.members[5]
    with writing(session):
        host = build.make_host(session)
        for person, words in ((present, PRESENT), (absent, ABSENT)):
            name(session.merge(person), words)
        ballot, gathering = session.get(Ballot, ids["ballot_id"]), session.get(Gathering, ids["gathering_id"])
        row = session.get(Round, ids["round_id"])
        folder = house.settings.keys
        code = codes.new_code(keys.load(folder, ballot.key_name).codes, ballot.id)
        voting.cast(session, ballot.id, present.id, chosen=["o1"], code=code, key_folder=folder, now=build.NOW)
        for person, coming in ((present, True), (absent, False)):
            attend(session, row, membership(session, person.id, panel.id), gathering, coming=coming, now=now())
    session.rollback()
    seen, differ = 0, {}
    for staff in (place.world.moderator, host):
        client = sign_in(browser(house.panel), session.scalars(sa.select(Person).where(Person.id == staff.id)).one())
        for rule, verb in rules(house.panel):
            if verb != "GET" or not str(rule).startswith(("/desk", "/host", "/people")):
                continue
            reply = client.get(address(house.panel, rule, ids))
            if reply.status_code != 200 or not reply.mimetype.startswith("text/"):
                continue
            seen, page = seen + 1, reply.get_data(as_text=True)
            about = [len(re.findall(words, page)) for words in (PRESENT, ABSENT)]
            if about[0] != about[1] or SAID.search(page):
                differ[str(rule)] = (about, SAID.findall(page))
    assert seen > 30
    assert differ == {}
