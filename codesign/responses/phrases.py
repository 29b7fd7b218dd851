"""Words of politeness that are no reason, in the languages in which councils answer: data for `domain.empty_phrase`."""

from __future__ import annotations

import re

# Words of politeness that stand where a reason should. English, Dutch and Arabic, as councils use them in answers.
EMPTY_PHRASES: dict[str, tuple[str, ...]] = {
    "en": (
        r"(?:has |have |had )?(?:taken|took) (?:due |good |careful )?note of", r"takes? (?:due |good )?note of",
        r"noted with (?:great |much )?interest", r"noted for information",
        r"after (?:ample|careful|due|thorough|long) (?:deliberation|consideration|thought)",
        r"given (?:ample|careful|due) consideration", r"(?:has|have) our (?:full |constant )?attention",
        r"take (?:it|this|your advice|the advice) (?:very seriously|seriously|into account|on board)",
        r"(?:value|appreciate|welcome)s? (?:your|the) (?:input|contribution|advice|effort)",
        r"read (?:it|your advice|the advice) with (?:great |much )?interest",
        r"(?:will|shall) (?:look into|consider|examine|study|explore|keep in mind) (?:it|this|the matter|the advice)",
        r"(?:is|are|remains?) (?:an? )?(?:important|valuable)(?: (?:point|issue|signal|contribution))?",
        r"(?:recogni[sz]es?|acknowledges?|endorses?|underlines?) the importance(?: of)?",
        r"(?:in due course|at the appropriate (?:time|moment)|where (?:possible|appropriate|feasible))",
        r"(?:do|doing) our (?:very )?best", r"(?:is|are) already (?:working|busy) (?:on|with) (?:it|this)",
        r"within the existing (?:frameworks?|possibilities)",
    ),
    "nl": (
        r"kennis(?: )?genomen", r"(?:ter|voor) kennisgeving aangenomen", r"(?:nam|namen|neemt|nemen) kennis van",
        r"na ampele? (?:beraad|overweging|overleg)", r"na (?:rijp|lang) beraad",
        r"na zorgvuldige (?:afweging|overweging)",
        r"(?:heeft|hebben|krijgt) onze (?:volle |voortdurende )?aandacht", r"onderschrijf(?:t|ven) het belang",
        r"(?:neemt|nemen) (?:dit|uw advies|het advies|de aanbeveling) (?:zeer serieus|serieus|mee)",
        r"(?:wordt|worden) meegenomen", r"met (?:grote |veel )?belangstelling gelezen",
        r"(?:waarderen?|waardeert|danken?|dankt) (?:uw|het panel|het advies)",
        r"(?:is|zijn|blijft) (?:een )?(?:belangrijk|waardevol)e?(?: (?:punt|signaal|onderwerp|bijdrage))?",
        r"(?:gaan|gaat|zullen|zal) (?:dit|hier|ernaar|het) ?(?:naar )?(?:kijken|bekijken|onderzoeken|bezien|overwegen)",
        r"(?:te zijner tijd|waar mogelijk|daar waar mogelijk|indien mogelijk|op termijn)",
        r"(?:doen|doet) (?:ons|haar|zijn) (?:uiterste )?best", r"binnen de bestaande (?:kaders|mogelijkheden)",
        r"(?:zijn|is) (?:hier )?al mee bezig", r"(?:erkent|erkennen|benadrukt|benadrukken) het belang(?: van)?",
        r"(?:heeft|hebben) (?:er )?(?:goede )?nota van genomen",
    ),
    "ar": (
        r"(?:أخذنا|أخذت|اخذنا|نأخذ|تم أخذ) (?:ال)?علم(?:اً|ا)?(?: ب\w+)?",
        r"(?:أخذنا|نأخذ|سنأخذ)(?: \w+)? بعين الاعتبار",
        r"(?:محل|موضع|قيد) (?:ال)?(?:اهتمامنا|عنايتنا|اهتمام|دراسة|الدراسة|نظر)",
        r"بعد (?:دراسة|تفكير|مداولة|مداولات|نقاش) (?:متأنية|عميق|عميقة|مستفيضة|طويل|طويلة)",
        r"(?:نقدر|نثمن|نشكر)(?: لكم| لكن)? (?:مساهمتكم|جهودكم|نصيحتكم|اللجنة|مشورتكم)",
        r"(?:نحن )?(?:نولي|نعطي)(?: \w+)? (?:اهتماما|أهمية) (?:كبيرا|كبيرة|بالغة|بالغا)",
        r"في الوقت المناسب", r"قدر الإمكان",
    ),
}  # fmt: skip
# Words that carry no reason either, once the phrase is taken out.
FILLER = frozenset(
    re.findall(
        r"\w+",
        "a an and the this that it its is of on in to for with by we our us you your has have had been very much great "
        "interest advice recommendation panel college council municipality mayor aldermen thank thanks decided not "
        "will shall so as at all do de het een en van op in te tot voor met door wij we ons onze u uw jullie dit dat "
        "deze is zijn heeft hebben grote veel zeer belangstelling advies aanbeveling gemeente burgemeester wethouders "
        "dank besloten niet zal zullen dus er om aan "
        "نحن لقد قد إن أن هذا هذه ذلك في من على إلى عن مع و ما لا لم لن ثم كما شكرا لكم جدا كثيرا البلدية المجلس "
        "اللجنة التوصية النصيحة توصية نصيحة مشورة المشورة هذه",
    )
)
