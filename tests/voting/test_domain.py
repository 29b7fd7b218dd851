"""Counting, codes, sealing and recounting as pure functions, with properties that must hold for every ballot."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.voting import approval, closed_list, codes, sealing
from codesign.voting.domain import (
    ADOPT,
    MAX_REASON,
    MAX_SIGN,
    NONE,
    SEND_BACK,
    Category,
    Damaged,
    Kind,
    Method,
    NotCast,
    Opening,
    Option,
    Problem,
    Vote,
    canonical,
    decide,
    digest,
    short,
)
from codesign.voting.recount import follows, recount

OPENED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECRET = b"s" * 32


def opening(n=4, most=3, electorate=20, kind=Kind.VOTE, **more):
    keys = (ADOPT, SEND_BACK) if kind is Kind.ADOPTION else tuple(f"o{i}" for i in range(1, n + 1))
    values = {
        "ballot": 7, "round": 1, "kind": kind, "category": Category.NEWCOMERS, "method": Method.APPROVAL,
        "question": "How should we meet?", "language": "en", "options": tuple(Option(k, f"Title {k}") for k in keys),
        "max_choices": most, "with_none": kind is Kind.VOTE, "electorate": electorate, "quorum": 50, "majority": 50,
        "opened_at": OPENED, "deadline": OPENED + timedelta(days=7), "subject": "", "previous": "",
        "public_key": "00" * 32,
    }  # fmt: skip
    return Opening(**(values | more))


KEYS = ("o1", "o2", "o3", "o4")
choices = st.one_of(st.just(frozenset({NONE})), st.frozensets(st.sampled_from(KEYS), min_size=1, max_size=3))
ballots = st.lists(choices, max_size=20)


def votes_of(chosen):
    return [
        Vote(codes.new_code(SECRET, 7), approval.marks(opening(), tuple(c)), sign=f"s{i}") for i, c in enumerate(chosen)
    ]


def test_what_was_frozen_reads_back_the_same():
    made = opening()
    assert Opening.read(made.frozen()) == made
    assert Opening.read(made.frozen()).frozen() == made.frozen()
    for broken in (b"{}", b"[]", b"not json", made.frozen().replace(b'"version":1', b'"version":2')):
        with pytest.raises(Damaged):
            Opening.read(broken)


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ((), Problem.NOTHING_CHOSEN),
        (("o1", "o2", "o3", "o4"), Problem.TOO_MANY),
        (("o1", "o9"), Problem.UNKNOWN_OPTION),
        (("",), Problem.UNKNOWN_OPTION),
        ((NONE, "o1"), Problem.NONE_AND_MORE),
    ],
)
def test_a_choice_that_this_ballot_does_not_have_is_told_apart(chosen, problem):
    with pytest.raises(NotCast) as told:
        approval.marks(opening(), chosen)
    assert told.value.problem is problem


def test_the_same_option_twice_counts_once_and_none_needs_to_be_offered():
    assert approval.marks(opening(), ("o1", "o1")) == {"o1": 1}
    with pytest.raises(NotCast):
        approval.marks(opening(with_none=False), (NONE,))


def test_equal_options_stand_together_and_nobody_breaks_the_tie():
    counted = approval.tally(opening(), [{"o1": 1, "o2": 1}, {"o1": 1}, {"o2": 1}, {NONE: 1}])
    assert counted.counts == {"o1": 2, "o2": 2, "o3": 0, "o4": 0}
    assert counted.order == (("o1", "o2"), ("o3", "o4"))
    assert counted.first == ("o1", "o2")
    assert counted.ties == (("o1", "o2"), ("o3", "o4"))
    assert (counted.none, counted.voters) == (1, 4)


def test_nothing_is_first_when_nobody_chose_anything():
    assert approval.tally(opening(), [{NONE: 1}]).first == ()
    assert approval.tally(opening(), []).first == ()


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_the_votes_does_not_matter(chosen, random):
    marks = [approval.marks(opening(), tuple(c)) for c in chosen]
    mixed = list(marks)
    random.shuffle(mixed)
    assert approval.tally(opening(), marks) == approval.tally(opening(), mixed)


@given(ballots, st.permutations(KEYS))
def test_the_names_of_the_options_do_not_matter(chosen, order):
    names = dict(zip(KEYS, order, strict=True)) | {NONE: NONE}
    one = approval.tally(opening(), [dict.fromkeys(c, 1) for c in chosen])
    other = approval.tally(opening(), [{names[k]: 1 for k in c} for c in chosen])
    assert {names[k]: n for k, n in one.counts.items()} == other.counts


@given(ballots, st.sampled_from(KEYS))
def test_one_more_vote_never_harms_an_option(chosen, key):
    marks = [approval.marks(opening(), tuple(c)) for c in chosen]
    before = approval.tally(opening(), marks)
    after = approval.tally(opening(), [*marks, {key: 1}])

    def rank(tally):
        return next(i for i, group in enumerate(tally.order) if key in group)

    better_before = {k for k in KEYS if before.counts[k] > before.counts[key]}
    better_after = {k for k in KEYS if after.counts[k] > after.counts[key]}
    assert better_after <= better_before
    assert rank(after) <= rank(before)


@given(ballots)
def test_every_group_holds_each_option_once_from_most_to_fewest(chosen):
    counted = approval.tally(opening(), [dict.fromkeys(c, 1) for c in chosen])
    flat = [k for group in counted.order for k in group]
    assert sorted(flat) == sorted(KEYS)
    assert [counted.counts[k] for k in flat] == sorted(counted.counts.values(), reverse=True)


@pytest.mark.parametrize(
    ("yes", "no", "electorate", "quorum", "majority", "outcome", "met", "adopted"),
    [
        (10, 0, 19, 50, 50, ADOPT, True, True),
        (9, 0, 19, 50, 50, ADOPT, False, False),
        (5, 5, 19, 50, 50, SEND_BACK, True, False),
        (6, 4, 19, 50, 50, ADOPT, True, True),
        (6, 4, 19, 50, 67, SEND_BACK, True, False),
        (8, 4, 12, 50, 67, ADOPT, True, True),
        (0, 0, 19, 50, 50, None, False, False),
        (19, 0, 19, 100, 100, ADOPT, True, True),
        (18, 0, 19, 100, 50, ADOPT, False, False),
    ],
)
def test_adopted_needs_quorum_and_majority(yes, no, electorate, quorum, majority, outcome, met, adopted):
    o = opening(kind=Kind.ADOPTION, most=1, electorate=electorate, quorum=quorum, majority=majority)
    counted = approval.tally(o, [{ADOPT: 1}] * yes + [{SEND_BACK: 1}] * no)
    result = decide(o, counted, ["Because."])
    assert (result.outcome, result.quorum_met, result.adopted) == (outcome, met, adopted)


def test_a_code_belongs_to_one_ballot_and_is_read_in_any_script():
    code = codes.new_code(SECRET, 7)
    assert len(code) == 12
    assert code.isdigit()
    assert codes.read_code(SECRET, 7, codes.spaced(code)) == code
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert codes.read_code(SECRET, 7, arabic) == code
    assert codes.read_code(SECRET, 8, code) is None
    assert codes.read_code(b"t" * 32, 7, code) is None
    for wrong in ("", "abc", code[:-1], code + "1", str(int(code[0]) ^ 1) + code[1:], "9" * 5000):
        assert codes.read_code(SECRET, 7, wrong) is None
    assert codes.code_key(SECRET, 7, code) != codes.code_key(SECRET, 8, code)
    assert len(codes.code_key(SECRET, 7, code)) == 32


def test_few_guessed_codes_have_the_right_check_digits():
    guessed = sum(codes.read_code(SECRET, 7, f"{n:08d}0000") is not None for n in range(20_000))
    assert guessed < 20


def test_every_sealed_vote_is_equally_long_and_only_its_key_opens_it():
    from nacl.public import PrivateKey

    key, other = PrivateKey.generate(), PrivateKey.generate()
    public = bytes(key.public_key).hex()
    code = codes.new_code(SECRET, 7)
    many = {f"o{i}": 1 for i in range(1, 21)}
    votes = [
        (Kind.VOTE, Vote(code, {"o1": 1})),
        (Kind.VOTE, Vote(code, many, sign="ሀ" * MAX_SIGN)),
        (Kind.VOTE, Vote(code, many, sign="\U00012000" * MAX_SIGN)),
        (Kind.ADOPTION, Vote(code, {ADOPT: 1})),
        (Kind.ADOPTION, Vote(code, {SEND_BACK: 1}, sign='"' * MAX_SIGN, reason="\U00012000" * MAX_REASON)),
        (Kind.ADOPTION, Vote(code, {SEND_BACK: 1}, reason='"\n\\' * (MAX_REASON // 3))),
    ]
    sizes = {}
    for kind, vote in votes:
        sealed = sealing.seal(vote, public, kind)
        sizes.setdefault(kind, set()).add(len(sealed))
        assert sealing.unseal(sealed, bytes(key), kind) == vote
        assert code.encode() not in sealed
        with pytest.raises(Damaged):
            sealing.unseal(sealed, bytes(other), kind)
        with pytest.raises(Damaged):
            sealing.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), bytes(key), kind)
    assert all(len(found) == 1 for found in sizes.values())
    # The same vote twice does not look the same.
    assert sealing.seal(votes[0][1], public, Kind.VOTE) != sealing.seal(votes[0][1], public, Kind.VOTE)


def test_a_vote_longer_than_its_ballot_allows_is_never_sealed():
    with pytest.raises(ValueError, match="longer"):
        sealing.seal(Vote("1" * 12, {"o1": 1}, sign="x" * 600), "00" * 32, Kind.VOTE)


def make_bundle(chosen, previous=""):
    o = opening()
    frozen = o.frozen()
    made = closed_list.make(o, digest(frozen), previous, votes_of(chosen))
    return closed_list.bundle(frozen, made.frozen(), None)


@settings(max_examples=40)
@given(ballots)
def test_an_honest_bundle_holds(chosen):
    made = make_bundle(chosen)
    findings = recount(made)
    assert all(f.holds for f in findings), findings
    assert [x["code"] for x in made["closed"]["list"]] == sorted(x["code"] for x in made["closed"]["list"])


def tamper_choice(b):
    b["closed"]["list"][0]["marks"] = {"o4": 1}


def tamper_foreign_choice(b):
    b["closed"]["list"][0]["marks"] = {"o77": 1}


def tamper_sign(b):
    b["closed"]["list"][0]["sign"] = "other"


def tamper_add(b):
    b["closed"]["list"].append({"code": "999999999999", "sign": "", "marks": {"o1": 1}})
    b["closed"]["voters"] += 1


def tamper_add_silently(b):
    b["closed"]["list"].append({"code": "999999999999", "sign": "", "marks": {"o1": 1}})


def tamper_take(b):
    del b["closed"]["list"][0]


def tamper_twice(b):
    b["closed"]["list"].insert(0, dict(b["closed"]["list"][0]))


def tamper_order(b):
    b["closed"]["list"].reverse()


def tamper_question(b):
    b["opening"]["question"] = "Something else?"


def tamper_tally(b):
    b["tally"]["counts"]["o1"] += 1


def tamper_opening_digest(b):
    b["opening_digest"] = "0" * 64


def tamper_everything_again(b):
    """Changing the list and its digest is found by the count; changing all three, by the digest people know."""
    tamper_choice(b)
    b["closed_digest"] = digest(canonical(b["closed"]))


TAMPERINGS = [
    tamper_choice, tamper_foreign_choice, tamper_sign, tamper_add, tamper_add_silently, tamper_take, tamper_twice,
    tamper_order, tamper_question, tamper_tally, tamper_opening_digest, tamper_everything_again,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_tampering_is_found(tamper):
    made = make_bundle([{"o1"}, {"o2", "o3"}, {"o1", "o2"}])
    broken = copy.deepcopy(made)
    tamper(broken)
    assert not all(f.holds for f in recount(broken))
    assert all(f.holds for f in recount(made))


@pytest.mark.parametrize("broken", [{}, {"opening": 1}, {"opening": {}, "closed": {}}, {"tally": None}])
def test_what_is_no_bundle_is_one_finding(broken):
    assert [f.holds for f in recount(broken)] == [False]


def test_the_chain_of_a_round_is_checked():
    one = make_bundle([{"o1"}])
    two = make_bundle([{"o2"}], previous=one["closed_digest"])
    assert all(f.holds for f in follows([one, two]))
    assert not all(f.holds for f in follows([two]))
    three = make_bundle([{"o3"}])
    assert not all(f.holds for f in follows([one, two, three]))


def test_a_list_is_refused_when_slips_do_not_fit():
    o = opening()
    same = Vote("1" * 12, {"o1": 1})
    with pytest.raises(Damaged, match="two slips"):
        closed_list.make(o, "", "", [same, same])
    with pytest.raises(Damaged, match="does not have"):
        closed_list.make(o, "", "", [Vote("1" * 12, {"o1": 2})])


def test_reasons_stand_apart_from_codes_and_in_no_order():
    o = opening(kind=Kind.ADOPTION, most=1)
    votes = [Vote(f"{i:012d}", {SEND_BACK: 1}, reason=f"reason {i}") for i in range(12)]
    orders = {closed_list.make(o, "", "", votes).reasons for _ in range(5)}
    assert len(orders) > 1
    made = closed_list.make(o, "", "", votes)
    assert sorted(made.reasons) == sorted(v.reason for v in votes)
    assert b"reason" not in canonical([{"c": x.code, "s": x.sign, "m": dict(x.marks)} for x in made.lines])


def test_a_digest_read_aloud_is_sixteen_signs_in_fours():
    assert short("0123456789abcdef" * 4) == "0123 4567 89ab cdef"
    assert short(None) == ""
