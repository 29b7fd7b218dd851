"""The words for what the check of plain words finds; any editor of the house shows them with `_macros/plain.html`."""

from __future__ import annotations

from dataclasses import dataclass

from codesign.plain.check import check
from codesign.plain.lists import LANGUAGES
from codesign.plain.values import Finding, Kind
from codesign.web.i18n import _, ngettext

# A text full of hard words would bury its reader in hints: the first ones are shown, the others counted.
SHOWN = 8


@dataclass(frozen=True)
class Hint:
    """One thing to look at: the words it is about, and a sentence of advice."""

    kind: str
    text: str
    words: str


@dataclass(frozen=True)
class Reading:
    """How one text reads: how many words it has, of at most `limit` (0: no limit), hints, and how many more there are.

    checked: whether the check knows the language; where not, there are no hints and that is no praise.
    """

    count: int
    limit: int
    hints: tuple[Hint, ...]
    more: int
    checked: bool

    @property
    def over(self) -> int:
        """How many words too many."""
        return max(0, self.count - self.limit) if self.limit else 0


def reading(text: str, language: str, limit: int = 0) -> Reading:
    """How a text reads; nothing is kept and nothing refused."""
    found = check(text, language)
    return Reading(
        count=len(text.split()), limit=limit, hints=tuple(_hint(f) for f in found[:SHOWN]),
        more=max(0, len(found) - SHOWN), checked=language.split("-")[0] in LANGUAGES,
    )  # fmt: skip


def _hint(finding: Finding) -> Hint:
    text = finding.text if len(finding.text) <= 90 else f"{finding.text[:88].rstrip()}…"
    return Hint(finding.kind.value, text, _advice(finding))


def _advice(finding: Finding) -> str:
    match finding.kind:
        case Kind.LONG:
            return ngettext(
                "%(num)d word in one sentence. Make two sentences of it.",
                "%(num)d words in one sentence. Make two sentences of it.", finding.words,
            )  # fmt: skip
        case Kind.OFFICE:
            return _("Office language. Try: “%(words)s”.", words=finding.instead)
        case Kind.PASSIVE:
            return _("Say who does it, and begin with them.")
        case _:
            return _("A rare word. Is there an easier one? Or say what it means.")
