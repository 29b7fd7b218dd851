"""Square codes as SVG for our own pages: one path, no style, no picture file."""

from __future__ import annotations

import segno
from markupsafe import Markup


def svg(text: str, label: str) -> Markup:
    """An inline SVG of the code; `label` says in words what it is."""
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=2)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return Markup('<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>').format(
        size, label, path
    )
