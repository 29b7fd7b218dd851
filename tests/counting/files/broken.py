"""Broken files, each with the line and the reason that must be told: what people really send, and what spite sends."""

from __future__ import annotations

import json
from typing import Any

ORDERS = """\
# FILE NAME: x.soi
# TITLE: Benches
# DATA TYPE: soi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Here
# ALTERNATIVE NAME 2: There
# ALTERNATIVE NAME 3: Nowhere
3: 1,2,3
2: 2,1
1: 3
"""
CATEGORIES = """\
# FILE NAME: x.cat
# DATA TYPE: cat
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 4
# NUMBER CATEGORIES: 2
# CATEGORY NAME 1: Yes
# CATEGORY NAME 2: No
# ALTERNATIVE NAME 1: A
# ALTERNATIVE NAME 2: B
# ALTERNATIVE NAME 3: C
3: {1,2},3
1: {},{1,2,3}
"""
PROJECTS = """\
META
key;value
description;Square
num_projects;2
num_votes;3
budget;1000
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;selected
a;500;Trees;1
b;600;Hut;0
VOTES
voter_id;vote
1;a,b
2;a
3;b
"""
POINTS = PROJECTS.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
POINTS = POINTS.replace("1;a,b\n2;a\n3;b", "1;a,b;2,1\n2;a;3\n3;b;3")
BALLOT: dict[str, Any] = {
    "document": "ballot-bundle",
    "version": 1,
    "opening": {
        "method": "approval", "question": "What first?", "max_choices": 1, "majority": 50,
        "options": [{"key": "p1", "title": "Lamps"}, {"key": "p2", "title": "Trees"}], "terms": {},
    },
    "closed": {
        "voters": 2,
        "list": [{"code": "111222", "marks": {"p1": 1}}, {"code": "333444", "marks": {"none": 1}}],
    },
}  # fmt: skip
BUNDLE = json.dumps(BALLOT, indent=1)
ANY = ""


def bundle(**changes: Any) -> str:
    """The closed ballot with parts of the opening changed."""
    return json.dumps({**BALLOT, "opening": {**BALLOT["opening"], **changes}}, indent=1)


def slips(*marks: dict[str, Any], **changes: Any) -> str:
    """The closed ballot with these slips, and parts of the opening changed."""
    closed = {"voters": len(marks), "list": [{"code": f"{i}", "marks": m} for i, m in enumerate(marks, 700)]}
    return json.dumps({**json.loads(bundle(**changes)), "closed": closed}, indent=1)


# name, ending, text or bytes, line (0: any), words of the reason
BROKEN: list[tuple[str, str, str | bytes, int, str]] = [
    ("nothing", "soi", "", 1, "empty"),
    ("only spaces", "pb", " \n\n", 1, "empty"),
    ("latin-1", "soi", ORDERS.replace("There", "Là").encode("latin-1"), 8, "UTF-8"),
    ("utf-16", "pb", PROJECTS.encode("utf-16"), 1, "UTF-8"),
    ("a picture", "cat", b"\x89PNG\r\n\x1a\n\x00\x00", 1, "UTF-8"),
    ("zero bytes", "soi", ORDERS.replace("Benches", "Ben\x00ches"), 2, "zero byte"),
    ("no header", "soi", "3: 1,2,3\n", 1, "header is missing"),
    ("old format", "soi", "3\n1,Here\n2,There\n3,Nowhere\n6,6,3\n3,1,2,3\n", 1, "old format"),
    ("header line without colon", "soi", ORDERS.replace("# TITLE: Benches", "# TITLE Benches"), 2, "# NAME: value"),
    ("other kind in the header", "soc", ORDERS, 9, ".soi"),
    ("no number of voters", "soi", ORDERS.replace("# NUMBER VOTERS: 6\n", ""), 8, "NUMBER VOTERS"),
    ("no number of alternatives", "soi", ORDERS.replace("# NUMBER ALTERNATIVES: 3\n", ""), 8, "NUMBER ALTERNATIVES"),
    ("number twice", "soi", ORDERS.replace("# DATA TYPE: soi", "# NUMBER VOTERS: 6"), 5, "stands twice"),
    ("number that is none", "soi", ORDERS.replace("VOTERS: 6", "VOTERS: six"), 5, "whole number"),
    ("fewer names than announced", "soi", ORDERS.replace("ALTERNATIVES: 3", "ALTERNATIVES: 4"), 4, "4 alternatives"),
    ("a name twice", "soi", ORDERS.replace("NAME 3:", "NAME 2:"), 9, "has a name already"),
    ("a gap in the numbers", "soi", ORDERS.replace("NAME 3:", "NAME 4:"), 4, "numbered from 1"),
    ("header among votes", "soi", ORDERS.replace("2: 2,1", "# TITLE: again"), 11, "header stands among"),
    ("no votes", "soi", ORDERS.split("3: 1,2,3")[0], 9, "no votes"),
    ("unknown alternative", "soi", ORDERS.replace("2: 2,1", "2: 2,7"), 11, "no alternative 7"),
    ("option twice", "soi", ORDERS.replace("2: 2,1", "2: 2,1,2"), 11, "Alternative 2 stands twice"),
    ("count not a number", "soi", ORDERS.replace("2: 2,1", "two: 2,1"), 11, "whole number"),
    ("count below zero", "soi", ORDERS.replace("2: 2,1", "-2: 2,1"), 11, "whole number"),
    ("count nought", "soi", ORDERS.replace("2: 2,1", "0: 2,1"), 11, "is 0"),
    ("count in other digits", "soi", ORDERS.replace("2: 2,1", "٢: 2,1"), 11, "whole number"),
    ("no colon", "soi", ORDERS.replace("2: 2,1", "2, 2,1"), 11, "form"),
    ("more voters than announced", "soi", ORDERS.replace("2: 2,1", "4: 2,1"), 11, "More voters"),
    ("cut off", "soi", ORDERS.replace("1: 3\n", ""), 5, "6 voters are announced, and 5"),
    ("huge count", "soi", ORDERS.replace("2: 2,1", "9" * 5000 + ": 2,1"), 11, "too large"),
    ("huge announcement", "soi", ORDERS.replace("VOTERS: 6", "VOTERS: 999999999999"), 5, "too large"),
    ("huge alternative", "soi", ORDERS.replace("2: 2,1", "2: " + "1" * 9000), 11, "too large"),
    ("too many alternatives", "soi", ORDERS.replace("ALTERNATIVES: 3", "ALTERNATIVES: 99999"), 4, "More than"),
    ("equal ones in .soi", "soi", ORDERS.replace("2: 2,1", "2: {2,1}"), 11, "stand equal"),
    ("braces that stay open", "toi", ORDERS.replace("soi", "toi").replace("2: 2,1", "2: {2,1"), 11, "Braces"),
    ("braces in braces", "toi", ORDERS.replace("soi", "toi").replace("2: 2,1", "2: {2,{1}}"), 11, "Braces"),
    ("empty braces in an order", "toi", ORDERS.replace("soi", "toi").replace("2: 2,1", "2: {},1"), 11, "empty"),
    ("comma at the end", "soi", ORDERS.replace("2: 2,1", "2: 2,1,"), 11, "whole number"),
    ("incomplete .soc", "soc", ORDERS.replace("soi", "soc"), 11, "Alternative 3 is missing"),
    ("incomplete .toc", "toc", ORDERS.replace("soi", "toc"), 11, "Alternative 3 is missing"),
    ("no categories", "cat", CATEGORIES.replace("# NUMBER CATEGORIES: 2\n", ""), 9, "NUMBER CATEGORIES"),
    ("too few groups", "cat", CATEGORIES.replace("3: {1,2},3", "3: {1,2,3}"), 11, "2 categories"),
    ("in two categories", "cat", CATEGORIES.replace("3: {1,2},3", "3: {1,2},{2,3}"), 11, "Alternative 2 stands twice"),
    ("category without name", "cat", CATEGORIES.replace("CATEGORIES: 2", "CATEGORIES: 3"), 5, "3 categories"),
    ("no META", "pb", PROJECTS.replace("META\n", ""), 1, "META"),
    ("no PROJECTS", "pb", PROJECTS.replace("PROJECTS\n", ""), 12, "must come before VOTES"),
    ("no VOTES", "pb", PROJECTS.split("VOTES")[0], 13, "VOTES is missing"),
    ("section twice", "pb", PROJECTS + "VOTES\nvoter_id;vote\n", 18, "stands twice"),
    ("missing budget", "pb", PROJECTS.replace("budget;1000\n", ""), 1, "no “budget”"),
    ("missing vote_type", "pb", PROJECTS.replace("vote_type;approval\n", ""), 1, "no “vote_type”"),
    ("missing num_votes", "pb", PROJECTS.replace("num_votes;3\n", ""), 1, "no “num_votes”"),
    ("key twice", "pb", PROJECTS.replace("rule;greedy", "budget;1"), 8, "stands twice"),
    ("key without value", "pb", PROJECTS.replace("rule;greedy", "rule"), 8, "key;value"),
    ("unknown vote_type", "pb", PROJECTS.replace("approval", "borda"), 7, "borda"),
    ("budget in words", "pb", PROJECTS.replace("budget;1000", "budget;a lot"), 6, "number"),
    ("budget below zero", "pb", PROJECTS.replace("budget;1000", "budget;-5"), 6, "below zero"),
    ("huge budget", "pb", PROJECTS.replace("budget;1000", "budget;" + "9" * 40), 6, "too large"),
    ("budget with an exponent", "pb", PROJECTS.replace("budget;1000", "budget;1e9"), 6, "number"),
    ("budget is no number", "pb", PROJECTS.replace("budget;1000", "budget;NaN"), 6, "number"),
    ("too many decimals", "pb", PROJECTS.replace("a;500;", "a;500.123456;"), 11, "decimals"),
    ("no cost column", "pb", PROJECTS.replace("project_id;cost;", "project_id;price;"), 10, "column “cost”"),
    ("project without cost", "pb", PROJECTS.replace("a;500;", "a;;"), 11, "has no cost"),
    ("project without key", "pb", PROJECTS.replace("a;500;", ";500;"), 11, "no project_id"),
    ("project twice", "pb", PROJECTS.replace("b;600;", "a;600;"), 12, "stands twice"),
    ("selected in words", "pb", PROJECTS.replace("Trees;1", "Trees;yes"), 11, "whole number"),
    ("other number of projects", "pb", PROJECTS.replace("num_projects;2", "num_projects;3"), 4, "3 projects"),
    ("vote for unknown project", "pb", PROJECTS.replace("2;a\n", "2;c\n"), 16, "“c”, which is no project"),
    ("project twice in a vote", "pb", PROJECTS.replace("1;a,b", "1;a,b,a"), 15, "twice"),
    ("voter twice", "pb", PROJECTS.replace("3;b\n", "2;b\n"), 17, "voter “2” stands twice"),
    ("more votes than announced", "pb", PROJECTS + "4;a\n", 18, "More votes"),
    ("fewer votes than announced", "pb", PROJECTS.replace("3;b\n", ""), 5, "3 votes are announced, and 2"),
    ("no vote column", "pb", PROJECTS.replace("voter_id;vote", "voter_id;choice"), 14, "column “vote”"),
    ("quotes that stay open", "pb", PROJECTS.replace("Trees", '"Trees'), 11, "do not close"),
    ("commas for semicolons", "pb", PROJECTS.replace(";", ","), 2, "key;value"),
    ("cumulative without points", "pb", PROJECTS.replace("approval", "cumulative"), 14, "column “points”"),
    ("fewer points than projects", "pb", POINTS.replace("1;a,b;2,1", "1;a,b;2"), 15, "2 projects and 1"),
    ("points in words", "pb", POINTS.replace("2;a;3", "2;a;many"), 16, "number"),
    ("no JSON", "json", "{\n \"document\": oops\n}", 2, "not JSON"),
    ("a list in lists", "json", "[" * 100_000, 1, ANY),
    ("a huge number in JSON", "json", '{"a": ' + "9" * 6000 + "}", 1, "too large"),
    ("another document", "json", '{\n "document": "advice"\n}', 2, "no closed ballot"),
    ("another version", "json", BUNDLE.replace('"version": 1', '"version": 2'), 3, "version"),
    ("no list", "json", BUNDLE.replace('"list"', '"slips"'), 1, "“list”"),
    ("unknown method", "json", bundle(method="dice"), 5, "dice"),
    ("two options of one key", "json", bundle(options=[{"key": "p1"}, {"key": "p1"}]), 11, "stands twice"),
    ("unknown option on a slip", "json", BUNDLE.replace('"p1": 1', '"p9": 1'), 25, "“p9”"),
    ("too many chosen", "json", slips({"p1": 1, "p2": 1}), 25, "2 of at most 1"),
    ("nothing chosen", "json", slips({}), 25, "nothing"),
    ("a mark of half", "json", slips({"p1": 0.5}), 25, "whole number"),
    ("a mark of truth", "json", slips({"p1": True}), 25, "whole number"),
    ("one code twice", "json", BUNDLE.replace("333444", "111222"), 31, "on two slips"),
    ("more slips than voters", "json", BUNDLE.replace('"voters": 2', '"voters": 1'), 31, "More slips"),
    ("fewer slips than voters", "json", BUNDLE.replace('"voters": 2', '"voters": 3'), 22, "3 people voted"),
    ("two answers", "json", slips({"yes": 1, "no": 1}, method="yes_no"), 25, "one answer"),
    ("score above the top", "json", slips({"p1": 6}, method="score", terms={"points": 5}), 27, "above 5"),
    ("score without top", "json", slips({"p1": 6}, method="score"), 19, "“points”"),
    ("places with a gap", "json", slips({"p1": 1, "p2": 3}, method="ranked"), 25, "places"),
    ("too many dots", "json", slips({"p1": 4, "p2": 2}, method="dots", terms={"points": 5}), 27, "6 of 5"),
    ("budget option without cost", "json", bundle(method="budget", terms={"total": 9}), 11, "no cost"),
    ("shortlist without seats", "json", slips({"p1": 1}, method="shortlist"), 19, "“seats”"),
]  # fmt: skip
