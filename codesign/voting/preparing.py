"""Preparing a ballot: its question, options and terms, and the second person who checks it before it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, object_session

from codesign.db import Store, lock
from codesign.journal.actions import note
from codesign.panels.models import Membership, Round
from codesign.panels.queries import facts, membership
from codesign.rules.permissions import Action, Reason, Refused, require
from codesign.rules.roles import Role
from codesign.rules.states import AdviceState
from codesign.voting import desk_queries, queries
from codesign.voting.domain import (
    ANSWERS,
    COMPLETIONS,
    DECIDES,
    FITS,
    MAX_MONEY,
    MAX_OPTIONS,
    MAX_POINTS,
    RATINGS,
    WITH_NONE,
    Category,
    Kind,
    Method,
    NotPrepared,
    Option,
    State,
    Terms,
    canonical,
    digest,
)
from codesign.voting.models import Ballot, BallotOption
from codesign.voting.opening import option

_PREPARE = {
    Kind.VOTE: Action.PREPARE_BALLOT, Kind.ADOPTION: Action.PREPARE_ADOPTION, Kind.RATING: Action.PREPARE_RATING,
    Kind.WITHDRAWAL: Action.PREPARE_TAKING_BACK,
}  # fmt: skip
_OPTIONS = {
    **{kind: tuple(Option(key) for key in keys) for kind, keys in DECIDES.items()},
    Kind.RATING: tuple(Option(key) for key in RATINGS),
}  # fmt: skip
SHORTEST = timedelta(minutes=5)


def prepare(
    session: Session,
    round: Round,
    by: Membership,
    *,
    kind: Kind,
    question: str,
    language: str,
    deadline: datetime,
    now: datetime,
    options: Sequence[Option] = (),
    method: Method = Method.APPROVAL,
    terms: Terms | None = None,
    max_choices: int = 1,
    with_none: bool = False,
    translations: Mapping[str, str] | None = None,
    subject: str = "",
    state: AdviceState | None = None,
) -> Ballot:
    """Prepare a ballot; nobody but the moderators knows of it before it opens.

    Only a vote has options of its own (keys are given here), and a rating that asks of each measure if it fits. A
    budget may be kept before anybody knows what things cost; it is neither checked nor opened like that. `subject`: for
    an adoption the digest of the text, for a rating `release.rated(...)`, for a withdrawal the digest of what was sent;
    `state` is then where that advice stands. Raises NotPrepared.
    """
    require(_PREPARE[kind], facts(round, by, state=state))
    if kind is Kind.RATING and method is Method.SCORE:
        max_choices, with_none, terms = 1, False, Terms(points=FITS)
    elif kind is not Kind.VOTE:
        options, max_choices, with_none, method = _OPTIONS[kind], 1, False, Method.APPROVAL
    ballot = Ballot(
        round_id=round.id, kind=kind, category=Category.NEWCOMERS, method=method, state=State.PREPARED,
        question=question, language=language, max_choices=max_choices, with_none=with_none, subject=subject,
        quorum=round.quorum, majority=round.majority, deadline=deadline, made_at=now, void_reason="", void_language="",
        options=_rows(options, kind), terms=(terms or Terms()).plain(), translations=dict(translations or {}),
        prepared_by_id=by.person_id,
    )  # fmt: skip
    check(ballot, now, priced=bool(terms and terms.total))
    session.add(ballot)
    session.flush()
    note(session, Store.VOICES, by=by.person_id, verb="prepare_ballot", what="ballot", id=ballot.id, now=now)
    return ballot


def change_ballot(
    session: Session,
    ballot: Ballot,
    round: Round,
    by: Membership,
    *,
    question: str,
    language: str,
    deadline: datetime,
    options: Sequence[Option],
    max_choices: int,
    with_none: bool,
    now: datetime,
    terms: Terms | None = None,
    translations: Mapping[str, str] | None = None,
) -> None:
    """Change a ballot that is not open yet; `ballot` has its options loaded. Raises NotPrepared.

    Whoever looked at it before must look again.
    """
    require(Action.CHANGE_BALLOT, facts(round, by))
    must_be_prepared(ballot)
    ballot.checked_by_id = ballot.checked_at = None
    ballot.check_note = ballot.check_language = ""
    ballot.prepared_by_id = by.person_id
    ballot.question, ballot.language, ballot.deadline = question, language, deadline
    if ballot.kind is Kind.VOTE:
        ballot.max_choices, ballot.with_none = max_choices, with_none
        ballot.terms, ballot.translations = (terms or Terms()).plain(), dict(translations or {})
        ballot.options.clear()
        session.flush()  # keys and places are used again
        ballot.options = _rows(options, ballot.kind)
    check(ballot, now)
    note(session, Store.VOICES, by=by.person_id, verb="change_ballot", what="ballot", id=ballot.id, now=now)


def ask_to_check(
    session: Session, ballot: Ballot, round: Round, by: Membership, person_id: int, *, now: datetime
) -> None:
    """Ask one member of the panel to look at the ballot before it opens. LookupError: nobody who can be asked."""
    require(Action.CHANGE_BALLOT, facts(round, by))
    must_be_prepared(ballot)
    asked = membership(session, person_id, round.panel_id)
    if asked is None or asked.role not in desk_queries.CHECKERS:
        raise LookupError("nobody of this panel who can be asked")
    ballot.checker_id = person_id
    ballot.check_note = ballot.check_language = ""
    note(session, Store.VOICES, by=by.person_id, verb="ask_to_check", what="ballot", id=ballot.id, now=now)


def seen(ballot: Ballot) -> str:
    """Digest of everything a second person reads of a prepared ballot, in every language; `ballot` has its options."""
    return digest(
        canonical(
            {
                "question": ballot.question, "language": ballot.language, "translations": ballot.translations,
                "terms": ballot.terms, "max_choices": ballot.max_choices, "with_none": ballot.with_none,
                "deadline": ballot.deadline.astimezone(UTC).isoformat(),
                "options": [option(o).plain() for o in ballot.options],
            }
        )
    )  # fmt: skip


def check_ballot(
    session: Session, ballot: Ballot, round: Round, by: Membership, *, now: datetime, read: str | None = None
) -> None:
    """A second person looked at the prepared ballot and finds it right; a change makes it unchecked again.

    That is another moderator than who prepared or changed it last, or the member who was asked. `ballot` has its
    options loaded. read: what `seen` said of the page she read; None where nobody read a page. Raises NotPrepared when
    something is missing, or ("changed") when it is not what she read.
    """
    _may_check(ballot, round, by)
    if read is not None and read != seen(ballot):
        raise NotPrepared("changed")
    check(ballot, now)
    ballot.checked_by_id, ballot.checked_at = by.person_id, now
    ballot.check_note = ballot.check_language = ""
    note(session, Store.VOICES, by=by.person_id, verb="check_ballot", what="ballot", id=ballot.id, now=now)


def say_not_yet(
    session: Session, ballot: Ballot, round: Round, by: Membership, *, words: str, language: str, now: datetime
) -> None:
    """A second person looked at the prepared ballot and says what must change first; moderators read it."""
    _may_check(ballot, round, by)
    ballot.checked_by_id = ballot.checked_at = None
    ballot.check_note, ballot.check_language = words, language
    note(session, Store.VOICES, by=by.person_id, verb="say_not_yet", what="ballot", id=ballot.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take the words of an erased member away: what was said as "not yet". Part of erasing a person."""
    for ballot in desk_queries.asked_of(session, person_id):
        ballot.checker_id, ballot.check_note, ballot.check_language = None, "", ""
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="ballot", id=ballot.id, now=now)


def _may_check(ballot: Ballot, round: Round, by: Membership) -> None:
    _afresh(ballot)
    require(Action.CHECK_BALLOT, facts(round, by, own=by.person_id == ballot.prepared_by_id))
    if by.role is not Role.MODERATOR and by.person_id != ballot.checker_id:
        raise Refused(Reason.NOT_YOURS)
    must_be_prepared(ballot)


def must_be_prepared(ballot: Ballot) -> None:
    """Refuse what was opened or made void; what is prepared stays so until the transaction ends."""
    _afresh(ballot)
    if ballot.state is not State.PREPARED:
        raise Refused(Reason.WRONG_STATE)


def _afresh(ballot: Ballot) -> None:
    """Read a prepared ballot and its options again, under the ballot's lock: somebody else may have changed, checked
    or opened it since."""
    session = object_session(ballot)
    if ballot.state is State.PREPARED and session is not None:
        lock(session, Ballot, ballot.id)
        queries.with_options(session, ballot.id)


def _rows(options: Sequence[Option], kind: Kind) -> list[BallotOption]:
    return [
        BallotOption(
            place=place, key=f"o{place}" if kind is Kind.VOTE else o.key, title=o.title, meaning=o.meaning,
            language=o.language, domain=o.domain, icons=list(o.icons), proposal_id=o.proposal_id, cost=o.cost,
            translations={code: list(words) for code, words in o.translations.items()},
        )
        for place, o in enumerate(options, start=1)
    ]  # fmt: skip


def check(ballot: Ballot, now: datetime, *, priced: bool = True) -> None:
    """What a ballot must have; NotPrepared names the first thing that is missing. `priced`: costs are asked for too."""
    count = len(ballot.options)
    proposals = [o.proposal_id for o in ballot.options if o.proposal_id is not None]
    one = ballot.method in ANSWERS
    if one and count != 1:
        raise NotPrepared("one_idea")
    # An answer may hold one measure only, and whether it fits can be asked all the same.
    fewest = 1 if ballot.kind is Kind.RATING and ballot.method is Method.SCORE else 2
    if not one and not fewest <= count <= MAX_OPTIONS:
        raise NotPrepared("options")
    if len(set(proposals)) != len(proposals):
        raise NotPrepared("twice")
    if ballot.kind is Kind.VOTE and not all(o.title for o in ballot.options):
        raise NotPrepared("titles")
    if not 1 <= ballot.max_choices <= count:
        raise NotPrepared("max_choices")
    if ballot.with_none and ballot.method not in WITH_NONE:
        raise NotPrepared("none_makes_no_sense")
    if priced or ballot.method is not Method.BUDGET:
        _check_terms(ballot, Terms.read(ballot.terms))
    if ballot.deadline < now + SHORTEST:
        raise NotPrepared("deadline")


def _check_terms(ballot: Ballot, terms: Terms) -> None:
    if ballot.method in {Method.SCORE, Method.DOTS} and not 1 <= terms.points <= MAX_POINTS:
        raise NotPrepared("points")
    if ballot.method is Method.SHORTLIST and not 1 <= terms.seats < len(ballot.options):
        raise NotPrepared("seats")
    if ballot.method is Method.BUDGET:
        if not 1 <= terms.total <= MAX_MONEY or terms.completion not in COMPLETIONS:
            raise NotPrepared("total")
        if not all(1 <= o.cost <= MAX_MONEY for o in ballot.options):
            raise NotPrepared("costs")
        if any(o.cost > terms.total for o in ballot.options):
            raise NotPrepared("too_expensive")
