"""What may cross the wall and who receives it, and which acts the schedule knows: two literal lists."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.advice.ratifying import settle_due
from codesign.cosigning.receiving import receive_advice
from codesign.documents.receiving import (
    receive_attachment,
    receive_house_style,
    receive_invitation,
    receive_moment,
    receive_network,
    receive_organisation,
    receive_place,
    receive_release,
    receive_summary,
    receive_translators,
)
from codesign.documents.withdrawing import receive_withdrawal
from codesign.jobs.outbox import Receiver
from codesign.jobs.schedule import Job
from codesign.responses.actions import receive_rating
from codesign.responses.receiving import receive_extension, receive_finding, receive_fit, receive_reply
from codesign.revising.settling import settle_due as settle_revision
from codesign.voting.closing import close_due

RECEIVERS: Mapping[str, Receiver] = {
    "place": receive_place,
    "house_style": receive_house_style,
    "invitation": receive_invitation,
    "organisation": receive_organisation,
    "network": receive_network,
    "moment": receive_moment,
    "translators": receive_translators,
    "release": receive_release,
    "attachment": receive_attachment,
    "advice": receive_advice,
    "summary": receive_summary,
    "rating": receive_rating,
    "reply": receive_reply,
    "extension": receive_extension,
    "finding": receive_finding,
    "fit": receive_fit,
    "withdrawal": receive_withdrawal,
}

JOBS: Mapping[str, Job] = {"close_ballot": close_due, "settle_advice": settle_due, "settle_revision": settle_revision}
