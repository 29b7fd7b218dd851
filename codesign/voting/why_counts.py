"""Why it ended so, in words, for the methods that add up: approval, answers, consent, score and dots."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.voting.labels import of_people
from codesign.voting.why_words import Sentence, Values, Words
from codesign.web.i18n import _, ngettext


def _together(*sentences: str) -> str:
    return " ".join(s for s in sentences if s)


def _voters(v: Values) -> str:
    return ngettext("%(num)s person voted.", "%(num)s people voted.", v["of"])


def _approval_voters(v: Values, w: Words) -> str:
    blank = v["blank"]
    return _together(
        _voters(v),
        ngettext("%(num)s of them chose none of these.", "%(num)s of them chose none of these.", blank)
        if blank
        else "",
    )


def _approval_counted(v: Values, w: Words) -> str:
    return _("%(name)s: %(count)s.", name=w.one(v["option"]), count=of_people(v["on"], v["of"]))


def _approval_won(v: Values, w: Words) -> str:
    first = _("%(name)s was chosen most often.", name=w.one(v["option"]))
    if not v["next"]:
        return first
    return _together(first, _("After it: %(names)s, with %(on)d.", names=w.some(v["next"]), on=v["next_on"]))


def _approval_tied(v: Values, w: Words) -> str:
    return _together(
        _("%(names)s have the same number: %(on)d.", names=w.some(v["options"]), on=v["on"]), _nobody_decides()
    )


def _nobody_decides() -> str:
    return _("Nobody decides between them.")


def _side_by_side(v: Values, w: Words, number: int) -> str:
    return _("%(names)s stand side by side, each with %(number)d.", names=w.some(v["options"]), number=number)


def _yes_no_counted(v: Values, w: Words) -> str:
    yes = ngettext("%(num)s person says yes.", "%(num)s people say yes.", v["yes"])
    no = ngettext("%(num)s person says no.", "%(num)s people say no.", v["no"])
    return _together(yes, no)


def _yes_no_abstained(v: Values, w: Words) -> str:
    return _together(
        ngettext("%(num)s person leaves it to the others.", "%(num)s people leave it to the others.", v["on"]),
        _("They count for neither side."),
    )


def _yes_no_needed(v: Values, w: Words) -> str:
    if v["rule"] == "more_than_half":
        return _("More than half of %(of)d must say yes: %(needed)d or more.", of=v["of"], needed=v["needed"])
    return _("Before the vote this was set: %(needed)d or more of %(of)d must say yes.", of=v["of"], needed=v["needed"])


def _yes_no_reached(v: Values, w: Words) -> str:
    return _("%(on)d said yes. That is enough.", on=v["on"])


def _yes_no_missed(v: Values, w: Words) -> str:
    return _("%(on)d said yes. That is too few.", on=v["on"])


def _yes_no_tie(v: Values, w: Words) -> str:
    return _("%(on)d say yes and %(on)d say no. That is not more than half.", on=v["on"])


def _yes_no_nobody(v: Values, w: Words) -> str:
    return _("Nobody said yes or no. So nothing is decided.")


def _consent_counted(v: Values, w: Words) -> str:
    agree = ngettext("%(num)s person agrees.", "%(num)s people agree.", v["agree"])
    objections = (
        ngettext("%(num)s person objects.", "%(num)s people object.", v["objections"])
        if v["objections"]
        else _("Nobody objects.")
    )
    return _together(agree, objections)


def _consent_aside(v: Values, w: Words) -> str:
    return _together(
        ngettext("%(num)s person says: I do not stop it.", "%(num)s people say: I do not stop it.", v["on"]),
        _("That does not carry the idea, but lets it pass."),
    )


def _consent_adopted(v: Values, w: Words) -> str:
    return _("An idea is adopted when nobody objects and somebody agrees. So it is adopted.")


def _consent_objected(v: Values, w: Words) -> str:
    return _together(
        _("One objection is enough to hold an idea back."),
        _("Read the objections. Perhaps the idea can become better."),
    )


def _consent_nobody(v: Values, w: Words) -> str:
    return _("Everybody stands aside. An idea needs at least one person who agrees.")


def _score_voters(v: Values, w: Words) -> str:
    return _together(_voters(v), _("Each could give 0 to %(top)d points to a choice.", top=v["top"]))


def _score_counted(v: Values, w: Words) -> str:
    points = ngettext("%(num)s point", "%(num)s points", v["points"])
    given = _("%(count)s gave it a mark.", count=of_people(v["given"], v["of"]))
    return _together(_("%(name)s: %(points)s together.", name=w.one(v["option"]), points=points), given)


def _score_won(v: Values, w: Words) -> str:
    first = _("%(name)s has the most points: %(points)d.", name=w.one(v["option"]), points=v["points"])
    if not v["next"]:
        return first
    return _together(first, _("After it: %(names)s, with %(on)d.", names=w.some(v["next"]), on=v["next_points"]))


def _score_tied(v: Values, w: Words) -> str:
    return _together(
        _("%(names)s have the same number of points: %(on)d.", names=w.some(v["options"]), on=v["points"]),
        _nobody_decides(),
    )


def _dots_voters(v: Values, w: Words) -> str:
    each = ngettext("Each had %(num)s dot.", "Each had %(num)s dots.", v["each"])
    kept = ngettext("%(num)s dot was not given.", "%(num)s dots were not given.", v["kept"]) if v["kept"] else ""
    return _together(_voters(v), each, kept)


def _dots_counted(v: Values, w: Words) -> str:
    dots = ngettext("%(num)s dot", "%(num)s dots", v["dots"])
    count = of_people(v["on"], v["of"])
    return _("%(name)s: %(dots)s, from %(count)s.", name=w.one(v["option"]), dots=dots, count=count)


def _dots_won(v: Values, w: Words) -> str:
    first = _("%(name)s has the most dots.", name=w.one(v["option"]))
    if not v["next"]:
        return first
    return _together(first, _("After it: %(names)s, with %(on)d.", names=w.some(v["next"]), on=v["next_dots"]))


def _dots_tied(v: Values, w: Words) -> str:
    return _together(
        _("%(names)s have the same number of dots: %(on)d.", names=w.some(v["options"]), on=v["dots"]),
        _nobody_decides(),
    )


SENTENCES: Mapping[str, Sentence] = {
    "approval_voters": _approval_voters,
    "approval_counted": _approval_counted,
    "approval_won": _approval_won,
    "approval_tied": _approval_tied,
    "approval_nobody": lambda v, w: _("Nobody chose one of these."),
    "approval_equal": lambda v, w: _side_by_side(v, w, v["on"]),
    "yes_no_counted": _yes_no_counted,
    "yes_no_abstained": _yes_no_abstained,
    "yes_no_needed": _yes_no_needed,
    "yes_no_reached": _yes_no_reached,
    "yes_no_missed": _yes_no_missed,
    "yes_no_tie": _yes_no_tie,
    "yes_no_nobody": _yes_no_nobody,
    "consent_counted": _consent_counted,
    "consent_aside": _consent_aside,
    "consent_adopted": _consent_adopted,
    "consent_objected": _consent_objected,
    "consent_nobody": _consent_nobody,
    "score_voters": _score_voters,
    "score_counted": _score_counted,
    "score_won": _score_won,
    "score_tied": _score_tied,
    "score_nobody": lambda v, w: _("Nobody gave more than 0 points."),
    "score_equal": lambda v, w: _side_by_side(v, w, v["points"]),
    "dots_voters": _dots_voters,
    "dots_counted": _dots_counted,
    "dots_won": _dots_won,
    "dots_tied": _dots_tied,
    "dots_nobody": lambda v, w: _("Nobody gave dots."),
    "dots_equal": lambda v, w: _side_by_side(v, w, v["dots"]),
}
