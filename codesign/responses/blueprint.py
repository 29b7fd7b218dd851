"""The blueprint of answers, and what templates of the record need to show them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from codesign.responses import work
from codesign.responses.labels import AFTER_WORDS, DECISIONS, RATINGS, decision_words
from codesign.web.access import who
from codesign.web.i18n import _

bp = Blueprint("responses", __name__)


@bp.record_once
def _words(state: Any) -> None:
    """Macros see only globals, so these are."""
    state.app.jinja_env.globals.update(
        masthead=_masthead,
        decisions=DECISIONS,
        decision_words=decision_words,
        rating_words=lambda outcome: str(RATINGS[outcome]),
        public_address=work.public_address,
        **AFTER_WORDS,
    )


def _masthead() -> list[dict[str, str]]:
    identity = who()
    if identity is not None and identity.kind == "colleague":
        return [{"key": "desk", "href": url_for("responses.my_part"), "label": _("Your part")}]
    if identity is not None and identity.kind == "organisation":
        return [{"key": "organisation", "href": url_for("cosigning.home"), "label": _("Your organisation")}]
    if identity is None or identity.kind != "official":
        return []
    return [{"key": "desk", "href": url_for("responses.desk"), "label": _("Your desk")}]
