"""Evidence of an advice as values: what counts, what is weak, what is late, and what of it the document says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advice.example import STREET, WORDS_OF_ONE, complete_content, complete_recommendation
from codesign.advice.document import as_document, text_digest
from codesign.advice.domain import Missing, blocks, evidence_kinds, passages, too_late
from codesign.advice.typed import typed_over
from codesign.advice.values import (
    Actor,
    ActorKind,
    Adoption,
    Cited,
    CitedKind,
    Content,
    Evidence,
    Kind,
    Moment,
    Report,
    ReportFile,
    Section,
    Sentence,
    VisionPoint,
    Words,
)
from codesign.advice.versions import actors_as_text, actors_of
from codesign.advice.weak import Weakness, weak
from codesign.documents.domain import freeze

FILE = ReportFile("f" * 64, "image/png", 2048, "workshop.png", "A map with notes")
REPORT = Report(
    7, "workshop", "An evening in the kitchen", date(2026, 5, 2), "They cook, we eat.", None, ("ar",), "nl", FILE
)
POINT = VisionPoint(3, "Everybody knows a neighbour.", "nl")
COUNCIL = Moment("The new contract for lessons", "purchase", date(2027, 1, 15))


def rich() -> Content:
    """A complete advice in which everything that can stand behind something is used."""
    whole = complete_content()
    practice = replace(whole.cited[0], id=11)
    item = replace(
        complete_recommendation(), reports=(REPORT,), cited=(practice,), vision=(POINT,), moment=COUNCIL,
        small_group="de-brug", actors=(Actor("College", ActorKind.MUNICIPALITY, "the letter", "before the summer"),),
    )  # fmt: skip
    return replace(
        whole, words={**whole.words, Words.HEARD: "We hardly meet. Nobody rang.\nBuses stop."},
        cited=(practice, replace(whole.cited[1], id=12)), recommendations=(item,), reports=(REPORT,), vision=(POINT,),
        sentences=(
            Sentence("We hardly meet.", (STREET,), (WORDS_OF_ONE,), (REPORT,), (practice,), things=((Kind.RESULT, 1),)),
            Sentence("Nobody rang.", quotes=(WORDS_OF_ONE,), things=((Kind.QUOTE, 1),)),
            Sentence("Buses stop.", things=((Kind.IDEA, 5),)),
        ),
    )  # fmt: skip


def document(content: Content):
    return as_document(
        replace(content, adopted_with_quorum=True, adoption=Adoption("c" * 64, date(2026, 6, 20))), date(2026, 6, 22)
    )


def test_R08_a_report_from_the_room_counts_as_practice():
    bare = replace(complete_content(), cited=())
    assert evidence_kinds(bare) == {Evidence.EXPERIENCE}
    assert evidence_kinds(replace(bare, reports=(REPORT,))) == {Evidence.EXPERIENCE, Evidence.PRACTICE}
    quoted = replace(bare, quotes=(), recommendations=(), sentences=(Sentence("x", quotes=(WORDS_OF_ONE,)),))
    assert evidence_kinds(quoted) == {Evidence.EXPERIENCE}


def test_R42_what_is_cited_behind_a_sentence_has_its_source_or_nothing_is_sent():
    claim = Cited(
        CitedKind.FIGURE, "One in three knows nobody.", "A study", date(2025, 1, 1), None, "people asked", id=13
    )
    content = replace(rich(), cited=(claim,), sentences=(Sentence("x", cited=(claim,)),))
    assert Missing.SOURCE in {b.what for b in blocks(content)}
    assert Missing.SOURCE not in {
        b.what for b in blocks(replace(content, cited=(replace(claim, checked_on=date(2026, 1, 1)),)))
    }


def test_R24_the_first_day_counts_whether_typed_or_from_the_calendar():
    content = rich()
    assert too_late(content, date(2026, 11, 21)) == content.recommendations
    assert too_late(content, date(2026, 11, 20)) == ()
    early = replace(content.recommendations[0], decided_on=date(2026, 9, 1))
    assert early.decision == date(2026, 9, 1)
    assert too_late(replace(content, recommendations=(early,)), date(2026, 8, 1)) == (early,)
    assert Moment.read(str(COUNCIL)) == COUNCIL
    assert Moment.read("") is None


def test_weak_evidence_is_named_in_the_order_of_the_document():
    against = replace(STREET, chosen=False, title="A bus ticket")
    item = replace(complete_recommendation(), outcomes=(against,), lost=(Kind.QUOTE, Kind.REPORT, Kind.CITED))
    content = replace(
        rich(), recommendations=(item,), lost=(Kind.QUOTE,),
        sentences=(Sentence("a"), Sentence("b", (STREET,), carried=True, lost=(Kind.REPORT,))),
    )  # fmt: skip
    found = [(one.what, one.sentence and one.sentence.text, one.option) for one in weak(content)]
    assert found == [
        (Weakness.WORDS_BACK, None, ""), (Weakness.UNSUPPORTED, "a", ""), (Weakness.CARRIED, "b", ""),
        (Weakness.REPORT_GONE, "b", ""), (Weakness.NOT_CHOSEN, None, "A bus ticket"), (Weakness.WORDS_BACK, None, ""),
        (Weakness.REPORT_GONE, None, ""),
    ]  # fmt: skip
    assert not {b.what for b in blocks(content)} - {Missing.ADOPTION}
    lost = replace(content, sentences=(Sentence("a", lost=(Kind.RESULT,)),))
    assert Missing.RELEASE in {b.what for b in blocks(lost)}
    gone = replace(content, recommendations=(replace(item, lost=(Kind.RESULT,)),))
    assert Missing.RELEASE in {b.what for b in blocks(gone)}


def test_the_document_says_what_each_sentence_rests_on_and_nothing_new_where_it_is_not_used():
    said = document(rich())
    assert freeze("advice", said)
    assert said["heard"]["sentences"] == [
        {"text": "We hardly meet.", "quotes": ["q1"], "results": [{"release": "a" * 64, "option": "o1"}],
         "reports": ["p1"], "cited": ["c1"]},
        {"text": "Nobody rang.", "quotes": ["q1"], "results": [], "reports": [], "cited": []},
        {"text": "Buses stop.", "quotes": [], "results": [], "reports": [], "cited": []},
    ]  # fmt: skip
    item = said["recommendations"][0]
    assert (item["evidence"]["reports"], item["evidence"]["cited"], item["vision"]) == (["p1"], ["c1"], ["v1"])
    assert item["moment"] == {"title": "The new contract for lessons", "kind": "purchase", "date": "2027-01-15"}
    assert (item["small_group"], item["actors"][0]["by_when"]) == ("de-brug", "before the summer")
    assert said["elsewhere"]["reports"][0]["file"]["digest"] == "f" * 64
    assert said["vision"] == [{"id": "v1", "text": "Everybody knows a neighbour.", "language": "nl"}]
    plain = document(complete_content())
    assert "vision" not in plain
    assert "sentences" not in plain["heard"]
    assert "reports" not in plain["elsewhere"]
    assert set(plain["recommendations"][0]["evidence"]) == {"results", "quotes"}
    assert "by_when" not in plain["recommendations"][0]["actors"][0]
    texts = "\n".join(words for _section, words in passages(rich()))
    for words in (REPORT.text, POINT.text, COUNCIL.title, "before the summer"):
        assert words in texts


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c, sentences=(replace(c.sentences[0], cited=()), *c.sentences[1:])),
        lambda c: replace(c, reports=(replace(REPORT, text="Other words."),)),
        lambda c: replace(c, recommendations=(replace(c.recommendations[0], moment=None),)),
        lambda c: replace(c, recommendations=(replace(c.recommendations[0], small_group=""),)),
        lambda c: replace(c, recommendations=(replace(c.recommendations[0], vision=()),)),
        lambda c: replace(c, vision=(replace(POINT, text="Nobody knows a neighbour."),)),
        lambda c: replace(
            c, recommendations=(replace(c.recommendations[0], actors=(Actor("College", ActorKind.MUNICIPALITY),)),)
        ),
    ],
)
def test_what_the_panel_adopts_covers_the_evidence_but_not_what_makers_may_take_back(change):
    content = rich()
    assert text_digest(change(content)) != text_digest(content)
    kept = tuple(replace(s, quotes=()) for s in content.sentences)
    assert text_digest(replace(content, sentences=kept)) == text_digest(content)
    bare = replace(complete_content(), sentences=(Sentence("We hardly meet."),))
    assert text_digest(bare) == text_digest(complete_content())


def test_what_is_typed_keeps_its_evidence_in_the_preview_and_old_versions_of_actors_are_read():
    form = {"heard": "Buses stop. We hardly ever meet. Something new."}
    stop, meet, new = typed_over(rich(), Section.HEARD, None, form).sentences
    assert (stop.things, new.things) == (((Kind.IDEA, 5),), ())
    assert meet.carried
    assert meet.outcomes == (STREET,)
    assert actors_of({"actors": [["College", "municipality", "the letter"]]}) == [
        Actor("College", ActorKind.MUNICIPALITY, "the letter")
    ]
    assert (
        actors_as_text([Actor("We", ActorKind.NEWCOMERS, "", "May"), Actor("B", ActorKind.SERVICE, "x")])
        == "We, May\nB: x"
    )
