"""Every public function of every actions.py (and of the acts beside it) asks the rules table, or is named here with a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "codesign"
FILES = sorted(
    p
    for name in ("actions", "preparing", "scrutineers", "outside_actions", "organisations")
    for p in PACKAGE.glob(f"*/{name}.py")
    if p.parent.name != "rules"
)
# Plumbing that other actions call after they were allowed.
PLUMBING = {"journal", "mail"}
# Parts of an act that another package's function, which asks the table, is in the middle of.
INSIDE = {
    ("accounts", "start_sign_in"): "after the card or the password was right",
    ("accounts", "end_sign_in"): "a sign-in ends with its own token",
    ("accounts", "end_all_sign_ins"): "part of a new card, of leaving and of new secrets",
    ("accounts", "use_step"): "part of signing in",
    ("discussion", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("fieldwork", "empty"): "part of taking out, of erasing oneself and of the end of a round",
    ("moderation", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("moderation", "merge"): "proposals ask for it",
    ("networks", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("panels", "erase_topics"): "part of erasing oneself, which accounts asks for",
    ("proposals", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("room", "empty"): "part of counting and of making void",
    ("room", "forget"): "part of erasing oneself, which accounts asks for",
    ("tellings", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("vision", "empty"): "part of taking back, of erasing oneself and of the end of a round",
    ("vision", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("advice", "field_name"): "a pure value",
    ("voting", "erase_posts"): "part of erasing oneself, which accounts asks for",
    ("voting", "check"): "a pure check of what is prepared",
    ("voting", "seen"): "a pure digest of what somebody reads before saying that it is right",
    ("voting", "must_be_prepared"): "a pure check of what is prepared",
}


def names(node: ast.FunctionDef) -> set[str]:
    """The names of everything a function calls."""
    called = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return {f.id if isinstance(f, ast.Name) else getattr(f, "attr", "") for f in called}


def asks(name: str, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function asks the table, itself or through one of its own module."""
    called = names(functions[name])
    return "require" in called or any(
        asks(other, functions, seen | {name}) for other in called & set(functions) if other not in seen | {name}
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_act_asks_the_table(path: Path) -> None:
    package = path.parent.name
    if package in PLUMBING:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    silent = [n for n in functions if not n.startswith("_") and (package, n) not in INSIDE and not asks(n, functions)]
    assert silent == []


def test_there_are_acts_to_look_at() -> None:
    assert {"officials", "responses", "places"} <= {p.parent.name for p in FILES}
