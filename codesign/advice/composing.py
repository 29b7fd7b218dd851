"""Putting the rows of an advice together into the one value that everything else reads."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from codesign.advice import behind, behind_queries, models, other_view_queries, queries
from codesign.advice.behind_queries import Backed
from codesign.advice.queries import AdviceView
from codesign.advice.values import (
    Actor,
    Adoption,
    Chain,
    Cited,
    Content,
    Cover,
    Moment,
    Outcome,
    Recommendation,
    Words,
    Worked,
)
from codesign.indicators.domain import Kind, UnknownCode, indicator, needs_experience
from codesign.rules.states import AdviceState


def content(session: Session, view: AdviceView, *, whole: bool = True) -> Content:
    """The advice as it stands. `whole` false leaves out how the round went, which only the full text shows.

    Five statements, one more for each of quotes, reports and vision that is used, and one more for the whole.
    """
    advice = view.advice
    pieces, views = other_view_queries.texts_and_views(session, advice.id)
    backed = behind_queries.backed(session, advice.id)
    outcomes = {o.id: o for o in queries.outcomes(session, view.round.id)}
    cited = tuple(_cited(row) for row in queries.cited(session, advice.id))
    known = behind.sources(session, view, outcomes, cited, backed)
    section = known.behind(b.thing for b in backed if b.recommendation_id is None and b.sentence is None)
    words: dict[Words, str] = {t.key: t.text for t in pieces if t.key is not Words.IN_SHORT}
    sentences = behind.sentences(words.get(Words.HEARD, "").strip(), backed, known)
    recommendations = tuple(
        _recommendation(row, backed, known) for row in queries.recommendations_with_actors(session, advice.id)
    )
    numbers = queries.numbers(session, view) if whole else None
    adopted = advice.state not in {AdviceState.DRAFT, AdviceState.TO_PANEL, AdviceState.WITHDRAWN}
    adoption = None
    if adopted and advice.adopted_at and numbers and numbers.adoption_release:
        zone = ZoneInfo(view.place.timezone)
        adoption = Adoption(numbers.adoption_release, advice.adopted_at.astimezone(zone).date())
    return Content(
        cover=cover(view),
        title=advice.title,
        language=advice.language,
        languages=tuple(dict.fromkeys((advice.language, *view.panel.languages))),
        words=words,
        summaries={t.language: t.text for t in pieces if t.key is Words.IN_SHORT},
        recommendations=recommendations,
        cited=cited,
        heard=tuple(outcomes.values()),
        quotes=section.get("quotes", ()),
        other_views=section.get("outcomes", ()),
        lost=section["lost"],
        views=tuple(v.text for v in views),
        worked=_worked(view, numbers, list(outcomes.values())) if numbers else Worked(),
        ties_declared=view.membership.ties_declared_at is not None or not view.moderates,
        adopted_with_quorum=adopted,
        adoption=adoption,
        sentences=sentences,
        **behind.used(recommendations, sentences),
    )


def cover(view: AdviceView) -> Cover:
    """The cover, from place and round."""
    place, round_, advice = view.place, view.round, view.advice
    return Cover(
        place_code=place.code, place=place.name, panel=view.panel.name, addressee=place.addressee, asked=round_.asked,
        level=round_.level.value if round_.level else "advise", answer_weeks=place.answer_weeks,
        question=round_.question, timezone=place.timezone, legal_basis=place.legal_basis, year=advice.year,
        serial=advice.serial,
    )  # fmt: skip


def editable(view: AdviceView) -> bool:
    """Whether words can still be written: not once the panel has the text."""
    return drafted(view) and view.moderates


def drafted(view: AdviceView) -> bool:
    """Whether the text is still being written."""
    return view.advice.state is AdviceState.DRAFT


def _recommendation(row: models.Recommendation, backed: Sequence[Backed], known: behind.Sources) -> Recommendation:
    return Recommendation(
        number=row.position, title=row.title, what=row.what, by_when=row.by_when, cost_class=row.cost_class,
        notice=row.notice, small_initiative=row.small_initiative, none_because=row.none_because,
        decided_on=row.decided_on, chain=chain(row), moment=Moment.read(row.moment), small_group=row.small_group,
        actors=tuple(Actor(a.name, a.kind, a.part, a.by_when) for a in row.actors), id=row.id, version=row.version,
        **known.behind(b.thing for b in backed if b.recommendation_id == row.id),
    )  # fmt: skip


def chain(row: models.Recommendation) -> Chain:
    """The change chain of a recommendation, with the questions to people it may choose from."""
    try:
        grows = indicator(row.indicator) if row.indicator else None
    except UnknownCode:
        grows = None
    return Chain(
        activity=row.activity, change=row.change, domain=row.domain, indicator=row.indicator,
        assumptions=row.assumptions, risks=row.risks, experience=row.experience,
        outcome=grows is not None and grows.kind is Kind.OUTCOME,
        experience_choices=tuple(i.code for i in needs_experience(grows)) if grows else (),
    )  # fmt: skip


def _cited(row: models.CitedBlock) -> Cited:
    return Cited(
        kind=row.kind, text=row.text, source=row.source, source_date=row.source_date, checked_on=row.checked_on,
        definition=row.definition, url=row.url, id=row.id,
    )  # fmt: skip


def _worked(view: AdviceView, numbers: queries.Numbers, outcomes: list[Outcome]) -> Worked:
    opened = view.round.opened_at
    return Worked(
        began=opened.astimezone(ZoneInfo(view.place.timezone)).date() if opened else None,
        ended=max((o.closed_on for o in outcomes if o.closed_on), default=None),
        members=numbers.members,
        gatherings=numbers.gatherings,
        visits=numbers.visits,
        languages=tuple(view.panel.languages),
        ties=numbers.ties,
    )
