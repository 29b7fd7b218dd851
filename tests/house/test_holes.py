"""Ways in that were tried: each once was a hole, or would be a bad one."""

from __future__ import annotations

import build
import pytest
from responses.responses_desk import Desk

from codesign.db import writing
from house.test_matrix import browser
from house.villages import village

NASTY = ("%00", "a%00b", "%0d%0a", "%7f")


def test_controls_in_an_address_are_an_address_that_does_not_exist(house, session, sign_in):
    """NUL is refused by PostgreSQL: it was a 500 at the pages of places and at the desk of officials."""
    with writing(session):
        person = build.make_host(session)
    host = sign_in(browser(house.panel), person)
    official = sign_in(browser(house.record), Desk(session).official)
    for word in NASTY:
        assert host.get(f"/host/places/{word}").status_code == 404
        assert host.get(f"/host/places/{word}/panels/new").status_code == 404
        assert host.get(f"/setup/{word}").status_code == 404
        for path in (f"/desk/{word}", f"/desk/{word}/heard", f"/places/{word}", f"/documents/{word}.json"):
            assert official.get(path).status_code == 404
        assert official.post(f"/desk/{word}/start").status_code == 404


@pytest.mark.parametrize("number", ["²", "٣", "9" * 30, "-1", "\x00", "nine"])
def test_a_number_that_no_row_has_is_no_error(house, session, sign_in, number):
    """It was a 500 at the page of quotes and at the preview."""
    place = village(house, session)
    client = sign_in(browser(house.panel), place.people["moderator"])
    advice = place.ids["advice_id"]
    assert client.get(f"/desk/advice/{advice}/quotes", query_string={"idea": number}).status_code in {200, 404}
    there = f"/desk/advice/{advice}/parts/recommendations/preview"
    assert client.post(there, query_string={"recommendation": number}).status_code == 200
