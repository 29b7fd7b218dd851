"""The words the check knows: frequent words (from `data/`), office language with plainer words, and verb forms."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")

# Our own lists: what offices write, and what says the same plainly.
OFFICE: dict[str, dict[str, str]] = {
    "nl": {
        "aangaande": "over", "alsmede": "en ook", "alvorens": "voordat", "betreffende": "over",
        "bewerkstelligen": "zorgen dat", "conform": "volgens", "derhalve": "daarom", "desalniettemin": "toch",
        "dienen te": "moeten", "dient te": "moet", "doch": "maar", "draagvlak": "steun", "faciliteren": "helpen",
        "geschieden": "gebeuren", "implementeren": "invoeren", "implementatie": "invoering", "indien": "als",
        "ingevolge": "door", "in het kader van": "voor", "in verband met": "door", "integrale": "hele",
        "inzake": "over", "krachtens": "volgens", "met betrekking tot": "over", "middels": "met", "mits": "als",
        "monitoren": "volgen", "naar aanleiding van": "door", "omtrent": "over", "onderhavige": "deze",
        "optimaliseren": "beter maken", "participatie": "meedoen", "participeren": "meedoen", "reeds": "al",
        "stakeholders": "mensen die erbij horen", "tegemoetzien": "verwachten", "ten aanzien van": "over",
        "ten behoeve van": "voor", "teneinde": "om", "ter zake": "hierover", "tevens": "ook", "thans": "nu",
        "verstrekken": "geven", "voornemens": "van plan", "voorts": "ook", "zorgdragen": "zorgen",
        "zorg te dragen": "te zorgen",
    },
    "en": {
        "accordingly": "so", "ascertain": "find out", "commence": "begin", "deliverables": "results",
        "endeavour": "try", "expedite": "speed up", "facilitate": "help", "forthwith": "now",
        "going forward": "from now on", "hereby": "now", "herein": "here", "implement": "carry out",
        "implementation": "carrying it out", "in accordance with": "under", "in order to": "to",
        "in relation to": "about", "in respect of": "about", "in the event that": "if", "leverage": "use",
        "notwithstanding": "despite", "prior to": "before", "pursuant to": "under", "regarding": "about",
        "stakeholders": "people it is about", "subsequent to": "after", "terminate": "end", "therein": "in it",
        "thereof": "of it", "utilise": "use", "utilize": "use", "whereas": "while", "with regard to": "about",
        "with respect to": "about",
    },
}  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What everybody in a panel of newcomers hears in the first weeks, however rare it is in films.
HOUSE = {
    "nl": _words("inburgering inwoner inwoners nieuwkomer nieuwkomers statushouder statushouders taalles taallessen"),
    "en": _words("municipality municipalities newcomer newcomers neighbourhood neighbourhoods resident residents"),
}
WORDEN = frozenset({"word", "wordt", "worden", "werd", "werden"})
ZIJN = frozenset({"ben", "bent", "is", "zijn", "was", "waren"})
BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being"})
# Look like a participle and are none, or say how somebody is.
NO_PARTICIPLE = {
    "nl": _words(
        "gebied geen geld gezicht gedicht gerecht gewicht gezinnen gesprekken gevallen getallen gebouwen "
        "gebieden gebeden gedachten geheimen gemeenten gasten gewoonten gevoelens bericht berichten "
        "beleid bewoond verband verbanden verhalen verkeerd verschillend vermogen vertrouwen verleden "
        "bedrijven bestuurd besluiten beroepen beelden belangen bergen beroemd bekend bereid beperkt "
        "verplicht verliefd verdriet verstand vergunningen hersenen herinneringen gezond geschikt gewend "
        "gelukkig ergens geluid gebeten "
    ),
    "en": _words(
        "interested tired worried married excited scared bored pleased used supposed allowed need indeed "
        "hundred red bed seed speed weed breed feed shed sacred naked advanced limited related united "
    ),
}
# Participles that do not end in -ed.
IRREGULAR = _words(
    "beaten begun bought broken brought built caught chosen cut done drawn driven eaten felt "
    "forgotten found given gone grown heard held hidden hit hurt kept known laid led left lent lost "
    "made meant met paid put read run said seen sent set shown shut sold spent spoken taken taught "
    "thought thrown told understood won written "
)


@cache
def frequent(language: str) -> frozenset[str]:
    """The 10,000 most frequent words of a language, small letters; see `data/README.md` for source and licence."""
    return frozenset((files("codesign.plain") / "data" / f"words-{language}.txt").read_text(encoding="utf-8").split())
