"""Why it ended so, in words, for the methods that share out: the proportional shortlist and the budget."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.voting.labels import of_people
from codesign.voting.why_words import Sentence, Values, Words, portion
from codesign.web.i18n import _, ngettext


def _shortlist_voters(v: Values, w: Words) -> str:
    people = ngettext("%(num)s person voted.", "%(num)s people voted.", v["of"])
    seats = ngettext("The list has %(num)s place.", "The list has %(num)s places.", v["seats"])
    return f"{people} {seats}"


def _shortlist_tie(v: Values, w: Words) -> str:
    told = _(
        "Place %(seat)d: %(names)s stand equal, with %(points)s.",
        seat=v["seat"], names=w.some(v["options"]), points=portion(v["points"]),
    )  # fmt: skip
    rule = _("The one that stood first on the list of choices goes first.")
    without = _("No place is left for %(names)s.", names=w.some(v["without"])) if v["without"] else ""
    return " ".join(s for s in (told, rule, without) if s)


def _share(had: int, voters: int, part: str) -> str:
    if had == 0:
        return ngettext("%(num)s has none on the list yet and counts fully.",
                        "%(num)s have none on the list yet and count fully.", voters)  # fmt: skip
    one = ngettext("%(num)s has %(had)d on it and counts for %(part)s.",
                   "%(num)s have %(had)d on it and count for %(part)s each.",
                   voters, had=had, part=portion(part))  # fmt: skip
    return str(one)


def _shortlist_seat(v: Values, w: Words) -> str:
    place = _(
        "Place %(seat)d goes to %(name)s, with %(points)s.",
        seat=v["seat"], name=w.one(v["option"]), points=portion(v["points"]),
    )  # fmt: skip
    chosen = _("%(count)s chose it.", count=of_people(v["on"], v["of"]))
    later = v["seat"] > 1
    shares = " ".join(_share(had, voters, part) for had, voters, part in v["shares"]) if later else ""
    after = (
        _("After it: %(names)s, with %(points)s.", names=w.some(v["next"]), points=portion(v["next_points"]))
        if v["next"] and v["next_points"] != "0"
        else ""
    )
    return " ".join(s for s in (place, chosen, shares, after) if s)


def _shortlist_short(v: Values, w: Words) -> str:
    return ngettext(
        "%(num)s place stays empty. Nobody chose anything else.",
        "%(num)s places stay empty. Nobody chose anything else.",
        v["seats"] - v["filled"],
    )


def _shortlist_covered(v: Values, w: Words) -> str:
    return _("%(count)s see at least one of their own on the list.", count=of_people(v["on"], v["of"]))


def _start(v: Values, w: Words) -> str:
    each = _(
        "There is %(total)s for %(people)s. At first each has the same part: %(share)s.",
        total=w.money(v["total"]), people=_people(v["voters"]), share=w.money(v["share"]),
    )  # fmt: skip
    together = _("Who wants a plan pays for it together, out of these parts.")
    first = _("Paid first is what asks least of each, set against its cost.")
    return f"{each} {together} {first}"


def _people(count: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", count)


def _raised(v: Values, w: Words) -> str:
    if not v["units"]:
        return _("More than that for each would cost more than there is.") if v["why"] == "too_dear" else _(
            "With these parts all the money finds its use.")  # fmt: skip
    more = _("So that little money stays unused, each part was made larger: %(share)s.", share=w.money(v["share"]))
    stop = (
        _("A still larger part would cost more than there is.")
        if v["why"] == "too_dear"
        else _("After that nothing more fits.")
    )
    return f"{more} {stop}"


def _tied(v: Values, w: Words) -> list[str]:
    """What stood equal with an item that was bought, and what decided; nothing where nothing did."""
    if not v["tied"]:
        return []
    by = {
        "approvals": _("More people want this one, so it goes first."),
        "cost": _("This one costs less, so it goes first."),
        "place": _("This one stood first on the list, so it goes first."),
    }[v["by"]]
    return [_("%(names)s stood equal with it.", names=w.some(v["tied"])), by]


def _free(v: Values, w: Words) -> str:
    return _("%(name)s costs nothing, and somebody wants it.", name=w.one(v["item"]))


def _bought(v: Values, w: Words) -> str:
    told = [_("%(name)s is paid: %(cost)s.", name=w.one(v["item"]), cost=w.money(v["cost"]))]
    if v["payers"]:
        told.append(
            ngettext(
                "%(num)s person pays %(each)s.",
                "%(num)s people pay %(each)s each.",
                v["payers"],
                each=w.money(v["each"]),
            )
        )
    if v["rest_payers"]:
        told.append(
            ngettext(
                "%(num)s person pays the last of their part: %(rest)s.",
                "%(num)s people pay the last of their parts, together %(rest)s.",
                v["rest_payers"],
                rest=w.money(v["rest_paid"]),
            )
        )
    if v["empty"]:
        told.append(ngettext("%(num)s wants it too, but has nothing left.",
                             "%(num)s want it too, but have nothing left.", v["empty"]))  # fmt: skip
    return " ".join([*told, *_tied(v, w)])


def _out(v: Values, w: Words) -> str:
    return _(
        "%(name)s costs %(cost)s. Who wants it has %(behind)s left together. That is too little.",
        name=w.one(v["item"]), cost=w.money(v["cost"]), behind=w.money(v["behind"]),
    )  # fmt: skip


def _filled(v: Values, w: Words) -> str:
    told = _(
        "%(name)s fits into what was left: %(cost)s. Of what fits, most people want it: %(people)s.",
        name=w.one(v["item"]), cost=w.money(v["cost"]), people=_people(v["approvals"]),
    )  # fmt: skip
    return " ".join([told, *_tied(v, w)])


def _left(v: Values, w: Words) -> str:
    told = _left_over(v, w)
    if not v["fits"]:
        return told
    unpaid = _("This would fit, but is not paid: %(names)s.", names=w.some(v["fits"]))
    return f"{told} {unpaid}"


def _beside(v: Values, w: Words) -> str:
    if not v["only_here"] and not v["only_there"]:
        return _("Buying only by most votes would pay the same.")
    there = (
        _("Buying only by most votes would pay: %(names)s.", names=w.some(v["items"]))
        if v["items"]
        else _("Buying only by most votes would pay nothing.")
    )
    why = _("Then a small group could end with nothing.")
    return f"{there} {why}"


def _left_over(v: Values, w: Words) -> str:
    return _("%(money)s is left.", money=w.money(v["left"]))


def _greedy_bought(v: Values, w: Words) -> str:
    told = _(
        "%(name)s: %(people)s, %(cost)s. %(left)s is left.",
        name=w.one(v["item"]), people=_people(v["approvals"]), cost=w.money(v["cost"]), left=w.money(v["left"]),
    )  # fmt: skip
    return " ".join([told, *_tied(v, w)])


def _greedy_skipped(v: Values, w: Words) -> str:
    return _(
        "%(name)s: %(people)s, %(cost)s. It does not fit into %(left)s.",
        name=w.one(v["item"]), people=_people(v["approvals"]), cost=w.money(v["cost"]), left=w.money(v["left"]),
    )  # fmt: skip


SENTENCES: Mapping[str, Sentence] = {
    "shortlist_voters": _shortlist_voters,
    "shortlist_tie": _shortlist_tie,
    "shortlist_seat": _shortlist_seat,
    "shortlist_short": _shortlist_short,
    "shortlist_covered": _shortlist_covered,
    "equal_shares_start": _start,
    "equal_shares_raised": _raised,
    "equal_shares_free": _free,
    "equal_shares_bought": _bought,
    "equal_shares_out": _out,
    "equal_shares_filled": _filled,
    "equal_shares_left": _left,
    "equal_shares_beside": _beside,
    "greedy_bought": _greedy_bought,
    "greedy_skipped": _greedy_skipped,
    "greedy_left": _left_over,
}
