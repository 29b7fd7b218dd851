"""Reading the page of a place: its lines with the words that hold, what is too old, and who keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from codesign.accounts.models import Person
from codesign.legal_help.domain import Part, Words, is_old, nearest
from codesign.legal_help.models import HelpCheck, HelpLine, HelpTranslation, HelpWords
from codesign.panels.models import Membership, Municipality, Panel
from codesign.rules.roles import Role


@dataclass(frozen=True)
class Line:
    """A line with the words that hold now."""

    row: HelpLine
    words: HelpWords

    def is_old(self, today: date) -> bool:
        """Whether its check no longer holds."""
        return is_old(self.row.valid_until, today)

    @property
    def languages(self) -> list[str]:
        """Every language the line can be read in, the one it was written in first."""
        return list(dict.fromkeys([self.words.language, *(t.language for t in self.words.translations)]))

    def translation(self, language: str) -> HelpTranslation | None:
        """The newest translation in a language."""
        return next((t for t in reversed(self.words.translations) if t.language == language), None)

    def read(self, wanted: Sequence[str]) -> tuple[str, Words]:
        """The language and the words for somebody who wants these languages, the dearest first."""
        language = nearest(self.languages, wanted, self.words.language)
        found: HelpTranslation | HelpWords = self.translation(language) or self.words
        return language, Words(found.title, found.text, found.who_decides, found.how_to_reach)


def _current() -> Select[HelpLine, HelpWords]:
    return (
        select(HelpLine, HelpWords)
        .join(HelpWords, (HelpWords.line_id == HelpLine.id) & (HelpWords.version == HelpLine.version))
        .options(selectinload(HelpWords.translations))
        .where(HelpLine.taken_off_at.is_(None))
    )


def lines(session: Session, place_code: str) -> list[Line]:
    """The lines of a place, oldest first, in two statements."""
    rows = session.execute(_current().where(HelpLine.place_code == place_code).order_by(HelpLine.id)).all()
    return [Line(row, words) for row, words in rows]


def line(session: Session, line_id: int) -> Line | None:
    """One line that was not taken off."""
    row = session.execute(_current().where(HelpLine.id == line_id)).first()
    return None if row is None else Line(row[0], row[1])


def versions(session: Session, line_id: int) -> Sequence[HelpWords]:
    """Every version of a line, newest first, with its translations."""
    statement = select(HelpWords).options(selectinload(HelpWords.translations)).where(HelpWords.line_id == line_id)
    return session.scalars(statement.order_by(HelpWords.version.desc())).all()


def checks(session: Session, line_id: int) -> Sequence[HelpCheck]:
    """Every check of a line, newest first."""
    return session.scalars(select(HelpCheck).where(HelpCheck.line_id == line_id).order_by(HelpCheck.id.desc())).all()


def old_count(session: Session, place_code: str, today: date) -> int:
    """How many lines of a place are too old."""
    statement = select(func.count()).where(
        HelpLine.place_code == place_code, HelpLine.taken_off_at.is_(None), HelpLine.valid_until < today
    )
    return session.scalar(statement) or 0


def place_for(session: Session, code: str, person_id: int) -> Municipality | None:
    """The place whose page this person keeps: the host any, a moderator the places of their panels."""
    mine = exists().where(
        Membership.person_id == person_id, Membership.left_at.is_(None), Membership.role == Role.MODERATOR,
        Membership.panel_id == Panel.id, Panel.municipality_code == Municipality.code,
    )  # fmt: skip
    host = exists().where(Person.id == person_id, Person.is_host)
    return session.scalar(select(Municipality).where(Municipality.code == code, or_(mine, host)))


def places_with_a_page(session: Session) -> Sequence[Municipality]:
    """Places that have at least one line, by name."""
    there = exists().where(HelpLine.place_code == Municipality.code, HelpLine.taken_off_at.is_(None))
    return session.scalars(select(Municipality).where(there).order_by(Municipality.name)).all()


def by_part(found: Sequence[Line]) -> dict[Part, list[Line]]:
    """The two lists."""
    return {part: [each for each in found if each.row.part is part] for part in Part}
