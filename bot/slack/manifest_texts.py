"""The texts of the manifest, in three languages.

They are not in the catalogues: they are fixed when the app is made, and Slack has other limits for them.
"""

from dataclasses import dataclass

from bot.core.text import spaced


@dataclass(frozen=True)
class ManifestTexts:
    """The texts of one manifest; `commands` are (description, usage hint) in the order of `requirements.COMMANDS`."""

    description: str
    long_description: str
    commands: tuple[tuple[str, str], ...]
    bring_case: tuple[str, str]
    take_up: tuple[str, str]


TEXTS = {
    "nl": ManifestTexts(
        description="Een klankbord voor je leergemeenschap: een weekvraag, intervisie en een overzicht.",
        long_description=(
            "Klankbord begeleidt een leergemeenschap in haar eigen kanaal. Elke week komt er een vraag om bij stil te "
            "staan. Wie een casus wil inbrengen, doorloopt samen met collega's een intervisiemethode, stap voor stap. "
            "Een overzicht toont wat de groep bezighield. Klankbord nodigt uit en wijst niets toe; het telt "
            "methodes en geen mensen, en wat je schreef, blijft van jou."
        ),
        commands=(
            ("Een kring instellen, je voorkeuren, hulp", "[help]"),
            ("Antwoorden op de weekvraag", "[help]"),
            ("Een casus inbrengen", "[help]"),
            ("Het overzicht van de kring bekijken", "[help]"),
        ),
        bring_case=("Een casus inbrengen", "Vraag collega's om met je mee te denken."),
        take_up=("Klankbord", "Maak van je bericht een reflectie, een casus of een bijdrage."),
    ),
    "en": ManifestTexts(
        description="A sounding board for your community of practice: a weekly question, intervision and a digest.",
        long_description=(
            "Klankbord accompanies a community of practice in its own channel. Every week brings a question to reflect "
            "on. Whoever wants to bring a case goes through an intervision method with colleagues, step by step. A "
            "digest shows what was on the group's mind. Klankbord invites and never assigns; it counts methods, not "
            "people, and what you wrote stays yours."
        ),
        commands=(
            ("Set up a circle, my settings, help", "[help]"),
            ("Answer the weekly question", "[help]"),
            ("Bring a case", "[help]"),
            ("See the circle's digest", "[help]"),
        ),
        bring_case=("Bring a case", "Ask colleagues to think it through with you."),
        take_up=("Klankbord", "Make your message a reflection, a case or a contribution."),
    ),
    "fr": ManifestTexts(
        description=spaced(
            "Une caisse de résonance pour ta communauté : question de la semaine, intervision et synthèse."
        ),
        long_description=spaced(
            "Klankbord accompagne une communauté de pratique dans son propre canal. Chaque semaine apporte une "
            "question pour prendre du recul. Qui veut apporter un cas suit une méthode d'intervision avec des "
            "collègues, étape par étape. Une synthèse montre ce qui a occupé le groupe. Klankbord invite et n'impose "
            "rien ; il compte des méthodes et non des personnes, et ce que tu as écrit reste à toi."
        ),
        commands=(
            ("Régler un cercle, mes préférences, aide", "[aide]"),
            ("Répondre à la question de la semaine", "[aide]"),
            ("Apporter un cas", "[aide]"),
            ("Voir la synthèse du cercle", "[aide]"),
        ),
        bring_case=("Apporter un cas", "Demande à des collègues de réfléchir avec toi."),
        take_up=("Klankbord", "Fais de ton message une réflexion, un cas ou une contribution."),
    ),
}
