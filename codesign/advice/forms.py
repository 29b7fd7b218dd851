"""The shape of what a moderator fills in for an advice, and of the one answer a maker gives about a quote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from wtforms.fields import Field

from codesign.advice.domain import MOST_SUMMARY_WORDS, word_count
from codesign.advice.labels import ACTORS, CITED, WORDS, WORDS_HINTS
from codesign.advice.values import SECTION_OF, Actor, ActorKind, CitedKind, Section, Words
from codesign.indicators.domain import framework
from codesign.indicators.labels import domain_name
from codesign.web.forms import (
    CheckboxesField,
    DateField,
    Form,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    optional,
    validators,
)
from codesign.web.i18n import LANGUAGES, _, _l, current_lang, ngettext

ACTOR_ROWS = 5
ACTOR_FIELDS = ("name", "kind", "part", "by_when")
LONGEST_TEXT = 4000


def _version(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


class VersionedForm(Form):
    """A form that remembers which version of a thing it was filled in for."""

    version = HiddenField()
    base = HiddenField()

    @property
    def version_number(self) -> int:
        """The version the writer saw; 0 when there was none."""
        return _version(self.version.data)


class CoverForm(VersionedForm):
    """What the moderator may choose of the cover."""

    title = StringField(_l("Title of the advice"), filled(max=120), description=_l("A few words that people remember."))
    language = SelectField(_l("Language of the advice"), validate_choice=True)

    def __init__(self, *args: Any, languages: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, LANGUAGES[code].name) for code in languages if code in LANGUAGES]


def words_form(section: Section) -> type[Form]:
    """A form with the pieces of text of one section, each with the text that was seen."""
    made = type("WordsForm", (Form,), {})
    for key in (k for k in Words if SECTION_OF[k] is section):
        hint = WORDS_HINTS.get(key, "")
        setattr(made, key.value, TextAreaField(WORDS[key], optional(max=LONGEST_TEXT), description=hint))
        setattr(made, f"seen_{key.value}", HiddenField())
        setattr(made, f"base_{key.value}", HiddenField())
    return made


def short_enough(form: Form, field: Field) -> None:
    """At most 200 words."""
    over = word_count(field.data or "") - MOST_SUMMARY_WORDS
    if over > 0:
        raise validators.ValidationError(
            ngettext("This is %(num)s word too long.", "This is %(num)s words too long.", over)
        )


def summary_form(languages: Iterable[str]) -> type[Form]:
    """A form with "in short" in each of the languages."""
    made = type("SummaryForm", (Form,), {})
    for code in languages:
        name = LANGUAGES[code].name if code in LANGUAGES else code
        setattr(made, f"text_{code}", TextAreaField(name, [*optional(max=2000), short_enough]))
        setattr(made, f"seen_text_{code}", HiddenField())
        setattr(made, f"base_text_{code}", HiddenField())
    return made


class ChainForm(VersionedForm):
    """How change works: one link a field."""

    activity = StringField(_l("We do"), optional(max=200), description=_l("The activity, in a few words."))
    change = StringField(_l("Then"), optional(max=200), description=_l("What changes between people."))
    domain = SelectField(_l("In which theme does it grow?"))
    indicator = SelectField(_l("What grows?"))
    experience = SelectField(
        _l("Which question to people goes with it?"),
        description=_l("Needed when the thing above is counted."),
    )
    assumptions = TextAreaField(_l("What do we assume?"), optional(max=500))
    risks = TextAreaField(_l("What could go wrong?"), optional(max=500))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("Not chosen yet"))
        domains = framework().domains
        lang = current_lang()
        self.domain.choices = [nothing, *((d.code, domain_name(d.code)) for d in domains)]
        self.indicator.choices = {
            "": [nothing],
            **{domain_name(d.code): [(i.code, f"{i.code} {i.title(lang)}") for i in d.indicators] for d in domains},
        }
        self.experience.choices = {
            "": [nothing],
            **{
                domain_name(d.code): [(i.code, i.question(lang)) for i in d.indicators if i.kind == "experience"]
                for d in domains
            },
        }

    def validate_indicator(self, field: Field) -> None:
        """The indicator belongs to the theme."""
        if field.data and self.domain.data and not field.data.startswith(f"{self.domain.data}-"):
            raise validators.ValidationError(_("This does not belong to the theme you chose."))


class RecommendationForm(VersionedForm):
    """One recommendation; its change chain has a form of its own (`ChainForm`)."""

    title = StringField(_l("In one line, beginning with a verb"), filled(max=120))
    what = TextAreaField(_l("What should happen"), optional(max=2000))
    by_when = StringField(_l("By when"), optional(max=120))
    decided_on = DateField(
        _l("Day on which the municipality decides about it"), [validators.Optional()],
        description=_l("For example a budget or a contract. We warn when the advice comes too late."),
    )  # fmt: skip
    cost_class = SelectField(_l("Cost class"), coerce=int)
    notice = StringField(_l("How newcomers will notice"), optional(max=300))
    moment = SelectField(_l("Moment in the policy calendar"))
    small_group = SelectField(_l("A small group from the directory"))
    small_initiative = StringField(_l("Which small group could do this?"), optional(max=200))
    none_because = StringField(_l("No small group? Say why."), optional(max=500))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cost_class.choices = [
            (0, _("Not chosen yet")),
            (1, _("1: little or nothing")),
            (2, _("2: within today's money")),
            (3, _("3: some new money")),
            (4, _("4: much new money")),
        ]
        kinds = [(kind.value, str(words)) for kind, words in ACTORS.items()]
        for row in range(ACTOR_ROWS):
            self[f"actor_kind_{row}"].choices = kinds

    def actors(self) -> list[Actor]:
        """The rows in which a name was written."""
        rows = [[self[f"actor_{field}_{n}"].data or "" for field in ACTOR_FIELDS] for n in range(ACTOR_ROWS)]
        return [Actor(name, ActorKind(kind), *more) for name, kind, *more in rows if name]


for _row in range(ACTOR_ROWS):
    setattr(RecommendationForm, f"actor_name_{_row}", StringField(_l("Who does it"), optional(max=120)))
    setattr(RecommendationForm, f"actor_kind_{_row}", SelectField(_l("Kind"), default=ActorKind.MUNICIPALITY.value))
    setattr(RecommendationForm, f"actor_part_{_row}", StringField(_l("Their part"), optional(max=300)))
    setattr(RecommendationForm, f"actor_by_when_{_row}", StringField(_l("Their part: by when"), optional(max=120)))


class CitedForm(Form):
    """Something known elsewhere. A figure is not saved without source, date and definition (R06)."""

    kind = SelectField(_l("Kind"))
    text = TextAreaField(_l("What does it say?"), filled(max=1000))
    source = StringField(_l("Source"), optional(max=300), description=_l("Who says so, and where."))
    source_date = DateField(_l("Date of the source"), [validators.Optional()])
    checked_on = DateField(_l("Day on which you checked it"), [validators.Optional()])
    definition = StringField(_l("What exactly was counted?"), optional(max=500), description=_l("For figures."))
    url = StringField(_l("Address on the web"), optional(max=500))

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.kind.choices = [(kind.value, str(words)) for kind, words in CITED.items()]

    def validate_source_date(self, field: Field) -> None:
        """A source cannot come from tomorrow."""
        _not_later(field, self.today)

    def validate_checked_on(self, field: Field) -> None:
        """Nobody can have checked it tomorrow."""
        _not_later(field, self.today)

    def validate_url(self, field: Field) -> None:
        """Only web addresses."""
        try:
            parts = urlsplit(field.data or "")
            fine = parts.scheme in {"http", "https"} and bool(parts.netloc)
        except ValueError:
            fine = False
        if field.data and not fine:
            raise validators.ValidationError(_("Write an address that begins with https://."))

    def validate(self, extra_validators: Any = None) -> bool:
        """A figure needs source, date and definition; figures and law also the day of the check."""
        good = bool(super().validate(extra_validators))
        kind = self.kind.data
        needed = []
        if kind in {CitedKind.FIGURE, CitedKind.LAW}:
            needed = [self.source, self.source_date, self.checked_on]
        if kind == CitedKind.FIGURE:
            needed.append(self.definition)
        for field in needed:
            if not field.data and not field.errors:
                field.errors = [_("A figure or a rule is not kept without this.")]
                good = False
        return good


def _not_later(field: Field, today: date | None) -> None:
    if field.data and today and field.data > today:
        raise validators.ValidationError(_("This day is still to come."))


class LinksForm(Form):
    """Which outcomes or released words stand in a section."""

    links = CheckboxesField(_l("Choose"), coerce=int)


class QuoteForm(Form):
    """The sentence a moderator would like to quote, letter by letter as its maker wrote it."""

    source = SelectField(_l("From which words?"))
    sentence = TextAreaField(
        _l("The sentence"), filled(max=500), description=_l("Copy it exactly. You cannot change words of people.")
    )
    translation = TextAreaField(
        _l("The same in the language of the advice"), optional(max=500), description=_l("Translated by a person.")
    )


class LeftOutForm(Form):
    """Why an idea is not in the vote."""

    reason = TextAreaField(_l("Why is it not in the vote?"), filled(max=500))


class DeadlineForm(Form):
    """Until which day the panel can vote."""

    until = DateField(_l("The panel can vote until"), [validators.InputRequired()])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_until(self, field: Field) -> None:
        """At least one whole day from now, at most sixty."""
        if field.data and not 1 <= (field.data - self.today).days <= 60:
            raise validators.ValidationError(_("Choose a day from tomorrow on, within two months."))
