"""The checklist: each thing that is missing has its own line, and its own sentence that leads to where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advice.example import complete_content, complete_recommendation
from codesign.advice.document import as_document, lines, text_digest
from codesign.advice.domain import (
    Missing,
    before_the_panel,
    blocks,
    due_on,
    evidence_kinds,
    fingerprint,
    missing_in,
    too_late,
    unexplained_evidence,
    word_count,
)
from codesign.advice.labels import block_words, late_words, passed
from codesign.advice.values import Actor, ActorKind, Adoption, Chain, Cited, CitedKind, Evidence, Section, Words
from codesign.documents.domain import DocumentError, freeze, read
from codesign.evidence.values import Kind


def what(content):
    return [b.what for b in blocks(content)]


def with_recommendation(**more):
    return complete_content(recommendations=(replace(complete_recommendation(), **more),))


def without_words(key):
    return complete_content(words={k: v for k, v in complete_content().words.items() if k is not key})


def test_a_complete_advice_lacks_only_the_panels_adoption():
    assert what(complete_content()) == [Missing.ADOPTION]
    assert before_the_panel(complete_content()) == ()
    assert what(complete_content(adopted_with_quorum=True)) == []


def test_R02_advice_whose_actors_are_only_newcomers_is_blocked():
    assert Missing.ACTOR in what(with_recommendation(actors=()))
    alone = (Actor("The women", ActorKind.NEWCOMERS), Actor("We", ActorKind.NEWCOMERS))
    assert Missing.ONLY_NEWCOMERS in what(with_recommendation(actors=alone))
    together = (*alone, Actor("College", ActorKind.MUNICIPALITY))
    assert not {Missing.ACTOR, Missing.ONLY_NEWCOMERS} & set(what(with_recommendation(actors=together)))


@pytest.mark.parametrize("link", ["activity", "change", "domain", "indicator", "assumptions", "risks"])
def test_R28_a_change_chain_without_one_of_its_links_blocks(link):
    chain = replace(complete_recommendation().chain, **{link: ""})
    assert Missing.CHAIN in what(with_recommendation(chain=chain))


def test_R26_an_outcome_indicator_needs_its_question_to_people():
    chain = replace(complete_recommendation().chain, outcome=True, experience="", experience_choices=("BRI-05",))
    assert Missing.QUESTION in what(with_recommendation(chain=chain))
    assert Missing.QUESTION in what(with_recommendation(chain=replace(chain, experience="WRK-05")))
    assert Missing.QUESTION not in what(with_recommendation(chain=replace(chain, experience="BRI-05")))


def test_R08_each_kind_of_evidence_is_there_or_explained():
    content = complete_content(
        cited=(Cited(CitedKind.FIGURE, "12", "CBS", date(2026, 1, 1), date(2026, 5, 1), "homes"),)
    )
    assert evidence_kinds(content) == {Evidence.EXPERIENCE, Evidence.RESEARCH}
    assert unexplained_evidence(content) == (Evidence.PRACTICE,)
    assert Missing.EVIDENCE in what(content)
    explained = replace(content, words={**content.words, Words.NO_PRACTICE: "Nobody did it before."})
    assert unexplained_evidence(explained) == ()


@pytest.mark.parametrize("lacking", ["source", "source_date", "checked_on", "definition"])
def test_R42_a_claim_without_source_and_date_blocks(lacking):
    figure = Cited(CitedKind.FIGURE, "12 of 100 homes", "CBS", date(2026, 1, 1), date(2026, 5, 1), "homes let")
    assert figure.sourced
    bad = replace(figure, **{lacking: None if "date" in lacking or lacking == "checked_on" else ""})
    assert not bad.sourced
    assert Missing.SOURCE in what(complete_content(cited=(*complete_content().cited, bad)))


def test_law_needs_the_day_of_the_check_and_practice_does_not():
    law = Cited(CitedKind.LAW, "Article 6", "Ordinance", date(2025, 1, 1))
    assert not law.sourced
    assert replace(law, checked_on=date(2026, 1, 1)).sourced
    assert replace(law, kind=CitedKind.PRACTICE).sourced


def test_R20_a_small_initiative_is_named_or_the_reason_why_not():
    assert Missing.SMALL_INITIATIVE in what(with_recommendation(small_initiative="", none_because=""))
    assert Missing.SMALL_INITIATIVE not in what(
        with_recommendation(small_initiative="", none_because="It is a contract.")
    )


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        (Words.GOES_WELL, Missing.GOES_WELL), (Words.OTHER_VIEWS, Missing.OTHER_VIEWS), (Words.WE_DO, Missing.WE_DO),
        (Words.HEARD, Missing.HEARD),
    ],
)  # fmt: skip
def test_an_empty_part_blocks(key, missing):
    assert missing in what(without_words(key))
    blank = complete_content(words={**complete_content().words, key: "  \n "})
    assert missing in what(blank)


def test_a_summary_missing_in_a_language_of_the_panel_blocks():
    content = complete_content(summaries={"en": "Three things."})
    assert [b.language for b in blocks(content) if b.what is Missing.SUMMARY] == ["nl", "ar"]


def test_R21_a_moderator_with_undeclared_ties_is_blocked():
    assert Missing.TIES in what(complete_content(ties_declared=False))


def test_a_recommendation_comes_from_a_vote_or_released_words():
    assert Missing.OUTCOME in what(with_recommendation(outcomes=(), quotes=()))


def test_no_recommendation_and_no_title_block_and_so_do_six():
    assert Missing.RECOMMENDATION in what(complete_content(recommendations=()))
    assert Missing.TITLE in what(complete_content(title=" "))
    six = tuple(replace(complete_recommendation(), number=n) for n in range(1, 7))
    assert Missing.TOO_MANY in what(complete_content(recommendations=six))


@pytest.mark.parametrize("field", ["what", "by_when", "cost_class", "notice"])
def test_a_recommendation_says_what_when_cost_and_how_people_notice(field):
    gap = None if field == "cost_class" else ""
    assert Missing.DETAILS in missing_in(replace(complete_recommendation(), **{field: gap}))


def test_R24_late_for_the_calendar_is_a_warning_and_no_block():
    late = with_recommendation(decided_on=date(2026, 7, 1))
    assert [r.number for r in too_late(late, date(2026, 6, 1))] == [1]
    assert what(late) == [Missing.ADOPTION]
    assert too_late(with_recommendation(decided_on=date(2026, 9, 1)), date(2026, 6, 1)) == ()
    assert due_on(date(2026, 6, 1), 8) == date(2026, 7, 27)


def test_every_block_has_its_own_sentence(panel_app):
    empty = complete_content(
        title="", words={}, summaries={}, cited=(Cited(CitedKind.RESEARCH, "People say so"),), ties_declared=False,
        recommendations=(
            replace(complete_recommendation(), what="", actors=(), outcomes=(), quotes=(), chain=Chain(),
                    small_initiative="", lost=(Kind.RESULT,)),
            replace(complete_recommendation(), number=2, actors=(Actor("We", ActorKind.NEWCOMERS),),
                    chain=replace(complete_recommendation().chain, outcome=True, experience_choices=())),
        ),
    )  # fmt: skip
    empty = replace(empty, words={Words.PAYMENT: "A voucher \U0001f600 each time."}, lost=(Kind.RESULT,))
    with panel_app.test_request_context():
        said = [block_words(b) for b in blocks(empty)]
        assert len(set(said)) == len(said) == len(blocks(empty))
        assert {b.what for b in blocks(empty)} == set(Missing) - {Missing.RECOMMENDATION, Missing.TOO_MANY}
        assert all("%(" not in words and words for words in said)
        assert "Recommendation 1 names nobody who does it." in said
        assert passed(complete_content(adopted_with_quorum=True), ())
        assert "may be too late" in late_words(
            replace(complete_recommendation(), decided_on=date(2026, 7, 1)), date(2026, 8, 1)
        )


def test_the_document_meets_its_published_schema():
    content = complete_content(adopted_with_quorum=True, adoption=Adoption("c" * 64, date(2026, 6, 20)))
    stored = freeze("advice", as_document(content, date(2026, 6, 22)))
    document = read("advice", stored)
    assert document["number"] == "2026-3"
    assert document["cover"]["answer_due"] == "2026-08-17"
    assert document["in_short"][0] == {"language": "en", "text": "Three things.", "translated_by": None}
    assert {p["translated_by"] for p in document["in_short"][1:]} == {"person"}
    assert document["recommendations"][0]["evidence"] == {
        "results": document["heard"]["results"][:1], "quotes": ["q1"],
    }  # fmt: skip
    assert document["annexes"]["releases"] == ["c" * 64, "a" * 64]


def test_no_number_under_ten_and_no_language_of_a_maker_crosses():
    content = complete_content(adopted_with_quorum=True, adoption=Adoption("c" * 64, date(2026, 6, 20)))
    small = replace(content, worked=replace(content.worked, members=9, visits=4))
    document = as_document(small, date(2026, 6, 22))
    assert document["how_we_worked"]["members"] is None
    assert document["how_we_worked"]["visits"] is None
    assert {q["language"] for q in document["heard"]["quotes"]} == {"en"}


def test_an_incomplete_document_cannot_be_frozen():
    content = complete_content(adoption=Adoption("c" * 64, date(2026, 6, 20)), words={})
    with pytest.raises(DocumentError):
        freeze("advice", as_document(content, date(2026, 6, 22)))


def test_the_digest_of_the_text_stays_the_same_until_it_is_sent_and_moves_with_every_word():
    before = complete_content(cover=replace(complete_content().cover, year=None, serial=None))
    after = complete_content(adopted_with_quorum=True, adoption=Adoption("c" * 64, date(2026, 6, 20)))
    assert text_digest(before) == text_digest(after)
    assert text_digest(before) == text_digest(replace(before, quotes=()))
    for other in (
        replace(before, title="Other"),
        replace(before, summaries={**before.summaries, "ar": "غير"}),
        replace(before, recommendations=(replace(complete_recommendation(), by_when="later"),)),
    ):
        assert text_digest(other) != text_digest(before)


def test_a_sign_the_pdf_cannot_show_is_found_while_composing():
    smiling = complete_content(words={**complete_content().words, Words.WE_DO: "We cook. Soup \U0001f372 for all."})
    found = [(b.section, b.letter, b.sentence) for b in blocks(smiling) if b.what is Missing.LETTER]
    assert found == [(Section.WE_DO, "\U0001f372", "Soup \U0001f372 for all.")]


def test_small_helpers():
    assert lines("a\n\n b  c \n") == ["a", "b c"]
    assert len(lines("\n".join("abcdefghijklmn"))) == 10
    assert word_count(" one  two\nthree ") == 3
    assert fingerprint("a") != fingerprint("b")
    assert fingerprint("") == fingerprint("")
    assert blocks(complete_content())[-1].section is Section.COVER
