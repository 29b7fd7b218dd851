"""Between a prepared ballot and the form in which moderators change it: rows, terms, words, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from codesign.voting.desk_forms import ONE_ROW, SPARE, BallotForm, MomentForm
from codesign.voting.desk_labels import missing_words
from codesign.voting.domain import MAX_OPTIONS, Kind, Method, NotPrepared, Opening, Option, Terms
from codesign.voting.models import Ballot, BallotOption
from codesign.voting.moments import is_second
from codesign.voting.opening import option
from codesign.voting.queries import BallotView
from codesign.web.i18n import _

# Where on the form each thing that can be missing belongs; what is not here stands on top of the page.
_PLACES = {
    "options": "options", "one_idea": "options", "twice": "options", "titles": "options", "max_choices": "max_choices",
    "none_makes_no_sense": "with_none", "points": "points", "seats": "seats", "total": "total", "deadline": "deadline",
    "not_later": "deadline",
}  # fmt: skip


def first_terms(method: Method, count: int) -> Terms:
    """The numbers a new ballot begins with; moderators change them on the next page."""
    if method in {Method.SCORE, Method.DOTS}:
        return Terms(points=5)
    if method is Method.SHORTLIST:
        return Terms(seats=max(1, min(5, count - 1)))
    return Terms()


def clock(ballot: Ballot, timezone: str) -> dict[str, Any]:
    """The deadline as the form shows it where the place is."""
    second = is_second(timezone, ballot.deadline)
    return {
        "deadline": ballot.deadline.astimezone(ZoneInfo(timezone)).replace(tzinfo=None),
        "which": None if second is None else ("second" if second else "first"),
    }


def _words(wanted: Sequence[str], known: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    return [{"code": c, "title": known.get(c, ("", ""))[0], "meaning": known.get(c, ("", ""))[1]} for c in wanted]


def _row(option: BallotOption, languages: Sequence[str]) -> dict[str, Any]:
    wanted = [c for c in languages if c != option.language]
    return {
        "proposal": str(option.proposal_id or ""), "title": option.title, "meaning": option.meaning,
        "language": option.language, "domain": option.domain, "icon": option.icons[0] if option.icons else "house",
        "cost": option.cost or None, "words": _words(wanted, option.translations),
    }  # fmt: skip


def filled(view: BallotView) -> BallotForm:
    """The form as the ballot is stored, with some rows to spare."""
    ballot, languages = view.ballot, view.panel.languages
    timezone = view.panel.municipality.timezone
    spare = {
        "language": ballot.language, "icon": "hand-waving",
        "words": _words([c for c in languages if c != ballot.language], {}),
    }  # fmt: skip
    count = 0 if ballot.method in ONE_ROW else min(SPARE, MAX_OPTIONS - len(ballot.options))
    terms = Terms.read(ballot.terms)
    data = {
        "question": ballot.question, "language": ballot.language, "max_choices": ballot.max_choices,
        "with_none": ballot.with_none, "points": terms.points, "seats": terms.seats, "total": terms.total or None,
        "currency": terms.currency, "fits": terms.fits, "completion": terms.completion,
        "words": [
            {"code": c, "text": ballot.translations.get(c, "")} for c in languages if c != ballot.language
        ],
        "options": [_row(o, languages) for o in ballot.options] + [spare] * count,
        **clock(ballot, timezone),
    }  # fmt: skip
    return BallotForm(method=ballot.method, kind=ballot.kind, timezone=timezone, formdata=None, data=data)


def terms_of(form: BallotForm, method: Method) -> Terms:
    """The numbers of the method, as they came in."""
    if method in {Method.SCORE, Method.DOTS}:
        return Terms(points=form.points.data)
    if method is Method.SHORTLIST:
        return Terms(seats=form.seats.data)
    if method is Method.BUDGET:
        return Terms(
            total=form.total.data, currency=form.currency.data, completion=form.completion.data, fits=form.fits.data
        )
    return Terms()


def question_words(form: BallotForm, languages: Collection[str]) -> dict[str, str]:
    """The question in the panel's other languages, as far as somebody wrote it."""
    if form.words is None:
        return {}
    rows = [(row.code.data, row.text.data) for row in form.words]
    return {code: text for code, text in rows if text and code in languages and code != form.language.data}


def kept_rows(form: BallotForm) -> list[Any]:
    """The rows that stay on the list."""
    return [row for row in form.options or () if not row.form.empty]


def options_of(form: BallotForm, known: Collection[int], languages: Collection[str]) -> list[Option]:
    """The options as they came in; one keeps its idea only when that idea was on this ballot before (`known`)."""
    return [_option(row, known, languages) for row in kept_rows(form)]


def _option(row: Any, known: Collection[int], languages: Collection[str]) -> Option:
    given = row.proposal.data or ""
    idea = int(given) if given.isdecimal() and int(given) in known else None
    words = {
        w.code.data: (w.title.data, w.meaning.data)
        for w in row.words
        if w.title.data and w.code.data in languages and w.code.data != row.language.data
    }
    return Option(
        "", row.title.data, row.meaning.data, row.language.data, row.domain.data or "", (row.icon.data,), idea,
        row.cost.data or 0, words,
    )  # fmt: skip


def most(form: BallotForm, method: Method, count: int) -> int:
    """How many one person may choose: as typed, where the method asks for it, else all there are."""
    if form.max_choices is not None:
        return int(form.max_choices.data)
    return 1 if method in ONE_ROW else max(1, min(count, MAX_OPTIONS))


def point_out(form: MomentForm, error: NotPrepared) -> str:
    """Put what is missing at its field; returns the sentence for the top of the page where it has no field there."""
    words = missing_words(error)
    if str(error) in {"costs", "too_expensive"} and isinstance(form, BallotForm):
        _point_at_costs(form, str(error), words)
        return ""
    field = getattr(form, _PLACES.get(str(error), ""), None)
    if field is None:
        return words
    field.errors = [words]
    return ""


def _point_at_costs(form: BallotForm, what: str, words: str) -> None:
    for row in kept_rows(form):
        cost = row.form.cost.data
        if not cost if what == "costs" else cost and form.total.data and cost > form.total.data:
            row.form.cost.errors = [words]
    form.options.errors = [_("Look at the options below.")]


def unfinished(ballot: Ballot) -> bool:
    """A budget whose money and costs nobody has filled in yet."""
    return ballot.kind is Kind.VOTE and ballot.method is Method.BUDGET and not Terms.read(ballot.terms).total


def in_other_languages(ballot: Ballot) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """A ballot in each language it was translated into: code, question, and the options as (title, meaning); what is
    not translated stands as it was written."""
    found = []
    for code in sorted({c for row in ballot.options for c in row.translations} | set(ballot.translations)):
        options = [tuple(o.translations.get(code, (o.title, o.meaning))) for o in ballot.options]
        found.append((code, ballot.translations.get(code, ballot.question), [(t, m) for t, m in options]))
    return found


def first_most(method: Method, count: int) -> int:
    """How many one person may choose in a new ballot; moderators change it on the next page."""
    if method is Method.APPROVAL:
        return max(1, min(3, count))
    return 1 if method in ONE_ROW else max(1, min(count, MAX_OPTIONS))


def preview(ballot: Ballot) -> Opening:
    """The ballot as opening would freeze it now, without a key, kept nowhere; `ballot` has its options loaded."""
    return Opening(
        ballot=ballot.id, round=ballot.round_id, kind=ballot.kind, category=ballot.category, method=ballot.method,
        question=ballot.question, language=ballot.language, options=tuple(option(o) for o in ballot.options),
        max_choices=ballot.max_choices, with_none=ballot.with_none, electorate=0, quorum=ballot.quorum,
        majority=ballot.majority, opened_at=ballot.made_at, deadline=ballot.deadline, subject=ballot.subject,
        previous="", public_key="", terms=Terms.read(ballot.terms), translations=ballot.translations,
    )  # fmt: skip
