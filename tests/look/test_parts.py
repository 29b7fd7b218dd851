"""The parts do what their names say: avatars stay the same, the clock has its weeks, fields say what is wrong."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from wtforms import BooleanField, Form, RadioField, StringField, TextAreaField, validators

from codesign.web import bundle, parts


def test_an_avatar_is_always_the_same_for_the_same_seed_and_tells_nothing() -> None:
    assert parts.avatar_shapes("copper-kettle") == parts.avatar_shapes("copper-kettle")
    assert parts.avatar_shapes("copper-kettle") != parts.avatar_shapes("willow-lamp")
    for seed in range(300):
        shapes = parts.avatar_shapes(seed)
        assert len(shapes) == 4
        assert {s.tint for s in shapes} <= {1, 2, 3, 4}
        assert len({s.tint for s in shapes}) >= 3


def test_two_thousand_seeds_give_many_different_avatars() -> None:
    assert len({parts.avatar_shapes(seed) for seed in range(2000)}) > 1700


@pytest.mark.parametrize("weeks", [1, 6, 8, 13, 26])
def test_the_clock_has_a_piece_for_each_week(weeks: int) -> None:
    pieces = parts.clock_pieces(weeks)
    assert len(pieces) == weeks
    for piece in pieces:
        numbers = [float(n) for n in re.findall(r"-?\d+\.\d", piece)]
        assert all(5 <= n <= 123 for n in numbers)


def test_the_clock_of_no_weeks_is_still_a_clock() -> None:
    assert len(parts.clock_pieces(0)) == 1


class Sample(Form):
    title = StringField(
        "Title", [validators.InputRequired("Write one sentence first.")], description="In any language."
    )
    body = TextAreaField("Words")
    kind = RadioField("Kind", choices=[("for", "For"), ("against", "Against")])
    yes = BooleanField("I read this")


def test_a_field_points_at_its_hint_and_its_error() -> None:
    form = Sample()
    assert parts.field_about(form.title) == "title-hint"
    assert parts.field_about(form.body) == ""
    form.validate()
    assert parts.field_about(form.title) == "title-hint title-error"
    attributes = parts.field_attributes(form.title, None, "input", {"maxlength": 90})
    assert attributes["aria-invalid"] == "true"
    assert attributes["dir"] == "auto"
    assert attributes["maxlength"] == 90


def test_given_attributes_win() -> None:
    attributes = parts.field_attributes(Sample().title, None, "input", {"dir": "ltr", "class": "other"}, rows=3)
    assert (attributes["dir"], attributes["class"], attributes["rows"]) == ("ltr", "other", 3)


def test_squeezing_style_keeps_its_meaning() -> None:
    css = "a > b { color: red; /* no */ }\n"
    css += '.go::after { content: ""; background: url("data:image/svg+xml,%3C a=\'b: c\'/%3E") }'
    assert bundle.squeeze(css) == (
        'a>b{color:red}.go::after{content:"";background:url("data:image/svg+xml,%3C a=\'b: c\'/%3E")}'
    )
    assert (
        bundle.squeeze("a { inline-size: calc(1rem + 2px) } b :focus { top: 0 }")
        == "a{inline-size:calc(1rem + 2px)}b :focus{top:0}"
    )


def test_a_pictogram_is_rounded_but_not_changed() -> None:
    made = bundle.symbol(
        "x", '<svg viewBox="0 0 256 256"><path d="M128.456,40.04a8,8,0,0,1-.06,8" opacity="0.2"/></svg>'
    )
    assert made == '<symbol id="x" viewBox="0 0 256 256"><path d="M128.5,40a8,8,0,0,1-.06,8" opacity="0.2"/></symbol>'


@pytest.mark.sqlite_only
def test_shared_templates_ask_whether_this_door_has_a_page(panel_app: SimpleNamespace) -> None:
    with panel_app.test_request_context("/"):
        assert parts.has_page("language.choose")
        assert not parts.has_page("nowhere.at_all")
