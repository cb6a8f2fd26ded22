"""What a round asks, and the card on which it asks that."""

from sqlalchemy.orm import Session

from bot.usecases.desk import Desk
from bot.usecases.questions.shelf import asked_in, is_own
from bot.views import reflection as views
from bot.views.parts import Json
from bot.views.reflection import Question
from bot.words import Speaker
from db.models import Circle, Member, Round


def card_of(session: Session, desk: Desk, circle: Circle, round_: Round) -> Json:
    """The card of this round as it is to stand in the channel now."""
    say = desk.voice(circle)
    author, chooser = (_name(session, id) for id in (round_.author_id, round_.chooser_id))
    return views.card(say, question_of(desk, say, round_), str(round_.id), author=author, chooser=chooser)


def question_of(desk: Desk, say: Speaker, round_: Round) -> Question:
    """What this round asks, in this language; a prompt that was taken out of its file still stands in the channel."""
    theme = desk.library.themes.get(round_.theme)
    return Question(_asked(desk, say, round_), theme.in_(say.language) if theme else round_.theme, round_.has_students)


def _asked(desk: Desk, say: Speaker, round_: Round) -> str:
    if is_own(round_.prompt):
        return asked_in(desk, round_) or say.plain("reflection.question_withdrawn")
    prompt = next((one for one in desk.library.prompts if one.id == round_.prompt), None)
    return prompt.text.in_(say.language) if prompt else say.plain("reflection.question_elsewhere")


def _name(session: Session, member: int | None) -> str:
    return session.get_one(Member, member).slack if member else ""
