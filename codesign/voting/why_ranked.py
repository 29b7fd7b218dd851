"""Why it ended so, in words, for ranked votes: duels, circles and chains, and the rounds of the second reading."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.voting.why_words import Sentence, Values, Words
from codesign.web.i18n import _, ngettext


def _ballots(v: Values, w: Words) -> str:
    people = ngettext("%(num)s person put choices in order.", "%(num)s people put choices in order.", v["voters"])
    how = _("We set each two choices against each other.")
    return f"{people} {how}"


def _equal(v: Values) -> str:
    if not v["equal"]:
        return ""
    return " " + ngettext("%(num)s put neither first.", "%(num)s put neither first.", v["equal"])


def _duel(v: Values, w: Words) -> str:
    return (
        _(
            "%(winner)s wins against %(loser)s: %(for)d to %(against)d.",
            **{"winner": w.one(v["winner"]), "loser": w.one(v["loser"]), "for": v["for"], "against": v["against"]},
        )
        + _equal(v)
    )  # fmt: skip


def _even(v: Values, w: Words) -> str:
    first, second = v["options"]
    even = _("%(one)s and %(other)s: %(number)d to %(number)d. Neither wins.",
             one=w.one(first), other=w.one(second), number=v["for"])  # fmt: skip
    return even + _equal(v)


def _condorcet(v: Values, w: Words) -> str:
    return _("%(name)s wins against each other choice. So it comes first.", name=w.one(v["winner"]))


def _circle(v: Values, w: Words) -> str:
    return _("No choice wins against all others. These stand in a circle: %(names)s.", names=w.some(v["options"]))


def _link(link: Values, w: Words) -> str:
    return _(
        "%(winner)s wins against %(loser)s, %(for)d to %(against)d",
        **{"winner": w.one(link["winner"]), "loser": w.one(link["loser"]), "for": link["for"],
           "against": link["against"]},
    )  # fmt: skip


def _cycle(v: Values, w: Words) -> str:
    weakest = v["weakest"]
    round_ = _("Once round: %(links)s.", links=_("; ").join(_link(link, w) for link in v["links"]))
    weak = _(
        "The weakest of these is %(winner)s against %(loser)s, with %(number)d.",
        winner=w.one(weakest["winner"]), loser=w.one(weakest["loser"]), number=weakest["for"],
    )  # fmt: skip
    return f"{round_} {weak}"


def _path(v: Values, w: Words) -> str:
    there = _(
        "A chain of wins leads from %(one)s to %(other)s. Its weakest win has %(number)d.",
        one=w.one(v["winner"]), other=w.one(v["other"]), number=v["strength"],
    )  # fmt: skip
    back = (
        _("The chain back has a weaker one: %(number)d.", number=v["back"]) if v["back"] else _("No chain leads back.")
    )
    higher = _("So %(one)s stands higher.", one=w.one(v["winner"]))
    return f"{there} {back} {higher}"


def _tie(v: Values, w: Words) -> str:
    return _("%(names)s come first together. No chain puts one higher.", names=w.some(v["options"]))


def _order(v: Values, w: Words) -> str:
    places = [
        _("%(place)d. %(names)s", place=place, names=w.some(group)) for place, group in enumerate(v["order"], start=1)
    ]
    return _("The order: %(places)s.", places=_("; ").join(places))


def _round(v: Values, w: Words) -> str:
    votes = sorted(v["votes"].items(), key=lambda item: -item[1])
    counts = _(", ").join(_("%(name)s %(on)d", name=w.one(key), on=on) for key, on in votes)
    told = _("Round %(number)d. How many put it highest: %(counts)s.", number=v["round"], counts=counts)
    if not v["spent"]:
        return told
    spent = ngettext("%(num)s vote names none of these.", "%(num)s votes name none of these.", v["spent"])
    return f"{told} {spent}"


def _majority(v: Values, w: Words) -> str:
    return _("%(name)s has %(votes)d of %(of)d. That is more than half.",
             name=w.one(v["winner"]), votes=v["votes"], of=v["of"])  # fmt: skip


def _out(v: Values, w: Words) -> str:
    if len(v["options"]) > 1:
        return _("%(names)s have the fewest, %(votes)d each. They drop out.",
                 names=w.some(v["options"]), votes=v["votes"])  # fmt: skip
    return _("%(name)s has the fewest, %(votes)d. It drops out.", name=w.some(v["options"]), votes=v["votes"])


def _moved(v: Values, w: Words) -> str:
    moves = [_("%(on)d to %(name)s", on=move["voters"], name=w.one(move["option"])) for move in v["moved"]]
    told = _("Its votes go to the next choice: %(moves)s.", moves=_(", ").join(moves)) if moves else ""
    spent = ngettext("%(num)s vote names no other.", "%(num)s votes name no other.", v["spent"]) if v["spent"] else ""
    return " ".join(s for s in (told, spent) if s) or _("No vote moves.")


def _runoff_tie(v: Values, w: Words) -> str:
    if len(v["options"]) == 1:
        return _("%(name)s is left.", name=w.some(v["options"]))
    return _("%(names)s have %(votes)d each. They end together.", names=w.some(v["options"]), votes=v["votes"])


SENTENCES: Mapping[str, Sentence] = {
    "schulze_ballots": _ballots,
    "schulze_duel": _duel,
    "schulze_even": _even,
    "schulze_condorcet": _condorcet,
    "schulze_circle": _circle,
    "schulze_cycle": _cycle,
    "schulze_path": _path,
    "schulze_tie": _tie,
    "schulze_order": _order,
    "runoff_round": _round,
    "runoff_majority": _majority,
    "runoff_out": _out,
    "runoff_moved": _moved,
    "runoff_tie": _runoff_tie,
}
