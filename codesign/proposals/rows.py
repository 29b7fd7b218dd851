"""The rows that make up one idea, written together: content, versions, index and counts. Called by actions only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from codesign.db import insert_if_absent, lock
from codesign.db_search import drop_words, put_words
from codesign.indicators.domain import UnknownCode, domain, indicator, latest
from codesign.panels.models import Membership, Round
from codesign.proposals.domain import (
    INDICATORS_MOST,
    PICTOGRAMS,
    PICTURE_MOST,
    THEMES_MOST,
    Content,
    joined,
    search_words,
)
from codesign.proposals.models import EditState, Proposal, ProposalDomain, ProposalIndicator, ProposalVersion
from codesign.proposals.queries import by_key, domains_of, edits_of, indicator_rows, joined_into, versions
from codesign.rules.permissions import Reason, Refused
from codesign.rules.text import fold_for_search
from codesign.rules.words import WordState


class Stale(Exception):
    """Somebody saved the idea in the meantime; `proposal` has the words that stand now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal.id)
        self.proposal = proposal


class BadContent(ValueError):
    """The content names a theme, an indicator or a pictogram that does not exist, or too many of them."""


def check(content: Content) -> None:
    """Raise `BadContent` unless themes, indicators and pictograms exist, belong together and are few enough."""
    try:
        for code in content.themes:
            domain(code)
        own = all(indicator(code).domain in content.themes for code in content.indicators)
    except UnknownCode as error:
        raise BadContent(str(error)) from error
    few = len(content.themes) <= THEMES_MOST and len(content.indicators) <= INDICATORS_MOST
    drawn = len(content.picture) <= PICTURE_MOST and all(name in PICTOGRAMS for name in content.picture)
    if not (own and few and drawn):
        raise BadContent("themes, indicators or picture")


def row_of(
    session: Session, round: Round, membership: Membership, content: Content, key: str, now: datetime
) -> Proposal:
    """The idea that came in with `key`: a new empty draft, or the one that is there already."""
    came = insert_if_absent(
        session, Proposal, round_id=round.id, author_id=membership.person_id, state=WordState.DRAFT,
        language=content.language, picture=[], framework=latest().version, held_for=[], form_key=key,
        title="", body="", themes="", version=1, support_count=0, reply_count=0, created_on=now.date(),
    )  # fmt: skip
    proposal = by_key(session, membership.person_id, key)
    assert proposal is not None
    if not came:
        # Two taps on "send" of one draft: the second waits here, and then sees that it was sent.
        lock(session, Proposal, proposal.id)
    if not came and proposal.round_id != round.id:
        raise Refused(Reason.WRONG_STATE)
    return proposal


def write(session: Session, proposal: Proposal, content: Content) -> None:
    """Put the content into the row and the rows beside it."""
    proposal.title, proposal.body, proposal.language = content.title, content.body, content.language
    proposal.themes, proposal.picture = joined(content.themes), list(content.picture)
    proposal.gathering_id = content.gathering_id
    for theme in domains_of(session, proposal.id):
        if theme.code not in content.themes:
            session.delete(theme)
    for chosen in indicator_rows(session, proposal.id):
        if chosen.code not in content.indicators:
            session.delete(chosen)
    session.flush()
    for code in dict.fromkeys(content.themes):
        insert_if_absent(session, ProposalDomain, proposal_id=proposal.id, code=code)
    for code in dict.fromkeys(content.indicators):
        insert_if_absent(session, ProposalIndicator, proposal_id=proposal.id, code=code)


def version_row(proposal: Proposal, now: datetime, by_moderator: bool = False) -> ProposalVersion:
    """The words as they stand now, to be kept as a version."""
    return ProposalVersion(
        proposal_id=proposal.id, number=proposal.version, title=proposal.title, body=proposal.body,
        language=proposal.language, themes=proposal.themes, made_on=now.date(), by_moderator=by_moderator,
        shown=proposal.state is WordState.PUBLISHED,
    )  # fmt: skip


def new_version(session: Session, proposal: Proposal, now: datetime, by_moderator: bool = False) -> None:
    """Count up, keep the words, overtake waiting edits, and mend the index. Versions nobody was shown go for good."""
    for old in versions(session, proposal.id):
        if not old.shown:
            session.delete(old)
    proposal.version += 1
    proposal.changed_on = now.date()
    session.add(version_row(proposal, now, by_moderator))
    close_edits(session, proposal, now)
    index(session, proposal)


def let_go(session: Session, proposal: Proposal) -> None:
    """Ideas of others that were joined into this one stand for themselves again: nobody takes their words along."""
    for source in joined_into(session, proposal.id):
        source.state, source.merged_into_id = WordState.PUBLISHED, None
        index(session, source)


def close_edits(session: Session, proposal: Proposal, now: datetime) -> None:
    """Edits that wait are overtaken by what happened."""
    for edit in edits_of(session, proposal.id):
        if edit.state is EditState.OPEN:
            edit.state, edit.answered_on = EditState.OVERTAKEN, now.date()


def index(session: Session, proposal: Proposal) -> None:
    """Let search find the idea by its words while everybody may read them, and not otherwise."""
    session.flush()
    if proposal.state in (WordState.PUBLISHED, WordState.MERGED):
        put_words(session, proposal.id, search_words(fold_for_search(f"{proposal.title} {proposal.body}")))
    else:
        drop_words(session, [proposal.id])


def empty(session: Session, proposal: Proposal) -> None:
    """Take every word of an idea out of the store; the empty row stays."""
    for row in (
        *versions(session, proposal.id), *edits_of(session, proposal.id), *domains_of(session, proposal.id),
        *indicator_rows(session, proposal.id),
    ):  # fmt: skip
        session.delete(row)
    drop_words(session, [proposal.id])
    proposal.state, proposal.title, proposal.body, proposal.themes, proposal.language = WordState.ERASED, "", "", "", ""
    proposal.picture, proposal.held_for, proposal.gathering_id = [], [], None


def count(session: Session, proposal_id: int, change: int) -> None:
    """Change the stored number of supporters."""
    session.execute(
        update(Proposal)
        .where(Proposal.id == proposal_id)
        .values(support_count=Proposal.support_count + change)
        .execution_options(synchronize_session="fetch")
    )


def count_replies(session: Session, proposal_id: int, change: int) -> None:
    """Change the stored number of replies; discussion calls it with each reply that comes into or out of sight."""
    session.execute(
        update(Proposal)
        .where(Proposal.id == proposal_id)
        .values(reply_count=Proposal.reply_count + change)
        .execution_options(synchronize_session="fetch")
    )


def forget_replies(session: Session, round_id: int) -> None:
    """No reply of a round can be read any more."""
    session.execute(update(Proposal).where(Proposal.round_id == round_id).values(reply_count=0))
