"""What every form for people's words shares: the language they are in, and the key that makes sending twice one."""

from __future__ import annotations

import re
import uuid
from typing import Any

from codesign.rules.words import kinds_found
from codesign.web.access import Identity
from codesign.web.forms import Form, HiddenField, SelectField, validators
from codesign.web.i18n import LANGUAGES, _, _l, current_lang
from codesign.web.labels import detail_words

_KEY = re.compile(r"[0-9a-f-]{36}")


def language_choices() -> list[tuple[str, str]]:
    """All languages people write in, each by its own name."""
    return [(language.code, language.name) for language in LANGUAGES.values()]


def own_language(person: Identity) -> str:
    """The language a form proposes: the reader's own, else the one of the page."""
    return person.language if person.language in LANGUAGES else current_lang()


class WordsForm(Form):
    """Base of forms for people's words."""

    language = SelectField(_l("In which language do you write?"), choices=language_choices)
    key = HiddenField()
    # Whether something was found that could say who somebody is.
    held = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An unreadable key means a new one: nothing is refused for it.
        if not _KEY.fullmatch(self.key.data or ""):
            self.key.data = str(uuid.uuid4())

    def may_pass(self) -> bool:
        """Whether somebody who may decide looked, and says that what was found says nothing of a person."""
        return False


def says_nobody(form: WordsForm, field: Any) -> None:
    """Details that could say who somebody is are told at the field, before anything is kept (R15)."""
    found = kinds_found(field.data) if field.data and not form.may_pass() else []
    if found:
        form.held = True
        lines = [*detail_words(found), _("Take it out: nothing here may say who somebody is.")]
        raise validators.StopValidation(" ".join(lines))
