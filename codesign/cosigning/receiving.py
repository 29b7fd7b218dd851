"""Receiving a corrected advice: those who signed the version before are asked by mail to look again."""

from __future__ import annotations

from datetime import datetime

from babel.support import NullTranslations, Translations
from sqlalchemy.orm import Session

from codesign.cosigning.queries import to_ask_again
from codesign.documents import receiving
from codesign.documents.domain import digest, parse
from codesign.documents.models import AdviceStatus, Document
from codesign.documents.notices import address
from codesign.documents.queries import advice_of
from codesign.mail.actions import post
from codesign.web.i18n import COMPLETE, LANGUAGES, TRANSLATIONS


def receive_advice(session: Session, payload: bytes, now: datetime) -> None:
    """Take over a `codesign/advice/1` document; when it corrects one, post a mail to each organisation that signed.

    Refused (`DocumentError`) as by `documents.receiving.receive_advice`.
    """
    known = session.get(Document, digest(payload)) is not None
    receiving.receive_advice(session, payload, now)
    document = parse("advice", payload)
    if known or document["version"] == 1:
        return
    status = advice_of(session, document["place"]["code"], document["number"])
    assert status is not None
    for account in to_ask_again(session, status):
        language = account.language if account.language in COMPLETE else "en"
        subject, body = words(status, address(session, status), language)
        post(session, to=account.mail, subject=subject, body=body, now=now)


def words(status: AdviceStatus, link: str, language: str) -> tuple[str, str]:
    """Subject and body in `language`; this runs in a worker, outside of any request."""
    catalogue: NullTranslations = Translations.load(TRANSLATIONS, [LANGUAGES[language].locale or language])
    _ = catalogue.gettext
    values = {"number": status.number, "link": f"{link}/co-sign"}
    lines = (
        _("The panel corrected advice %(number)s. You signed the version before.") % values,
        _("Please look again. Do you still stand behind it? Then sign the new version: %(link)s") % values,
    )
    return _("Advice %(number)s was corrected") % values, "\n\n".join(lines) + "\n"
