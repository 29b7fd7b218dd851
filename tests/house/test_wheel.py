"""The wheel carries everything, and serves a page from a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVE = """
import os, tempfile
from codesign import migrate
from codesign.db import Store
from codesign.settings import Settings
from codesign.panel_app import create_panel_app
import codesign
assert "site" in codesign.__file__, codesign.__file__
s = Settings(instance=tempfile.mkdtemp())
for store in Store:
    migrate.upgrade(store, s.database_url(store.value))
client = create_panel_app(s).test_client()
page = client.get("/sign-in", headers={"Accept-Language": "ar"})
assert page.status_code == 200 and b'dir="rtl"' in page.data, page.data[:300]
css = [p for p in page.data.decode().split('"') if ".css" in p][0]
assert client.get(css).status_code == 200
print("served")
"""


def test_the_wheel_installs_and_serves_a_page(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "codesign/templates/base.html",
        "codesign/migrations/voices/env.py",
        "codesign/translations/ar/LC_MESSAGES/messages.mo",
    ):
        assert part in names
    assert any(n.startswith("codesign/static/") for n in names)
    site = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site), str(wheel)],
        check=True,
    )
    # The libraries come from this environment, the house only from the wheel; the checkout is nowhere on the path.
    import site as python_site

    libraries = list(python_site.getsitepackages())
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(site), *libraries])}
    done = subprocess.run([sys.executable, "-S", "-c", SERVE], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "served", done.stderr[-2000:]
