"""What the readers make of whole files, and the liberties of files in use that they take as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from codesign.counting.files.domain import Categories, Orders, Projects, Slips
from codesign.counting.files.reading import UnknownKind, parse, read

from .broken import BUNDLE, CATEGORIES, ORDERS, POINTS, PROJECTS

EXAMPLES = Path(__file__).parent / "examples"


def test_orders_with_their_voters():
    found = read(EXAMPLES / "lead.soi")
    assert isinstance(found, Orders)
    assert (found.title, found.voters, len(found.ballots)) == ("Who speaks for the garden group", 19, 6)
    assert found.options == {"1": "Amal", "2": "Bea", "3": "Chidi", "4": "Nobody of these"}
    assert (found.ballots[2], found.weights[2]) == ((("3",), ("2",), ("1",), ("4",)), 4)


def test_equal_places():
    found = read(EXAMPLES / "equal.toi")
    assert isinstance(found, Orders)
    assert found.ballots == ((("1", "2"), ("3",)), (("2",), ("3", "4")), (("3",),), (("1", "2", "3", "4"),))


def test_categories_with_empty_ones():
    found = read(EXAMPLES / "days.cat")
    assert isinstance(found, Categories)
    assert found.categories == ("Yes", "If need be", "No")
    assert found.ballots[2] == ((), ("1", "2", "3", "4"), ())
    assert found.voters == 14


def test_categories_may_be_numbered_from_nought():
    text = CATEGORIES.replace("CATEGORY NAME 1", "CATEGORY NAME 0").replace("CATEGORY NAME 2", "CATEGORY NAME 1")
    assert parse(text.encode(), "cat") == parse(CATEGORIES.encode(), "cat")


def test_a_participatory_budget_with_quotes_and_columns_that_say_nothing_here():
    found = read(EXAMPLES / "square.pb")
    assert isinstance(found, Projects)
    assert found.options["a"] == "Trees; and a bench"
    assert found.options["b"] == 'A "reading" hut'
    assert (found.costs["e"], found.total, found.unit, found.rule) == (900, 1000, 1, "equalshares/add1")
    assert (found.votes[0], found.votes[9], found.voters) == (("a", "d"), (), 10)
    assert found.selected is None
    assert found.points is None


def test_points_go_with_their_projects():
    found = parse(POINTS.encode(), "pb")
    assert isinstance(found, Projects)
    assert (found.votes[0], found.points and found.points[0]) == (("a", "b"), (2, 1))
    assert found.selected == {"a": 1, "b": 0}


def test_cents_are_counted_in_whole_cents():
    found = parse(PROJECTS.replace("a;500;", "a;499.50;").replace("b;600;", "b;600,25;").encode(), "pb")
    assert isinstance(found, Projects)
    assert (found.costs, found.total, found.unit) == ({"a": 49950, "b": 60025}, 100000, 100)


@pytest.mark.parametrize(
    "text",
    [
        PROJECTS.replace("key;value\n", ""),
        PROJECTS.replace("\n", "\r\n"),
        "\ufeff" + PROJECTS,
        PROJECTS.replace("META", "meta").replace("VOTES", "Votes;;"),
        PROJECTS.replace("PROJECTS\n", "\n;;\nPROJECTS\n"),
        PROJECTS.replace("1;a,b", "1; a, b"),
    ],
    ids=["no line key;value", "CRLF", "byte order mark", "other cases", "empty lines", "spaces"],
)
def test_liberties_of_budgets_in_use(text):
    assert parse(text.encode(), "pb") == parse(PROJECTS.encode(), "pb")


@pytest.mark.parametrize(
    "text",
    [
        ORDERS.replace("2: 2,1", "02 :  02 , 1 "),
        ORDERS.replace("\n", "\r\n"),
        ORDERS + "\n\n",
        ORDERS.replace("# DATA TYPE: soi\n", "# SOMETHING NEW: 5\n"),
    ],
    ids=["noughts and spaces", "CRLF", "empty lines at the end", "unknown line of the header"],
)
def test_liberties_of_orders_in_use(text):
    assert parse(text.encode(), "soi") == parse(ORDERS.encode(), "soi")


def test_who_puts_nothing_in_order_is_a_voter():
    found = parse(ORDERS.replace("2: 2,1", "2:").encode(), "soi")
    assert found.voters == 6


def test_a_closed_ballot_alone_or_as_the_only_one_of_a_panel():
    found = parse(BUNDLE.encode(), "json")
    assert isinstance(found, Slips)
    assert (found.title, found.method, found.marks) == ("What first?", "approval", ({"p1": 1}, {"none": 1}))
    assert parse(f'{{"ballots": [{BUNDLE}]}}'.encode(), "json") == found


@pytest.mark.parametrize("name", ["votes.csv", "votes", "votes.soc.gz"])
def test_another_ending_is_told_what_there_is(tmp_path, name):
    (tmp_path / name).write_text(ORDERS)
    with pytest.raises(UnknownKind, match=r"\.soc, \.soi, \.toc, \.toi, \.cat, \.pb or \.json"):
        read(tmp_path / name)
