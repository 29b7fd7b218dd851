"""Every route declares its access; every template compiles; every action has its rule; the wall holds."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import codesign
from codesign.panel_app import create_panel_app
from codesign.record_app import create_record_app
from codesign.web.access import Access

PACKAGE = Path(codesign.__file__).parent
VOICES = ("accounts", "languages", "panels", "proposals", "tellings", "discussion", "voting", "opinions", "experience",
          "moderation", "advice", "room", "legal_help")  # fmt: skip


@pytest.fixture(params=[create_panel_app, create_record_app], ids=["panel", "record"])
def app(request):
    return request.param()


def test_every_route_declares_its_access(app):
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and not isinstance(getattr(app.view_functions[rule.endpoint], "access", None), Access)
    ]
    assert silent == []


def test_every_template_compiles(app):
    names = [n for n in app.jinja_env.list_templates() if n.endswith((".html", ".svg", ".xml"))]
    assert len(names) > 40
    for name in names:
        app.jinja_env.get_template(name)


def test_no_route_writes_on_get(app):
    """A view that answers GET and POST in one function must not be reachable by any other unsafe verb."""
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule


def test_the_record_app_loads_no_package_of_the_voices():
    code = (
        "import sys; from codesign.record_app import create_record_app; create_record_app();"
        "names = [m.split('.') for m in sys.modules if m.startswith('codesign.')];"
        f"print(sorted({{n[1] for n in names if n[1] in {VOICES}}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_module_is_longer_than_300_lines():
    long = [(p.name, n) for p in PACKAGE.rglob("*.py") if (n := len(p.read_text().splitlines())) > 300]
    assert long == []


def test_every_module_says_what_a_reader_finds():
    silent = []
    for module in pkgutil.walk_packages([str(PACKAGE)], "codesign."):
        found = inspect.getdoc(importlib.import_module(module.name))
        if not found:
            silent.append(module.name)
    assert silent == []
