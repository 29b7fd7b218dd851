"""The form of a house style: a file of design tokens and a logo, each with what is wrong with it by name."""

from __future__ import annotations

from typing import Any

from flask_babel.speaklater import LazyString

from codesign.places.house_style import NoTokens, TooWeak, read_tokens, too_weak
from codesign.places.logo import MOST_BYTES, Logo, NoLogo, clean
from codesign.web.forms import FileField, Form, SelectField, StringField, optional, validators
from codesign.web.i18n import _, _l
from codesign.web.words import language_choices

MOST_TOKEN_BYTES = 1_000_000
_PROBLEMS: dict[str, LazyString] = {
    "json": _l("This is no file of design tokens (JSON)."),
    "empty": _l("There are no tokens in this file."),
    "none_taken": _l("No token in this file can be used. Names begin with basis, utrecht or nl."),
    "svg": _l("This is an SVG. A drawing can hold programs, so we do not take it. Make it a PNG."),
    "not_png": _l("This is not a PNG. Choose a PNG file."),
    "too_large": _l("This file is too large. A logo has at most 200 kB."),
    "sides": _l("A logo is at least 16 and at most 2000 dots wide and high."),
    "interlaced": _l("This PNG is interlaced. Save it again without that."),
    "broken": _l("This picture cannot be read. Save it again as PNG."),
}
_MOST_NAMED = 8


def weak_words(pair: TooWeak) -> str:
    """Two colours that cannot be read together, by the names of their tokens."""
    return _(
        "%(figure)s cannot be read on %(ground)s: the contrast is %(found)s, it must be %(least)s.",
        figure=pair.figure, ground=pair.ground, found=pair.contrast, least=pair.least,
    )  # fmt: skip


def named(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return shown + (" " + _("and %(num)s more", num=more) if more > 0 else "")


class HouseStyleForm(Form):
    """What is not given stays as it is."""

    tokens = FileField(
        _l("Design tokens (JSON)"),
        description=_l("Only colours, sizes and letters of the NL Design System are taken, nothing else."),
    )
    logo = FileField(_l("Logo (PNG)"), description=_l("At most 200 kB. We keep the picture alone."))
    alternative = StringField(
        _l("What does the logo show?"), optional(max=200), description=_l("For whoever cannot see it.")
    )
    language = SelectField(_l("In which language do you write?"), choices=language_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: dict[str, str] | None = None
        self.left_out: list[str] = []
        self.picture: tuple[bytes, int, int] | None = None

    def validate_tokens(self, field: Any) -> None:
        """Names and values that may stand in a style sheet, and colours that can be read."""
        content = field.data.read(MOST_TOKEN_BYTES + 1) if field.data else b""
        if not content:
            return
        try:
            self.taken, self.left_out = read_tokens(content[:MOST_TOKEN_BYTES])
        except NoTokens as error:
            raise validators.ValidationError(str(_PROBLEMS[str(error)])) from error
        if not self.taken:
            raise validators.ValidationError(f"{_PROBLEMS['none_taken']} {named(self.left_out)}")
        weak = [weak_words(pair) for pair in too_weak(self.taken)]
        if weak:
            raise validators.ValidationError(" ".join(dict.fromkeys(weak[:_MOST_NAMED])))

    def validate_logo(self, field: Any) -> None:
        """A PNG, of which only what draws is kept."""
        content = field.data.read(MOST_BYTES + 1) if field.data else b""
        if not content:
            return
        try:
            self.picture = clean(content)
        except NoLogo as error:
            raise validators.ValidationError(str(_PROBLEMS[str(error)])) from error

    def validate_alternative(self, field: Any) -> None:
        """A new logo says what it shows."""
        if self.picture is not None and not (field.data or "").strip():
            raise validators.ValidationError(_("Say in words what the logo shows."))

    def given(self) -> Logo | None:
        """The new logo."""
        if self.picture is None:
            return None
        words = " ".join((self.alternative.data or "").split())
        return Logo(*self.picture, alternative=words, language=self.language.data)
