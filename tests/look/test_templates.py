"""The shared templates stand on both doors, in each complete language: parts, error pages, faces."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest
from pagecheck import check

from codesign.indicators.domain import domain_codes
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
)
from codesign.web.i18n import COMPLETE

TEMPLATES = Path(__file__).parents[2] / "templates"
STATUSES = (403, 404, 409, 413, 422, 429, 500, 503)


class Parts(Form):
    """One field of each kind."""

    title = StringField(
        "Your idea in one sentence", filled(missing="Write one sentence first."), description="Any language."
    )
    body = TextAreaField("Your words")
    one = RadioField("What is it about?", choices=[("BRI", "Neighbours"), ("LNG", "Language")], default="BRI")
    many = CheckboxesField("Who can do it?", choices=[("a", "The municipality"), ("b", "We")])
    yes = BooleanField("I read this", description="You can take it back.")
    pick = SelectField("Panel", choices=[("a", "Veldhaven")])
    day = DateField("Day")


@pytest.fixture(params=["panel", "record"])
def door(request: pytest.FixtureRequest, house: Any) -> flask.Flask:
    app: flask.Flask = getattr(house, request.param)
    return app


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("status", STATUSES)
def test_each_error_page_is_whole_in_each_language(door: flask.Flask, language: str, status: int) -> None:
    with door.test_request_context("/", headers={"Cookie": f"language={language}"}):
        page = check(flask.render_template(f"errors/{status}.html", sentence=None), f"{door.name} {status}")
    assert page.html["lang"] == language
    assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")


@pytest.mark.sqlite_only
def test_an_error_page_says_the_reason_it_was_given(door: flask.Flask) -> None:
    with door.test_request_context("/"):
        assert "The vote is closed &lt;now&gt;." in flask.render_template(
            "errors/409.html", sentence="The vote is closed <now>."
        )


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_of_parts_and_states_is_whole(door: flask.Flask, language: str) -> None:
    with door.test_request_context("/", method="POST", data={"one": "BRI"}, headers={"Cookie": f"language={language}"}):
        form = Parts()
        assert not form.validate()
        text = flask.render_template("house/parts.html", f=form, codes=domain_codes(), today=date(2026, 7, 9))
    check(text, "parts")
    assert text.count('class="tag d-') == 14
    assert 'aria-describedby="title-hint title-error"' in text
    assert 'href="#title"' in text
    assert text.count('aria-current="step"') == 3
