"""`codesign tally`: what it prints, when it agrees, and how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from counting.files.broken import BROKEN

from codesign import counting
from codesign.cli import main
from codesign.cli import tally as command
from codesign.cli.sentences import SENTENCES, Words, sentence
from codesign.counting.domain import Step
from codesign.counting.files import reading, tallying

EXAMPLES = Path(__file__).parents[1] / "counting" / "files" / "examples"
SQUARE = (EXAMPLES / "square.pb").read_text(encoding="utf-8")


def run(*words: object):
    return CliRunner().invoke(main, ["tally", *map(str, words)])


@pytest.fixture
def square(tmp_path):
    """Writes the budget of the square with changes and counts it."""

    def count(*words: str, **changes: str):
        text = SQUARE
        for old, new in changes.items():
            text = text.replace(old, new)
        (tmp_path / "square.pb").write_text(text, encoding="utf-8")
        return run(tmp_path / "square.pb", *words)

    return count


def official(funded: str) -> str:
    """The square with a column `selected`: the projects named here are funded."""
    text = SQUARE.replace("project_id;cost;name;category", "project_id;cost;name;category;selected")
    for key, end in (("a", "green"), ("b", "culture"), ("c", "safety"), ("d", "green"), ("e", "culture")):
        text = re.sub(rf"^({key};\d+;.*;{end})$", rf"\1;{int(key in funded)}", text, flags=re.MULTILINE)
    return text


def test_orders_are_told_with_winner_duels_and_a_second_reading():
    done = run(EXAMPLES / "lead.soi")
    assert done.exit_code == 0, done.output
    for line in (
        "Voters: 19. Options: 4.",
        "Counted by Schulze's method.",
        "Winner: Bea (2).",
        "  - Bea (2) beats Amal (1): 11 to 7, 1 see no difference.",
        "  - Bea (2) beats every other option, one by one.",
        "A second reading of the same votes:",
        "  - Bea (2) has more than half: 11 of 18.",
    ):
        assert line in done.output.splitlines(), done.output


def test_a_circle_is_told():
    done = run(EXAMPLES / "circle.soc")
    assert "Nobody beats all others" in done.output
    assert "Its weakest link: At the water (3) over At the school (1), 6 to 5." in done.output
    assert done.exit_code == 0


def test_equal_places_leave_no_second_reading():
    done = run(EXAMPLES / "equal.toi")
    assert "Winner: Pear (2)." in done.output
    assert "Instant run-off is not given: on some ballots options stand equal." in done.output
    assert run(EXAMPLES / "equal.toi", "--method", "instant_runoff").exit_code == 2


def test_categories_by_their_first_one_or_as_points_or_places_or_a_list():
    assert "Winner: Tuesday (2)." in run(EXAMPLES / "days.cat").output
    assert "Tuesday (2) has most points: 21 of 28." in run(EXAMPLES / "days.cat", "--method", "score").output
    assert "Schulze" in run(EXAMPLES / "days.cat", "--method", "ranked").output
    done = run(EXAMPLES / "days.cat", "--method", "shortlist", "--seats", "2")
    assert "On the list: Tuesday (2) and Thursday (3)." in done.output
    done = run(EXAMPLES / "days.cat", "--method", "shortlist")
    assert (done.exit_code, "--seats" in done.output) == (2, True)


def test_a_budget_by_the_rule_of_its_file_or_by_another(square):
    done = square()
    assert "Counted by equal shares, completed by add1." in done.output
    assert "Funded: 3 of 5, for 1000 of 1000." in done.output
    assert 'Beside plain greedy, only here: Lamps (c); only there: A "reading" hut (b).' in done.output
    assert "completed by" not in square("--completion", "none").output.split("second reading")[0]
    done = square("--method", "greedy")
    assert "Counted by greedy." in done.output
    assert 'Equal here: A "reading" hut (b) and Lamps (c); its lower cost decided.' in done.output
    assert "Counted by greedy." in square(**{"equalshares/add1": "greedy"}).output
    assert "completed by add1u" in square(**{"rule;equalshares/add1\n": ""}).output
    done = square(**{"equalshares/add1": "phragmen"})
    assert (done.exit_code, "“phragmen”" in done.output, "--method" in done.output) == (2, True, True)
    done = square("--method", "dots")
    assert (done.exit_code, "possible: greedy, equal_shares" in done.output) == (2, True)


def test_votes_with_points_are_bought_by_points(square):
    cumulative = {
        "approval": "cumulative",
        "voter_id;age;vote": "voter_id;age;points;vote",
        "equalshares/add1": "greedy",
    }
    points = {f"{n};{age};": f"{n};{age};{p};" for n, age, p in (
        (1, 34, "1,1"), (2, 51, "1,1"), (3, 23, "2"), (4, 19, "1,1"), (5, 62, "1,1"), (6, 54, "9.5,1"), (7, 49, "1,1"),
        (8, 27, "1,1"), (9, 39, "2"), (10, 44, ""),
    )}  # fmt: skip
    done = square(**cumulative, **points)
    assert done.exit_code == 0, done.output
    assert 'A "reading" hut (b), with 11.50 points: funded for 300. Left: 700.' in done.output


def test_ordinal_votes_are_bought_by_place_or_ranked(square):
    done = square(**{"approval": "ordinal", "equalshares/add1": "greedy"})
    assert "Trees; and a bench (a), with 10 points: funded for 500. Left: 500." in done.output
    assert "Counted by Schulze's method." in square("--method", "ranked", approval="ordinal").output


def test_cents_are_told_as_such(square):
    done = square(**{"a;500;": "a;499.50;", "d;200;": "d;200,25;"})
    assert "Trees; and a bench (a): 499.50" in done.output
    assert "for 999.75 of 1000." in done.output


@pytest.mark.parametrize(
    ("funded", "code", "told"),
    [
        ("acd", 0, ["The official result agrees."]),
        ("abd", 1, ["DIFFERS", 'Only in the official result: A "reading" hut (b).', "Only in this count: Lamps (c)."]),
        ("", 1, ["DIFFERS", "Only in this count: Trees; and a bench (a), Lamps (c) and Tap for water (d)."]),
    ],
)
def test_an_official_result_agrees_or_not(tmp_path, funded, code, told):
    (tmp_path / "square.pb").write_text(official(funded), encoding="utf-8")
    done = run(tmp_path / "square.pb")
    assert done.exit_code == code, done.output
    assert all(words in done.output for words in told), done.output
    verdict = json.loads(run(tmp_path / "square.pb", "--json").output)["official"]
    assert verdict["agrees"] is (code == 0)


def test_what_was_funded_in_another_way_is_left_out_of_the_comparison(tmp_path):
    (tmp_path / "square.pb").write_text(official("acd").replace("culture;0", "culture;2"), encoding="utf-8")
    done = run(tmp_path / "square.pb")
    assert done.exit_code == 0
    assert 'Funded in another way, so left out: A "reading" hut (b) and Stage (e).' in done.output


def test_json_holds_everything(square):
    found = json.loads(square("--json").output)
    assert (found["method"], found["completion"], found["voters"]) == ("equal_shares", "add1", 10)
    assert found["options"]["a"] == "Trees; and a bench"
    assert found["result"]["winners"] == ["a", "c", "d"]
    assert found["beside"]["result"]["winners"] == ["a", "b", "d"]
    assert found["official"] is None


@pytest.mark.parametrize(
    ("ending", "text", "line", "reason"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_file_is_refused_with_line_and_reason(tmp_path, ending, text, line, reason):
    path = tmp_path / f"broken.{ending}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run(path)
    assert done.exit_code == 2
    assert f"broken.{ending}, line {line}: " in done.stderr
    assert reason in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there_or_of_another_kind_is_refused(tmp_path):
    assert run(tmp_path / "nothing.pb").exit_code == 2
    (tmp_path / "votes.csv").write_text("a,b")
    done = run(tmp_path / "votes.csv")
    assert (done.exit_code, ".soc" in done.stderr) == (2, True)


def test_names_cannot_steer_a_terminal(square):
    done = square(Lamps="La\x1b[31mmps \u202ereversed")
    assert done.exit_code == 0
    assert not {"\x1b", "\u202e", "\x07"} & set(done.output)
    assert "La�[31mmps" in done.output


def test_patience_is_asked_for_on_the_other_stream(monkeypatch):
    def slowly(path):
        time.sleep(0.3)
        return reading.parse(path.read_bytes(), "soi")

    monkeypatch.setattr(command, "PATIENCE", 0.05)
    monkeypatch.setattr(reading, "read", slowly)
    done = run(EXAMPLES / "lead.soi", "--json")
    assert done.stderr == "Still counting lead.soi …\n"
    assert json.loads(done.stdout)["result"]["winners"] == ["2"]


def test_what_is_written_out_in_the_command_is_what_there_is():
    assert command.METHODS == tallying.METHODS
    assert command.COMPLETIONS == tallying.COMPLETIONS
    assert set(command.TITLES) == set(tallying.METHODS)


def test_every_step_of_every_method_has_a_sentence():
    sources = "".join(path.read_text() for path in Path(counting.__path__[0]).glob("*.py"))
    begins = "approval|yes_no|consent|score|dots|schulze|runoff|shortlist|equal_shares|greedy"
    kinds = set(re.findall(rf'"((?:{begins})_[a-z]+)"', sources))
    assert len(kinds) > 40
    assert kinds - set(SENTENCES) == set()
    assert set(SENTENCES) - kinds == set()
    assert sentence(Step("new_kind", {"on": 3}), Words({})) == "new_kind: on 3."


def test_the_command_starts_without_what_it_does_not_need():
    code = "import sys, codesign.cli; print(sorted({'sqlalchemy', 'flask', 'numpy', 'alembic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
