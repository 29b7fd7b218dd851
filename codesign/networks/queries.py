"""Reading the directory of networks, what members suggested, and the policy calendar; what advice picks from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from codesign.networks.models import Network, NetworkSuggestion, PolicyMoment, SuggestionState
from codesign.panels.models import Municipality
from codesign.places import queries as record
from codesign.places.domain import MomentLine, Origin, Standing, needed_before
from codesign.rules.folding import fold_for_search
from codesign.web.errors import UNAVAILABLE


@dataclass(frozen=True)
class NetworkLine:
    """A network that advice may name: its code in the directory, name and kind."""

    code: str
    name: str
    kind: Standing


def networks_of(session: Session, place_code: str) -> tuple[NetworkLine, ...]:
    """The networks of a place that have not ended, by name; one statement."""
    return tuple(NetworkLine(n.code, n.name, n.standing) for n in directory(session, place_code))


def moments_of(session: Session, place_code: str) -> tuple[MomentLine, ...]:
    """Every moment of a place, by day, ours and (when the record can be reached) the municipality's own."""
    return calendar(session, place_code)[0]


def calendar(session: Session, place_code: str) -> tuple[tuple[MomentLine, ...], bool]:
    """The moments of a place by day, and whether the record could be reached; two statements, three at most."""
    lines = our_moments(session, place_code)
    try:
        lines += record.moments_kept_there(session, place_code)
    except UNAVAILABLE:
        return tuple(sorted(lines, key=_by_day)), False
    return tuple(sorted(lines, key=_by_day)), True


def _by_day(line: MomentLine) -> tuple[date, str, str]:
    return line.day, fold_for_search(line.title), line.code


def directory(session: Session, place_code: str) -> Sequence[Network]:
    """The networks of a place that have not ended, by name as people say it (there is no ranking)."""
    rows = session.scalars(select(Network).where(Network.place_code == place_code, Network.ended_on.is_(None))).all()
    return sorted(rows, key=lambda n: (fold_for_search(n.name), n.code))


def our_moments(session: Session, place_code: str) -> list[MomentLine]:
    """The moments our moderators keep and that have not ended, by day; one statement."""
    rows = session.execute(
        select(PolicyMoment, Municipality.answer_weeks)
        .join(Municipality, Municipality.code == PolicyMoment.place_code)
        .where(PolicyMoment.place_code == place_code, PolicyMoment.ended_on.is_(None))
        .order_by(PolicyMoment.decided_on, PolicyMoment.id)
    ).all()
    return [
        MomentLine(
            m.code, m.title, m.kind, m.decided_on, needed_before(m.decided_on, m.advice_before, weeks),
            m.language, m.source, m.checked_on, m.url, Origin.PANEL, m.as_of,
        )
        for m, weeks in rows
    ]  # fmt: skip


def network(session: Session, network_id: int, place_code: str) -> Network | None:
    """A network of this place that has not ended."""
    found: Network | None = session.scalar(_of(Network, network_id, place_code))
    return found


def moment(session: Session, moment_id: int, place_code: str) -> PolicyMoment | None:
    """A moment of this place that has not ended."""
    found: PolicyMoment | None = session.scalar(_of(PolicyMoment, moment_id, place_code))
    return found


def _of(model: type[Any], key: int, place_code: str) -> Select[Any]:
    return select(model).where(model.id == key, model.place_code == place_code, model.ended_on.is_(None))


def codes(session: Session, model: type[Network] | type[PolicyMoment], place_code: str) -> set[str]:
    """The codes given in a place, also to what has ended: a code is given once."""
    return set(session.scalars(select(model.code).where(model.place_code == place_code)))


def waiting(session: Session, panel_id: int) -> Sequence[NetworkSuggestion]:
    """What members of a panel suggested and no moderator has decided, oldest first; of whom is not read."""
    return session.scalars(
        select(NetworkSuggestion)
        .where(NetworkSuggestion.panel_id == panel_id, NetworkSuggestion.state == SuggestionState.WAITING)
        .order_by(NetworkSuggestion.id)
    ).all()


def waiting_count(session: Session, panel_id: int) -> int:
    """How many suggestions wait in a panel."""
    statement = (
        select(func.count())
        .select_from(NetworkSuggestion)
        .where(NetworkSuggestion.panel_id == panel_id, NetworkSuggestion.state == SuggestionState.WAITING)
    )
    return session.scalar(statement) or 0


def our_ids(session: Session, place_code: str) -> dict[str, int]:
    """The numbers of the moments our moderators keep, by code."""
    statement = select(PolicyMoment.code, PolicyMoment.id).where(
        PolicyMoment.place_code == place_code, PolicyMoment.ended_on.is_(None)
    )
    return {row.code: row.id for row in session.execute(statement)}


def suggestion(session: Session, suggestion_id: int, panel_id: int) -> NetworkSuggestion | None:
    """A suggestion that waits in this panel."""
    return next((s for s in waiting(session, panel_id) if s.id == suggestion_id), None)


def suggested_by(session: Session, person_id: int) -> Sequence[NetworkSuggestion]:
    """Everything somebody suggested, newest first."""
    return session.scalars(
        select(NetworkSuggestion).where(NetworkSuggestion.author_id == person_id).order_by(NetworkSuggestion.id.desc())
    ).all()


def by_key(session: Session, person_id: int, form_key: str) -> NetworkSuggestion | None:
    """The suggestion that came in with this key."""
    return session.scalar(
        select(NetworkSuggestion).where(
            NetworkSuggestion.author_id == person_id, NetworkSuggestion.form_key == form_key
        )
    )


def old_suggestions(session: Session, before: date) -> Sequence[NetworkSuggestion]:
    """Suggestions made before a day."""
    return session.scalars(select(NetworkSuggestion).where(NetworkSuggestion.created_on < before)).all()


def alike(rows: Iterable[Any], name: str, but: int | None = None) -> Any | None:
    """The row that has this name too, however it is written; `but` is the row that is being changed."""
    wanted = fold_for_search(name)
    return next((row for row in rows if row.id != but and fold_for_search(row.name) == wanted), None)
