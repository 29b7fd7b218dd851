"""The framework as data: what is in it, what is refused, and what old links mean after a new version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from codesign.indicators import source
from codesign.indicators.domain import (
    Kind,
    Library,
    UnknownCode,
    domain,
    domain_codes,
    domain_of_slug,
    framework,
    indicator,
    latest,
    needs_experience,
    without_experience,
)


def raw() -> dict[str, Any]:
    value = yaml.safe_load(source.files()[-1].read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_R01_there_are_fourteen_domains_in_their_order() -> None:
    assert domain_codes() == (
        "WRK", "HSG", "EDU", "HLT", "LEI", "BON", "BRI", "LIN", "LNG", "CUL", "DIG", "SAF", "STA", "RGT",
    )  # fmt: skip
    assert sum(len(d.indicators) for d in latest().domains) == 89
    assert [g.slug for g in latest().groups] == ["markers", "connections", "facilitators", "foundation"]


def test_every_indicator_says_what_it_rests_on_and_has_words_in_english_and_dutch() -> None:
    for d in latest().domains:
        assert d.icon
        assert d.tint
        for i in d.indicators:
            assert i.basis, i.code
            for texts in (i.titles, i.questions, d.names, d.descriptions):
                assert texts["en"].strip()
                assert texts["nl"].strip()


def test_the_head_keeps_source_licence_and_use() -> None:
    assert "Open Government Licence v3.0" in latest().source["licence"]
    assert "never a target" in latest().use["en"]
    assert "NOT checked" in latest().status


def test_words_fall_back_to_english() -> None:
    assert domain("BRI").name("nl") == "Contact met anderen"
    assert domain("BRI").name("ti") == "Contact with others"
    assert indicator("STA-07").question("nl") == "Voel je je hier thuis?"
    assert indicator("STA-07").question("uk") == "Do you feel at home here?"


def test_codes_and_slugs_nobody_has_are_refused() -> None:
    with pytest.raises(UnknownCode):
        domain("XXX")
    with pytest.raises(UnknownCode):
        indicator("WRK-99")
    with pytest.raises(UnknownCode):
        framework("9")
    assert domain_of_slug("nothing") is None
    found = domain_of_slug("bridges")
    assert found is not None
    assert found.code == "BRI"


def test_R26_an_outcome_needs_an_experience_question_of_its_own_domain() -> None:
    assert needs_experience(indicator("BRI-05")) == ()
    assert {i.code for i in needs_experience(indicator("LNG-05"))} == {"LNG-02", "LNG-03", "LNG-06"}
    assert without_experience(["BRI-05", "LNG-05"]) == ("LNG-05",)
    assert without_experience(["BRI-05", "LNG-05", "LNG-02"]) == ()
    for d in latest().domains:
        assert any(i.kind is Kind.EXPERIENCE for i in d.indicators), d.code


def second_version() -> Library:
    """The first version, and one in which WRK-01 became two, WRK-02 is gone and BRI-05 got other words."""
    first = raw()
    second = raw()
    second["version"] = "2"
    work = second["domains"][0]["indicators"]
    one = work.pop(0)
    work.pop(0)
    for number in ("21", "22"):
        work.append({**one, "code": f"WRK-{number}", "title": {"en": f"Paid {number}", "nl": f"Betaald {number}"}})
    second["replaced_by"] = {"WRK-01": ["WRK-21", "WRK-22"]}
    bridges = next(d for d in second["domains"] if d["code"] == "BRI")
    next(i for i in bridges["indicators"] if i["code"] == "BRI-05")["title"] = {
        "en": "Trust nearby",
        "nl": "Vertrouwen",
    }
    return Library((source.read(first), source.read(second)))


def test_R03_a_new_version_keeps_the_links_of_old_proposals() -> None:
    library = second_version()
    assert library.latest().version == "2"
    # What was linked with the first version still says what it said then.
    assert library.indicator("WRK-01", "0.1").title() == "In paid work"
    assert library.indicator("BRI-05", "0.1").title() == "Trust in the street"
    assert library.indicator("BRI-05", "2").title() == "Trust nearby"
    # Without a version: the newest that still has it, so a code never leads nowhere.
    assert library.indicator("BRI-05").title() == "Trust nearby"
    assert library.indicator("WRK-02").title() == "Work that fits your skills"


def test_R03_old_codes_lead_to_what_replaced_them() -> None:
    library = second_version()
    assert [i.code for i in library.current("WRK-01", "0.1")] == ["WRK-21", "WRK-22"]
    assert [i.code for i in library.current("BRI-05", "0.1")] == ["BRI-05"]
    assert library.current("WRK-02", "0.1") == ()
    with pytest.raises(UnknownCode):
        library.current("WRK-77", "0.1")


@pytest.mark.parametrize("name", ["target", "norm", "goal_value", "rank", "score_total"])
def test_R35_a_framework_with_a_target_field_is_refused(name: str) -> None:
    bad = raw()
    bad["domains"][0]["indicators"][0][name] = 80
    with pytest.raises(source.BadFramework, match=name):
        source.read(bad)
    bad = raw()
    bad["domains"][0][name] = 80
    with pytest.raises(source.BadFramework, match=name):
        source.read(bad)


def test_a_bad_framework_is_refused_with_the_place() -> None:
    for change, words in (
        (lambda r: r["domains"][0]["indicators"][0].update(basis=[]), "WRK-01 does not say"),
        (lambda r: r["domains"][0]["indicators"][0].update(basis=["heard it"]), "heard it"),
        (lambda r: r["domains"][0]["indicators"][0].update(code="HSG-40"), "stands under WRK"),
        (lambda r: r["domains"][0]["indicators"][1].update(code="WRK-01"), "twice"),
        (lambda r: r["domains"][0].update(group="nowhere"), "no group"),
        (lambda r: r.pop("groups"), "missing"),
        (lambda r: r.update(replaced_by={"WRK-01": ["WRK-77"]}), "WRK-77"),
    ):
        bad = raw()
        change(bad)
        with pytest.raises(source.BadFramework, match=words):
            source.read(bad)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "framework-9.yaml"
    path.write_text("a: [1,", encoding="utf-8")
    with pytest.raises(source.BadFramework, match=r"framework-9\.yaml"):
        source.read_file(path)


def test_the_questions_are_there_in_every_complete_language_of_the_interface() -> None:
    for d in latest().domains:
        for i in d.indicators:
            assert {"nl", "en", "ar"} <= set(i.titles) & set(i.questions), i.code
        for question in d.place_check:
            assert {"nl", "en", "ar"} <= set(question)


def test_words_for_a_code_nobody_has_are_refused() -> None:
    with pytest.raises(source.BadFramework, match="WRK-99"):
        source.add_words(raw(), {"language": "ar", "indicators": {"WRK-99": {"title": "", "question": ""}}})
