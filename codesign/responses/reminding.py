"""Mail to the owners of promises when a day comes near, each reminder once; it says where to look, not what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from sqlalchemy.orm import Session

from codesign.db import Store, insert_if_absent, writing
from codesign.documents.models import AdviceStatus
from codesign.journal.actions import note
from codesign.mail.actions import post
from codesign.officials.queries import addresses, addresses_of_post
from codesign.places.models import Place
from codesign.responses import after_queries
from codesign.responses.models import Reminder
from codesign.settings import Settings
from codesign.web.i18n import COMPLETE, LANGUAGES, TRANSLATIONS

# So long before the day of a promise its owner hears of it.
SOON = timedelta(days=14)
# One thing to be reminded of: kind, id, whom, the advice, its place, and the day.
Due = tuple[str, int, Sequence[str], AdviceStatus, Place, date]


def remind_owners(session: Session, now: datetime) -> int:
    """Post what is due, each in a transaction of its own; returns how many reminders. Reads first, writes seldom."""
    today = now.date()
    found: list[Due] = []
    for kind, until in (("due", today), ("soon", today + SOON)):
        for promise, advice, place in after_queries.promises_to_remind_of(session, until, kind):
            if promise.by is None or (kind == "soon" and promise.by <= today):
                continue
            to = addresses_of_post(session, place.code, promise.owner)
            found.append((kind, promise.id, to, advice, place, promise.by))
    for answer, advice, place in after_queries.answers_to_remind_of(session, today + SOON):
        to = addresses(session, place.code)
        found.append(("report", answer.id, to, advice, place, answer.first_report_on or today))
    for card, advice, place in after_queries.cards_to_remind_of(session, today):
        to = addresses(session, place.code)
        found.append(("look_back", card.id, to, advice, place, card.look_back_on))
    ready = [(kind, key, to, *words(session, kind, advice, place, day)) for kind, key, to, advice, place, day in found]
    session.rollback()
    for kind, key, to, subject, body in ready:
        with writing(session):
            if insert_if_absent(session, Reminder, kind=kind, what_id=key, sent_at=now):
                for address in to:
                    post(session, to=address, subject=subject, body=body, now=now)
                note(session, Store.RECORD, by=None, verb="remind", what=kind, id=key, now=now)
    return len(ready)


def words(session: Session, kind: str, advice: AdviceStatus, place: Place, day: date) -> tuple[str, str]:
    """Subject and body in the first language of the place that we speak; this runs in a worker."""
    language = next((code for code in place.languages if code in COMPLETE), "en")
    locale = LANGUAGES[language].locale or language
    catalogue: NullTranslations = Translations.load(TRANSLATIONS, [locale])
    _ = catalogue.gettext
    settings: Settings = session.info.get("settings") or Settings.from_environment()
    values = {
        "number": advice.number, "day": format_date(day, "long", locale="en_GB" if language == "en" else locale),
        "link": f"{settings.base('record')}/desk/{advice.number}",
    }  # fmt: skip
    lines = {
        "soon": _("A promise in your answer to advice %(number)s is due on %(day)s."),
        "due": _("A promise in your answer to advice %(number)s was due on %(day)s. Nobody said yet that it is done."),
        "report": _("You promised a first report on your answer to advice %(number)s on %(day)s."),
        "look_back": _("You said that you look back on %(day)s at what you try after advice %(number)s."),
    }
    body = (lines[kind] % values, _("Say here how it stands: %(link)s") % values, _("This mail comes once."))
    return _("Advice %(number)s: how does it stand?") % values, "\n\n".join(body) + "\n"
