"""What is frozen, how an advice is adopted, codes, sealing and recounting, as pure functions."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codesign.voting import closed_list, codes, marks, sealing
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
    Opening,
    Option,
    Terms,
    Vote,
    canonical,
    digest,
    short,
)
from codesign.voting.methods import METHODS
from codesign.voting.outcomes import decide
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
        Vote(codes.new_code(SECRET, 7), marks.ticks(opening(), tuple(c)), sign=f"s{i}") for i, c in enumerate(chosen)
    ]


def test_what_was_frozen_reads_back_the_same():
    made = opening()
    assert Opening.read(made.frozen()) == made
    assert Opening.read(made.frozen()).frozen() == made.frozen()
    for broken in (b"{}", b"[]", b"not json", made.frozen().replace(b'"version":1', b'"version":2')):
        with pytest.raises(Damaged):
            Opening.read(broken)


def test_everything_a_method_needs_is_frozen_with_the_question():
    """Money, marks, words in other languages, who holds the key: none of it can change while people vote."""
    made = opening(
        method=Method.BUDGET, terms=Terms(total=5000, fits=False, completion="none", currency="CHF"), room=3,
        translations={"ar": "\u0643\u064a\u0641\u061f"}, scrutineers=("ab" * 32, "cd" * 32),
        options=(Option("o1", "A", "B", "nl", "BRI", ("door-open",), 9, 1200, {"ar": ("\u0623", "\u0628")}), Option("o2", "C")),
    )  # fmt: skip
    assert Opening.read(made.frozen()) == made
    other = Opening(**{**{f: getattr(made, f) for f in made.__dataclass_fields__}, "terms": Terms(total=5001)})
    assert digest(other.frozen()) != digest(made.frozen())
    assert opening(method=Method.CONSENT).choice_keys() == ("agree", "stand_aside", "object")


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
    counted = METHODS[Method.APPROVAL].tally(o, [{ADOPT: 1}] * yes + [{SEND_BACK: 1}] * no)
    result = decide(o, counted, [(SEND_BACK, "Because.")])
    assert result.reasons == ("Because.",)
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


SORTS = {
    "vote": {}, "adoption": {"kind": Kind.ADOPTION}, "consent": {"method": Method.CONSENT}, "yes_no": {"method": Method.YES_NO},
    "score": {"method": Method.SCORE, "terms": Terms(points=20)},
}  # fmt: skip
MANY = {f"o{i}": 20 for i in range(1, 21)}


@pytest.mark.parametrize("sort", SORTS)
def test_every_sealed_vote_is_equally_long_and_only_its_key_opens_it(sort):
    from nacl.public import PrivateKey

    key, other = PrivateKey.generate(), PrivateKey.generate()
    o = opening(public_key=bytes(key.public_key).hex(), **SORTS[sort])
    code = codes.new_code(SECRET, 7)
    signs = ["", "\u1200" * MAX_SIGN, "\U00012000" * MAX_SIGN, '"' * MAX_SIGN]
    votes = [Vote(code, given, sign) for given in ({"o1": 1}, MANY) for sign in signs]
    if sort in {"adoption", "consent", "yes_no"}:
        words = ["\U00012000" * MAX_REASON, '"\n\\' * (MAX_REASON // 3)]
        votes += [Vote(code, {"object": 1}, sign, text) for text in words for sign in signs]
    sizes = set()
    for vote in votes:
        sealed = sealing.seal(vote, o)
        sizes.add(len(sealed))
        assert sealing.unseal(sealed, [bytes(key)], o) == vote
        assert code.encode() not in sealed
        with pytest.raises(Damaged):
            sealing.unseal(sealed, [bytes(other)], o)
        with pytest.raises(Damaged):
            sealing.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), [bytes(key)], o)
    assert len(sizes) == 1
    # The same vote twice does not look the same.
    assert sealing.seal(votes[0], o) != sealing.seal(votes[0], o)


def test_a_vote_longer_than_its_ballot_allows_is_never_sealed():
    with pytest.raises(ValueError, match="longer"):
        sealing.seal(Vote("1" * 12, {"o1": 1}, sign="x" * 600), opening())


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
    assert sorted(made.reasons) == sorted((SEND_BACK, v.reason) for v in votes)
    assert b"reason" not in canonical([{"c": x.code, "s": x.sign, "m": dict(x.marks)} for x in made.lines])


def test_a_digest_read_aloud_is_sixteen_signs_in_fours():
    assert short("0123456789abcdef" * 4) == "0123 4567 89ab cdef"
    assert short(None) == ""
