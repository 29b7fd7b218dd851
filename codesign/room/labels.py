"""The words of voting in the room: what is wrong, and how a sheet of paper is filled in."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from codesign.room.domain import Fault
from codesign.voting.domain import Method, Opening
from codesign.web.i18n import _, _l, ngettext

_FAULTS: dict[Fault, LazyString] = {
    Fault.NO_CODE: _l("This is not a code of this vote. Look at the numbers on the sheet again."),
    Fault.TWICE: _l("You entered a sheet with this code before. Look at the numbers again, or correct that one below."),
    Fault.HAS_VOTED: _l("A vote with this code is in already. This sheet does not count."),
    Fault.TOO_MANY: _l("There are more votes from the room than people who vote there. Look for a sheet too many."),
    Fault.SPOILED_AND_MARKED: _l("Something is filled in, and the box for an empty sheet is ticked. Choose one."),
    Fault.NOT_THERE: _l("Neither of you entered this sheet any more."),
    Fault.BOTH_SEATS_TAKEN: _l("Two people enter the sheets already. A moderator can let one of them start over."),
    Fault.NOT_YOUR_SEAT: _l("You do not enter these sheets. Begin first."),
    Fault.NOT_DONE: _l("Two people must enter all sheets first, and say that these are all."),
    Fault.DIFFERENT: _l("The two did not read all sheets alike. Settle that first."),
    Fault.VOTED_BEFORE: _l("You voted on your phone. That vote counts. You cannot vote in the room as well."),
    Fault.ROOM_IS_FULL: _l("Everybody who votes in the room has voted. Call the moderator."),
    Fault.OLD_FORM: _l("This page is from before. It was not counted. Give the tablet to the moderator."),
    Fault.NOBODY: _l("Nobody votes in the room yet."),
}
_ON_PAPER: dict[Method, LazyString] = {
    Method.YES_NO: _l("Put a cross in one box."),
    Method.CONSENT: _l("Put a cross in one box."),
    Method.SCORE: _l("Put one cross in each row: your mark. Leave a row empty if you have no opinion."),
    Method.RANKED: _l("Write 1 beside the best, 2 beside the next. No number twice. You can leave boxes empty."),
    Method.BUDGET: _l("Put a cross beside what we should pay."),
}


def fault_words(fault: Fault) -> str:
    """What is wrong, and what to do."""
    return str(_FAULTS[fault])


def is_drawn(opening: Opening) -> bool:
    """Whether marks and dots are drawn on the sheet, to cross or fill; where there are many, a number is written."""
    most = {Method.SCORE: 7, Method.DOTS: 10}.get(opening.method)
    return most is not None and opening.terms.points <= most


def on_paper(opening: Opening) -> str:
    """How to fill in the sheet, in one or two lines."""
    if opening.method is Method.SCORE and not is_drawn(opening):
        words = _("Write a mark beside each, from 0 to %(top)d. Leave a box empty if you have no opinion.",
                  top=opening.terms.points)  # fmt: skip
        return words
    if opening.method in _ON_PAPER:
        return str(_ON_PAPER[opening.method])
    if opening.method is Method.DOTS and not is_drawn(opening):
        return _("You have %(num)s dots. Write how many you give to each.", num=opening.terms.points)
    if opening.method is Method.DOTS:
        return ngettext(
            "You have %(num)s dot. Fill one circle.",
            "You have %(num)s dots. Fill that many circles, where you want.",
            opening.terms.points,
        )
    if opening.max_choices == 1:
        return _("Put a cross in one box.")
    if opening.max_choices >= len(opening.options):
        return _("Put a cross beside everything you agree with.")
    return ngettext("Put a cross in %(num)s box at most.", "Put a cross in %(num)s boxes at most.", opening.max_choices)


def words_on_paper(opening: Opening) -> str:
    """What the line for words asks; empty where the sheet has none."""
    if opening.kind.value == "adoption":
        return _("What must change? Only if you send it back.")
    if opening.method is Method.CONSENT:
        return _("Your objection or doubt. Needed if you object.")
    if opening.method is Method.YES_NO:
        return _("Why? You can leave this empty.")
    return ""
