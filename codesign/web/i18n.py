"""Languages of the interface: which there are, which one this request speaks, and the words in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask
from babel import Locale
from flask_babel import Babel, get_locale, get_translations
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as _lazy
from flask_babel import ngettext as _ngettext
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

TRANSLATIONS = Path(__file__).parent.parent / "translations"
COOKIE = "language"


@dataclass(frozen=True)
class Language:
    """A language as people see it: its code for html, its own name, its direction, Babel's locale."""

    code: str
    name: str
    rtl: bool = False
    locale: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("nl", "Nederlands"),
        Language("en", "English"),
        Language("ar", "العربية", rtl=True),
        Language("ti", "ትግርኛ"),
        Language("tr", "Türkçe"),
        Language("fa", "فارسی", rtl=True),
        Language("fa-AF", "دری", rtl=True, locale="fa_AF"),
        Language("uk", "Українська"),
        Language("so", "Soomaali"),
    )
}
# Interfaces whose catalogue is complete; only these are offered. People write in any of LANGUAGES.
COMPLETE = ("nl", "en", "ar")

babel = Babel()


def _(message: str, **values: Any) -> str:
    """The message in the reader's language."""
    return str(_gettext(message, **values))


def _l(message: str, **values: Any) -> LazyString:
    """The message in the reader's language, looked up when it is shown."""
    return _lazy(message, **values)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The message in the reader's language and in the right plural; `%(num)s` is the number."""
    return str(_ngettext(one, many, num, **values))


@lru_cache(maxsize=8192)
def _sentence(_locale: Locale | None, message: str) -> Markup:
    """The message as it stands in a page: looked up once for each language."""
    return Markup(get_translations().ugettext(message)) % {}


@pass_eval_context
def _in_template(context: EvalContext, message: str, /, **values: Any) -> str:
    """`_()` of the templates: what Jinja's own does, without five calls for every sentence that has no values."""
    if not context.autoescape:
        return str(get_translations().ugettext(message)) % values
    if not values:
        return _sentence(get_locale(), message)
    return Markup(get_translations().ugettext(message)) % values


@lru_cache(maxsize=8192)
def _counted(_locale: Locale | None, one: str, many: str, num: int) -> Markup:
    """A count in words as it stands in a page."""
    return Markup(get_translations().ungettext(one, many, num)) % {"num": num}


@pass_eval_context
def _count_in_template(context: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
    """`ngettext()` of the templates, in the same way."""
    if context.autoescape and not values:
        return _counted(get_locale(), one, many, num)
    words = get_translations().ungettext(one, many, num)
    return (Markup(words) if context.autoescape else str(words)) % ({"num": num} | values)


def languages() -> list[Language]:
    """The languages the interface is complete in."""
    return [LANGUAGES[code] for code in COMPLETE]


def lang_name(code: str) -> str:
    """The language's own name; the code itself when we do not know it."""
    return LANGUAGES[code].name if code in LANGUAGES else code


def direction(code: str) -> str:
    """`"rtl"` or `"ltr"`."""
    return LANGUAGES[code].direction if code in LANGUAGES else "ltr"


def current_lang() -> str:
    """The html code of the language this page is in."""
    locale = get_locale()
    return str(locale.language) if locale is not None else "nl"


def reading_order(own: str | None) -> list[str]:
    """The languages somebody reads: that of the buttons, which they chose; before it their own, when the buttons do
    not speak it."""
    chosen = current_lang()
    order = [chosen] if own is None else [chosen, own] if own in COMPLETE else [own, chosen]
    return list(dict.fromkeys(order))


def format_day(day: date | None) -> str:
    """A day in words, as people say it: `Thursday 9 July`; the year only when it is another year."""
    if day is None:
        return ""
    from codesign.web.clock import today

    return _day_words(day, "EEEE d MMMM" if day.year == today().year else "d MMMM y", get_locale())


@lru_cache(maxsize=2048)
def _day_words(day: date, pattern: str, locale: Locale | None) -> str:
    from babel.dates import format_date

    words = format_date(day, pattern, locale=locale)
    # Western digits by default, in every script.
    return "".join(str(int(c)) if c.isdigit() else c for c in words)


@lru_cache(maxsize=16)
def _locale(code: str) -> Locale:
    """Babel's locale of a language: one object for all requests, so that comparing two costs nothing."""
    return Locale.parse(code)


def _choose() -> str:
    from codesign.web.access import who

    asked = flask.request.cookies.get(COOKIE, "")
    if asked in COMPLETE:
        return asked
    identity = who()
    if identity is not None and identity.language in COMPLETE:
        return identity.language
    return flask.request.accept_languages.best_match(COMPLETE) or flask.current_app.config["LANGUAGE"]


def init_i18n(app: flask.Flask) -> None:
    """Give the app its catalogues, its choice of language, and the template helpers."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    babel.init_app(app, locale_selector=lambda: _locale(_choose()))
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(
        _=_in_template,
        gettext=_in_template,
        ngettext=_count_in_template,
        current_lang=current_lang,
        current_dir=lambda: direction(current_lang()),
        languages=languages,
        lang_name=lang_name,
        lang_dir=direction,
    )
    app.jinja_env.filters["day"] = format_day

    bp = flask.Blueprint("language", __name__)

    from codesign.web.access import Access, access, safe_next

    @bp.post("/language")
    @access(Access.PUBLIC)
    def choose() -> Any:
        """Change the language and go back to the page one was on."""
        code = flask.request.form.get("code", "")
        reply = flask.redirect(safe_next(flask.request.form.get("next")), 303)
        if code in COMPLETE:
            reply.set_cookie(
                COOKIE, code, max_age=365 * 86400, httponly=True, samesite="Lax", secure=flask.request.is_secure
            )
        return reply

    app.register_blueprint(bp)
