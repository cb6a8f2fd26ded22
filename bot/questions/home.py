"""What the questions of a circle put on Home: the way to them, and how many wait for what a member thinks."""

from collections.abc import Iterator

from bot.core import names
from bot.core.home import HomeButton
from bot.core.providers import HomeProvider, MemberContext
from db.models import Circle
from db.queries.questions import count_proposals_open_to


def home_provider() -> HomeProvider:
    """What the questions of a circle put on Home."""
    return HomeProvider(circle_buttons=_questions_button)


def _questions_button(reader: MemberContext, circle: Circle) -> Iterator[HomeButton]:
    waiting, speaker = count_proposals_open_to(reader.session, circle, reader.member), reader.speaker
    label = speaker.plain("questions.title_with", n=waiting) if waiting else speaker.plain("questions.title")
    yield HomeButton(label, names.QUESTIONS_PRESSED, circle.channel.slack, waiting)
