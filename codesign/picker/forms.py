"""The form in which evidence is ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from wtforms.fields import Field

from codesign.evidence.values import Thing
from codesign.picker.domain import Offer, key_of, things_of
from codesign.web.forms import CheckboxesField, Form, HiddenField, StringField, length, validators
from codesign.web.i18n import _, _l

MOST_OF_ONE_KIND = 20


class EvidenceForm(Form):
    """What is ticked, what stood ticked when the page was opened, and the words somebody looks for."""

    q = StringField(_l("Find in these"), length(max=200))
    things = CheckboxesField(_l("What is behind it?"))
    seen = HiddenField()
    words = HiddenField()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Everything that can be ticked, whatever of it the page shows."""
        self.things.choices = [(o.key, o.words) for o in offers]

    def validate_things(self, field: Field) -> None:
        """As many of one kind as the document holds."""
        counts = Counter(kind for kind, _id in things_of(field.data or []))
        if any(count > MOST_OF_ONE_KIND for count in counts.values()):
            raise validators.ValidationError(_("Choose at most %(num)s of one kind.", num=MOST_OF_ONE_KIND))

    @property
    def ticked(self) -> set[Thing]:
        """What is ticked."""
        return things_of(self.things.data or [])

    @property
    def before(self) -> set[Thing]:
        """What stood ticked when the page was opened."""
        return things_of((self.seen.data or "").split(","))

    def holds(self) -> bool:
        """Whether all that is ticked can still be chosen; what is not any more is unticked and said."""
        if self.validate_on_submit():
            return True
        there = {key for key, _words in self.things.choices}
        if not set(self.things.data or []) <= there:
            self.things.data = [key for key in self.things.data or [] if key in there]
            self.things.errors = [_("Something you ticked is not here any more. Your other ticks are kept.")]
        return False


def joined(things: Collection[Thing]) -> str:
    """Things in one hidden field."""
    return ",".join(key_of(thing) for thing in sorted(things))
