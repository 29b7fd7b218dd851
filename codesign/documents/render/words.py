"""The house's own words in the PDF, in the language of the document; English where we have no catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from codesign.web.i18n import COMPLETE, LANGUAGES, TRANSLATIONS, direction

_RIGHT_TO_LEFT = "\u200f"


@dataclass(frozen=True)
class Words:
    """The labels of one language; `language` is theirs, which may differ from the document's."""

    language: str
    catalogue: NullTranslations

    def day(self, iso: str | None) -> str:
        """A day in words, with western digits."""
        if not iso:
            return ""
        locale = "en_GB" if self.language == "en" else LANGUAGES[self.language].locale or self.language
        made = format_date(date.fromisoformat(iso), "long", locale=locale)
        return "".join(str(int(c)) if c.isdecimal() else c for c in made)

    def quarters(self, shown: list[int]) -> str:
        """In which quarter an answer lies, as a sentence."""
        _ = self.catalogue.gettext
        sentences: dict[tuple[int, ...], str] = {
            (1,): _("Up to a quarter of those who voted"),
            (2,): _("Between a quarter and half of those who voted"),
            (3,): _("Between half and three quarters of those who voted"),
            (4,): _("More than three quarters of those who voted"),
        }
        return sentences.get(tuple(shown), _("Not shown, so that nobody can be counted out"))

    def voted(self, result: Mapping[str, Any]) -> list[str]:
        """Of an option of a vote that was no plain approval: whom its bar counts, how it ended, what it costs."""
        _ = self.catalogue.gettext
        counted = {
            "yes_no": _("Counted: who said yes."),
            "consent": _("Counted: who agreed."),
            "score": _("Counted: who gave more than half of the highest mark."),
            "ranked": _("Counted: who put it first."),
            "dots": _("Counted: who gave it a dot or more."),
            "budget": _("Counted: who wanted it paid."),
            "shortlist": _("Counted: who chose it."),
        }
        yes, no = {
            "yes_no": (_("The panel adopted it."), _("The panel did not adopt it.")),
            "consent": (_("Nobody objected. The panel adopted it."), _("The panel did not adopt it like this.")),
            "score": (_("It had the most points."), _("It did not have the most points.")),
            "ranked": (_("It came first."), _("It did not come first.")),
            "dots": (_("It had the most dots."), _("It did not have the most dots.")),
            "budget": (_("It is paid from the money there was."), _("It is not paid from the money there was.")),
            "shortlist": (_("It is on the short list of the panel."), _("It is not on the short list of the panel.")),
        }.get(result.get("method", ""), ("", ""))
        found = [counted.get(result.get("method", ""), "") if result["quarters"] else ""]
        if "cost" in result:
            found.append(_("Cost: %(money)s.") % {"money": self.money(result["cost"], result["currency"])})
        if result["outcome"] is not None:
            found.append(yes if result["outcome"] else no)
        return [sentence for sentence in found if sentence]

    def money(self, amount: int, currency: str) -> str:
        """An amount in whole units, such as "EUR 1,200", with western digits."""
        locale = LANGUAGES[self.language].locale or self.language
        return f"{currency}\u00a0{format_decimal(amount, locale=locale, numbering_system='latn')}"

    def level(self, code: str) -> str:
        """How far the advice reaches."""
        _ = self.catalogue.gettext
        return {
            "consult": _("the panel is asked what it thinks"),
            "advise": _("the panel advises, the municipality answers with reasons"),
            "co_produce": _("the panel and the municipality make it together"),
            "co_decide": _("the panel and the municipality decide together"),
        }[code]

    def evidence(self, kind: str) -> str:
        """A kind of evidence that is cited or missing."""
        _ = self.catalogue.gettext
        return {
            "figure": _("Figure"),
            "practice": _("Example from practice"),
            "research": _("Research"),
            "law": _("Law or rule"),
            "experience": _("Experience of people"),
        }[kind]

    def report(self, kind: str) -> str:
        """A kind of report of the panel."""
        _ = self.catalogue.gettext
        return {
            "workshop": _("Workshop"),
            "interviews": _("Interviews"),
            "survey": _("Questions to many people"),
            "visit": _("Visit"),
            "other": _("Something else"),
        }[kind]

    def moment(self, kind: str) -> str:
        """What is decided at a moment of the calendar."""
        _ = self.catalogue.gettext
        return {
            "purchase": _("Buying a service"),
            "budget": _("Budget"),
            "evaluation": _("Looking back at what was done"),
            "council": _("Decision of the council"),
            "other": _("Something else"),
        }[kind]

    def file(self, file: Mapping[str, Any]) -> str:
        """What a file is and how large, such as "PDF, 184 kB"."""
        kind = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}[file["media_type"]]
        return f"{kind}, {max(1, round(file['size'] / 1000))} kB"

    def people(self, count: int | None) -> str:
        """A number of people, never under ten."""
        _ = self.catalogue.gettext
        return _("fewer than ten") if count is None else str(count)

    def names(self, codes: list[str]) -> str:
        """Languages by the names they give themselves, in a row that keeps its order from right to left too."""
        comma = f", {_RIGHT_TO_LEFT}" if direction(self.language) == "rtl" else ", "
        return comma.join(LANGUAGES[code].name if code in LANGUAGES else code for code in codes)

    def heard(self, members: int | None, visits: int | None, languages: int) -> str:
        """Who took part, in one line."""
        _ = self.catalogue.gettext
        parts = []
        if members is not None:
            parts.append(_("%(num)s members") % {"num": members})
        if visits is not None:
            parts.append(_("%(num)s visits to gatherings") % {"num": visits})
        if languages:
            parts.append(
                self.catalogue.ngettext("%(num)s language", "%(num)s languages", languages) % {"num": languages}
            )
        return ", ".join(parts)

    def labels(self) -> dict[str, str]:
        """The fixed words of the template, by their names in it."""
        _ = self.catalogue.gettext
        return {
            "advice": _("Advice"),
            "brand": _("Advice library"),
            "small": _("newcomer panels to their municipality"),
            "asked": _("Asked advice"),
            "unasked": _("Unasked advice"),
            "from": _("From"),
            "to": _("To"),
            "sent": _("Sent"),
            "due": _("Answer due"),
            "legal": _("Legal basis"),
            "promise": _("A reasoned answer is a promise, not a legal duty."),
            "level": _("Level"),
            "question": _("The open question"),
            "adopted": _("Adopted by the panel, with quorum"),
            "draft": _("Draft"),
            "not_adopted": _("Not yet"),
            "contents": _("In this advice"),
            "version": _("Version"),
            "short": _("In short"),
            "by_person": _("Translated by a person"),
            "why_now": _("Why now"),
            "well": _("What goes well"),
            "heard": _("What we heard"),
            "released": _("A member of the panel. Released by its maker."),
            "how_many": _("How many said this?"),
            "why_quarters": _("We show quarters, so that nobody can be counted out."),
            "vote_source": _("Source: votes of the panel. Ten people or more voted. It is no target and no ranking."),
            "elsewhere": _("Known elsewhere"),
            "source": _("Source"),
            "of": _("Date"),
            "checked": _("Checked"),
            "definition": _("What was counted"),
            "missing": _("Why there is none"),
            "no_evidence": _("no evidence given"),
            "numbers": _("The numbers lead to what a sentence rests on."),
            "reports": _("Reports of the panel"),
            "held_on": _("Held on"),
            "people": _("People"),
            "file": _("File"),
            "at": _("Public at"),
            "vision": _("Our place, as we want it"),
            "serves": _("Fits our picture of the place"),
            "moment": _("Moment of decision"),
            "change": _("How change works"),
            "recommendations": _("Recommendations"),
            "who": _("Who"),
            "by_when": _("By when"),
            "cost": _("Cost class"),
            "of_four": _("of 4"),
            "notice": _("You will notice"),
            "small_initiative": _("Small initiative"),
            "none_because": _("No small initiative, because"),
            "do": _("We do"),
            "then": _("Then"),
            "so": _("So"),
            "we_think": _("We think"),
            "risk": _("Risk"),
            "rests_on": _("Rests on"),
            "other": _("Other views"),
            "ourselves": _("What we do ourselves"),
            "worked": _("How we worked"),
            "period": _("When"),
            "took_part": _("Took part"),
            "languages": _("Languages"),
            "channels": _("How people took part"),
            "payment": _("Paid or thanked"),
            "missing_people": _("Who was missing"),
            "ties": _("Ties of the moderators"),
            "gatherings": _("Gatherings"),
            "asks": _("What we ask"),
            "asks_answer": _("Answer each recommendation, with reasons, by this day:"),
            "annexes": _("Annexes"),
            "ideas": _("Ideas behind the recommendations"),
            "idea": _("Idea"),
            "for_number": _("Recommendation"),
            "indicators": _("Indicators"),
            "code": _("Code"),
            "title": _("What it is about"),
            "framework": _("Version of the themes"),
            "digests": _("Releases this advice cites"),
            "page": _("page"),
            "read": _("Read the whole advice"),
            "use": _("Figures here show what a place offers. They are no target, no ranking and no test of a person."),
        }  # fmt: skip


@cache
def words_in(language: str) -> Words:
    """The words in `language`, or in English when our catalogue of it is not complete."""
    spoken = language if language in COMPLETE else "en"
    locale = LANGUAGES[spoken].locale or spoken
    return Words(spoken, Translations.load(TRANSLATIONS, [locale]))
