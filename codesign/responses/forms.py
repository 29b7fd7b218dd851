"""The forms of an answer, one for each page; a draft may be saved with empty fields, but not with wrong ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms.fields import Field

from codesign.responses.domain import (
    MOST_PROMISES,
    SUMMARY_WORDS,
    WITH_PROMISES,
    Decision,
    OfferReplyDraft,
    OfferSaid,
    PartDraft,
    PromiseDraft,
    empty_phrase,
    words,
)
from codesign.responses.labels import DECISIONS, OFFER_SAID, not_a_reason
from codesign.rules.text import Detail, identifying
from codesign.web.forms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    filled,
    optional,
    validators,
)
from codesign.web.i18n import LANGUAGES, _, _l, ngettext

LONG, LINE = 8000, 500
_LATEST_REPORT = timedelta(days=731)


class PieceForm(Form):
    """A page of the answer; `seen` is the number of the version it was read from."""

    seen = HiddenField(default="0")

    @property
    def seen_number(self) -> int:
        """The version this page was read from; anything unreadable is none."""
        raw = self.seen.data or ""
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0


class HeardForm(PieceForm):
    """What the municipality heard, before it decides anything (R16)."""

    what_we_heard = TextAreaField(
        _l("What did you hear?"),
        filled(max=LONG, missing=_l("Say first what you heard. The panel reads this before all else.")),
        description=_l("Say it in your own words, before you decide. The panel reads this first."),
    )
    language = SelectField(_l("In which language do you answer?"))

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, LANGUAGES[code].name) for code in offered if code in LANGUAGES]


class PromiseForm(Form):
    """One owner; a row that is wholly empty counts as none."""

    class Meta(Form.Meta):
        csrf = False

    owner = StringField(_l("Post"), optional(max=LINE))
    money = StringField(_l("Money"), optional(max=LINE))
    by = DateField(_l("Date"), [validators.Optional()])
    action = TextAreaField(_l("What they do"), optional(max=LONG))
    first_step = StringField(_l("First step people can see"), optional(max=LINE))

    def validate_owner(self, field: Field) -> None:
        """Owners are posts: people come and go, and a name has no place in the record."""
        if any(found.kind is Detail.NAME for found in identifying(field.data or "")):
            raise validators.ValidationError(_("Write a post, not the name of a person."))

    def needs_all(self, today: date) -> None:
        """Mark what is still empty in a row that was begun, and a day that has gone by."""
        for field in (self.owner, self.money, self.action, self.first_step):
            if not field.data and not field.errors:
                field.errors = [_("Fill this in first.")]
        if self.by.data is None:
            self.by.errors = self.by.errors or [_("Name a day.")]
        elif self.by.data < today:
            self.by.errors = [_("This day has gone by. Name a later one.")]

    def value(self) -> PromiseDraft:
        """What was filled in."""
        return PromiseDraft(
            self.owner.data or "", self.action.data or "", self.money.data or "", self.by.data,
            self.first_step.data or "",
        )  # fmt: skip


class OfferReplyForm(Form):
    """What is said to one organisation that offers to do the task itself."""

    class Meta(Form.Meta):
        csrf = False

    offer = HiddenField()
    reply = RadioField(
        _l("What do you say to this offer?"), [validators.Optional()],
        choices=[(said.value, words[0]) for said, words in OFFER_SAID.items()],
    )  # fmt: skip
    reasons = TextAreaField(_l("In a few words"), optional(max=LONG), description=_l("If you say no: say why."))

    def validate_reasons(self, field: Field) -> None:
        """Politeness is no reason here either."""
        if self.reply.data == OfferSaid.NO and (phrase := empty_phrase(field.data or "")):
            raise validators.ValidationError(not_a_reason(phrase))

    def needs_all(self) -> None:
        """Mark what is still owed to this organisation."""
        if not self.reply.data:
            self.reply.errors = [_("Say yes, “let us talk”, or no.")]
        elif self.reply.data == OfferSaid.NO and not self.reasons.data and not self.reasons.errors:
            self.reasons.errors = [_("Say why not.")]

    @property
    def offer_number(self) -> int:
        """Which offer; anything unreadable is none."""
        raw = self.offer.data or ""
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0

    def value(self) -> OfferReplyDraft:
        """What was filled in."""
        said = OfferSaid(self.reply.data) if self.reply.data else None
        return OfferReplyDraft(self.offer_number, said, self.reasons.data or "")


class PartForm(PieceForm):
    """The answer to one recommendation."""

    decision = RadioField(
        _l("What do you decide?"), [validators.Optional()], choices=[(d.value, w[0]) for d, w in DECISIONS.items()]
    )
    forwarded_to = StringField(
        _l("To whom do you forward it?"), optional(max=LINE), description=_l("Only if it is not yours.")
    )
    reasons = TextAreaField(_l("Why this decision?"), optional(max=LONG))
    promises = FieldList(FormField(PromiseForm), min_entries=1, max_entries=MOST_PROMISES)
    offers = FieldList(FormField(OfferReplyForm), max_entries=200)

    def value(self, recommendation: int) -> PartDraft:
        """What was filled in."""
        return PartDraft(
            recommendation,
            Decision(self.decision.data) if self.decision.data else None,
            self.reasons.data or "",
            self.forwarded_to.data or "",
            tuple(entry.form.value() for entry in self.promises),
            tuple(entry.form.value() for entry in self.offers),
        )

    def validate_reasons(self, field: Field) -> None:
        """Politeness is no reason, in a draft neither."""
        if phrase := empty_phrase(field.data or ""):
            raise validators.ValidationError(not_a_reason(phrase))

    def is_whole(self, today: date) -> bool:
        """Everything is there that this decision needs; what is not gets its sentence at its field."""
        part = self.value(0)
        if part.decision is None:
            self.decision.errors = [_("Choose a decision.")]
        if not part.reasons:
            self.reasons.errors = [_("Say what stands in the way, or what it rests on.")]
        if part.decision is Decision.NOT_OURS and not part.forwarded_to:
            self.forwarded_to.errors = [_("Say to whom you forward it.")]
        rows = [(entry.form, entry.form.value()) for entry in self.promises]
        if part.decision in WITH_PROMISES and all(value.empty for _form, value in rows):
            rows[0][0].owner.errors = [_("Name at least one post that does this.")]
        for form, value in rows:
            if not value.empty:
                form.needs_all(today)
        for entry in self.offers:
            entry.form.needs_all()
        return not self.all_errors()

    def all_errors(self) -> list[tuple[str, str, str]]:
        """Field id, label and sentence of everything that is wrong, in the order of the page."""
        fields = [self.decision, self.forwarded_to, self.reasons]
        rows = [*self.promises, *self.offers]
        fields += [field for entry in rows for field in entry.form if field.short_name != "csrf_token"]
        return [
            (f"{f.id}-0" if isinstance(f, RadioField) else f.id, str(f.label.text), str(f.errors[0]))
            for f in fields
            if f.errors
        ]


class ClosingForm(PieceForm):
    """What comes after the recommendations."""

    ask_back = TextAreaField(
        _l("What do you ask the panel?"), optional(max=LONG), description=_l("Questions back, if you have any.")
    )
    council = TextAreaField(
        _l("How does the council hear of this?"),
        filled(max=LONG, missing=_l("Say when and how the council gets advice and answer.")),
    )
    first_report_on = DateField(
        _l("When do you report for the first time?"),
        [validators.InputRequired(_l("Name a day."))],
        description=_l("Half a year from now is usual."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def validate_first_report_on(self, field: Field) -> None:
        """A day to come, within two years."""
        if field.data is not None and not self._today < field.data <= self._today + _LATEST_REPORT:
            raise validators.ValidationError(_("Name a day to come, within two years."))


class SummaryForm(PieceForm):
    """The answer in plain words: the original, or one translation."""

    text = TextAreaField(_l("The same in plain words"), filled(max=2000))

    def __init__(self, *args: Any, original: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._original = original

    def validate_text(self, field: Field) -> None:
        """The original stays short; a translation may need a few words more."""
        over = words(field.data or "") - SUMMARY_WORDS
        if self._original and over > 0:
            raise validators.ValidationError(
                ngettext("This is %(num)s word too long.", "This is %(num)s words too long.", over)
            )
