"""Every view of advice: the members' pages, the editor, and what happens next."""

from codesign.advice import (
    deciding,
    desk,
    desk_answer,
    desk_keeping,
    desk_recommendations,
    desk_together,
    draft_paper,
    members,
    panel_words,
)
from codesign.advice.blueprint import bp

__all__ = [
    "bp",
    "deciding",
    "desk",
    "desk_answer",
    "desk_keeping",
    "desk_recommendations",
    "desk_together",
    "draft_paper",
    "members",
    "panel_words",
]
