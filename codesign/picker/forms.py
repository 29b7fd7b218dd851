"""The form in which evidence is ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from codesign.evidence.values import Thing
from codesign.picker.domain import Offer, key_of, things_of
from codesign.web.forms import CheckboxesField, Form, HiddenField, StringField, length
from codesign.web.i18n import _, _l


class EvidenceForm(Form):
    """What is ticked, what stood ticked when the page was opened, and the words somebody looks for."""

    q = StringField(_l("Find in these"), length(max=200))
    things = CheckboxesField(_l("What is behind it?"))
    seen = HiddenField()
    words = HiddenField()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Everything that can be ticked, whatever of it the page shows."""
        self.things.choices = [(o.key, o.words) for o in offers]

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
        if self.things.errors:
            there = {key for key, _words in self.things.choices}
            self.things.data = [key for key in self.things.data or [] if key in there]
            self.things.errors = [_("Something you ticked is not here any more. Your other ticks are kept.")]
        return False


def joined(things: Collection[Thing]) -> str:
    """Things in one hidden field."""
    return ",".join(key_of(thing) for thing in sorted(things))
