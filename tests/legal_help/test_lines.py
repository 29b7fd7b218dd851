"""Lines are written, checked again, changed and translated; versions stay, and the database keeps its law."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from worlds import NOW, World

from codesign.db import writing
from codesign.journal.models import VoicesEntry
from codesign.legal_help import actions, queries
from codesign.legal_help.domain import Source, Words
from codesign.legal_help.models import HelpWords
from codesign.rules.permissions import Reason, Refused
from codesign.rules.roles import Role
from legal_help.help_lines import TODAY, UNTIL, WORDS, fresh, write


def test_R17_a_line_is_sourced_checked_again_and_keeps_its_versions(world: World):
    session, by = world.session, {"by": world.moderator.id, "role": Role.MODERATOR}
    with pytest.raises(Refused) as refused:
        write(world, source=Source("", "", TODAY, TODAY, UNTIL))
    assert refused.value.reason is Reason.SOURCE_FIRST
    line = write(world)
    late = datetime(2026, 10, 1, 12, tzinfo=UTC)
    code, after = line.row.place_code, UNTIL + timedelta(days=1)
    assert [queries.old_count(session, code, day) for day in (UNTIL, after)] == [0, 1]
    with writing(session):
        line = fresh(session, line.row.id)
        words = Words("ትምህርቲ", "ቤት ትምህርቲ ክሕብር ይኽእል።")
        actions.translate_line(session, line, version=1, language="ti", words=words, now=NOW, **by)
    line = fresh(session, line.row.id)
    assert line.read(["ti", "en"])[0] == "ti"
    assert line.read(["ar", "tr"])[0] == "en"
    with writing(session):
        line = fresh(session, line.row.id)
        until = late.date() + timedelta(days=90)
        actions.check_line(session, line, version=1, valid_until=until, today=late.date(), now=late, **by)
    assert queries.old_count(session, code, late.date()) == 0
    with writing(session):
        line = fresh(session, line.row.id)
        newer = Source("Another letter", "", TODAY, late.date(), until)
        given = {"language": "en", "spoken": [], "today": late.date(), "now": late} | by
        actions.change_line(session, line, version=1, words=WORDS, source=newer, **given)
    line = fresh(session, line.row.id)
    assert (line.row.version, line.languages) == (2, ["en", "ti"]), "same words, so the translation still says it"
    with writing(session):
        line = fresh(session, line.row.id)
        other = Words("Lessons you miss", "Nobody may report that.", who_decides="Nobody")
        actions.change_line(session, line, version=2, words=other, source=newer, **given)
        with pytest.raises(Refused) as refused:
            actions.change_line(session, line, version=2, words=other, source=newer, **given)
        assert refused.value.reason is Reason.WRONG_STATE
    line = fresh(session, line.row.id)
    assert line.languages == ["en"], "other words, so no old translation stands under them"
    assert [v.text for v in queries.versions(session, line.row.id)][-1] == WORDS.text
    assert len(queries.checks(session, line.row.id)) == 4
    verbs = session.scalars(
        sa.select(VoicesEntry.verb).where(VoicesEntry.what == "help_line").order_by(VoicesEntry.id)
    ).all()
    assert verbs == [
        "write_help_line",
        "translate_help_line",
        "check_help_line",
        "change_help_line",
        "change_help_line",
    ]
    with writing(session):
        actions.take_off_line(session, fresh(session, line.row.id), now=late, **by)
    assert queries.lines(session, code) == []
    assert len(queries.versions(session, line.row.id)) == 3


def test_R42_the_database_keeps_no_line_without_a_source(world: World):
    line = write(world)
    with pytest.raises(sa.exc.IntegrityError), writing(world.session):
        world.session.execute(sa.update(HelpWords).where(HelpWords.id == line.words.id).values(source=""))
