"""The mail that tells officials that advice has arrived: what and where to read it, never what is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from sqlalchemy.orm import Session

from codesign.documents.models import AdviceStatus
from codesign.mail.actions import post
from codesign.officials.queries import addresses
from codesign.places.models import Place
from codesign.settings import Settings
from codesign.web.i18n import COMPLETE, LANGUAGES, TRANSLATIONS

Writer = Callable[[AdviceStatus, Place, str, str], tuple[str, str]]


def tell_officials(session: Session, status: AdviceStatus, place: Place, now: datetime) -> None:
    """Post one mail to each official of the place, in the first language of the place that we speak."""
    _tell(session, status, place, words, now)


def tell_withdrawn(session: Session, status: AdviceStatus, place: Place, now: datetime) -> None:
    """The same, when a panel took its advice back."""
    _tell(session, status, place, words_withdrawn, now)


def _tell(session: Session, status: AdviceStatus, place: Place, write: Writer, now: datetime) -> None:
    language = next((code for code in place.languages if code in COMPLETE), "en")
    subject, body = write(status, place, address(session, status), language)
    for to in addresses(session, place.code):
        post(session, to=to, subject=subject, body=body, now=now)


def tell_invited(session: Session, document: Mapping[str, Any], place: Place, now: datetime) -> None:
    """Post one mail to an organisation that a panel invited. The link is not in it: only the panel has it."""
    language = document["language"] if document["language"] in COMPLETE else "en"
    subject, body = words_invited(document, place, language)
    post(session, to=document["mail"], subject=subject, body=body, now=now)


def address(session: Session, status: AdviceStatus) -> str:
    """Where the advice stands at the record door; links in mail use the configured base only."""
    settings: Settings = session.info.get("settings") or Settings.from_environment()
    return f"{settings.base('record')}/advice/{status.place_code}/{status.number}"


def words(status: AdviceStatus, place: Place, link: str, language: str) -> tuple[str, str]:
    """Subject and body in `language`; this runs in a worker, outside of any request."""
    locale = LANGUAGES[language].locale or language
    catalogue: NullTranslations = Translations.load(TRANSLATIONS, [locale])
    _ = catalogue.gettext
    values = {
        "number": status.number,
        "place": place.name,
        "title": " ".join(status.title.split()),
        "day": format_date(status.due_on, "long", locale="en_GB" if language == "en" else locale),
        "link": link,
    }
    lines = (
        _("Advice %(number)s has arrived for %(place)s.") % values,
        _("Its title: %(title)s") % values,
        _("The answer is due on %(day)s.") % values,
        _("Read it here, and sign in to answer: %(link)s") % values,
    )
    return _("Advice %(number)s of the newcomer panel has arrived") % values, "\n\n".join(lines) + "\n"


def words_withdrawn(status: AdviceStatus, place: Place, link: str, language: str) -> tuple[str, str]:
    """Subject and body in `language`, of the mail that an advice was taken back."""
    catalogue: NullTranslations = Translations.load(TRANSLATIONS, [LANGUAGES[language].locale or language])
    _ = catalogue.gettext
    values = {"number": status.number, "place": place.name, "link": link}
    lines = (
        _("The newcomer panel took back advice %(number)s for %(place)s.") % values,
        _("You need not answer it any more. Its page says why: %(link)s") % values,
    )
    return _("Advice %(number)s was taken back") % values, "\n\n".join(lines) + "\n"


def words_invited(document: Mapping[str, Any], place: Place, language: str) -> tuple[str, str]:
    """Subject and body in `language`, of the mail to an organisation that was invited."""
    locale = LANGUAGES[language].locale or language
    catalogue: NullTranslations = Translations.load(TRANSLATIONS, [locale])
    _ = catalogue.gettext
    until = datetime.fromisoformat(document["expires_at"]).date()
    values = {
        "organisation": document["name"],
        "place": place.name,
        "day": format_date(until, "long", locale="en_GB" if language == "en" else locale),
    }
    lines = (
        _("The newcomer panel of %(place)s invites %(organisation)s to stand behind its advice.") % values,
        _("Somebody of the panel gives you a link. It works once, until %(day)s.") % values,
        _("This mail holds no link. Do you not know the panel? Then you need not do anything."),
    )
    return _("The newcomer panel of %(place)s invites you") % values, "\n\n".join(lines) + "\n"
