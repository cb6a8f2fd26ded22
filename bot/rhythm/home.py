"""What the rhythm puts on Home: a circle to set up, and for each circle when its next question comes."""

from collections.abc import Iterator

from bot.circles.api import circles_to_set_up
from bot.core import names
from bot.core.home import HomeButton, TodoItem
from bot.core.providers import HomeProvider, MemberContext
from bot.words import Mrkdwn
from bot.words.escaping import channel_link
from db.models import Circle
from db.queries.rhythm import latest_rounds


def home_provider() -> HomeProvider:
    """What the rhythm puts on Home."""
    return HomeProvider(todo=_circles_to_set_up, circle_texts=_next_question, circle_buttons=_rhythm_button)


def _circles_to_set_up(reader: MemberContext) -> Iterator[TodoItem]:
    for circle in circles_to_set_up(reader.session, reader.member):
        channel = circle.channel.slack
        yield TodoItem("set_up", "greeting.set_up", names.SET_UP, channel, channel)


def _next_question(reader: MemberContext, circle: Circle) -> Iterator[Mrkdwn]:
    place, speaker = channel_link(circle.channel.slack), reader.speaker
    if circle.next_round_at is None:
        yield speaker.mrkdwn("home.circle_waits", place=place, moment="")
        return
    key = "home.circle" if latest_rounds(reader.session, circle, 1) else "home.circle_new"
    yield speaker.mrkdwn(key, place=place, moment=speaker.moment(circle.next_round_at, circle.timezone))


def _rhythm_button(reader: MemberContext, circle: Circle) -> Iterator[HomeButton]:
    yield HomeButton(reader.speaker.plain("rhythm.title"), names.RHYTHM_PRESSED, circle.channel.slack)
