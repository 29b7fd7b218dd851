"""Words for the parts of an advice, for what is missing in it, and for what became of an idea."""

from __future__ import annotations

from datetime import date

from flask_babel.speaklater import LazyString

from codesign.advice.domain import Block, Missing
from codesign.advice.fates import Fate, Step
from codesign.advice.values import ActorKind, CitedKind, Content, Evidence, Recommendation, Section, Words
from codesign.rules.words import WordState
from codesign.web.i18n import _, _l, format_day, lang_name, ngettext

SECTIONS: dict[Section, LazyString] = {
    Section.COVER: _l("Cover"),
    Section.IN_SHORT: _l("In short"),
    Section.WHY_NOW: _l("Why now"),
    Section.GOES_WELL: _l("What goes well"),
    Section.HEARD: _l("What we heard"),
    Section.ELSEWHERE: _l("Known elsewhere"),
    Section.RECOMMENDATIONS: _l("Recommendations"),
    Section.OTHER_VIEWS: _l("Other views"),
    Section.WE_DO: _l("What we do"),
    Section.WORKED: _l("How we worked"),
    Section.ASK: _l("What we ask"),
}


def place_name(place: str) -> str:
    """The name of a part somebody writes along in."""
    return str(SECTIONS[Section(place)]) if place in set(Section) else _("A recommendation")


WORDS: dict[Words, LazyString] = {
    Words.IN_SHORT: _l("In short"),
    Words.WHY_NOW: _l("What happened, and what will be decided soon?"),
    Words.GOES_WELL: _l("What goes well? Name at least one thing."),
    Words.HEARD: _l("What did the panel say, in a few sentences?"),
    Words.NO_EXPERIENCE: _l("No experience of people in this advice? Say why."),
    Words.NO_PRACTICE: _l("No example from practice? Say why."),
    Words.NO_RESEARCH: _l("No figures or research? Say why."),
    Words.OTHER_VIEWS: _l("What do some members see differently?"),
    Words.WE_DO: _l("What will the panel and its groups do themselves?"),
    Words.WHO_WAS_MISSING: _l("Who was missing?"),
    Words.PAYMENT: _l("How were people paid or thanked?"),
    Words.ASK: _l("What else do you ask? For example a meeting with the panel."),
}
WORDS_HINTS: dict[Words, LazyString] = {
    Words.OTHER_VIEWS: _l("Write “none” if there are none."),
    Words.WHO_WAS_MISSING: _l("Groups and languages, never names."),
}
# The fields of a recommendation, as the history names them.
FIELDS: dict[str, LazyString] = {
    "title": _l("In one line, beginning with a verb"),
    "what": _l("What should happen"),
    "by_when": _l("By when"),
    "decided_on": _l("Day on which the municipality decides about it"),
    "cost_class": _l("Cost class"),
    "notice": _l("How newcomers will notice"),
    "small_initiative": _l("Which small group could do this?"),
    "small_group": _l("A small group from the directory"),
    "none_because": _l("No small group? Say why."),
    "moment": _l("Moment in the policy calendar"),
    "actors": _l("Who does it"),
    "activity": _l("We do"),
    "change": _l("Then"),
    "domain": _l("In which theme does it grow?"),
    "indicator": _l("What grows?"),
    "experience": _l("Which question to people goes with it?"),
    "assumptions": _l("What do we assume?"),
    "risks": _l("What could go wrong?"),
    "language": _l("Language of the advice"),
}
ACTORS: dict[ActorKind, LazyString] = {
    ActorKind.MUNICIPALITY: _l("Municipality"),
    ActorKind.SERVICE: _l("Service, school or company"),
    ActorKind.SMALL_GROUP: _l("Small group or self-organisation"),
    ActorKind.RESIDENTS: _l("Residents"),
    ActorKind.NEWCOMERS: _l("Newcomers"),
}
CITED: dict[CitedKind, LazyString] = {
    CitedKind.FIGURE: _l("Figure"),
    CitedKind.PRACTICE: _l("Example from practice"),
    CitedKind.RESEARCH: _l("Research"),
    CitedKind.LAW: _l("Law or rule"),
}
EVIDENCE: dict[Evidence, LazyString] = {
    Evidence.EXPERIENCE: _l("There is no experience of people yet. Add it, or say why."),
    Evidence.PRACTICE: _l("There is no example from practice yet. Add one, or say why."),
    Evidence.RESEARCH: _l("There are no figures or research yet. Add some, or say why."),
}
_ADVICE: dict[Missing, LazyString] = {
    Missing.TITLE: _l("The advice has no title."),
    Missing.RECOMMENDATION: _l("There is no recommendation yet. Write at least one."),
    Missing.TOO_MANY: _l("There are more than five recommendations. Choose five."),
    Missing.GOES_WELL: _l("“What goes well” is empty. Name at least one thing."),
    Missing.HEARD: _l("“What we heard” is empty. Say it in a few sentences."),
    Missing.RELEASE: _l("“What we heard” rests on a result of a vote that is not there any more."),
    Missing.OTHER_VIEWS: _l("“Other views” is empty. Write “none” if there are none."),
    Missing.WE_DO: _l("“What we do” is empty. Say what the panel does itself."),
    Missing.TIES: _l("Your ties are not declared. Declare them first."),
    Missing.ADOPTION: _l("The panel must adopt it. You cannot do that for the panel."),
}
_RECOMMENDATION: dict[Missing, LazyString] = {
    Missing.ACTOR: _l("Recommendation %(n)s names nobody who does it."),
    Missing.ONLY_NEWCOMERS: _l("In recommendation %(n)s only newcomers do the work. Name somebody else too."),
    Missing.OUTCOME: _l("Recommendation %(n)s comes from no vote and no released words."),
    Missing.RELEASE: _l("Recommendation %(n)s rests on a result of a vote that is not there any more."),
    Missing.CHAIN: _l("The change chain of recommendation %(n)s is not complete."),
    Missing.QUESTION: _l("Recommendation %(n)s counts something. Choose the question to people that goes with it."),
    Missing.SMALL_INITIATIVE: _l("Name a small group in recommendation %(n)s, or say why there is none."),
    Missing.DETAILS: _l("Recommendation %(n)s is not complete: what, when, cost or how newcomers notice."),
}


def block_words(block: Block) -> str:
    """The sentence that says what is missing."""
    if block.recommendation is not None:
        return str(_RECOMMENDATION[block.what]) % {"n": block.recommendation.number}
    if block.what is Missing.SUMMARY:
        return _("“In short” is missing in this language: %(language)s.", language=lang_name(block.language))
    if block.what is Missing.EVIDENCE and block.evidence is not None:
        return str(EVIDENCE[block.evidence])
    if block.what is Missing.SOURCE and block.cited is not None:
        return _("“%(text)s” has no source, no date or no definition.", text=shortened(block.cited.text))
    if block.what is Missing.LETTER:
        sentence = shortened(block.sentence)
        return _("The PDF cannot show this sign: %(letter)s. It stands in: %(sentence)s", letter=block.letter,
                 sentence=sentence)  # fmt: skip
    return str(_ADVICE[block.what])


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, whole words, at most `most` characters and a sign that it goes on."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " …"


def passed(content: Content, found: tuple[Block, ...]) -> list[str]:
    """Sentences for what is in order already."""
    missing = {b.what for b in found}
    has = bool(content.recommendations)
    lines = (
        (has and not missing & {Missing.ACTOR, Missing.ONLY_NEWCOMERS}, _("Each recommendation names who does it")),
        (has and not missing & {Missing.CHAIN, Missing.QUESTION}, _("The change chains are complete")),
        (Missing.EVIDENCE not in missing, _("Three kinds of evidence, or the reason why not")),
        (bool(content.cited) and Missing.SOURCE not in missing, _("Every claim has its source and date")),
        (Missing.SUMMARY not in missing, _("“In short” is there in every language")),
        (Missing.TIES not in missing, _("Your ties are declared")),
        (Missing.ADOPTION not in missing, _("The panel adopted it")),
    )
    return [words for there, words in lines if there]


def late_words(recommendation: Recommendation, answer_by: date) -> str:
    """The warning that an advice comes late for the calendar (R24)."""
    assert recommendation.decision is not None
    return _(
        "Recommendation %(n)s may be too late: the decision falls on %(day)s, the answer is due on %(due)s.",
        n=recommendation.number, day=format_day(recommendation.decision), due=format_day(answer_by),
    )  # fmt: skip


def missing_count(count: int) -> str:
    """How many things are missing, in words."""
    return ngettext("%(num)s thing is missing.", "%(num)s things are missing.", count)


QUOTE_STATES: dict[str, LazyString] = {
    "asked": _l("Waits for its maker"),
    "released": _l("Released by its maker"),
    "kept": _l("Kept by its maker"),
}
DECISIONS: dict[str, LazyString] = {
    "adopted": _l("The municipality adopts it."),
    "partly": _l("The municipality does a part of it."),
    "not": _l("The municipality does not do it. Read why."),
    "not_ours": _l("The municipality sent it on to others."),
    "later": _l("The municipality decides later."),
}


def fate_words(fate: Fate) -> str:
    """One plain sentence: how far an idea has come. For home, lists and the top of the trail."""
    if fate.answer is not None:
        return str(DECISIONS[fate.answer.decision])
    if fate.advice is not None:
        if fate.advice.state in SENT:
            return _("It is in recommendation %(n)s. The municipality must answer.", n=fate.advice.recommendation)
        return _("It is in recommendation %(n)s of the advice.", n=fate.advice.recommendation)
    if fate.step is Step.IN_VOTE and fate.vote is not None:
        return _("It is in question %(n)s of the vote.", n=fate.vote.place)
    if fate.step is Step.VOTED:
        return _("The panel voted on it.")
    if fate.step is Step.NOT_IN_VOTE:
        return _("It is not in the vote. Read why.")
    if fate.joined is not None:
        return _("We joined it with an idea like it.")
    if fate.step is Step.NOT_SHOWN:
        return str(WORD_STATES.get(fate.state, ""))
    return _("The panel talks about it now.")


WORD_STATES: dict[WordState, LazyString] = {
    WordState.DRAFT: _l("Only you see it. It was not sent yet."),
    WordState.HELD: _l("It waits. A moderator looks at it first."),
    WordState.HIDDEN: _l("A moderator hid it. You can read why."),
    WordState.TAKEN_BACK: _l("You took it back."),
    WordState.ERASED: _l("It was erased."),
}
SENT = frozenset({"sent", "received", "answered", "reacted", "reported", "followed", "closed"})


def quote_state(state: str) -> str:
    """Where a sentence that was asked for stands."""
    return str(QUOTE_STATES[state])
