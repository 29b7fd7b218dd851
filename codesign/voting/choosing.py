"""What stands on a form to choose with, and a choice once more in words: the same for phone, tablet and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import SystemRandom
from typing import Any

from flask_babel.speaklater import LazyString

from codesign.voting import marks as reading
from codesign.voting.domain import ANSWERS, NONE, Kind, Marks, Method, Opening, Problem
from codesign.voting.labels import FIT_WORDS, Choice, choices, how_to, ideas, problem_words
from codesign.voting.money import money
from codesign.web.i18n import _, current_lang, ngettext

# How a method looks on a form: each shape has its own partial in templates/voting/_choose_*.html.
SHAPES: Mapping[Method, str] = {
    Method.APPROVAL: "ticks",
    Method.SHORTLIST: "ticks",
    Method.BUDGET: "budget",
    Method.YES_NO: "answer",
    Method.CONSENT: "answer",
    Method.SCORE: "score",
    Method.RANKED: "ranked",
    Method.DOTS: "dots",
}
# More fields than any form of ours has; the rest of what is sent is not looked at.
_MOST_FIELDS = 100


def posted(form: Any) -> list[str]:
    """What was chosen, from every field named `o` or `o.<key>` of a posted form (a MultiDict)."""
    names = [name for name in form if name == "o" or name.startswith("o.")][:_MOST_FIELDS]
    return [value[:40] for name in names for value in form.getlist(name)][:_MOST_FIELDS]


@dataclass(frozen=True)
class Row:
    """One line of the form: what can be chosen, and what was filled in before.

    ticked: for ticks and answers. given: the number as it was sent; "-" where somebody said to skip it, "" where
    nothing was filled in. wrong: look at this one again.
    """

    choice: Choice
    ticked: bool = False
    given: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class Choosing:
    """A form to choose with; see templates/voting/_choose.html for what it takes and sends.

    order: the keys in the order of this form, to send along. idea: the one idea an answer is about. reason: a bound
    form field for the voter's own words, or None where none are asked.
    """

    opening: Opening
    rows: tuple[Row, ...]
    order: str
    idea: Choice | None = None
    problem: str = ""
    reason: Any = None
    reason_needed: bool = False

    @property
    def shape(self) -> str:
        """Which partial draws it."""
        return SHAPES[self.opening.method]

    @property
    def fit_words(self) -> tuple[LazyString, ...]:
        """The words for each mark where measures are asked about; none elsewhere."""
        return FIT_WORDS if self.opening.asks_fit else ()

    @property
    def how(self) -> str:
        """How to fill it in, in one line."""
        return how_to(self.opening)

    @property
    def many(self) -> bool:
        """Whether more than one may be ticked."""
        return self.opening.max_choices > 1 and self.shape != "answer"

    @property
    def all_wrong(self) -> bool:
        """Whether a problem is about the list as a whole: neither about single rows nor about the words."""
        return bool(self.problem) and not any(r.wrong for r in self.rows) and not (self.reason and self.reason.errors)

    @property
    def top(self) -> int:
        """The highest number one can give: mark, dots, or place."""
        return len(self.opening.options) if self.shape == "ranked" else self.opening.terms.points

    def money(self, amount: int) -> str:
        """An amount of this ballot's money in the reader's words."""
        return money(amount, self.opening.terms.currency)

    @property
    def originals(self) -> list[Choice]:
        """The ideas as they were written, where the reader sees one of them in translation."""
        translated = any(current_lang() in o.translations for o in self.opening.options)
        untouched = (replace(o, translations={}) for o in self.opening.options)
        return ideas(replace(self.opening, options=tuple(untouched))) if translated else []


def fresh_order(opening: Opening, given: str | None = None) -> list[str]:
    """The options in the order of this form: the one it came back with, else a fresh one, so that no idea is always
    first. Answers, and the fixed options of advice and answer, keep their order."""
    names = list(opening.option_keys())
    back = (given or "").split(",")
    if sorted(back) == sorted(names):
        return back
    if opening.kind is Kind.VOTE:
        SystemRandom().shuffle(names)
    return names


def choosing(
    opening: Opening,
    chosen: Sequence[str] = (),
    *,
    order: str | None = None,
    problem: Problem | None = None,
    reason: Any = None,
) -> Choosing:
    """The form of this ballot with what was chosen before; `reason` is the page's field for words, if it has one."""
    names = fresh_order(opening, order)
    by_key = {c.key: c for c in choices(opening)}
    shown = list(by_key) if opening.method in ANSWERS else [k for k in (*names, NONE) if k in by_key]
    numbers = dict(text.split(":", 1) for text in chosen if ":" in text)
    places = [n for n in numbers.values() if n]
    rows = tuple(
        Row(
            by_key[key], key in chosen, (numbers[key] or "-") if key in numbers else "",
            problem is Problem.SAME_PLACE and places.count(numbers.get(key, "")) > 1,
        )
        for key in shown
    )  # fmt: skip
    asked = _ask(opening, reason)
    if asked is not None and problem is Problem.OBJECTION_WITHOUT_WORDS:
        asked.errors = [problem_words(problem, opening)]
    return Choosing(
        opening, rows, ",".join(names), ideas(opening)[0] if opening.method in ANSWERS else None,
        problem_words(problem, opening, chosen) if problem else "", asked, opening.method is Method.CONSENT,
    )  # fmt: skip


def _ask(opening: Opening, reason: Any) -> Any:
    """The field for words with the words this ballot asks with; None where none are asked."""
    if reason is None:
        return None
    if opening.kind is Kind.ADOPTION:
        hint = _("Only if you send it back. The panel reads it after the vote, without your code.")
        reason.label.text, reason.description = _("What must change?"), hint
    elif opening.method is Method.CONSENT:
        hint = _("Needed if you object. The panel reads it after the vote, without your code.")
        reason.label.text, reason.description = _("What is your objection or doubt?"), hint
    elif opening.method is Method.YES_NO:
        hint = _("The panel reads it after the vote, without your code.")
        reason.label.text, reason.description = _("Why?"), hint
    else:
        return None
    return reason


@dataclass(frozen=True)
class Chosen:
    """A choice in words; see templates/voting/_chosen.html.

    lines: what was chosen with its number (mark, place, dots; 0 where there is none) and the words beside it, in the
    order to read. rest: what got nothing. total: the sum in words, where there is one.
    """

    opening: Opening
    lines: tuple[tuple[Choice, int, str], ...]
    rest: tuple[Choice, ...] = ()
    rest_words: str = ""
    idea: Choice | None = None
    total: str = ""
    reason: str = ""

    @property
    def shape(self) -> str:
        """How it is drawn."""
        return SHAPES[self.opening.method]


def in_words(opening: Opening, marks: Marks, *, order: str | None = None, reason: str = "") -> Chosen:
    """These marks in words, options in the order of their form; `reason` as `marks.kept_words` keeps it."""
    by_key = {c.key: c for c in choices(opening)}
    names = [k for k in (*(order or "").split(","), *by_key) if k in by_key]
    names = list(dict.fromkeys(names))
    shape, terms = SHAPES[opening.method], opening.terms
    rest: tuple[Choice, ...] = tuple(by_key[k] for k in names if k not in marks)
    lines = [(by_key[k], marks[k]) for k in names if k in marks]
    if shape == "ranked":
        lines = [(by_key[k], marks[k]) for k in reading.ranking(marks)]
        found = [(c, n, "") for c, n in lines]
        return Chosen(opening, tuple(found), rest, _("Without a place:"))
    if shape == "score":
        if opening.asks_fit:
            said = [(c, n, str(FIT_WORDS[n])) for c, n in lines]
            return Chosen(opening, tuple(said), rest, _("No opinion:"))
        found = [(c, n, _("%(mark)d of %(top)d", mark=n, top=terms.points)) for c, n in lines]
        return Chosen(opening, tuple(found), rest, _("No opinion:"))
    if shape == "dots":
        found = [(c, n, ngettext("%(num)s dot", "%(num)s dots", n)) for c, n in lines]
        left = terms.points - sum(marks.values())
        words = ngettext("%(num)s dot is not used.", "%(num)s dots are not used.", left) if left else ""
        return Chosen(opening, tuple(found), total=words)
    if shape == "budget":
        found = [(c, 0, money(c.cost, terms.currency) if c.cost else "") for c, _n in lines]
        costs, whole = sum(c.cost for c, _n in lines), terms.total
        words = _("Together: %(costs)s of %(total)s", costs=money(costs, terms.currency),
                  total=money(whole, terms.currency))  # fmt: skip
        return Chosen(opening, tuple(found), total=words if costs else "")
    found = [(c, 0, "") for c, _n in lines]
    idea = ideas(opening)[0] if shape == "answer" else None
    return Chosen(opening, tuple(found), idea=idea, reason=reason)
