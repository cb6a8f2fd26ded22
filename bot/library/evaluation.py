"""The short evaluation that Klankbord adds to a method that has none of its own."""

from typing import Final

from bot.core.text import Text
from bot.core.window import Window
from bot.library.enums import Facilitation, Kind, Optional, Role, Source
from bot.library.protocol import ADDED_STEP, PerPerson, Protocol, Step

NAME: Final = Text(
    nl="Korte terugblik (toegevoegd door Klankbord)",
    en="A short look back (added by Klankbord)",
    fr="Bref regard en arrière (ajouté par Klankbord)",
)
ASK: Final = Text(
    nl="Hoe was het om dit samen zo te doen? Eén zin is genoeg. Deze stap hoort niet bij de methode zelf; "
    "Klankbord voegt hem toe, zodat jullie er samen van leren. Overslaan kan.",
    en="How was it to do this together in this way? One sentence is enough. This step is no part of the method; "
    "Klankbord adds it, so that you learn from it together. You can leave it.",
    fr="Comment était-ce de travailler ensemble de cette façon ? Une phrase suffit. Cette étape ne fait pas partie "
    "de la méthode ; Klankbord l'ajoute pour que vous en appreniez ensemble. Tu peux la passer.",
)


def with_evaluation(protocol: Protocol) -> Protocol:
    """The protocol itself if it has an evaluation, else a copy with an optional one at the end."""
    if any(Kind.META_EVALUATION in step.kinds for step in protocol.steps):
        return protocol
    return protocol.model_copy(update={"steps": (*protocol.steps, _evaluation_step(protocol))})


def _evaluation_step(protocol: Protocol) -> Step:
    absent = {Role.FACILITATOR} if protocol.facilitator is Facilitation.NONE else set()
    return Step(
        key=ADDED_STEP,
        name=NAME,
        ask=ASK,
        who=tuple(role for role in Role if role not in absent),
        kinds=(Kind.META_EVALUATION,),
        per_person=PerPerson(min=1, max=1),
        window=Window.parse("P1D"),
        live=Window.parse("PT2M"),
        optional=Optional.INCLUDED,
        source=Source.OWN_JUDGEMENT,
    )
