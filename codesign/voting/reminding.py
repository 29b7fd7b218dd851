"""The reminder of a running vote, in every language of a panel, to copy into its chat group: the same for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from codesign.voting.models import Ballot
from codesign.web.i18n import LANGUAGES

# Written here and not in the catalogues: the text goes out in the panel's languages, also in those in which the pages
# are not complete. {until}: day and time; {link}: the panel's own address, which tells nothing about anybody.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "nl": (
        "De stemming is open: {question}", "Tot {until}. Niemand ziet of je stemt, en wat je kiest.",
        "Heb je al gestemd? Dan hoef je niets te doen.",
    ),
    "en": (
        "The vote is open: {question}", "Until {until}. Nobody sees whether you vote, or what you choose.",
        "Did you vote already? Then there is nothing to do.",
    ),
    "ar": (
        "التصويت مفتوح: {question}", "حتى {until}. لا أحد يرى هل صوّتَّ أو ماذا تختار.",
        "هل صوّتَّ من قبل؟ إذن لا شيء عليك.",
    ),
    "ti": (
        "ድምጺ ምሃብ ክፉት እዩ፦ {question}", "ክሳብ {until}። ድምጺ ሂብካ ዶ ኣይሃብካን ወይ እንታይ ከም ዝመረጽካ ዋላ ሓደ ኣይርእን።",
        "ድሮ ሂብካ እንተኾይንካ፡ ካልእ ክትገብሮ ዘለካ የለን።",
    ),
    "tr": (
        "Oylama açık: {question}", "Son: {until}. Oy verip vermediğini ve ne seçtiğini kimse görmez.",
        "Oy verdiysen bir şey yapman gerekmez.",
    ),
    "fa": (
        "رأی‌گیری باز است: {question}", "تا {until}. هیچ‌کس نمی‌بیند رأی داده‌اید یا چه انتخاب می‌کنید.",
        "اگر رأی داده‌اید، کاری لازم نیست.",
    ),
    "fa-AF": (
        "رأی‌گیری باز است: {question}", "تا {until}. هیچ‌کس نمی‌بیند که رأی داده‌اید یا چه انتخاب می‌کنید.",
        "اگر رأی داده‌اید، کاری لازم نیست.",
    ),
    "uk": (
        "Голосування відкрите: {question}", "До {until}. Ніхто не бачить, чи ви голосували і що обрали.",
        "Вже проголосували? Тоді нічого робити не треба.",
    ),
    "so": (
        "Codbixintu way furan tahay: {question}", "Ilaa {until}. Qofna ma arko inaad codeysay iyo waxa aad dooratay.",
        "Hore ma u codeysay? Markaa waxba ha samayn.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Reminder:
    """The text in one language."""

    language: str
    text: str


def reminders(ballot: Ballot, languages: Sequence[str], timezone: str, link: str) -> list[Reminder]:
    """The reminder of a running ballot in each of these languages; says neither who is missing nor how many."""
    return [
        Reminder(code, _text(ballot, code, ballot.deadline.astimezone(ZoneInfo(timezone)), link))
        for code in languages
        if code in _TEXTS
    ]


def _text(ballot: Ballot, code: str, until: datetime, link: str) -> str:
    day = format_date(until.date(), "EEEE d MMMM", locale=(LANGUAGES[code].locale or code))
    day = "".join(str(int(c)) if c.isdigit() else c for c in day)
    question = ballot.question if code == ballot.language else ballot.translations.get(code, ballot.question)
    # Isolated, so that a question in another script does not turn the line around it over.
    lines = "\n".join((*_TEXTS[code], "{link}"))
    return lines.format(question=f"\u2068{question}\u2069", until=f"\u2068{day}, {until:%H:%M}\u2069", link=link)
