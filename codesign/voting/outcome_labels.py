"""How a vote ended, as the plain sentence that comes first: people and numbers, never percentages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel.speaklater import LazyString

from codesign.voting import labels
from codesign.voting.domain import (
    ABSTAIN,
    AGREE,
    DECIDES,
    NO,
    OBJECT,
    SEND_BACK,
    STAND_ASIDE,
    YES,
    Kind,
    Method,
    Opening,
)
from codesign.voting.money import money
from codesign.voting.outcomes import Tally, decide
from codesign.web.i18n import _, _l, ngettext

# What a reason was given with, as a heading above it.
REASONS: Mapping[str, LazyString] = {
    YES: _l("Why some say yes"),
    NO: _l("Why some say no"),
    ABSTAIN: _l("Why some leave it to the others"),
    AGREE: _l("Why some agree"),
    STAND_ASIDE: _l("Why some say: I do not stop it"),
    OBJECT: _l("The objections, in their words"),
    SEND_BACK: _l("Why some send it back"),
}


def isolated(name: str) -> str:
    """A name kept in its own direction."""
    return f"\u2068{name}\u2069"


def listed(names: Sequence[str]) -> str:
    """Names as people say them: "A, B and C", each kept in its own direction."""
    kept = [isolated(name) for name in names]
    if len(kept) < 2:
        return "".join(kept)
    return _("%(names)s and %(last)s", names=_(", ").join(kept[:-1]), last=kept[-1])


def titles(opening: Opening, keys: Iterable[str]) -> list[str]:
    """The options with these keys, in words, in the order of the keys."""
    found = {o.key: labels.choice(o).title for o in opening.options}
    return [found[key] for key in keys]


def _names(opening: Opening, tally: Tally) -> str:
    return listed(titles(opening, tally.winners))


def outcome(opening: Opening, tally: Tally) -> str:
    """How it ended, in one to three plain sentences."""
    if not tally.voters:
        return _("Nobody voted.")
    if opening.kind in DECIDES:
        return decision_sentence(opening, tally)
    if opening.asks_fit:
        return _fit(opening, tally)
    return _OUTCOMES[opening.method](opening, tally)


def _approval(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("Nobody chose one of these.")
    count = labels.of_people(tally.counts[tally.winners[0]], tally.voters)
    if len(tally.winners) > 1:
        names = _names(opening, tally)
        return _("These have the most, and the same: %(names)s. Each: %(count)s.", names=names, count=count)
    return _("%(name)s has the most: %(count)s.", name=_names(opening, tally), count=count)


def _yes_no(opening: Opening, tally: Tally) -> str:
    yes, no, abstain = (tally.counts[key] for key in (YES, NO, ABSTAIN))
    if not yes + no:
        return _("Everybody leaves it to the others. Nothing is decided.")
    if abstain:
        said = _("Yes: %(yes)d, no: %(no)d, I leave it to the others: %(abstain)d.", yes=yes, no=no, abstain=abstain)
    else:
        said = ngettext("%(num)s of %(of)s people says yes.", "%(num)s of %(of)s people say yes.", yes, of=yes + no)
    ending = {
        "yes": _("The idea is adopted."),
        "no": _("The idea is not adopted."),
        "tie": _("As many say yes as no. The idea is not adopted."),
    }[tally.details["outcome"]]
    return f"{said} {ending}"


def _consent(opening: Opening, tally: Tally) -> str:
    if tally.counts[OBJECT]:
        said = ngettext("%(num)s person objects.", "%(num)s people object.", tally.counts[OBJECT])
        ending = _("The idea is not adopted like this.")
        return f"{said} {ending}"
    if not tally.counts[AGREE]:
        return _("Nobody objects, but nobody agrees. The idea is not adopted.")
    agree = ngettext(
        "%(num)s of %(of)s people agrees.", "%(num)s of %(of)s people agree.", tally.counts[AGREE], of=tally.voters
    )
    return " ".join((_("Nobody objects."), agree, _("The idea is adopted.")))


def _score(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("Nobody gave points.")
    points = tally.counts[tally.winners[0]]
    if len(tally.winners) > 1:
        names = _names(opening, tally)
        return _("These have the most points, and the same: %(names)s. Each: %(points)d.", names=names, points=points)
    return _("%(name)s has the most points: %(points)d.", name=_names(opening, tally), points=points)


def _fit(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("No measure fits what most of us need.")
    said = [
        _("%(name)s: %(count)s say that it fits.", name=isolated(title), count=labels.of_people(people, tally.voters))
        for title, people in zip(
            titles(opening, tally.winners), (tally.supporters[key] for key in tally.winners), strict=True
        )
    ]
    return " ".join(said)


def _dots(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("Nobody gave dots.")
    dots = tally.counts[tally.winners[0]]
    if len(tally.winners) > 1:
        names = _names(opening, tally)
        return _("These have the most dots, and the same: %(names)s. Each: %(dots)d.", names=names, dots=dots)
    count = labels.of_people(tally.supporters[tally.winners[0]], tally.voters)
    name = _names(opening, tally)
    return _("%(name)s has the most dots: %(dots)d, from %(count)s.", name=name, dots=dots, count=count)


def _ranked(opening: Opening, tally: Tally) -> str:
    found = tally.details["schulze"]
    if len(tally.winners) > 1:
        return _("These come first together: %(names)s.", names=_names(opening, tally))
    first = _("%(name)s comes first.", name=_names(opening, tally))
    if found["condorcet"]:
        how = _("It wins against each other choice, two by two.")
    else:
        how = _("No choice wins against all others, so we looked further.")
    return f"{first} {how}"


def _budget(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("With this money nothing is paid.")
    left = opening.terms.total - sum(o.cost for o in opening.options if o.key in tally.winners)
    paid = _("With this money: %(names)s.", names=_names(opening, tally))
    rest = _("%(money)s is left.", money=money(left, opening.terms.currency))
    return f"{paid} {rest}"


def _shortlist(opening: Opening, tally: Tally) -> str:
    if not tally.winners:
        return _("Nobody chose one of these.")
    on = _("On the list: %(names)s.", names=_names(opening, tally))
    covered = ngettext(
        "%(num)s of %(of)s people sees one of their own on it.",
        "%(num)s of %(of)s people see at least one of their own on it.",
        tally.details["covered"], of=tally.voters,
    )  # fmt: skip
    return f"{on} {covered}"


_OUTCOMES: Mapping[Method, Callable[[Opening, Tally], str]] = {
    Method.APPROVAL: _approval,
    Method.YES_NO: _yes_no,
    Method.CONSENT: _consent,
    Method.SCORE: _score,
    Method.DOTS: _dots,
    Method.RANKED: _ranked,
    Method.BUDGET: _budget,
    Method.SHORTLIST: _shortlist,
}


def decision_sentence(opening: Opening, tally: Tally) -> str:
    """How the panel decided on its advice: to adopt it, or to take it back."""
    decided = decide(opening, tally)
    if not decided.quorum_met:
        return _(
            "Too few people voted: %(count)s. At least %(needed)d were needed.",
            count=labels.of_people(tally.voters, tally.electorate), needed=decided.needed,
        )  # fmt: skip
    count = labels.of_people(decided.in_favour, tally.voters)
    if opening.kind is Kind.WITHDRAWAL:
        if decided.adopted:
            return _("The panel takes its advice back: %(count)s said yes.", count=count)
        return _("The advice stands: %(count)s wanted to take it back.", count=count)
    if decided.adopted:
        return _("The panel adopted its advice: %(count)s said yes.", count=count)
    return _("The panel sent its advice back: %(count)s said yes.", count=count)


def second_reading(opening: Opening, tally: Tally) -> str:
    """What instant run-off says of the same order, and in plain words why it can say something else."""
    other = list(tally.details["runoff"]["winners"])
    names = listed(titles(opening, other))
    if set(other) == set(tally.winners):
        return _("We counted in another way too: the last drops out, round by round. It ends the same: %(names)s.",
                 names=names)  # fmt: skip
    told = _("We counted in another way too: the last drops out, round by round. There %(names)s ends first.",
             names=names)  # fmt: skip
    because = _("That way looks at first places. So a good second choice can drop out early.")
    decides = _("The first way decides. That was set before the vote.")
    return f"{told} {because} {decides}"


def aloud(opening: Opening, tally: Tally) -> list[str]:
    """The result in two to five short sentences, to read aloud in the room."""
    voted = _("%(count)s voted.", count=labels.of_people(tally.voters, tally.electorate))
    sentences = [voted, outcome(opening, tally)]
    if tally.none:
        sentences.append(_("%(count)s chose none of these.", count=labels.of_people(tally.none, tally.voters)))
    if opening.method is Method.RANKED and tally.voters:
        same = set(tally.details["runoff"]["winners"]) == set(tally.winners)
        sentences.append(
            _("Another way of counting ends the same.") if same else _("Another way of counting ends otherwise.")
        )
    sentences.append(_("All votes stand on one list. Everybody can count again."))
    return sentences
