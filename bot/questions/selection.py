"""What a circle may be asked, and which question comes next: planned, chosen, adopted, or drawn by lot."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.crypto import places
from bot.people.api import is_in
from bot.questions import rules
from bot.words import Speaker
from db.models import Circle, Member, OwnQuestion, QuestionTurn, Round
from db.queries import questions as queries

# How the prompt of a question that a member wrote begins; the rest is its id.
_OWN = "own:"


@dataclass(frozen=True)
class Candidate:
    """A question that a circle may be asked; `own` is set for one that a member wrote.

    `months` are those in which it may come by itself, 1 for January; empty for any.
    """

    id: str
    theme: str
    has_students: bool
    framework: str = ""
    own: OwnQuestion | None = None
    months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Selected:
    """The question that comes; and our ids of its author and of the member who chose it, if they want to be named."""

    question: Candidate
    author_id: int | None
    chooser_id: int | None


def select_question(session: Session, services: Services, circle: Circle, slot: str, month: int) -> Selected:
    """The question that comes in this slot of the circle's plan, in this month (1 for January).

    The same slot always selects the same question.
    """
    turn = _present_turn(session, circle)
    question = _select_for(session, services, circle, turn, f"{circle.id}:{slot}", month)
    author = question.own.member_id if question.own and question.own.is_named else None
    chooser = turn.member_id if turn and turn.is_named and turn.prompt == question.id else None
    return Selected(question, author, chooser)


def candidates_of(session: Session, services: Services, circle: Circle) -> list[Candidate]:
    """Everything this circle may be asked, also what it retired: first from files, then its own, the newest first."""
    adopted = queries.questions_in_state(session, circle, "adopted")
    return [
        *(
            Candidate(one.id, one.theme, one.has_students, one.framework, months=one.months)
            for one in services.library.prompts
        ),
        *(Candidate(_OWN + one.id, one.theme, one.has_students, own=one) for one in adopted),
    ]


def find_candidate(session: Session, services: Services, circle: Circle, prompt: str | None) -> Candidate | None:
    """The question with this prompt, retired or not; None if there is none (any more)."""
    return next((one for one in candidates_of(session, services, circle) if one.id == prompt), None)


def candidate_text(services: Services, candidate: Candidate, speaker: Speaker) -> str:
    """What this candidate asks, in the reader's language if it comes from a file."""
    if candidate.own:
        return read_question(services, candidate.own)
    return next(one.text for one in services.library.prompts if one.id == candidate.id).in_(speaker.language)


def theme_name(services: Services, speaker: Speaker, key: str) -> str:
    """The name of a theme, in the reader's language; of a theme that was removed from its file, the key."""
    theme = services.library.themes.get(key)
    return theme.in_(speaker.language) if theme else key


def is_own_question(prompt: str) -> bool:
    """Whether a member of the circle wrote the question with this prompt."""
    return prompt.startswith(_OWN)


def prompt_of(question: OwnQuestion) -> str:
    """The prompt by which rounds know this question."""
    return _OWN + question.id


def read_question(services: Services, question: OwnQuestion) -> str:
    """What this question asks; empty once its author took it back."""
    return services.open_text(question.words, place_of_question(question))


def place_of_question(question: OwnQuestion, column: str = places.OWN_QUESTION) -> str:
    """The place in the database where words of this question are sealed."""
    return places.place(column, question.id)


def seal_asked(services: Services, round_: Round, text: str) -> None:
    """Keep in the round what a member's question asked."""
    round_.words = services.seal(text, _place_of_asked(round_))


def read_asked(services: Services, round_: Round) -> str:
    """What a round of a member's question asked; empty once its author took it back."""
    return services.open_text(round_.words, _place_of_asked(round_))


def turn_of_member(session: Session, circle: Circle, member: Member) -> QuestionTurn | None:
    """The question to come that this member chose."""
    coming = queries.coming_turns(session, circle).values()
    return next((turn for turn in coming if turn.member_id == member.id), None)


def free_turn(session: Session, turn: QuestionTurn) -> None:
    """Make a turn what it was before a volunteer took it: a theme that moderators planned stays."""
    turn.member_id = turn.prompt = turn.words = None
    turn.is_named = False
    if turn.theme is None:
        session.delete(turn)
    session.flush()


def place_of_turn(turn: QuestionTurn) -> str:
    """The place in the database where a volunteer's own answer is sealed."""
    return places.place(places.VOLUNTEERS_ANSWER, turn.id)


def _present_turn(session: Session, circle: Circle) -> QuestionTurn | None:
    """What was planned or chosen for now; the choice of a member who has left does not count."""
    turn = queries.coming_turns(session, circle).get(queries.next_number(session, circle))
    if turn is None or turn.member_id is None:
        return turn
    member = session.get_one(Member, turn.member_id)
    if member.is_deactivated or not is_in(session, circle.channel, member):
        free_turn(session, turn)
        return turn if turn.theme else None
    return turn


def _select_for(
    session: Session, services: Services, circle: Circle, turn: QuestionTurn | None, seed: str, month: int
) -> Candidate:
    every, retired = candidates_of(session, services, circle), queries.retired_prompts(session, circle)
    # A circle that retired everything is still asked something.
    allowed = [one for one in every if one.id not in retired] or every
    # What a volunteer chose comes, even if it was retired in the meantime.
    chosen = [one for one in every if turn and turn.member_id and one.id == turn.prompt]
    planned = chosen or rules.left_by_plan(allowed, turn.prompt if turn else None, turn.theme if turn else None)
    planned = rules.left_by_season(planned, month)
    adopted = [_OWN + id_ for id_ in queries.adopted_in_order(session, circle)]
    # A question that was asked in a former wording was asked.
    used = [services.library.present_id(id_) for id_ in queries.used_prompts(session, circle)]
    return rules.next_adopted(planned, adopted, used) or rules.choose_prompt(planned, used, seed)


def _place_of_asked(round_: Round) -> str:
    return places.place(places.ASKED_QUESTION, round_.id)
