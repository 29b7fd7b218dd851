"""Every sentence for people stands where the collector of words finds it."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "codesign"
GETTEXT = {"_", "_l", "ngettext"}


def test_no_sentence_hides_inside_an_f_string():
    """Babel reads an f-string as one piece: a call of gettext in it is never collected, so never translated."""
    hidden = [
        (path.name, call.lineno)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GETTEXT
    ]
    assert hidden == []
