"""`codesign verify` counts every method again, and finds a changed slip, an added one, a wrong digest, a broken chain."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta

import build
import pytest
from click.testing import CliRunner

from codesign.cli import main
from codesign.voting import closed_list
from codesign.voting.domain import Category, Kind, Method, Opening, Option, Terms, Vote, canonical, digest, short
from codesign.voting.methods import METHODS
from codesign.voting.recount import anchored, recount

CHOICES = {
    Method.APPROVAL: (["a", "b"], ["a"], ["none"], ["b", "c"]),
    Method.YES_NO: (["yes"], ["no"], ["abstain"], ["yes"]),
    Method.CONSENT: (["agree"], ["stand_aside"], ["object"], ["agree"]),
    Method.SCORE: (["a:5", "b:0"], ["c:4"], ["a:3", "b:2", "c:1"], ["b:5"]),
    Method.RANKED: (["a:1", "b:2"], ["b:1", "c:2", "a:3"], ["c:1"], ["a:1", "c:2"]),
    Method.DOTS: (["a:5"], ["a:1", "b:1", "c:3"], ["b:2"], ["c:5"]),
    Method.BUDGET: (["a", "b"], ["a"], ["c"], ["none"]),
    Method.SHORTLIST: (["a", "b"], ["a"], ["c"], ["b", "c"]),
}


def bundle(method: Method, previous: str = "", number: int = 1) -> dict:
    """What a member downloads of a ballot with four votes."""
    one = method in {Method.YES_NO, Method.CONSENT}
    keys = ("a",) if one else ("a", "b", "c")
    opening = Opening(
        ballot=number, round=1, kind=Kind.VOTE, category=Category.NEWCOMERS, method=method, question="What first?",
        language="en", options=tuple(Option(k, k.upper(), cost=300 * (i + 1)) for i, k in enumerate(keys)),
        max_choices=len(keys), with_none=method in {Method.APPROVAL, Method.BUDGET}, electorate=6, quorum=50,
        majority=50, opened_at=build.NOW, deadline=build.NOW + timedelta(days=7), subject="", previous=previous,
        public_key="00" * 32, terms=Terms(points=5, total=1000, seats=2),
    )  # fmt: skip
    votes = [
        Vote(f"{i + 1:012d}", METHODS[method].marks(opening, chosen), reason="It must be near." if "object" in chosen else "")
        for i, chosen in enumerate(CHOICES[method])
    ]  # fmt: skip
    made = closed_list.make(opening, digest(opening.frozen()), previous, votes)
    return closed_list.bundle(opening.frozen(), made.frozen(), None)


def resealed(found: dict) -> dict:
    """The same with digests and count made to fit again, as somebody would who changes it with care."""
    opening, closed = canonical(found["opening"]), found["closed"]
    closed["opening"] = digest(opening)
    return closed_list.bundle(opening, canonical(closed), None)


def holds(found: dict) -> bool:
    return all(f.holds for f in recount(json.loads(json.dumps(found))))


def verify(tmp_path, *found: dict, extra: tuple[str, ...] = ()):
    paths = []
    for n, one in enumerate(found):
        path = tmp_path / f"ballot-{n}.json"
        path.write_bytes(canonical(one))
        paths.append(str(path))
    return CliRunner().invoke(main, ["verify", *paths, *extra])


@pytest.mark.parametrize("method", Method)
def test_a_whole_bundle_of_each_method_holds(method, tmp_path):
    done = verify(tmp_path, bundle(method))
    assert done.exit_code == 0, done.output
    assert f"The count is right ({method.value})." in done.output


def changed_slip(found):
    lines = found["closed"]["list"]
    lines[0]["marks"], lines[2]["marks"] = lines[2]["marks"], lines[0]["marks"]


def impossible_choice(found):
    found["closed"]["list"][0]["marks"] = {"a": 99}


def added_slip(found):
    """A slip more, and the number of people who voted one higher: a non-voter was ticked."""
    found["closed"]["list"].append({**found["closed"]["list"][-1], "code": "9" * 12})
    found["closed"]["voters"] += 1


def slip_left_out(found):
    found["closed"]["list"].pop()


def doubled_code(found):
    found["closed"]["list"][1]["code"] = found["closed"]["list"][0]["code"]


def order_of_coming(found):
    found["closed"]["list"].reverse()


def changed_count(found):
    key = next(iter(found["tally"]["counts"]))
    found["tally"]["counts"][key] += 1


def changed_winner(found):
    found["tally"]["winners"] = ["zzz"]


def wrong_digest(found):
    found["closed_digest"] = "0" * 64


def other_opening(found):
    found["opening"]["question"] = "Another question?"


def earlier_deadline(found):
    found["closed"]["extended"] = ["2020-01-01T00:00:00+00:00"]


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize(
    "tamper",
    [
        changed_slip, impossible_choice, added_slip, slip_left_out, doubled_code, order_of_coming, changed_count,
        changed_winner, wrong_digest, other_opening, earlier_deadline,
    ],
)  # fmt: skip
def test_what_was_changed_is_found(method, tamper):
    found = json.loads(canonical(bundle(method)))
    tamper(found)
    assert not holds(found)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("tamper", [changed_slip, added_slip])
def test_a_change_made_with_care_is_found_by_the_control_number(method, tamper, tmp_path):
    """With digests and count made to fit, the bundle alone says nothing; what was read aloud does."""
    good = bundle(method)
    aloud = short(good["closed_digest"])
    assert verify(tmp_path, good, extra=("--control", aloud)).exit_code == 0
    found = deepcopy(json.loads(canonical(good)))
    tamper(found)
    found = resealed(found)
    assert holds(found)
    done = verify(tmp_path, found, extra=("--control", aloud))
    assert done.exit_code == 1
    assert "No list here has the control number" in done.output


def test_the_next_ballot_tells_on_a_changed_one(tmp_path):
    first = bundle(Method.APPROVAL)
    second = bundle(Method.RANKED, previous=first["closed_digest"], number=2)
    assert verify(tmp_path, first, second).exit_code == 0
    found = json.loads(canonical(first))
    added_slip(found)
    done = verify(tmp_path, resealed(found), second)
    assert done.exit_code == 1
    assert "is not here" in done.output


def test_the_release_on_the_record_tells_on_a_changed_list(tmp_path):
    good = bundle(Method.SCORE)
    named = [(good["opening_digest"], good["closed_digest"])]
    assert all(f.holds for f in anchored([good], [], named))
    found = json.loads(canonical(good))
    added_slip(found)
    (told,) = anchored([resealed(found)], [], named)
    assert not told.holds
    assert anchored([good], [], [("0" * 64, "1" * 64)]) == []


@pytest.mark.parametrize("text", ["", "abcd", "0000 0000 0000 0000"])
def test_a_control_number_that_is_none_is_not_found(text, tmp_path):
    assert verify(tmp_path, bundle(Method.DOTS), extra=("--control", text)).exit_code == 1
