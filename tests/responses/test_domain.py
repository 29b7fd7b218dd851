"""When an answer is complete, and what is no reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.responses.domain import (
    AnswerDraft,
    Change,
    Decision,
    Lack,
    Missing,
    PartDraft,
    PromiseDraft,
    changes,
    empty_phrase,
    long_sentences,
    missing,
    months_later,
    needed_languages,
    sentences,
    words,
)
from codesign.responses.labels import _LACKS, DECISIONS, FIELDS, missing_words
from codesign.responses.values import from_document, to_document

PROMISE = PromiseDraft("Head of society", "Set 5% apart", "48,000 euros", date(2027, 1, 1), "A form of one page")
WHOLE = AnswerDraft(
    language="en",
    what_we_heard="People wait months.",
    council="On the same day.",
    first_report_on=date(2027, 4, 1),
    parts=(
        PartDraft(1, Decision.PARTLY, "Contracts bind the rest.", "", (PROMISE,)),
        PartDraft(2, Decision.NOT, "The law forbids it: article 4 of the ordinance.", "", ()),
    ),
    summaries={"en": "Yes, a part.", "nl": "Ja, een deel.", "ar": "نعم"},
)
PANEL = ["nl", "ar", "en"]


def lacks(draft: AnswerDraft) -> list[Missing]:
    return missing(draft, [1, 2], PANEL)


def part(**more: object) -> AnswerDraft:
    return replace(WHOLE, parts=(replace(WHOLE.parts[0], **more), WHOLE.parts[1]))


def test_a_whole_answer_lacks_nothing() -> None:
    assert lacks(WHOLE) == []


def test_R16_an_answer_that_did_not_listen_is_not_complete() -> None:
    assert lacks(replace(WHOLE, what_we_heard="  \n ")) == [Missing(Lack.WHAT_WE_HEARD)]


def test_R34_each_language_of_the_panel_is_needed() -> None:
    assert lacks(replace(WHOLE, summaries={"en": "Yes."})) == [
        Missing(Lack.TRANSLATION, language="nl"), Missing(Lack.TRANSLATION, language="ar"),
    ]  # fmt: skip
    assert lacks(replace(WHOLE, summaries={"nl": "Ja.", "ar": "نعم"})) == [Missing(Lack.SUMMARY)]
    assert lacks(replace(WHOLE, language="uk")) == [Missing(Lack.SUMMARY)]
    assert needed_languages("uk", PANEL) == ["uk", "nl", "ar", "en"]


@pytest.mark.parametrize(("count", "ok"), [(80, True), (81, False)])
def test_R34_the_plain_words_are_eighty_at_most(count: int, ok: bool) -> None:
    draft = replace(WHOLE, summaries=WHOLE.summaries | {"en": "word " * count})
    assert lacks(draft) == ([] if ok else [Missing(Lack.SUMMARY_LONG)])


@pytest.mark.parametrize(
    ("draft", "lack"),
    [
        (part(decision=None), Lack.DECISION),
        (part(reasons=" "), Lack.REASONS),
        (part(reasons="We have taken note of your advice."), Lack.EMPTY_REASONS),
        (part(decision=Decision.NOT_OURS, promises=()), Lack.FORWARDED_TO),
        (part(promises=()), Lack.OWNER),
        (part(promises=(PromiseDraft(),)), Lack.OWNER),
        (part(decision=Decision.LATER, promises=()), Lack.OWNER),
        (part(decision=Decision.ADOPTED, promises=()), Lack.OWNER),
        (part(promises=(replace(PROMISE, by=None),)), Lack.PROMISE_INCOMPLETE),
        (part(promises=(PROMISE, replace(PROMISE, money=""))), Lack.PROMISE_INCOMPLETE),
    ],
)
def test_what_a_recommendation_lacks_is_said_with_its_number(draft: AnswerDraft, lack: Lack) -> None:
    assert lacks(draft) == [Missing(lack, recommendation=1)]


@pytest.mark.parametrize(
    ("draft", "lack"),
    [
        (replace(WHOLE, council=""), Lack.COUNCIL),
        (replace(WHOLE, first_report_on=None), Lack.FIRST_REPORT),
        (replace(WHOLE, corrected=True), Lack.CORRECTED),
    ],
)
def test_what_the_rest_lacks(draft: AnswerDraft, lack: Lack) -> None:
    assert lacks(draft) == [Missing(lack)]


def test_an_answer_just_begun_lacks_everything_in_the_order_of_the_form() -> None:
    found = [line.lack for line in lacks(AnswerDraft("nl"))]
    assert found[0] is Lack.WHAT_WE_HEARD
    assert found[1:5] == [Lack.DECISION, Lack.REASONS, Lack.DECISION, Lack.REASONS]
    assert found[-3:] == [Lack.SUMMARY, Lack.TRANSLATION, Lack.TRANSLATION]


def test_R29_several_owners_each_with_their_own_promise() -> None:
    two = part(promises=(PROMISE, replace(PROMISE, owner="Alderman", by=date(2027, 5, 1))))
    assert lacks(two) == []
    assert len(to_document(two, [1, 2], PANEL)["parts"][0]["promises"]) == 2


@pytest.mark.parametrize(
    ("reasons", "phrase"),
    [
        ("The college has taken note of the advice with interest.", "has taken note of"),
        ("Taken note of.", "Taken note of"),
        ("After ample deliberation we decided not to do this.", "After ample deliberation"),
        ("Kennisgenomen.", "Kennisgenomen"),
        ("Wij hebben met belangstelling kennis genomen van uw advies.", "kennis genomen"),
        ("Voor kennisgeving aangenomen.", "Voor kennisgeving aangenomen"),
        ("Na ampel beraad heeft het college besloten dit niet te doen.", "Na ampel beraad"),
        ("Dit wordt meegenomen.", "wordt meegenomen"),
        ("This has our full attention. We value your input very much.", "has our full attention"),
        ("We have taken\n  good note   of this.", "have taken good note of"),
        ("We will look into this matter where possible.", "look into this"),
        ("It is an important point. We do our best.", "important point"),
        ("Dit is een belangrijk signaal. We gaan het bekijken.", "belangrijk signaal"),
        ("Binnen de bestaande kaders doen wij ons best.", "bestaande kaders"),
        ("لقد أخذنا علما بتوصية اللجنة.", "أخذنا علما"),
        ("نشكر اللجنة على هذه النصيحة.", "نشكر اللجنة"),
        ("التوصية قيد الدراسة.", "قيد الدراسة"),
    ],
)
def test_politeness_is_no_reason(reasons: str, phrase: str) -> None:
    found = empty_phrase(reasons)
    assert found is not None
    assert phrase.lower() in found.lower()


@pytest.mark.parametrize(
    "reasons",
    [
        "We took note of your advice. The contract runs until May 2027 and fixes all hours as lessons.",
        "Na ampel beraad: het contract loopt tot mei 2027 en legt alle uren vast als les.",
        "Within the existing frameworks we pay for four rooms: the budget of 2027 holds 48,000 euros for them.",
        "نشكر اللجنة. الميزانية لعام 2027 مصروفة بالكامل بسبب بناء مدرسة جديدة في وسط المدينة.",
        "The budget is spent.", "It fits what De Brug does.", "", "Wij doen dit.",
    ],
)  # fmt: skip
def test_a_reason_is_a_reason_also_beside_politeness(reasons: str) -> None:
    assert empty_phrase(reasons) is None


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    empty_phrase(text)
    long_sentences(text)
    assert words(text) >= 0


def test_sentences_end_in_every_script() -> None:
    assert sentences("One. Two?\nThree") == ["One.", "Two?", "Three"]
    assert sentences("ሓደ። ክልተ።") == ["ሓደ።", "ክልተ።"]
    assert sentences("واحد؟ اثنان.") == ["واحد؟", "اثنان."]
    assert long_sentences("short. " + "word " * 16) == [("word " * 16).strip()]
    assert long_sentences("word " * 15) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 26), date(2027, 4, 26)), (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 6, 30), date(2026, 12, 30)), (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_half_a_year_later(day: date, expected: date) -> None:
    assert months_later(day) == expected


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_what_changed_can_be_read_both_ways(before: str, after: str) -> None:
    runs = changes(before, after)
    old = " ".join(r.text for r in runs if r.kind != "new").split()
    new = " ".join(r.text for r in runs if r.kind != "gone").split()
    assert (old, new) == (before.split(), after.split())


def test_a_changed_word_is_shown_as_gone_and_new() -> None:
    assert changes("we give 10% now", "we give 5% now") == [
        Change("same", "we give"), Change("gone", "10%"), Change("new", "5%"), Change("same", "now"),
    ]  # fmt: skip


def test_a_draft_reads_back_as_the_public_will_read_it() -> None:
    view = from_document(to_document(WHOLE, [1, 2], PANEL))
    first = view.part(1)
    assert first is not None
    assert first.decision is Decision.PARTLY
    assert first.promises[0].by == date(2027, 1, 1)
    assert [p.language for p in view.summary] == ["en", "nl", "ar"]
    assert [p.translated_by for p in view.summary] == [None, "person", "person"]
    assert view.delivered_on is None
    assert view.part(3) is None


def test_an_address_that_is_not_forwarded_to_is_left_out() -> None:
    kept = part(forwarded_to="The province")
    assert to_document(kept, [1, 2], PANEL)["parts"][0]["forwarded_to"] == ""


def test_every_lack_and_decision_has_its_words() -> None:
    assert set(_LACKS) == set(Lack)
    assert set(DECISIONS) == set(Decision)
    assert "text" in FIELDS
    for lack in Lack:
        assert "%(" not in str(_LACKS[lack]) % {"number": 1, "language": "x"}
    assert callable(missing_words)
