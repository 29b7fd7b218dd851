"""Compiles the catalogues into the wheel, so that an installed house speaks every language."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the .mo files before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        subprocess.run([sys.executable, "-m", "codesign.web.catalogue", "compile"], cwd=self.root, check=True)
