"""The form in which the host names translators: one person a line."""

from __future__ import annotations

from typing import Any

from wtforms.fields import Field

from codesign.panels.forms import MAIL
from codesign.web.forms import Form, TextAreaField, optional, validators
from codesign.web.i18n import LANGUAGES, _, _l


class TranslatorsForm(Form):
    """Whom officials can ask to translate for a place."""

    people = TextAreaField(
        _l("Translators"), optional(max=6000),
        description=_l("One person a line, like this: ar, ti; Linden Bridge; linden@example.org"),
    )  # fmt: skip

    def validate_people(self, field: Field) -> None:
        """Each line has languages we know, a name and an address; forty lines at most."""
        lines = [line for line in field.data.splitlines() if line.strip()]
        if len(lines) > 40:
            raise validators.ValidationError(_("Forty people at most."))
        for number, line in enumerate(lines, start=1):
            if translator(line) is None:
                raise validators.ValidationError(_("Line %(number)d is not right. Look at the example.", number=number))

    def value(self) -> list[dict[str, Any]]:
        """Name, address and languages of each."""
        return [found for line in self.people.data.splitlines() if (found := translator(line)) is not None]


def translator(line: str) -> dict[str, Any] | None:
    """What one line says: `ar, ti; name; address`; None when it is something else."""
    parts = [" ".join(part.split()) for part in line.split(";")]
    if len(parts) != 3:
        return None
    codes = list(dict.fromkeys(code.strip() for code in parts[0].split(",") if code.strip()))
    fine = codes and set(codes) <= set(LANGUAGES) and 0 < len(parts[1]) <= 80 and MAIL.fullmatch(parts[2])
    return {"name": parts[1], "mail": parts[2].lower(), "languages": codes} if fine else None
