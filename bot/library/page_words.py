"""The texts around a protocol on its page, in three languages."""

from typing import Final

from bot.core.text import Text
from bot.library.enums import Closes, Facilitation, OurRule, OwnerMode, Rating, Reveal, Role, Source


def _text(nl: str, en: str, fr: str) -> Text:
    return Text(nl=nl, en=en, fr=fr)


METHODS: Final = _text("Methodes", "Methods", "Méthodes")
LABELLED: Final = _text("{label}: {value}", "{label}: {value}", "{label} : {value}")
CHOOSE_WHEN: Final = _text("Een goede keuze.", "A good choice.", "Un bon choix.")
AVOID_WHEN: Final = _text("Liever een andere.", "Better choose another.", "Plutôt une autre.")
GROUP: Final = _text("Groep", "Group", "Groupe")
PEOPLE: Final = _text(
    "{min} tot {max} mensen, de inbrenger inbegrepen",
    "{min} to {max} people, the case owner included",
    "{min} à {max} personnes, y compris la personne qui apporte le cas",
)
EXACTLY_PEOPLE: Final = _text(
    "{min} mensen, de inbrenger inbegrepen",
    "{min} people, the case owner included",
    "{min} personnes, y compris la personne qui apporte le cas",
)
SERIES: Final = _text("Reeks", "Series", "Série")
EVERYBODY_BRINGS: Final = _text(
    "iedereen die meedoet brengt een vraag; hoogstens {at_once} tegelijk",
    "everybody who joins brings a question; at most {at_once} at a time",
    "chaque personne apporte une question ; au plus {at_once} à la fois",
)
TIME: Final = _text("Tijd", "Time", "Durée")
WORKING_DAYS: Final = _text(
    "hoogstens {days} werkdagen, vaak minder",
    "at most {days} working days, often fewer",
    "au plus {days} jours ouvrables, souvent moins",
)
CREDIT: Final = _text("Herkomst", "Origin", "Origine")
NOTES: Final = _text("Goed om te weten", "Good to know", "Bon à savoir")
VERSION: Final = _text("Versie", "Version", "Version")
KEEPS_VERSION: Final = _text(
    "{version}; een casus houdt de versie waarmee hij ingebracht is",
    "{version}; a case keeps the version it was brought with",
    "{version} ; un cas garde la version avec laquelle il a été apporté",
)
VARIANT: Final = _text("Variant van", "Variant of", "Variante de")
NEEDS: Final = _text("Nodig", "Needs", "Il faut")
GOOD: Final = _text("Goed voorbeeld", "Good example", "Bon exemple")
POOR: Final = _text("Minder goed", "Less good", "Moins bon")
WHO: Final = _text("Wie", "Who", "Qui")
FIELDS: Final = _text("In te vullen", "To fill in", "À remplir")
ON_SCALE: Final = _text("{number} op {highest}", "{number} out of {highest}", "{number} sur {highest}")
HOW_MANY: Final = _text("Hoeveel", "How many", "Combien")
EACH: Final = _text("{min} tot {max} per persoon", "{min} to {max} per person", "{min} à {max} par personne")
EXACTLY: Final = _text("{min} per persoon", "{min} per person", "{min} par personne")
EACH_ANSWER: Final = _text("bij elke bijdrage een", "one for each contribution", "une pour chaque contribution")
OPEN: Final = _text("Open", "Open", "Ouvert")
DAY: Final = _text("{days} werkdag", "{days} working day", "{days} jour ouvrable")
DAYS: Final = _text("{days} werkdagen", "{days} working days", "{days} jours ouvrables")
SEEN: Final = _text("Zichtbaar", "Seen", "Visible")
OPTIONAL: Final = _text(
    "deze stap kan wegblijven", "this step can be left out", "cette étape peut être laissée de côté"
)
READING: Final = _text(
    "iedereen leest; er is niets te schrijven",
    "everybody reads; there is nothing to write",
    "tout le monde lit ; il n'y a rien à écrire",
)
TOGETHER: Final = _text("samen met stap {step}", "together with step {step}", "en même temps que l'étape {step}")
ASKED: Final = _text("Vooraf gevraagd", "Asked beforehand", "Demandé au début")
WITHHELD: Final = _text("verborgen tot stap {step}", "hidden until step {step}", "caché jusqu'à l'étape {step}")
EXAMPLE: Final = _text("Zo kan het gaan", "How it may go", "Comment cela peut se passer")
QUESTION: Final = _text("Vraag", "Question", "Question")
PASS: Final = _text("niets toe te voegen", "nothing to add", "rien à ajouter")
STEPS: Final = _text("Stappen", "Steps", "Étapes")

ROLES: Final = {
    Role.OWNER: _text("inbrenger", "case owner", "la personne qui apporte le cas"),
    Role.FACILITATOR: _text("gespreksleider", "facilitator", "l'animateur ou l'animatrice"),
    Role.PEER: _text("meedenkers", "peers", "les pairs"),
    Role.OBSERVER: _text("observator", "observer", "la personne qui observe"),
}
REVEALS: Final = {
    Reveal.IMMEDIATE: _text("meteen", "at once", "tout de suite"),
    Reveal.SIMULTANEOUS: _text(
        "alles samen, als de stap sluit", "all together, when the step closes", "tout ensemble, à la fin de l'étape"
    ),
    Reveal.OWNER_ONLY: _text(
        "alleen voor de inbrenger", "for the case owner only", "seulement pour la personne qui apporte le cas"
    ),
    Reveal.PRIVATE: _text("alleen voor jezelf", "for yourself only", "seulement pour toi"),
}
OWNERS: Final = {
    OwnerMode.SPEAKS: None,
    OwnerMode.LISTENS: _text(
        "de inbrenger luistert", "the case owner listens", "la personne qui apporte le cas écoute"
    ),
    OwnerMode.AWAY: _text(
        "de inbrenger is even weg", "the case owner is away", "la personne qui apporte le cas s'absente un moment"
    ),
}
CLOSINGS: Final = {
    Closes.EARLY: None,
    Closes.WINDOW: _text("sluit niet vroeger", "never closes sooner", "ne se ferme pas plus tôt"),
    Closes.FACILITATOR: _text(
        "de gespreksleider sluit", "the facilitator closes it", "l'animateur ou l'animatrice la ferme"
    ),
}
SILENCE: Final = _text(
    "sluit als het stil wordt nadat iedereen aan het woord kwam",
    "closes when it falls silent after everybody had a say",
    "se ferme quand le silence se fait, une fois que chaque personne s'est exprimée",
)
KEPT: Final = _text(
    "wat hier geschreven wordt, wordt {time} na de stap gewist; "
    "wat je zelf in de draad typt, blijft in Slack tot jij het wist",
    "what is written here is wiped {time} after the step; "
    "what you type in the thread yourself stays in Slack until you delete it",
    "ce qui s'écrit ici est effacé {time} après l'étape ; "
    "ce que tu tapes toi-même dans le fil reste dans Slack jusqu'à ce que tu l'y effaces",
)
SOURCES: Final = {
    Source.ATTESTED: None,
    Source.OWN_JUDGEMENT: _text("eigen keuze van Klankbord", "Klankbord's own choice", "choix de Klankbord"),
    Source.DISPUTED: _text("bronnen verschillen hierover", "sources disagree on this", "les sources divergent"),
}
RATINGS: Final = {
    Rating.WARM: _text("warm", "warm", "chaude"),
    Rating.LUKEWARM: _text("lauw", "lukewarm", "tiède"),
    Rating.COLD: _text("koud", "cold", "froide"),
}
FACILITATION: Final = {
    Facilitation.ALSO_PEER: _text(
        "de gespreksleider denkt mee", "the facilitator thinks along", "l'animateur ou l'animatrice réfléchit avec vous"
    ),
    Facilitation.ONLY: _text(
        "de gespreksleider leidt alleen",
        "the facilitator only guides",
        "l'animateur ou l'animatrice ne fait que guider",
    ),
    Facilitation.NONE: _text("zonder gespreksleider", "without a facilitator", "sans animateur ni animatrice"),
}
EXEMPT: Final = {
    OurRule.QUESTIONS_BEFORE_ADVICE: _text(
        "Anders dan elders komt advies hier voor de vragen",
        "Unlike elsewhere, advice comes before questions here",
        "Contrairement aux autres méthodes, les conseils viennent ici avant les questions",
    ),
    OurRule.FLOOR_AFTER_SILENCE: _text(
        "Anders dan elders krijgt wie zweeg hier niet meteen het woord",
        "Unlike elsewhere, who was silent does not get the floor right away here",
        "Contrairement aux autres méthodes, qui s'est tu ne reçoit pas tout de suite la parole",
    ),
    OurRule.OWNER_HAS_LAST_WORD: _text(
        "Anders dan elders heeft de inbrenger hier niet het laatste woord",
        "Unlike elsewhere, the case owner does not have the last word here",
        "Contrairement aux autres méthodes, la personne qui apporte le cas n'a pas le dernier mot",
    ),
}
NEEDED: Final = {
    "safe_group": _text("een veilige groep", "a safe group", "un groupe en confiance"),
    "trained_leader": _text("een opgeleide begeleider", "a trained leader", "une personne formée pour guider"),
}
