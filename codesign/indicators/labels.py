"""Words for the framework on screens: short names of the themes, what each is about, and what an indicator rests on."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask_babel.speaklater import LazyString

from codesign.indicators.domain import Basis, Domain, Indicator, Kind, domain, words_lang
from codesign.web.i18n import _l

_NAMES: dict[str, LazyString] = {
    "WRK": _l("Work"),
    "HSG": _l("Home"),
    "EDU": _l("Learning"),
    "HLT": _l("Health"),
    "LEI": _l("Free time"),
    "BON": _l("My people"),
    "BRI": _l("Neighbours"),
    "LIN": _l("Town hall"),
    "LNG": _l("Language"),
    "CUL": _l("Culture"),
    "DIG": _l("Online"),
    "SAF": _l("Safety"),
    "STA": _l("Settled"),
    "RGT": _l("Rights"),
}
_HINTS: dict[str, LazyString] = {
    "WRK": _l("A job that fits me, and the way to it"),
    "HSG": _l("A good and safe place to live"),
    "EDU": _l("School, courses and diplomas"),
    "HLT": _l("Feeling well, and care when I need it"),
    "LEI": _l("Sport, music, a garden, rest"),
    "BON": _l("Family, friends, people who share my story"),
    "BRI": _l("Meet people who are not like me"),
    "LIN": _l("The municipality, the school and other services"),
    "LNG": _l("Learn, practise, be understood"),
    "CUL": _l("How things go here, and my own way of living"),
    "DIG": _l("Phone, internet and DigiD"),
    "SAF": _l("Safe at home, in the street and online"),
    "STA": _l("Calm, money and plans for later"),
    "RGT": _l("What I may do, what I must do, equal treatment"),
}
_DESCRIPTIONS: dict[str, LazyString] = {
    "WRK": _l("Having a job, or being on the way to one. The job fits what you can do and what you want."),
    "HSG": _l("A place to live that is safe, good and affordable, in a street where you want to live."),
    "EDU": _l("Learning at school, at work or on a course. And being able to use the diplomas you already have."),
    "HLT": _l("Feeling well in body and mind, and getting care when you need it."),
    "LEI": _l("Time for sport, hobbies, rest and fun, alone or with others."),
    "BON": _l("People who are close to you: family, friends, and people who share your language, faith or story."),
    "BRI": _l("Contact with people who have another background: as neighbours, friends and colleagues."),
    "LIN": _l("Contact with the municipality, school and other services. And having a say in what they do."),
    "LNG": _l("Understanding others and being understood, in Dutch and in your own language."),
    "CUL": _l("Knowing how things work here, and room to keep your own habits and faith."),
    "DIG": _l("Having internet and a phone or computer, and being able to use them safely."),
    "SAF": _l("Feeling safe at home, in the street and online. And getting help when something happens."),
    "STA": _l("A life with some calm and certainty, so that you can make plans."),
    "RGT": _l("Knowing what you may do and what you must do, and being treated equally."),
}
_GROUPS: dict[str, LazyString] = {
    "markers": _l("Taking part"),
    "connections": _l("People around you"),
    "facilitators": _l("What helps you"),
    "foundation": _l("The basis"),
}
_KINDS: dict[Kind, LazyString] = {
    Kind.OUTCOME: _l("Can be counted. We use it only together with an experience question."),
    Kind.EXPERIENCE: _l("Only people themselves can tell."),
}
_KIND_NAMES: dict[Kind, LazyString] = {Kind.OUTCOME: _l("To count"), Kind.EXPERIENCE: _l("To ask")}
_BASIS: dict[Basis, LazyString] = {
    Basis.WALES_2023: _l("We read this theme in the Welsh framework of 2023, or in a page about it."),
    Basis.FRAMEWORK_RECALLED: _l("We think it is in the Home Office framework of 2019. We did not check this yet."),
    Basis.OURS: _l("It is new. We wrote it for this platform."),
}


def domain_name(code: str) -> str:
    """The short screen word of a domain in the reader's language; raises `UnknownCode` for a code nobody has."""
    found = _NAMES.get(code)
    return str(found) if found is not None else domain(code).name()


def domain_hint(code: str) -> str:
    """At most ten words that say what the theme is about, for choosing one."""
    found = _HINTS.get(code)
    return str(found) if found is not None else domain(code).description()


def domain_description(code: str) -> str:
    """One or two plain sentences in the reader's language."""
    found = _DESCRIPTIONS.get(code)
    return str(found) if found is not None else domain(code).description()


def group_name(slug: str) -> str:
    """The name of a group of domains."""
    return str(_GROUPS[slug])


def kind_name(kind: Kind) -> str:
    """Two words for the kind of an indicator."""
    return str(_KIND_NAMES[kind])


def kind_words(kind: Kind) -> str:
    """What the kind of an indicator means, in a sentence."""
    return str(_KINDS[kind])


def basis_words(item: Indicator) -> list[str]:
    """What an indicator rests on, one sentence per basis; never more than its data says."""
    return [str(_BASIS[basis]) for basis in item.basis]


@dataclass(frozen=True)
class Theme:
    """A domain as templates show it: `code`, `slug`, `icon`, `tint`, and its words in the reader's language."""

    domain: Domain

    @property
    def code(self) -> str:
        return self.domain.code

    @property
    def slug(self) -> str:
        return self.domain.slug

    @property
    def icon(self) -> str:
        return self.domain.icon

    @property
    def tint(self) -> str:
        return self.domain.tint

    @property
    def hint(self) -> str:
        return domain_hint(self.code)

    @property
    def description(self) -> str:
        return domain_description(self.code)

    def name(self, lang: str | None = None) -> str:
        """The short screen word, always in the language of the page."""
        return domain_name(self.code)


def theme(code: str, version: str | None = None) -> Theme:
    """The domain with this code, for templates; raises `UnknownCode`."""
    return Theme(domain(code, version))


def init_themes(app: flask.Flask) -> None:
    """Let every template of this door say `domain("WRK")`, and show an indicator's words."""
    app.jinja_env.globals.update(
        domain=theme,
        kind_name=kind_name,
        kind_words=kind_words,
        basis_words=basis_words,
        group_name=group_name,
        words_lang=words_lang,
    )
