"""Everything an advice can rest on today, as one list to choose from."""

from __future__ import annotations

from sqlalchemy.orm import Session

from codesign.advice import behind, quote_queries
from codesign.advice.labels import shortened
from codesign.advice.queries import AdviceView
from codesign.advice.values import Content
from codesign.evidence.values import Kind
from codesign.picker.domain import Offer, Target
from codesign.picker.labels import about_cited, about_outcome, about_report
from codesign.web.i18n import _


def offers(session: Session, view: AdviceView, content: Content, target: Target) -> list[Offer]:
    """What can stand behind a target, newest ideas and reports first: four statements at most beside the advice.

    Released words and cited things are in the language of the advice. Points of the vision are for recommendations.
    """
    own = content.language
    found = [Offer(Kind.RESULT, o.id, o.title, o.language, about_outcome(o)) for o in content.heard]
    found += [
        Offer(Kind.QUOTE, q.id, q.text, own, _("Released by its maker."))
        for q in quote_queries.released(session, view.round.id)
    ]
    found += [
        Offer(Kind.IDEA, row.id, row.title, row.language)
        for row in quote_queries.ideas_of_round(session, view.round.id)
    ]  # fmt: skip
    found += [
        Offer(Kind.REPORT, r.id, r.title, r.language, about_report(r)) for r in behind.reports(session, view).values()
    ]
    found += [Offer(Kind.CITED, c.id, shortened(c.text, 160), own, about_cited(c)) for c in content.cited]
    if target.recommendation is not None:
        found += [Offer(Kind.VISION, p.id, p.text, p.language) for p in behind.vision(session, view).values()]
    return found
