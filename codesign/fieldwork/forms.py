"""The forms of reports: attaching one with its file, objecting, and saying why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from codesign.accounts.forms import written_languages
from codesign.fieldwork import files
from codesign.fieldwork.actions import Told
from codesign.fieldwork.labels import KINDS, PROBLEMS
from codesign.fieldwork.models import Kind
from codesign.indicators.domain import domain_codes
from codesign.indicators.labels import domain_name
from codesign.panels.models import Gathering, Round
from codesign.web.forms import (
    BooleanField,
    CheckboxesField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    one_line,
    optional,
    validators,
)
from codesign.web.i18n import _, _l, format_day
from codesign.web.words import WordsForm, says_nobody

FIRST = date(2000, 1, 1)


class ReportForm(WordsForm):
    """A report. `today` is the last day it can be about; only a moderator says that it may be public."""

    kind = RadioField(_l("What was it?"), choices=lambda: [(k.value, str(words)) for k, words in KINDS.items()])
    title = StringField(_l("In one line"), [one_line, *filled(min=3, max=160), says_nobody])
    held_on = DateField(_l("On which day? Of several, the last."))
    people = IntegerField(
        _l("How many people took part?"), [validators.Optional()],
        description=_l("Others see the number from ten people on."),
    )  # fmt: skip
    languages = CheckboxesField(_l("Which languages were spoken?"), choices=written_languages)
    domains = CheckboxesField(
        _l("What is it about?"), choices=lambda: [(code, domain_name(code)) for code in domain_codes()]
    )
    made_by = StringField(
        _l("Who did it?"), [one_line, *filled(min=3, max=160), says_nobody],
        description=_l("A part people had, such as two members with a teacher. No names."),
    )  # fmt: skip
    asked = TextAreaField(_l("What was asked?"), [*filled(min=3, max=2000), says_nobody])
    text = TextAreaField(
        _l("What came out?"), [*filled(min=3, max=7000), says_nobody],
        description=_l("What people said together. Nobody must be recognised in it."),
    )  # fmt: skip
    session = SelectField(_l("At which gathering of the panel?"))
    attachment = FileField(_l("The file, when there is one"))
    alternative = TextAreaField(
        _l("What does the picture show?"), [*optional(max=500), says_nobody],
        description=_l("Needed for a picture: for whoever does not see it."),
    )  # fmt: skip
    looked = BooleanField(
        _l("I looked: nobody can be recognised by this."),
        description=_l("Tick this when what was found says nothing of a person."),
    )
    public = BooleanField(
        _l("Everybody may read this report and its file"),
        description=_l(
            "Only then an advice can rest on it. It goes on the public page with the advice, for ever. Tick it when"
            " those who took part agreed, and no face, name or handwriting in the file says who they are."
        ),
    )

    def __init__(
        self, *args: Any, gatherings: Iterable[tuple[Gathering, Round]] = (), largest: int, moderator: bool,
        today: date, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._rounds = {g.id: r.id for g, r in gatherings}
        days = [(str(g.id), f"{format_day(g.held_on)}: {g.title}") for g, _round in gatherings]
        self.session.choices = [("", _("At none of them")), *days]
        self.session.data = self.session.data if self.session.data not in (None, "None") else ""
        self._largest, self._moderator, self._today = min(largest, files.MOST_BYTES), moderator, today
        self.cleaned: files.Clean | None = None
        self.attachment.description = _(
            "PDF, PNG or JPEG, at most %(size)s MB. We take out who made it, when, where and with what.",
            size=self._largest // 1_000_000 or 1,
        )

    def may_pass(self) -> bool:
        """Whether a moderator looked and says that what was found says nothing of a person."""
        return self._moderator and bool(self.looked.data)

    @property
    def may_say(self) -> bool:
        """Whether the page offers to say so."""
        return self._moderator and (self.held or bool(self.looked.data))

    def validate_held_on(self, field: Any) -> None:
        """A day that was."""
        if field.data is None:
            raise validators.StopValidation(_("Write the date like 2027-03-31."))
        if not FIRST <= field.data <= self._today:
            raise validators.StopValidation(_("Choose a day that was."))

    def validate_people(self, field: Any) -> None:
        """A number of people."""
        if field.data is not None and not 1 <= field.data <= 100_000:
            raise validators.StopValidation(_("Write a number from %(low)s to %(high)s.", low=1, high="100 000"))

    def validate_languages(self, field: Any) -> None:
        """At least one."""
        if not field.data:
            raise validators.StopValidation(_("Choose at least one language."))

    def validate_attachment(self, field: Any) -> None:
        """Open it and make it anew; what is wrong is said by name."""
        if not field.data:
            return
        try:
            if getattr(field.data.stream, "over", False):
                raise files.NotTaken(files.Problem.TOO_LARGE)
            self.cleaned = files.clean(field.data.read(), self._largest)
        except files.NotTaken as error:
            raise validators.StopValidation(self._words(error.problem)) from error

    def _words(self, problem: files.Problem) -> str:
        if problem is files.Problem.TOO_LARGE:
            return _("This file is too large. It can be %(size)s MB at most.", size=self._largest // 1_000_000 or 1)
        return str(PROBLEMS[problem])

    def validate_alternative(self, field: Any) -> None:
        """A picture has words."""
        if self.cleaned is not None and self.cleaned.media_type != files.PDF and not field.data:
            raise validators.StopValidation(_("Say what the picture shows."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a browser does not send a file a second time by itself, so the page asks for it again."""
        good: bool = super().validate(extra_validators)
        if not good and self.attachment.data and not self.attachment.errors:
            self.attachment.errors = [_("The file was fine. Choose it once more: a browser forgets it.")]
        return good

    def told(self) -> Told:
        """What was filled in, as a value."""
        at = int(self.session.data) if self.session.data else None
        return Told(
            Kind(self.kind.data), self.title.data, self.held_on.data, self.people.data, tuple(self.languages.data),
            tuple(self.domains.data or ()), self.asked.data, self.text.data, self.language.data, self.made_by.data,
            round_id=self._rounds.get(at) if at else None, gathering_id=at, public=bool(self.public.data),
        )  # fmt: skip


class ObjectionForm(WordsForm):
    """ "This is not what we said", with what was said instead."""

    body = TextAreaField(
        _l("What did you say instead?"), [*filled(min=3, max=500), says_nobody],
        description=_l("Only the moderators read it, without your name."),
    )  # fmt: skip


class WhyForm(Form):
    """Why something is done."""

    why = TextAreaField(_l("Why? The panel reads this."), filled(max=500, missing=_l("Say why first.")))
