"""The shelf of a circle: what may be asked there, from files and from its own members."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.crypto import places
from bot.words import Speaker
from db.models import Circle, OwnQuestion, Round
from db.queries import questions

_OWN = "own:"


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked; `own` is set for one of the circle's members."""

    id: str
    theme: str
    has_students: bool
    framework: str = ""
    own: OwnQuestion | None = None


def candidates(session: Session, services: Services, circle: Circle) -> list[Candidate]:
    """Everything this circle may be asked, what it retired included: files first, then its own, the newest first."""
    adopted = questions.questions_in_state(session, circle, "adopted")
    return [
        *(Candidate(one.id, one.theme, one.has_students, one.framework) for one in services.library.prompts),
        *(Candidate(_OWN + one.id, one.theme, one.has_students, own=one) for one in adopted),
    ]


def text_of(services: Services, candidate: Candidate, speaker: Speaker) -> str:
    """What this candidate asks, in the reader's language if it comes from a file."""
    if candidate.own:
        return read_question(services, candidate.own)
    return next(one.text for one in services.library.prompts if one.id == candidate.id).in_(speaker.language)


def theme_name(services: Services, speaker: Speaker, key: str) -> str:
    """The name of a theme, in the reader's language; a theme that was taken out of its file keeps its key."""
    theme = services.library.themes.get(key)
    return theme.in_(speaker.language) if theme else key


def is_own(prompt: str) -> bool:
    """Whether this prompt is a question of a circle's own."""
    return prompt.startswith(_OWN)


def prompt_of(question: OwnQuestion) -> str:
    """The id by which rounds know this question."""
    return _OWN + question.id


def read_question(services: Services, question: OwnQuestion) -> str:
    """What this question asks; empty once its author took it back."""
    return services.open_text(question.words, place_of_question(question))


def place_of_question(question: OwnQuestion, column: str = places.OWN_QUESTION) -> str:
    """Where words of this question are sealed for."""
    return places.place(column, question.id)


def seal_asked(services: Services, round_: Round, text: str) -> None:
    """A round of a member's question keeps what it asked."""
    round_.words = services.seal(text, _place_of_asked(round_))


def read_asked(services: Services, round_: Round) -> str:
    """What a round of a member's question asked; empty once its author took it back."""
    return services.open_text(round_.words, _place_of_asked(round_))


def _place_of_asked(round_: Round) -> str:
    return places.place(places.ASKED_QUESTION, round_.id)
