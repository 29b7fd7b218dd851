"""Why is this the result? Every step of every count has a plain sentence, whatever was voted."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import codesign.counting
from codesign.counting import answers, approval, budget, dots, ranked, score, shortlist
from codesign.counting.domain import Step
from codesign.voting import outcome_labels, why
from codesign.voting.why_words import Words, portion

KEYS = ("o1", "o2", "o3", "o4")
WORDS = Words({key: f"Idea {key}" for key in KEYS}, "EUR")
FOLDER = Path(inspect.getfile(codesign.counting)).parent
# Kinds as the counting modules write them down, found in their source.
KINDS = {
    kind
    for path in FOLDER.glob("*.py")
    for kind in re.findall(r'"((?:approval|yes_no|consent|score|dots|schulze|runoff|equal_shares|greedy|shortlist)_[a-z_]+)"',
                           path.read_text(encoding="utf-8"))
}  # fmt: skip
ticks = st.lists(st.sets(st.sampled_from(KEYS)), max_size=9)
orders = st.lists(
    st.permutations(KEYS).flatmap(lambda p: st.integers(0, 4).map(lambda n: [[k] for k in p[:n]])), max_size=9
)
numbers = st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 5)), max_size=9)
few_dots = st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(1, 1)), max_size=9)
three = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
counts = st.one_of(
    ticks.map(lambda b: approval.approval(KEYS, b).steps),
    three.flatmap(lambda n: st.sampled_from((50, 67)).map(lambda most: answers.yes_no(*n, most).steps)),
    three.map(lambda n: answers.consent(*n).steps),
    numbers.map(lambda b: score.score(KEYS, b, 5).steps),
    few_dots.map(lambda b: dots.dots(KEYS, b, 5).steps),
    orders.map(lambda b: ranked.schulze(KEYS, b).steps),
    orders.map(lambda b: ranked.instant_runoff(KEYS, b).steps),
    st.tuples(ticks, st.integers(1, 4)).map(lambda t: shortlist.sequential_pav(KEYS, t[0], t[1]).steps),
    st.tuples(
        ticks, st.lists(st.integers(0, 90), min_size=4, max_size=4), st.integers(1, 200), st.sampled_from(budget.COMPLETIONS)
    ).map(lambda t: budget.equal_shares(dict(zip(KEYS, t[1], strict=True)), t[0], t[2], t[3]).steps),
    st.tuples(ticks, st.integers(1, 90), st.integers(1, 200)).map(
        lambda t: budget.greedy(dict.fromkeys(KEYS, t[1]), t[0], t[2]).steps
    ),
)  # fmt: skip


@pytest.fixture(params=["en", "nl", "ar"])
def reader(request, house):
    """A page being made for a reader of this language."""
    with house.panel.test_request_context("/", headers={"Cookie": f"language={request.param}"}):
        yield request.param


def plain(sentence: str) -> str:
    return re.sub("[\u2066-\u2069]", "", sentence)


def test_every_kind_of_step_has_a_sentence_and_no_sentence_lacks_a_step():
    assert set(why.SENTENCES) == KINDS
    assert len(KINDS) > 50


@pytest.mark.sqlite_only
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=counts)
def test_whatever_was_voted_each_step_reads_as_plain_words(reader, steps):
    for step in steps:
        said = plain(why.sentence(step, WORDS))
        assert said
        assert said[-1] in ".؟!"
        assert "%" not in said
        assert not re.search(r"\bo[1-4]\b", said.replace("Idea o", "")), said
        assert said.count("\u2068") == said.count("\u2069")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (Step("approval_won", {"option": "o1", "on": 14, "of": 19, "next": ["o2", "o3"], "next_on": 11}),
         "Idea o1 was chosen most often. After it: Idea o2 and Idea o3, with 11."),
        (Step("yes_no_needed", {"needed": 8, "of": 12, "rule": "at_least"}),
         "Before the vote this was set: 8 or more of 12 must say yes."),
        (Step("schulze_duel", {"winner": "o1", "loser": "o2", "for": 11, "against": 8, "equal": 0, "voters": 19}),
         "Idea o1 wins against Idea o2: 11 to 8."),
        (Step("equal_shares_start", {"total": 1200, "voters": 7, "items": 3, "share": "1200/7", "share_about": "171.43"}),
         "There is €\u00a01,200 for 7 people. At first each has the same part: about €\u00a0171. "
         "Who wants a plan pays for it together, out of these parts. "
         "Paid first is what asks least of each, set against its cost."),
        (Step("greedy_bought", {"round": 1, "item": "o1", "cost": 500, "approvals": 4, "left": 700, "tied": ["o2"],
                                "by": "cost"}),
         "Idea o1: 4 people, €\u00a0500. €\u00a0700 is left. Idea o2 stood equal with it. This one costs less, so it goes first."),
        (Step("shortlist_covered", {"on": 17, "of": 19}), "17 of 19 people see at least one of their own on the list."),
    ],
)  # fmt: skip
def test_some_sentences_as_they_are_read(house, step, sentence):
    with house.panel.test_request_context("/", headers={"Cookie": "language=en"}):
        assert plain(why.sentence(step, WORDS)) == sentence


@pytest.mark.parametrize(("number", "words"), [("3", "3"), ("15/2", "7 1/2"), ("1/3", "1/3"), ("0", "0")])
def test_parts_of_a_vote_are_written_as_people_do(number, words):
    assert plain(portion(number)) == words


def test_the_sentences_for_members_are_short():
    """At most twelve words a sentence, names and numbers filled in counted as one."""
    long = []
    for module in (why.why_counts, why.why_ranked, why.why_shares, why, outcome_labels):
        source = inspect.getsource(module)
        for text in re.findall(r'(?:_|ngettext)\(\s*"([^"]+)"', source):
            for part in re.split(r"(?<=[.?!:;])\s+", re.sub(r"%\(\w+\)[sd]", "X", text)):
                if len(part.split()) > 12:
                    long.append(part)
    assert long == []
