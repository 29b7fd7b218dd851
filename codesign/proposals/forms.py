"""Forms for ideas: giving or changing one, and answering an edit that a moderator proposed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from codesign.indicators.domain import UnknownCode, domain, domain_codes
from codesign.indicators.labels import domain_name
from codesign.panels.models import Gathering
from codesign.proposals.domain import (
    BODY_LONGEST,
    INDICATORS_MOST,
    PICTURE_MOST,
    THEMES_MOST,
    TITLE_LONGEST,
    Content,
)
from codesign.proposals.labels import picture_choices
from codesign.proposals.models import Proposal
from codesign.web.forms import CheckboxesField, HiddenField, SelectField, StringField, TextAreaField, filled, optional
from codesign.web.forms import validators as v
from codesign.web.i18n import _, _l, current_lang, format_day
from codesign.web.words import WordsForm


def _at_most(number: int, words: Any) -> Any:
    def check(_form: Any, field: Any) -> None:
        if len(field.data or []) > number:
            raise v.ValidationError(str(words))

    return check


class IdeaForm(WordsForm):
    """An idea: one sentence and more words if wanted, its themes, and what hangs on them."""

    title = StringField(
        _l("Your idea in one sentence"),
        description=_l("What would you change? One sentence is enough."),
        validators=filled(max=TITLE_LONGEST, missing=_l("Write one sentence first.")),
    )
    body = TextAreaField(
        _l("Tell more about it"),
        description=_l("Why, and for whom? Write no names, no phone numbers and no addresses."),
        validators=optional(max=BODY_LONGEST),
    )
    themes = CheckboxesField(
        _l("What is it about?"),
        description=_l("Choose one. You can choose two more."),
        choices=lambda: [(code, domain_name(code)) for code in domain_codes()],
    )
    indicators = CheckboxesField(
        _l("More exactly"),
        description=_l("Not needed. Choose what your idea would change."),
        validators=[_at_most(INDICATORS_MOST, _l("Choose six or fewer."))],
    )
    picture = CheckboxesField(
        _l("A picture with it"),
        description=_l("Not needed. Choose one or two."),
        choices=picture_choices,
        validators=[_at_most(PICTURE_MOST, _l("Choose two or fewer."))],
    )
    gathering = SelectField(_l("From which gathering did it come?"))

    def __init__(self, *args: Any, gatherings: Iterable[Gathering] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(str(g.id), f"{format_day(g.held_on)}: {g.title}") for g in gatherings]
        self.gathering.choices = [("", _("From none of them")), *days]
        # A form that was sent without the field means the same as "none".
        self.gathering.data = self.gathering.data if self.gathering.data not in (None, "None") else ""
        self.indicators.choices = [
            (i.code, i.title(current_lang())) for code in self.theme_codes() for i in domain(code).indicators
        ]

    def theme_codes(self) -> list[str]:
        """The themes chosen so far that exist."""
        found = []
        for code in self.themes.data or []:
            try:
                found.append(domain(code).code)
            except UnknownCode:
                continue
        return found

    def validate_themes(self, field: Any) -> None:
        """One to three (R01)."""
        if not field.data:
            raise v.ValidationError(_("Choose at least one theme."))
        if len(field.data) > THEMES_MOST:
            raise v.ValidationError(_("Choose three themes or fewer."))

    def content(self) -> Content:
        """The words as a value."""
        return Content(
            title=self.title.data or "", body=self.body.data or "", language=self.language.data,
            themes=tuple(self.themes.data or ()), indicators=tuple(self.indicators.data or ()),
            picture=tuple(self.picture.data or ()),
            gathering_id=int(self.gathering.data) if self.gathering.data else None,
        )  # fmt: skip


class DraftForm(IdeaForm):
    """The same, unfinished: nothing is required yet."""

    title = StringField(
        IdeaForm.title.args[0], description=IdeaForm.title.kwargs["description"], validators=optional(max=TITLE_LONGEST)
    )

    def validate_themes(self, field: Any) -> None:
        """No more than three."""
        if len(field.data or []) > THEMES_MOST:
            raise v.ValidationError(_("Choose three themes or fewer."))


class EditForm(IdeaForm):
    """Changing an idea; `seen` is the version that was on the screen."""

    seen = HiddenField()


def values_of(proposal: Proposal, indicators: Iterable[str]) -> dict[str, Any]:
    """What a form shows of an idea."""
    return {
        "title": proposal.title, "body": proposal.body, "language": proposal.language, "themes": list(proposal.codes),
        "indicators": list(indicators), "picture": proposal.picture, "key": proposal.form_key,
        "gathering": str(proposal.gathering_id or ""), "seen": str(proposal.version),
    }  # fmt: skip
