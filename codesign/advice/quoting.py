"""Quotes: a moderator asks for a sentence, its maker releases it by a tap or keeps it, and can change her mind."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from codesign.advice import forgetting, quote_queries
from codesign.advice.models import Quote, QuoteState
from codesign.advice.queries import AdviceView
from codesign.advice.quote_queries import QuoteView
from codesign.db import Store, lock
from codesign.discussion.models import Contribution
from codesign.journal.actions import note
from codesign.panels.queries import facts
from codesign.proposals.models import Proposal
from codesign.rules.permissions import Action, require
from codesign.rules.states import AdviceState

BEFORE_ADOPTION = (AdviceState.DRAFT, AdviceState.TO_PANEL, None)


class NotTheirWords(ValueError):
    """The sentence does not stand like this in what its maker wrote."""


class TranslationNeeded(ValueError):
    """Another language would show which group the maker belongs to, so it goes out in the language of the advice."""


def ask_for_quote(
    session: Session, view: AdviceView, source: Proposal | Contribution, *, sentence: str, translation: str,
    today: date, now: datetime,
) -> Quote:  # fmt: skip
    """Ask the maker of an idea or a reply: may we quote this? Asking twice for one sentence is asking once.

    Raises `NotTheirWords` when the sentence is not in the text letter by letter (white space apart), and
    `TranslationNeeded` when it is not in the language of the advice and comes without translation.
    """
    require(Action.COMPILE_ADVICE, facts(view.round, view.membership, state=view.advice.state))
    wanted = " ".join(sentence.split())
    written = source.body if isinstance(source, Contribution) else f"{source.title}\n{source.body}"
    if not wanted or wanted not in " ".join(written.split()):
        raise NotTheirWords
    if source.language != view.advice.language and not translation:
        raise TranslationNeeded
    is_reply = isinstance(source, Contribution)
    found = quote_queries.same_quote(session, view.round.id, source.author_id, wanted)
    if found is not None:
        return found
    made = Quote(
        round_id=view.round.id, maker_id=source.author_id, proposal_id=None if is_reply else source.id,
        contribution_id=source.id if is_reply else None, sentence=wanted, language=source.language,
        translation=" ".join(translation.split()), translation_language=view.advice.language if translation else "",
        asked_on=today,
    )  # fmt: skip
    session.add(made)
    session.flush()
    note(session, Store.VOICES, by=view.person_id, verb="ask_quote", what="quote", id=made.id, now=now)
    return made


def answer_quote(session: Session, view: QuoteView, *, release: bool, today: date, now: datetime) -> None:
    """The maker's answer. Until the panel adopted the advice she can change it; a kept sentence leaves the advice."""
    quote = lock(session, Quote, view.quote.id)
    assert quote is not None
    adopted = view.advice_state not in BEFORE_ADOPTION
    action = Action.RELEASE_QUOTE if release else Action.WITHDRAW_QUOTE
    own = quote.maker_id == view.membership.person_id
    require(action, facts(view.round, view.membership, own=own, adopted=adopted))
    state = QuoteState.RELEASED if release else QuoteState.KEPT
    if quote.state is state:
        return
    # What stands behind a sentence goes on pointing here, so that the desk can say that the words were taken back.
    quote.state, quote.answered_on = state, today
    note(session, Store.VOICES, by=quote.maker_id, verb=action.value, what="quote", id=quote.id, now=now)


def erase_posts(session: Session, person_id: int, now: datetime) -> None:
    """Take out a maker's sentences and what she wrote along; what was sent stands in the record without a name."""
    for quote in quote_queries.made_by(session, person_id):
        quote.sentence, quote.translation, quote.state = "", "", QuoteState.KEPT
        note(session, Store.VOICES, by=person_id, verb="erase_posts", what="quote", id=quote.id, now=now)
    forgetting.forget(session, person_id, now)


def erase_round(session: Session, round_id: int) -> int:
    """Take out the sentences and the history of an advice, a year after its round; returns how many rows had some."""
    quotes = quote_queries.of_round(session, round_id)
    for quote in quotes:
        quote.sentence, quote.translation, quote.state = "", "", QuoteState.KEPT
    return len(quotes) + forgetting.forget_round(session, round_id)
