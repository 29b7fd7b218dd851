"""The reading lists: one for each theme, short, dated, sourced, and on both sides of the record door."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from codesign.indicators.domain import domain_codes
from codesign.library.reading import FILE, MOST, reading
from codesign.web.i18n import lang_name


def test_every_theme_has_a_short_list():
    assert set(reading()) == set(domain_codes())
    assert all(1 <= len(items) <= MOST for items in reading().values())


def test_every_publication_is_dated_sourced_and_used():
    named = {key for keys in yaml.safe_load(FILE.read_text())["themes"].values() for key in keys}
    assert named == set(yaml.safe_load(FILE.read_text())["publications"])
    for item in {r for items in reading().values() for r in items}:
        assert item.title
        assert item.maker
        assert item.checked
        assert 1990 < item.year <= item.checked_on.year
        assert isinstance(item.checked_on, date)
        assert item.address.startswith("https://")
        assert lang_name(item.language) != item.language


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.sqlite_only
def test_the_public_page_shows_them_all(record_client, language):
    record_client.set_cookie("language", language)
    page = record_client.get("/library/reading").get_data(as_text=True)
    for items in reading().values():
        for item in items:
            assert f'href="{item.address}"' in page
            assert str(item.year) in page
