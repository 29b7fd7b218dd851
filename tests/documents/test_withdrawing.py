"""Taking back and correcting: what is received, what is refused, and what the pages, files and lists say after it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy.exc import IntegrityError

from codesign.db import writing
from codesign.documents import queries, standing
from codesign.documents.domain import DocumentError, digest, freeze
from codesign.documents.models import AdviceStatus, Withdrawal
from codesign.documents.receiving import receive_advice, receive_place, receive_release
from codesign.documents.withdrawing import receive_withdrawal
from codesign.journal.models import RecordEntry
from codesign.mail.models import Mail
from codesign.officials.models import Official
from codesign.responses.queries import tasks
from codesign.rules.facts import Facts
from codesign.rules.permissions import Action, Reason, why_not
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState

SENT = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
ADVICE = "/advice/veldhaven/2026-3"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(datetime(2026, 9, 30, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def sent(session, example):
    """The worked example in the record, with one official; returns its digest."""
    stored = freeze("advice", example("advice"))
    with writing(session):
        receive_place(session, freeze("place", example("place")), SENT)
        for name in ("release", "release_adoption"):
            receive_release(session, freeze("release", example(name)), SENT)
        session.add(Official(login="post", display_name="A", post="Adviser", place_code="veldhaven",
                             mail="post@veldhaven.example", language="nl", made_at=SENT))  # fmt: skip
        receive_advice(session, stored, SENT)
    return digest(stored)


@pytest.fixture
def take_back(session, example):
    """Receive the example withdrawal, changed by keywords."""

    def go(now=LATER, **changes):
        with writing(session):
            receive_withdrawal(session, freeze("withdrawal", {**example("withdrawal"), **changes}), now)

    return go


@pytest.fixture
def correct(session, example):
    """Receive a second version."""

    def go(before, **changes):
        stored = freeze("advice", {**example("advice"), "version": 2, "replaces": before, **changes})
        with writing(session):
            receive_advice(session, stored, LATER)
        return digest(stored)

    return go


def test_taking_back_is_kept_once_and_tells_officials(session, sent, take_back):
    before = session.scalar(sa.select(sa.func.count()).select_from(Mail))
    take_back()
    take_back(now=LATER + timedelta(days=1))
    status = queries.advice_of(session, "veldhaven", "2026-3")
    assert status.withdrawn_on.isoformat() == "2026-09-21"
    assert standing.state_of(status) is AdviceState.WITHDRAWN
    assert session.get(Withdrawal, status.id).received_at == LATER
    mails = session.scalars(sa.select(Mail).order_by(Mail.id)).all()
    assert len(mails) == before + 1
    assert "2026-3" in mails[-1].subject
    assert ADVICE in mails[-1].body
    rows = session.scalars(sa.select(RecordEntry).where(RecordEntry.what == "withdrawal")).all()
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "2026-4"}, "number: is not here"),
        ({"place": "elsewhere"}, "number: is not here"),
        ({"advice": "0" * 64}, "advice: is not the newest version"),
    ],
)
def test_what_is_not_the_newest_version_here_cannot_be_taken_back(session, sent, take_back, changes, says):
    with pytest.raises(DocumentError, match=says):
        take_back(**changes)
    assert queries.advice_by_digest(session, sent).withdrawn_on is None


def test_an_answered_advice_is_not_taken_back_and_the_database_holds_it(session, sent, take_back):
    with writing(session):
        standing.answered(session, sent, "", LATER)
    with pytest.raises(DocumentError, match="advice: was answered"):
        take_back()
    with pytest.raises(IntegrityError), writing(session):
        session.execute(sa.update(AdviceStatus).values(withdrawn_on=LATER.date()))


def test_after_taking_back_nothing_changes_any_more(session, sent, take_back, correct):
    take_back()
    with pytest.raises(DocumentError, match="was taken back already"):
        take_back(reason="Other words")
    with pytest.raises(DocumentError, match="was taken back by the panel"):
        correct(sent)


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"reason": ""}, "reason"), ({"withdrawn_on": "2026-02-30"}, "withdrawn_on"), ({"by": "x"}, "does not know: by"),
     ({"reason": "a\u202eb"}, "reason")],
)  # fmt: skip
def test_a_withdrawal_gives_a_reason_and_a_day_and_names_nobody(example, changes, where):
    with pytest.raises(DocumentError, match=where):
        freeze("withdrawal", {**example("withdrawal"), **changes})


def test_the_page_of_a_withdrawn_advice_stays_and_says_so(record_client, session, sent, take_back):
    take_back(reason=f"The rooms are there. {HOSTILE}")
    text = record_client.get(ADVICE).text
    assert "The panel took this advice back" in text
    assert "21 September 2026" in text
    assert "The rooms are there. &lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text
    assert "weeks used" not in text
    assert "Reserve 10%" not in text
    for address in re.findall(r'href="(/documents/[^"]+)"', text):
        assert record_client.get(address).status_code == 200, address
    back = session.scalars(sa.select(Withdrawal)).one()
    assert f"/documents/{back.digest}.json" in text
    assert digest(record_client.get(f"/documents/{back.digest}.json").data) == back.digest
    for file in (".json", ".pdf", ".docx", ".odt", "/bundle.zip", "/short-nl.pdf"):
        reply = record_client.get(ADVICE + file)
        assert (reply.status_code, reply.headers["Location"]) == (302, ADVICE), file


def test_the_desk_of_officials_no_longer_asks_for_an_answer(session, sent, take_back):
    assert len(tasks(session, "veldhaven").items) == 1
    take_back()
    assert tasks(session, "veldhaven").items == []
    status = queries.advice_by_digest(session, sent)
    facts = Facts(role=Role.OFFICIAL, own=True, state=standing.state_of(status))
    assert why_not(Action.ANSWER_ADVICE, facts) is Reason.NOT_SENT


def test_the_list_shows_a_withdrawn_advice_as_such_and_finds_it_by_state(record_client, sent, take_back):
    take_back()
    found = lambda state: record_client.get(f"/?state={state}").text.count('class="hit"')  # noqa: E731
    assert {state: found(state) for state in ("waiting", "late", "answered", "withdrawn")} == {
        "waiting": 0, "late": 0, "answered": 0, "withdrawn": 1,
    }  # fmt: skip
    assert "Taken back by the panel" in record_client.get("/").text
    data = record_client.get("/data").text
    assert "Taken back by the panel" in data
    assert f"{ADVICE}/metadata.json" in data
    assert f"{ADVICE}.docx" not in data


def test_a_corrected_advice_says_what_changed_and_keeps_the_version_before(record_client, sent, correct):
    assert "This is version" not in record_client.get(ADVICE).text
    new = correct(sent, title="Meet early", correction=f"The title was too long. {HOSTILE}")
    text = record_client.get(ADVICE).text
    assert "This is version 2: the panel corrected what it sent." in text
    assert "The title was too long. &lt;script&gt;" in text
    assert f"/documents/{sent}.pdf" in text
    assert f"/documents/{new}.pdf" not in text
    assert record_client.get(f"/documents/{sent}.pdf").status_code == 200
    word = zipfile.ZipFile(io.BytesIO(record_client.get(f"{ADVICE}.docx").data)).read("word/document.xml").decode()
    assert "The title was too long. &lt;script&gt;" in word


def test_a_first_version_corrects_nothing(example):
    with pytest.raises(DocumentError, match="correction: is there only from the second version on"):
        freeze("advice", {**example("advice"), "correction": "Of what?"})


def test_metadata_for_archives_says_who_when_which_version_and_what_one_may_do(record_client, sent, correct, take_back):
    address = f"{ADVICE}/metadata.json"
    assert address in record_client.get(ADVICE).text
    about = json.loads(record_client.get(address).data)
    assert (about["title"], about["creator"]) == ("Meet before you need help", "Newcomer panel of Veldhaven")
    assert (about["date"], about["version"], about["replaces"]) == ("2026-09-07", 1, None)
    assert (about["licence"]["code"], about["retention"]["keep"]) == ("CC-BY-4.0", "always")
    assert about["identifier"].endswith(ADVICE)
    for file in about["files"]:
        assert (
            record_client.get(file["address"].partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200
        )
    new = correct(sent)
    about = json.loads(record_client.get(address).data)
    assert (about["digest"], about["version"], about["replaces"]) == (new, 2, sent)
    assert ", v2. " in about["citation"]
    take_back(advice=new)
    about = json.loads(record_client.get(address).data)
    assert about["withdrawn_on"] == "2026-09-21"
    assert [file["address"].rpartition("/")[2] for file in about["files"]] == [f"{new}.json", f"{new}.pdf"]


def test_the_page_carries_dublin_core_and_a_line_to_cite_it_by(record_client, sent):
    text = record_client.get(ADVICE).text
    found = dict(re.findall(r'<meta name="(DC[A-Za-z.]+)" content="([^"]*)"', text))
    assert found["DC.title"] == "Meet before you need help"
    assert found["DC.creator"] == "Newcomer panel of Veldhaven"
    assert (found["DC.date"], found["DC.language"], found["DC.type"]) == ("2026-09-07", "en", "Text")
    assert '<meta name="DC.title" content="Meet before you need help" lang="en">' in text
    line = "Newcomer panel of Veldhaven (2026). Meet before you need help. Veldhaven, 2026-3. http"
    assert line in text
    assert f"{ADVICE}</bdi>" in text
    for path in ("/", "/data"):
        assert "DC.title" not in record_client.get(path).text
