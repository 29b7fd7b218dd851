"""What crosses the wall is checked, kept as it came, taken once, and told to the officials."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.documents import queries, standing
from codesign.documents.clock import clock
from codesign.documents.domain import DocumentError, digest, freeze
from codesign.documents.models import AdviceStatus, Document, Kind
from codesign.documents.receiving import receive_advice, receive_place, receive_release, receive_summary
from codesign.jobs.models import OutboxItem, OutboxState
from codesign.jobs.outbox import deliver, put
from codesign.journal.models import RecordEntry
from codesign.mail.models import Mail
from codesign.officials.models import Official
from codesign.rules.states import AdviceState

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def bytes_of(example):
    return lambda name: freeze(name.split("_")[0], example(name))


@pytest.fixture
def arrive(session, bytes_of):
    """Put the example place, releases and advice in the record."""

    def go(*names):
        receivers = {
            "place": receive_place,
            "release": receive_release,
            "advice": receive_advice,
            "summary": receive_summary,
        }
        for name in names or ("place", "release", "release_adoption", "advice"):
            with writing(session):
                receivers[name.split("_")[0]](session, bytes_of(name), NOW)

    return go


def count(session, model):
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def official(session, mail="adviser@veldhaven.example", place="veldhaven"):
    with writing(session):
        session.add(
            Official(
                login=mail, display_name="M.", post="Adviser", place_code=place, mail=mail, language="en", made_at=NOW
            )
        )


def test_an_advice_is_kept_as_it_came_and_its_clock_runs(session, arrive, bytes_of):
    arrive()
    stored = bytes_of("advice")
    row = session.get(Document, digest(stored))
    assert row.stored == stored
    assert hashlib.sha256(row.stored).hexdigest() == row.digest
    assert (row.kind, row.number, row.place_code, row.about) == (Kind.ADVICE, "2026-3", "veldhaven", None)
    status = queries.advice_of(session, "veldhaven", "2026-3")
    assert (status.sent_on, status.due_on, status.year) == (date(2026, 9, 7), date(2026, 11, 2), 2026)
    assert status.opened_at is status.answered_at is None
    assert [t.domain for t in status.themes] == ["BON", "BRI", "LNG", "LEI"]
    assert status.short["nl"].startswith("Wij praten met ambtenaren")
    assert standing.state_of(status) is AdviceState.SENT


def test_the_same_document_again_changes_nothing(session, arrive):
    arrive()
    official(session)
    before = [count(session, m) for m in (Document, AdviceStatus, RecordEntry, Mail)]
    arrive()
    assert [count(session, m) for m in (Document, AdviceStatus, RecordEntry, Mail)] == before


def test_each_official_of_the_place_is_told_once_and_nothing_of_the_content_is_in_the_mail(session, arrive, example):
    arrive("place", "release", "release_adoption")
    official(session)
    official(session, "clerk@veldhaven.example")
    arrive("advice")
    mails = session.scalars(sa.select(Mail).order_by(Mail.to)).all()
    assert [m.to for m in mails] == ["adviser@veldhaven.example", "clerk@veldhaven.example"]
    assert "2026-3" in mails[0].subject
    assert "/advice/veldhaven/2026-3" in mails[0].body
    assert example("advice")["goes_well"][:20] not in mails[0].body


def test_an_advice_that_names_a_release_which_is_not_here_is_refused_and_the_outbox_keeps_it(session, arrive, bytes_of):
    arrive("place", "release")
    with pytest.raises(DocumentError, match="annexes/releases/1: names a release that is not here"):
        arrive("advice")
    assert count(session, AdviceStatus) == 0
    with writing(session):
        put(session, kind="advice", payload=bytes_of("advice"), now=NOW)
    done = deliver(session, session, {"advice": receive_advice}, NOW)
    item = session.scalars(sa.select(OutboxItem)).one()
    assert (done.delivered, done.refused) == (0, 1)
    assert item.state is OutboxState.REFUSED
    assert "names a release that is not here" in item.problem
    assert item.payload == bytes_of("advice")


def test_an_advice_for_a_place_that_is_not_here_is_refused(session, bytes_of):
    with pytest.raises(DocumentError, match="place: is not here yet"), writing(session):
        receive_release(session, bytes_of("release"), NOW)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["recommendations"][0]["evidence"]["results"][0].update(quarters=[4]), "says something else"),
        (lambda d: d["other_views"]["results"][0].update(title="Other words"), "says something else"),
        (lambda d: d["heard"]["results"][0].update(option="zz"), "an option its release does not have"),
        (lambda d: d["adoption"].update(release=d["annexes"]["releases"][0]), "is not an adoption with quorum"),
    ],
)
def test_evidence_must_say_what_its_release_says(session, arrive, example, change, says):
    arrive("place", "release", "release_adoption")
    advice = example("advice")
    change(advice)
    with pytest.raises(DocumentError, match=says), writing(session):
        receive_advice(session, freeze("advice", advice), NOW)


def test_a_number_is_given_once(session, arrive, example):
    arrive()
    other = {**example("advice"), "title": "Another advice"}
    with pytest.raises(DocumentError, match="already taken"), writing(session):
        receive_advice(session, freeze("advice", other), NOW)


def test_a_correction_names_the_version_before_and_the_clock_goes_on(session, arrive, example, bytes_of):
    arrive()
    official(session)
    first = digest(bytes_of("advice"))
    second = {**example("advice"), "title": "Corrected", "version": 2, "replaces": first}
    with pytest.raises(DocumentError, match="not the newest"), writing(session):
        receive_advice(session, freeze("advice", {**second, "replaces": "0" * 64}), NOW)
    with writing(session):
        receive_advice(session, freeze("advice", second), NOW + timedelta(days=3))
    status = queries.advice_of(session, "veldhaven", "2026-3")
    assert (status.title, status.version, status.due_on) == ("Corrected", 2, date(2026, 11, 2))
    assert status.digest == digest(freeze("advice", second))
    assert session.get(Document, first) is not None
    assert count(session, Mail) == 0
    with pytest.raises(DocumentError, match=r"not the newest|already taken"), writing(session):
        receive_advice(session, freeze("advice", second | {"title": "x"}), NOW)


def test_a_correction_of_nothing_is_refused(session, arrive, example):
    arrive("place", "release", "release_adoption")
    with pytest.raises(DocumentError, match="a version that is not here"), writing(session):
        receive_advice(session, freeze("advice", {**example("advice"), "version": 2, "replaces": "0" * 64}), NOW)


def test_a_translated_summary_joins_its_advice(session, arrive, example):
    with pytest.raises(DocumentError, match="place: is not here"), writing(session):
        receive_summary(session, freeze("summary", example("summary")), NOW)
    arrive()
    arrive("summary")
    status = queries.advice_of(session, "veldhaven", "2026-3")
    assert status.short["tr"].startswith("Memurlarla")
    assert [d.kind for d in queries.documents_about(session, status.digest)] == [Kind.SUMMARY]
    with pytest.raises(DocumentError, match="advice: is not here"), writing(session):
        receive_summary(session, freeze("summary", {**example("summary"), "advice": "0" * 64}), NOW)


@pytest.mark.parametrize("stored", [b"{", b"[]", b'{"schema":"codesign/place/1"}', b"x" * 700_000])
@pytest.mark.parametrize("receive", [receive_place, receive_release, receive_advice, receive_summary])
def test_broken_bytes_are_refused_and_nothing_is_written(session, receive, stored):
    with pytest.raises(DocumentError), writing(session):
        receive(session, stored, NOW)
    assert count(session, Document) == 0


def test_search_finds_in_every_language_and_folds_letters(session, arrive):
    arrive()
    find = lambda words: [s.number for s in queries.list_advice(session, queries.Wanted(words), date(2026, 9, 8)).items]  # noqa: E731
    for words in (
        "neighbours",
        "NEIGHBOURS meet",
        "buren",
        "الجيران",
        "جيران",
        "ጎረባብቲ",
        "Veldhaven",
        "2026-3",
        "%",
        "",
    ):
        assert find(words) == ["2026-3"], words
    for words in ("elephants", "neighbours elephants", "100%zz", "_______x"):
        assert find(words) == [], words


def test_the_list_asks_for_state_theme_year_and_place(session, arrive):
    arrive()
    on = lambda day, **more: len(queries.list_advice(session, queries.Wanted(**more), day).items)  # noqa: E731
    sent, late = date(2026, 9, 8), date(2026, 11, 3)
    assert on(sent, states=(queries.Waiting.WAITING,)) == 1
    assert on(date(2026, 11, 2), states=(queries.Waiting.WAITING,)) == 1
    assert on(late, states=(queries.Waiting.WAITING,)) == 0
    assert on(late, states=(queries.Waiting.LATE,)) == 1
    assert on(late, states=(queries.Waiting.ANSWERED,)) == 0
    assert on(late, states=(queries.Waiting.ANSWERED, queries.Waiting.LATE)) == 1
    assert on(sent, themes=("BRI",)) == 1
    assert on(sent, themes=("WRK",)) == 0
    assert on(sent, year=2026) == 1
    assert on(sent, year=2025) == 0
    assert on(sent, place="veldhaven") == 1
    assert on(sent, place="elsewhere") == 0


def test_opened_and_answered_are_set_once(session, arrive, bytes_of):
    arrive()
    name = digest(bytes_of("advice"))
    later = NOW + timedelta(days=49)
    with writing(session):
        standing.opened(session, name, NOW)
        standing.opened(session, name, later)
    assert queries.advice_by_digest(session, name).opened_at == NOW
    with writing(session):
        standing.answered(session, name, "A promise about lampposts", later)
        standing.answered(session, name, "", later + timedelta(days=1))
    status = queries.advice_by_digest(session, name)
    assert status.answered_at == later
    assert standing.state_of(status) is AdviceState.ANSWERED
    assert queries.list_advice(session, queries.Wanted("lampposts"), date(2026, 11, 1)).items


def test_the_law_stands_in_the_database_too(session, arrive):
    arrive()
    with pytest.raises(IntegrityError), writing(session):
        session.execute(sa.update(AdviceStatus).values(due_on=date(2026, 9, 1)))
    with pytest.raises(IntegrityError), writing(session):
        session.execute(sa.text("UPDATE document SET kind = 'poem'"), bind_arguments={"clause": Document.__table__})
    with pytest.raises(IntegrityError), writing(session):
        session.execute(sa.update(Document).where(Document.kind == Kind.ADVICE).values(number=None))


def test_the_clock_counts_weeks_from_sending_and_stops_at_the_answer():
    sent, due = date(2026, 9, 7), date(2026, 11, 2)
    assert (clock(sent, due, sent, None).used, clock(sent, due, sent, None).weeks) == (1, 8)
    assert clock(sent, due, date(2026, 10, 5), None).used == 4
    assert clock(sent, due, due, None).used == 8
    assert clock(sent, due, due, None).late_days == 0
    assert clock(sent, due, date(2026, 11, 14), None).late_days == 12
    answered = clock(sent, due, date(2027, 1, 1), date(2026, 10, 26))
    assert (answered.used, answered.late_days, answered.answered_on) == (7, 0, date(2026, 10, 26))
