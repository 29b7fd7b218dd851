"""Freezing and reading: one schema per kind, one form of bytes, and everything that must agree."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from codesign.documents.domain import (
    MOST_BYTES,
    VERSIONS,
    DocumentError,
    digest,
    freeze,
    kind_of,
    passages,
    read,
    schema,
    short,
)
from tests.documents.hostile import bare

NEWCOMERS = {"name": "We", "kind": "newcomers", "part": ""}
EXAMPLES = (*VERSIONS, "release_adoption", "release_rating", "release_fit")


def kind_named(name):
    """Of "release_adoption", which is one more release, the kind."""
    return name if name in VERSIONS else name.split("_")[0]


def changed(document, path, value):
    at = document
    *way, last = path
    for step in way:
        at = at[step]
    if value is KeyError:
        del at[last]
    else:
        at[last] = value
    return document


def paths(kind, document):
    with pytest.raises(DocumentError) as caught:
        freeze(kind, document)
    return [f.path for f in caught.value.faults]


@pytest.mark.parametrize("kind", VERSIONS)
def test_every_schema_is_valid_and_shut(kind):
    whole = schema(kind)
    Draft202012Validator.check_schema(whole)

    def objects(value):
        if isinstance(value, dict):
            if value.get("type") == "object":
                yield value
            for inner in value.values():
                yield from objects(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from objects(inner)

    assert all("additionalProperties" in found for found in objects(whole))
    assert whole["properties"]["schema"] == {"const": f"codesign/{kind}/1"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_freeze_to_canonical_bytes_and_read_back(name, example):
    kind, document = kind_named(name), example(name)
    stored = freeze(kind, document)
    assert read(kind, stored) == document
    assert stored == freeze(kind, dict(reversed(document.items())))
    assert b": " not in stored.replace(b": ", b"", 0).split(b'"', 1)[0]
    assert json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == stored
    assert kind_of(stored) == kind
    assert len(digest(stored)) == 64


def test_examples_name_each_other_by_digest(example):
    vote, adoption = (
        digest(freeze("release", example("release"))),
        digest(freeze("release", example("release_adoption"))),
    )
    advice = digest(freeze("advice", example("advice")))
    assert example("advice")["annexes"]["releases"] == [vote, adoption]
    assert example("summary")["advice"] == example("answer")["advice"] == example("rating")["advice"] == advice
    assert example("rating")["answer"] == digest(freeze("answer", example("answer")))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_unknown_field_and_a_missing_field_are_named(name, example):
    kind = kind_named(name)
    with pytest.raises(DocumentError, match="does not know: voter"):
        freeze(kind, {**example(name), "voter": 3})
    for field in example(name):
        if field in {"schema", "vision", "terms"}:
            continue
        less = {k: v for k, v in example(name).items() if k != field}
        with pytest.raises(DocumentError, match=f"lacks .*{field}"):
            freeze(kind, less)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("recommendations",), [], "recommendations"),
        (("recommendations", 0, "actors"), [], "recommendations/0/actors"),
        (("recommendations", 0, "actors"), [NEWCOMERS], "recommendations/0/actors"),
        (("recommendations", 0, "cost_class"), 5, "recommendations/0/cost_class"),
        (("recommendations", 0, "chain", "assumptions"), [], "recommendations/0/chain/assumptions"),
        (("recommendations", 0, "chain", "indicator"), "WRK-01", "recommendations/0/chain/indicator"),
        (("recommendations", 0, "small_initiative"), "", "recommendations/0/none_because"),
        (("recommendations", 0, "evidence"), {"results": [], "quotes": []}, "recommendations/0/evidence"),
        (("recommendations", 0, "evidence", "quotes"), ["q9"], "recommendations/0/evidence/quotes"),
        (("recommendations", 1, "number"), 3, "recommendations/1/number"),
        (("recommendations", 1, "evidence", "reports"), ["p3"], "recommendations/1/evidence/reports"),
        (("recommendations", 1, "evidence", "cited"), ["c5"], "recommendations/1/evidence/cited"),
        (("recommendations", 1, "vision"), ["v3"], "recommendations/1/vision"),
        (("recommendations", 0, "moment", "date"), "2026-02-30", "recommendations/0/moment/date"),
        (("recommendations", 0, "small_group"), "Open Table", "recommendations/0/small_group"),
        (("vision", 1, "id"), "v1", "vision"),
        (("elsewhere", "reports", 1, "id"), "p1", "elsewhere/reports"),
        (("elsewhere", "reports", 0, "people"), 9, "elsewhere/reports/0/people"),
        (("elsewhere", "reports", 0, "held_on"), "2026-02-30", "elsewhere/reports/0/held_on"),
        (("elsewhere", "reports", 0, "file", "media_type"), "image/svg+xml", "elsewhere/reports/0/file"),
        (("heard", "sentences", 1, "quotes"), ["q9"], "heard/sentences/1/quotes"),
        (("heard", "sentences", 1, "reports"), ["p9"], "heard/sentences/1/reports"),
        (("heard", "sentences", 1, "cited"), ["c0"], "heard/sentences/1/cited/0"),
        (("heard", "sentences", 3, "results", 0, "option"), "z", "heard/sentences/3/results"),
        (("heard", "sentences", 2, "text"), "We speak with officials and teachers.", "heard/sentences/2/text"),
        (("goes_well",), "", "goes_well"),
        (("ourselves",), "", "ourselves"),
        (("other_views", "text"), "", "other_views/text"),
        (("elsewhere", "cited", 0, "source"), "", "elsewhere/cited/0/source"),
        (("elsewhere", "cited", 0, "definition"), "", "elsewhere/cited/0/definition"),
        (("elsewhere", "cited", 0, "checked_on"), None, "elsewhere/cited/0/checked_on"),
        (("elsewhere", "cited", 0, "source_date"), "2026-02-30", "elsewhere/cited/0/source_date"),
        (("how_we_worked", "members"), 9, "how_we_worked/members"),
        (("cover", "answer_due"), "2026-11-03", "cover/answer_due"),
        (("adoption", "quorum_met"), False, "adoption/quorum_met"),
        (("adoption", "release"), "0" * 64, "adoption/release"),
        (("annexes", "releases"), [], "annexes/releases"),
        (("replaces",), "0" * 64, "replaces"),
        (("number",), "2026-03", "number"),
        (("title",), "a\u202eb", "title"),
        (("title",), "a\x00b", "title"),
        (("title",), "two\nlines", "title"),
        (("why_now",), "zero\u200bwidth", "why_now"),
        (("language",), "Dutch", "language"),
        (("title",), 7, "title"),
    ],
)  # fmt: skip
def test_an_advice_that_may_not_be_sent_says_where_it_fails(path, value, where, example):
    assert where in paths("advice", changed(example("advice"), path, value))


def test_an_advice_from_before_there_were_reports_and_points_of_the_vision_is_still_whole(example):
    freeze("advice", bare(example("advice")))
    only_a_report = changed(example("advice"), ("recommendations", 1, "evidence"), {"results": [], "quotes": [],
                                                                                   "reports": ["p1"]})  # fmt: skip
    freeze("advice", only_a_report)


def test_a_summary_must_be_there_in_each_language_and_short(example):
    advice = example("advice")
    advice["in_short"] = [p for p in advice["in_short"] if p["language"] != "ti"]
    with pytest.raises(DocumentError, match="lacks the languages ti"):
        freeze("advice", advice)
    long = changed(example("advice"), ("in_short", 1, "text"), "woord " * 201)
    assert paths("advice", long) == ["in_short/1/text"]


def test_joiners_of_persian_are_letters_and_emoji_joiners_do_no_harm(example):
    freeze("advice", changed(example("advice"), ("why_now",), "معلم‌ها\nA new line\tand a tab"))


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("release", ("shown",), "outcome"),
        ("release", ("shown",), "nothing"),
        ("release", ("options", 0, "quarters"), [5]),
        ("release", ("exact",), {"voters": 19, "counts": {"a": 5}}),
        ("release", ("exact",), {"voters": 25, "counts": {"a": 2}}),
        ("release", ("exact",), {"voters": 25, "counts": {"zz": 5}}),
        ("release_adoption", ("shown",), "quarters"),
        ("release_adoption", ("turnout",), [4]),
        ("answer", ("parts",), []),
        ("answer", ("parts", 0, "decision"), "noted"),
        ("answer", ("parts", 0, "promises"), []),
        ("answer", ("what_we_heard",), ""),
        ("rating", ("shown",), "nothing"),
        ("place", ("answer_weeks",), 0),
        ("place", ("as_of",), "2026-13-01T00:00:00Z"),
        ("invitation", ("mail",), "nobody"),
    ],
)
def test_other_documents_are_refused_too(name, path, value, example):
    paths(kind_named(name), changed(example(name), path, value))


@pytest.mark.parametrize(
    "stored",
    [b"", b"{", b"[]", b"null", b'{"schema":1}', b"\xff\xfe", b'{"a":1,"a":2}', b'{"a":NaN}', b"[" * 100_000,
     b"x" * (MOST_BYTES + 1)],
    ids=["empty", "cut", "list", "null", "schema", "no utf-8", "twice", "nan", "deep", "large"],
)  # fmt: skip
def test_bytes_that_are_no_document_are_refused_with_a_sentence(stored):
    with pytest.raises(DocumentError) as caught:
        read("advice", stored)
    assert str(caught.value).startswith("not a valid advice: ")
    assert len(str(caught.value)) < 600


def test_a_refusal_never_repeats_what_somebody_wrote(example):
    secret = "my number is 0612345678\u202e"
    with pytest.raises(DocumentError) as caught:
        freeze("advice", changed(example("advice"), ("title",), secret))
    assert "0612345678" not in str(caught.value)


def test_too_large_is_refused_before_it_is_stored(example):
    advice = bare(example("advice"))
    advice["heard"]["quotes"] = []
    advice["elsewhere"]["cited"] = [{**advice["elsewhere"]["cited"][3], "text": "x" * 8000} for _ in range(100)]
    for r in advice["recommendations"]:
        r["evidence"]["quotes"] = []
    with pytest.raises(DocumentError, match="larger than"):
        freeze("advice", advice)


def test_passages_carry_the_language_nearest_to_them(example):
    found = dict(passages(example("advice")))
    assert found["Meet before you need help"] == "en"
    assert next(lang for text, lang in found.items() if text.startswith("نتكلم")) == "ar"


def test_a_digest_is_shown_in_fours():
    assert short("7f3a91c204be" + "0" * 52) == "7f3a 91c2 04be"


def test_documents_have_no_field_for_targets_ranks_or_persons():
    words = {"target", "rank", "score", "person", "pseudonym", "member_id", "citizen", "bsn", "birth", "nationality"}
    for kind in VERSIONS:
        names = set()

        def collect(value, names=names):
            if isinstance(value, dict):
                names.update(value.get("properties", {}))
                for inner in value.values():
                    collect(inner)
            elif isinstance(value, list):
                for inner in value:
                    collect(inner)

        collect(schema(kind))
        assert not names & words
