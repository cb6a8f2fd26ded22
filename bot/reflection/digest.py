"""What reflection gives the digest: the questions of rounds."""

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.core.text import Text
from bot.questions.api import is_own_question, read_asked
from bot.reflection.round_cards import is_looking_back
from bot.words import LANGUAGES
from db.models import Round


def asked_text(services: Services, session: Session, round_id: int, prompt: str) -> Text | None:
    """What this round asked, in each language; None where nobody knows any more. `prompt` is the id of its prompt."""
    if is_looking_back(prompt):
        return Text(**{language: services.speakers[language].plain("looking_back.asks") for language in LANGUAGES})
    if is_own_question(prompt):
        text = read_asked(services, session.get_one(Round, round_id))
        return Text(nl=text, en=text, fr=text) if text else None
    return found.text if (found := services.library.find_prompt(prompt)) else None
