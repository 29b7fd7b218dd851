"""When advice comes too late, codes in three scripts, and the letters of a calendar file: pure values."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.places.domain import CODE_LENGTH, MomentKind, MomentLine, Origin, code_of, needed_before, next_as_of
from codesign.places.icalendar import Event, calendar, escaped, folded, uid

STAMP = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def line(decided_on, advice_before, weeks):
    before = needed_before(decided_on, advice_before, weeks)
    kind, origin = MomentKind.BUDGET, Origin.PANEL
    return MomentLine("budget", "Budget", kind, decided_on, before, "en", "A page", decided_on, "", origin, STAMP)


@pytest.mark.parametrize(
    ("decided", "before", "weeks", "today", "is_late"),
    [
        (date(2026, 11, 10), None, 8, date(2026, 9, 15), False),  # the last day itself is in time
        (date(2026, 11, 10), None, 8, date(2026, 9, 16), True),
        (date(2026, 11, 10), date(2026, 11, 10), 8, date(2026, 11, 10), False),
        (date(2026, 11, 10), date(2026, 3, 1), 8, date(2026, 3, 2), True),  # what was said counts, not the weeks
        (date(2026, 1, 5), None, 52, date(2025, 1, 6), False),
        (date(2028, 2, 29), None, 1, date(2028, 2, 23), True),
    ],
)
def test_R24_advice_after_its_last_day_is_late(decided, before, weeks, today, is_late):
    found = line(decided, before, weeks)
    assert found.late(today) is is_late
    assert (found.days_left(today) < 0) is is_late


def test_a_code_is_made_of_plain_letters_and_given_once():
    assert code_of("Sew together!", (), "group") == "sew-together"
    assert code_of("Café Ørsted", {"cafe-orsted"}, "group") == "cafe-orsted-2"
    assert code_of("نادي الشاي", {"group"}, "group") == "group-2"
    assert len(code_of("x" * 300, (), "group")) <= CODE_LENGTH
    assert code_of("-- ", (), "moment") == "moment"


def test_a_document_is_always_newer_than_the_one_before():
    at = STAMP.replace(microsecond=999)
    first = next_as_of(at, None)
    assert first == STAMP
    assert next_as_of(at, first) > first
    assert next_as_of(datetime(2020, 1, 1, tzinfo=UTC), first) > first


def test_text_of_a_calendar_is_escaped_as_the_standard_says():
    assert escaped("a;b,c\\d\r\ne\nf\rg\x00\x1b\x7f") == "a\\;b\\,c\\\\d\\ne\\nf\\ng"


def unfolded(file):
    return file.decode().replace("\r\n ", "").split("\r\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(text):
    line = "SUMMARY:" + escaped(text)
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(line).replace("\r\n ", "") == line


def test_a_file_says_each_day_with_its_name_and_the_time_its_words_were_written():
    name = uid("here", "veldhaven", "budget-2027")
    assert name == uid("here", "veldhaven", "budget-2027") != uid("there", "veldhaven", "budget-2027")
    words = "المجلس يقرر الميزانية; <b>\nDTSTART:20000101" * 3
    event = Event(name, date(2026, 12, 31), words, "Source: x", "ar", "https://veldhaven.example/a", STAMP)
    file = calendar("What Veldhaven decides", [event])
    lines = unfolded(file)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert {
        f"UID:{name}",
        "DTSTAMP:20260504T090000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
    } <= set(lines)
    assert [x for x in lines if x.startswith("SUMMARY")] == ["SUMMARY;LANGUAGE=ar:" + escaped(words)]
    assert sum(x.startswith("DTSTART") for x in lines) == 1
    plain = Event(name, date(2026, 12, 31), "x", "", "", "https://veldhaven.example/\r\nATTENDEE:x", STAMP)
    assert not [x for x in unfolded(calendar("x", [plain])) if x.startswith(("URL", "ATTENDEE", "DESC"))]
