"""What a round asks, and the card on which it asks that."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import periods
from bot.core.parts import Json
from bot.core.services import Services
from bot.listening.api import READ_EVERY
from bot.outbox.queue import Destination
from bot.questions.api import is_own_question, read_asked, rounds_between, theme_name
from bot.reflection.views import round_cards as views
from bot.reflection.views.answers import Question
from bot.words import Speaker
from db.models import Circle, Member, Round
from db.queries import reflection as queries

# The theme of a round that looks back on a season, and how the id of its prompt begins.
LOOKING_BACK, _SEASON = "looking_back", "season:"


def round_card_of(session: Session, services: Services, circle: Circle, round_: Round) -> Json:
    """The card of this round as it should be in the channel now."""
    speaker = services.speaker_for(circle)
    author, chooser = (_slack_id(session, id) for id in (round_.author_id, round_.chooser_id))
    listed = _questions_of_season(session, services, circle, round_, speaker) if is_looking_back(round_.prompt) else []
    question = question_of(services, speaker, round_)
    return views.round_card(speaker, question, str(round_.id), author=author, chooser=chooser, listed=listed)


def post_round_card(session: Session, services: Services, circle: Circle, round_: Round, now: datetime) -> None:
    """Post the card of a new round in the channel, and follow its thread; the round before ends with it."""
    queries.end_batches(session, circle, now)
    key, card = f"round:{round_.id}", round_card_of(session, services, circle, round_)
    services.outbox.upsert(session, key, card, Destination(channel=circle.channel.slack), subject=key)
    services.outbox.catch_up_from(session, key, now + READ_EVERY)


def refresh_round_card(services: Services, session: Session, circle: Circle, round_: Round) -> None:
    """Show the card of this round as it is now."""
    services.outbox.update_if_posted(session, f"round:{round_.id}", round_card_of(session, services, circle, round_))


def is_looking_back(prompt: str) -> bool:
    """Whether this is the prompt of a round that looks back on a season."""
    return prompt.startswith(_SEASON)


def question_of(services: Services, speaker: Speaker, round_: Round) -> Question:
    """What this round asks, in this language; if its prompt was removed from the file, words that point to the card."""
    text, theme = _question_text(services, speaker, round_), round_theme_name(services, speaker, round_.theme)
    return Question(text, theme, round_.has_students)


def round_theme_name(services: Services, speaker: Speaker, key: str) -> str:
    """The name of a round's theme; of a theme that was removed from its file, the key."""
    if key == LOOKING_BACK:
        return speaker.plain("looking_back.theme")
    return theme_name(services, speaker, key)


def _question_text(services: Services, speaker: Speaker, round_: Round) -> str:
    if is_looking_back(round_.prompt):
        return speaker.plain("looking_back.asks")
    if is_own_question(round_.prompt):
        return read_asked(services, round_) or speaker.plain("reflection.question_withdrawn")
    prompt = services.library.find_prompt(round_.prompt)
    return prompt.text.in_(speaker.language) if prompt else speaker.plain("reflection.question_elsewhere")


def _questions_of_season(
    session: Session, services: Services, circle: Circle, round_: Round, speaker: Speaker
) -> list[Json]:
    """What the circle was asked before this round, in the season that it looks back on."""
    season = periods.parse(round_.prompt.removeprefix(_SEASON))
    begins, ends = season.between(circle.timezone)
    asked = rounds_between(session, circle, (begins, min(ends, round_.posted_at)))
    listed = [(speaker.day(one.posted_at, circle.timezone), question_of(services, speaker, one).text) for one in asked]
    return views.looking_back_list(speaker, season, listed)


def _slack_id(session: Session, member: int | None) -> str:
    return session.get_one(Member, member).slack if member else ""
