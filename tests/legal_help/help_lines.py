"""Writing lines of the page in tests."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session
from worlds import NOW, World

from codesign.db import writing
from codesign.legal_help import actions, queries
from codesign.legal_help.domain import Part, Source, Words
from codesign.panels.models import Municipality
from codesign.rules.roles import Role

TODAY, UNTIL = date(2026, 6, 1), date(2026, 9, 1)
SOURCE = Source("House rules of the lessons (demonstration)", "https://example.org/rules", TODAY, TODAY, UNTIL)
WORDS = Words("Lessons you miss", "The school can report that you were not there.", who_decides="The college")


def fresh(session: Session, line_id: int) -> queries.Line:
    """The line as it stands in the store now."""
    session.expire_all()
    found = queries.line(session, line_id)
    assert found is not None
    return found


def write(world: World, **more) -> queries.Line:
    place = world.session.get(Municipality, world.panel.municipality_code)
    with writing(world.session):
        row = actions.write_line(
            world.session, place, by=world.moderator.id, role=Role.MODERATOR, today=TODAY, now=NOW,
            **({"part": Part.SANCTION, "words": WORDS, "language": "en", "spoken": [], "source": SOURCE} | more),
        )  # fmt: skip
    return queries.line(world.session, row.id)
