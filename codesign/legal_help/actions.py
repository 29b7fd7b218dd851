"""Writing a line with its source, changing it, checking it again, translating it, and taking it off."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.legal_help.domain import Part, Source, Words, problems, validity_problem
from codesign.legal_help.models import HelpCheck, HelpLine, HelpTranslation, HelpWords
from codesign.legal_help.queries import Line
from codesign.panels.models import Municipality
from codesign.rules.permissions import Action, Facts, Reason, Refused, require
from codesign.rules.roles import Role


def _allowed(role: Role, *, sourced: bool = True) -> None:
    require(Action.KEEP_LEGAL_HELP, Facts(role=role, sourced=sourced))


def write_line(
    session: Session, place: Municipality, *, part: Part, words: Words, language: str, spoken: list[str],
    source: Source, by: int, role: Role, today: date, now: datetime,
) -> HelpLine:  # fmt: skip
    """A new line; without source, its day, the day of the check and a last day it is refused (R42)."""
    _allowed(role, sourced=not problems(source, today))
    assert source.checked_on is not None
    assert source.valid_until is not None
    line = HelpLine(
        place_code=place.code, part=part, version=1, checked_on=source.checked_on, valid_until=source.valid_until
    )
    session.add(line)
    session.flush()
    _version(session, line, words, language, spoken, source, by, now)
    _note(session, line, "write_help_line", by, now)
    return line


def change_line(
    session: Session, line: Line, *, version: int, words: Words, language: str, spoken: list[str], source: Source,
    by: int, role: Role, today: date, now: datetime,
) -> HelpWords:  # fmt: skip
    """The next version; the one before stays. Translations come along only where the words stayed the same.

    Refused with WRONG_STATE when somebody saved another version since `version`.
    """
    _allowed(role, sourced=not problems(source, today))
    row = _locked(session, line, version)
    assert source.checked_on is not None
    assert source.valid_until is not None
    before = line.words
    row.version, row.checked_on, row.valid_until = version + 1, source.checked_on, source.valid_until
    made = _version(session, row, words, language, spoken, source, by, now)
    if (_words_of(before), before.language) == (words, language):
        for code in line.languages[1:]:
            old = line.translation(code)
            assert old is not None
            _translation(session, made.id, code, _words_of(old), old.by, old.at)
    _note(session, row, "change_help_line", by, now)
    return made


def check_line(
    session: Session, line: Line, *, version: int, valid_until: date | None, by: int, role: Role, today: date,
    now: datetime,
) -> None:  # fmt: skip
    """Somebody compared these words with their source today: they hold until `valid_until`."""
    _allowed(role, sourced=validity_problem(today, valid_until, today) is None)
    row = _locked(session, line, version)
    assert valid_until is not None
    row.checked_on, row.valid_until = today, valid_until
    session.add(HelpCheck(line_id=row.id, checked_on=today, valid_until=valid_until, by=by, at=now))
    _note(session, row, "check_help_line", by, now)


def translate_line(
    session: Session, line: Line, *, version: int, language: str, words: Words, by: int, role: Role, now: datetime
) -> None:
    """The words of this version in another language; typing them again adds a row, the newest holds."""
    _allowed(role)
    row = _locked(session, line, version)
    _translation(session, line.words.id, language, words, by, now)
    _note(session, row, "translate_help_line", by, now)


def take_off_line(session: Session, line: Line, *, by: int, role: Role, now: datetime) -> None:
    """Nobody reads the line any more; its versions stay."""
    _allowed(role)
    line.row.taken_off_at = now
    _note(session, line.row, "take_off_help_line", by, now)


def _locked(session: Session, line: Line, version: int) -> HelpLine:
    row = lock(session, HelpLine, line.row.id)
    if row is None or row.version != version or row.taken_off_at is not None:
        raise Refused(Reason.WRONG_STATE)
    return row


def _version(
    session: Session, line: HelpLine, words: Words, language: str, spoken: list[str], source: Source, by: int,
    now: datetime,
) -> HelpWords:  # fmt: skip
    assert source.day is not None
    made = HelpWords(
        line_id=line.id, version=line.version, language=language, title=words.title, text=words.text,
        who_decides=words.who_decides, how_to_reach=words.how_to_reach, spoken=spoken, source=source.name,
        url=source.url, source_date=source.day, by=by, at=now,
    )  # fmt: skip
    session.add(made)
    session.add(HelpCheck(line_id=line.id, checked_on=line.checked_on, valid_until=line.valid_until, by=by, at=now))
    session.flush()
    return made


def _words_of(row: HelpWords | HelpTranslation) -> Words:
    return Words(row.title, row.text, row.who_decides, row.how_to_reach)


def _translation(session: Session, words_id: int, language: str, words: Words, by: int, at: datetime) -> None:
    session.add(
        HelpTranslation(
            words_id=words_id, language=language, title=words.title, text=words.text, who_decides=words.who_decides,
            how_to_reach=words.how_to_reach, by=by, at=at,
        )
    )  # fmt: skip


def _note(session: Session, line: HelpLine, verb: str, by: int, now: datetime) -> None:
    note(session, Store.VOICES, by=by, verb=verb, what="help_line", id=line.id, now=now)
