"""The theme pages of the record door: all fourteen, the sentence on use, and what each indicator rests on."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from codesign.indicators.domain import latest

pytestmark = pytest.mark.pages


def test_all_fourteen_themes_stand_on_one_page(record_client: FlaskClient) -> None:
    page = record_client.get("/themes")
    assert page.status_code == 200
    for d in latest().domains:
        assert f'href="/themes/{d.slug}"' in page.text
    assert "never a target, a ranking" in page.text
    assert "Open Government Licence v3.0" in page.text
    assert "We did not yet compare" in page.text


def test_a_theme_shows_its_indicators_with_their_basis_and_the_sentence_on_use(record_client: FlaskClient) -> None:
    for d in latest().domains:
        page = record_client.get(f"/themes/{d.slug}")
        assert page.status_code == 200
        assert "never a target, a ranking" in page.text
        for i in d.indicators:
            assert i.code in page.text
        assert "Rests on:" in page.text


def test_a_recalled_basis_never_claims_more_than_it_says(record_client: FlaskClient) -> None:
    page = record_client.get("/themes/leisure")
    assert "We think it is in the Home Office framework of 2019. We did not check this yet." in page.text


def test_a_theme_nobody_has_is_the_same_404(record_client: FlaskClient) -> None:
    assert record_client.get("/themes/nothing").status_code == 404


def test_indicators_show_in_the_readers_language_when_we_have_it(record_client: FlaskClient) -> None:
    record_client.set_cookie("language", "nl")
    page = record_client.get("/themes/stability")
    assert "Voel je je hier thuis?" in page.text


def test_themes_ask_nothing_of_the_store(record_client: FlaskClient, queries) -> None:  # type: ignore[no-untyped-def]
    with queries() as q:
        record_client.get("/themes/work")
    assert q.count == 0
