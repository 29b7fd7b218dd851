"""Reading who translates for a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from codesign.translators.models import PlaceTranslators


@dataclass(frozen=True)
class Translator:
    """Somebody whom the host knows to translate; nobody reads the address but those who ask."""

    name: str
    mail: str
    languages: tuple[str, ...]


def translators(session: Session, place_code: str, language: str | None = None) -> Sequence[Translator]:
    """The translators of a place, or those who write one language, in the host's order; one statement."""
    row = session.get(PlaceTranslators, place_code)
    people = [Translator(p["name"], p["mail"], tuple(p["languages"])) for p in (row.people["people"] if row else ())]
    return [p for p in people if language is None or language in p.languages]
