"""The forms of officials: coming in, and the first time."""

from __future__ import annotations

import re
from typing import Any

from wtforms.fields import Field

from codesign.credentials import passwords
from codesign.web.forms import Form, PasswordField, SelectField, StringField, filled, validators
from codesign.web.i18n import _, _l

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


class SignInForm(Form):
    """Login, password and the code of the app."""

    login = StringField(_l("Your login"), filled(max=60))
    password = PasswordField(_l("Your password"), [validators.Length(max=400)])
    code = StringField(_l("The 6 digits of your app"), filled(max=20))


class ColleagueForm(Form):
    """Who is invited to write one piece of an answer."""

    piece = SelectField(_l("Which part?"))
    display_name = StringField(_l("Their name"), filled(max=80))
    post = StringField(_l("Their post"), filled(max=120), description=_l("The public reads the post, not the name."))
    mail = StringField(_l("Their mail address"), filled(max=254))

    def validate_mail(self, field: Field) -> None:
        """One address, as a mail program takes it."""
        field.data = (field.data or "").strip()
        if not _MAIL.fullmatch(field.data):
            raise validators.ValidationError(_("Write one mail address."))


class InvitationForm(Form):
    """What the invited sets, once."""

    login = StringField(_l("Choose a login"), description=_l("3 to 40 plain letters, digits, dots or dashes."))
    password = PasswordField(_l("A new password"), description=_l("15 letters or more. Four or five words are fine."))
    again = PasswordField(_l("The same password again"))
    code = StringField(_l("The 6 digits your app shows now"), filled(max=20))

    def __init__(self, *args: Any, keeps_login: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if keeps_login:
            del self.login

    def validate_login(self, field: Field) -> None:
        """Plain letters, so that it can be typed on any keyboard."""
        field.data = (field.data or "").strip().lower()
        if not _LOGIN.fullmatch(field.data):
            raise validators.ValidationError(_("Use 3 to 40 plain letters, digits, dots or dashes."))

    def validate_password(self, field: Field) -> None:
        """Long enough, and not one letter again and again."""
        if passwords.is_weak(field.data or ""):
            raise validators.ValidationError(_("Use 15 letters or more, and not the same few."))

    def validate_again(self, field: Field) -> None:
        """Typed the same twice."""
        if field.data != self.password.data:
            raise validators.ValidationError(_("The two are not the same. Type them again."))
