"""What every form for people's words shares: the language they are in, and the key that makes sending twice one."""

from __future__ import annotations

import re
import uuid
from typing import Any

from codesign.web.access import Identity
from codesign.web.forms import Form, HiddenField, SelectField
from codesign.web.i18n import LANGUAGES, _l, current_lang

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An unreadable key means a new one: nothing is refused for it.
        if not _KEY.fullmatch(self.key.data or ""):
            self.key.data = str(uuid.uuid4())
