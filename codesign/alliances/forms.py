"""The form with which an organisation is invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.fields import Field

from codesign.networks.queries import NetworkLine
from codesign.panels.forms import MAIL
from codesign.web.forms import Form, SelectField, StringField, filled, one_line, validators
from codesign.web.i18n import _, _l, languages


class OrganisationForm(Form):
    """A self-organisation or small initiative that may co-sign at the record door."""

    name = StringField(
        _l("Name of the organisation"), [one_line, *filled(max=120)], description=_l("The public reads this name.")
    )
    network = SelectField(_l("In the list of groups"))
    contact_name = StringField(
        _l("Who gets the link?"), [one_line, *filled(max=80)], description=_l("This name is never shown.")
    )
    mail = StringField(_l("Mail address"), [one_line, *filled(max=254)])
    language = SelectField(_l("Language"))

    def __init__(self, known: Sequence[NetworkLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(each.code, each.name) for each in languages()]
        self.network.choices = [("", _("Not in the list")), *((line.code, line.name) for line in known)]

    def validate_mail(self, field: Field) -> None:
        """Looks like an address."""
        if not MAIL.fullmatch(field.data):
            raise validators.ValidationError(_("This is not an e-mail address."))
