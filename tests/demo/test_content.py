"""The words of the demonstration place: enough of them, in the right languages, and nothing that leads nowhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from codesign.demo.content import FOLDER, BadContent, build, dated, read, walk
from codesign.demo.shapes import Member, Place
from codesign.rules.text import forbidden, identifying

PLACE = read()
LANGUAGES = {"nl", "en", "ar", "ti", "tr", "fa", "uk"}


def contributions(place: Place) -> list[Any]:
    return [reply for r in place.rounds for idea in r.ideas for reply in walk(idea.replies)]


def test_there_are_forty_ideas_and_a_hundred_and_fifty_contributions_over_eight_domains() -> None:
    ideas = [i for r in PLACE.rounds for i in r.ideas]
    assert len(ideas) >= 40
    assert len(contributions(PLACE)) >= 150
    assert len({code for i in ideas for code in i.themes}) >= 8


def test_nineteen_newcomers_write_in_seven_languages_beside_a_resident_and_a_professional() -> None:
    roles = [m.role for m in PLACE.members]
    assert (roles.count("newcomer"), roles.count("resident"), roles.count("professional")) == (19, 1, 1)
    language = {m.key: m.language for m in PLACE.members}
    used = {i.language or language[i.by] for r in PLACE.rounds for i in r.ideas}
    used_in_replies = {c.language or language[c.by] for c in contributions(PLACE)}
    assert used == used_in_replies == LANGUAGES
    assert {m.screen for m in PLACE.members} <= {"nl", "en", "ar"}


def test_pseudonyms_are_two_neutral_words() -> None:
    for member in PLACE.members:
        assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", member.name)


def test_there_are_two_officials_two_organisations_two_moderators_with_ties_and_a_host() -> None:
    assert len(PLACE.officials) == len(PLACE.organisations) == len(PLACE.moderators) == 2
    assert all(m.ties for m in PLACE.moderators)
    assert PLACE.host.login


def test_words_in_other_languages_carry_a_gloss_for_maintainers() -> None:
    language = {m.key: m.language for m in PLACE.members}
    for c in contributions(PLACE):
        assert c.gloss or (c.language or language[c.by]) == "en", c.text
    for r in PLACE.rounds:
        for thing in (*r.ideas, *r.tellings):
            assert thing.gloss or language[thing.by] == "en", thing


def test_every_kind_of_contribution_is_there_and_people_disagree() -> None:
    kinds = [c.kind for c in contributions(PLACE)]
    assert all(kinds.count(kind) >= 20 for kind in ("for", "against", "question", "experience"))


def test_things_happen_that_a_moderator_must_see() -> None:
    ideas = [i for r in PLACE.rounds for i in r.ideas]
    assert [c.held for c in contributions(PLACE) if c.held] == ["phone"]
    assert sum(bool(i.hide) for i in ideas) == 1
    assert sum(i.take_back for i in ideas) == 1
    assert sum(bool(i.merge_into) for i in ideas) == 3


def test_only_the_reply_that_is_meant_to_be_held_holds_identifying_details() -> None:
    for r in PLACE.rounds:
        texts = [t.text for t in r.tellings] + [text for i in r.ideas for text in (i.title, i.body)]
        texts += [c.text for i in r.ideas for c in walk(i.replies) if not c.held]
        assert [t for t in texts if identifying(t) or forbidden(t)] == []
    for c in contributions(PLACE):
        assert [found.kind for found in identifying(c.text)] == ([c.held] if c.held else [])


def test_the_finished_round_has_advice_and_answer_with_three_decisions() -> None:
    meet = PLACE.rounds[0]
    assert meet.advice is not None
    assert meet.answer is not None
    assert [p.decision for p in meet.answer.parts] == ["partly", "adopted", "later"]
    assert set(meet.advice.summaries) == set(meet.answer.summaries) == LANGUAGES
    assert all(len(text.split()) <= 200 for text in meet.advice.summaries.values())
    assert all(len(text.split()) <= 80 for text in meet.answer.summaries.values())
    assert all(a.kind != "newcomers" for r in meet.advice.recommendations for a in r.actors[:1])


def test_the_first_vote_has_a_minority_between_a_quarter_and_half() -> None:
    ballot = PLACE.rounds[0].ballot
    assert ballot is not None
    assert len(ballot.votes) == 19
    women = sum("women" in choices for choices in ballot.votes.values())
    assert 19 / 4 < women < 19 / 2


def test_votes_are_held_in_several_ways_and_members_look_at_some_before() -> None:
    meet, house, _lessons = PLACE.rounds
    assert [b.method for b in meet.ballots] == ["approval", "yes_no", "budget"]
    assert [b.method for b in house.ballots] == ["approval", "ranked"]
    assert {b.checker for b in (*meet.ballots, *house.ballots)} == {"", "kettle"}
    money = meet.ballots[2]
    costs = {o.key: o.cost for o in money.options}
    assert all(sum(costs[o] for o in chosen) <= money.total for chosen in money.votes.values())
    assert set(house.ballots[1].translations) == {"nl", "ar"}
    officials = meet.ballots[1]
    assert all(r.gloss or PLACE.member(r.by).language == "en" for r in officials.reasons)


def test_one_vote_is_open_and_one_round_talks() -> None:
    _meet, house, lessons = PLACE.rounds
    assert house.ballot is not None
    assert house.ballot.opens < 0 < house.ballot.deadline
    assert house.head.steps["voting"][0] < 0 < house.head.steps["voting"][1]
    assert lessons.head.steps["discussing"][0] < 0 < lessons.head.steps["discussing"][1]
    assert lessons.head.asked
    assert not house.head.asked


def test_moments_are_filled_in_from_the_day_of_loading() -> None:
    assert dated("Budget {year:100}, from {month:-55}", date(2026, 11, 23)) == "Budget 2027, from September 2026"
    assert dated("plain {words}", date(2026, 11, 23)) == "plain {words}"


def changed(folder: Path, name: str, change: Callable[[Any], Any]) -> Path:
    copy = folder / "content"
    shutil.copytree(FOLDER, copy)
    path = copy / name
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(themes=["XXX"]), "'XXX' does not exist"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(themes=[]), "one to three themes"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(by="nobody"), "'nobody' does not exist"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(indicators=["WRK-99"]), "WRK-99"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(indicators=["DIG-01"]), "the theme of DIG-01"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(merge_into="gone"), "'gone' does not exist"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(target=3), "do not know: target"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].pop("title"), "lacks title"),
        ("house-ideas.yaml", lambda r: r["ideas"][0].update(support="many"), "must be int"),
        ("house-ideas.yaml", lambda r: r["ideas"][0]["replies"][0].update(kind="like"), "'like' does not exist"),
        ("house.yaml", lambda r: r["ballot"]["votes"].update(willow=["castle"]), "'castle' does not exist"),
        ("house.yaml", lambda r: r["ballot"].update(max_choices=1), "too many"),
        ("house.yaml", lambda r: r["more_ballots"][0].update(method="loudest"), "'loudest' does not exist"),
        ("house.yaml", lambda r: r["more_ballots"][0].update(checker="nobody"), "'nobody' does not exist"),
        ("meet.yaml", lambda r: r["more_ballots"][0]["votes"].update(willow=["maybe"]), "'maybe' does not exist"),
        ("house.yaml", lambda r: r["round"].update(moderator="nobody"), "'nobody' does not exist"),
        ("house.yaml", lambda r: r["round"]["steps"].pop("voting"), "phases"),
        ("people.yaml", lambda r: r["members"][0].update(language="xx"), "'xx' does not exist"),
        ("people.yaml", lambda r: r["members"].append(dict(r["members"][0])), "same key"),
        ("meet-advice.yaml", lambda r: r["advice"]["summaries"].pop("ti"), "missing in ti"),
        ("meet-advice.yaml", lambda r: r["advice"]["heard"][0].update(reports=["gone"]), "'gone' does not exist"),
        ("meet-advice.yaml", lambda r: r["advice"]["recommendations"][0].update(moment="Never"), "'Never' does not"),
        ("vision.yaml", lambda r: r["vision"][0].update(gathering="meet/gone"), "'meet/gone' does not exist"),
        ("meet-after.yaml", lambda r: r["after"]["fit"]["votes"].update(willow=[1, 2]), "one mark for each measure"),
        ("meet-answer.yaml", lambda r: r["answer"]["parts"][0].update(decision="noted"), "'noted' does not exist"),
    ],
)
def test_words_that_do_not_fit_are_refused(tmp_path: Path, name: str, change: Callable[[Any], Any], words: str) -> None:
    with pytest.raises(BadContent, match=words):
        read(changed(tmp_path, name, change))


def test_a_value_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(BadContent, match="named fields"):
        build(Member, ["not", "a", "member"], "here")


def test_the_page_on_sanctions_and_help_says_that_its_sources_are_invented() -> None:
    lines = read().legal_help
    assert {line.part for line in lines} == {"sanction", "help"}
    assert all("demonstratie, verzonnen" in line.source for line in lines)
    assert [line.checked + line.holds < 0 for line in lines].count(True) == 1, "one has gone old, to show the warning"


def test_the_directory_has_informal_groups_and_the_calendar_one_moment_that_is_too_late_for_advice():
    assert [n.standing for n in PLACE.networks].count("informal") == 3
    weeks = PLACE.municipality.answer_weeks * 7
    assert [m.title for m in PLACE.calendar if m.decided > 0 and (m.before or m.decided - weeks) < 0] == [
        "Het college koopt computerlessen in"
    ]
    assert [m.official for m in PLACE.calendar].count("adviser") == 1
    assert all("verzonnen" in m.source or "invented" in m.source for m in PLACE.calendar)
    assert not [n.name for n in PLACE.networks if identifying(f"{n.name} {n.does} {n.could} {n.reach}")]
