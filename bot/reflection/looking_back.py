"""Looking back together: after a season the circle is invited; once somebody accepts, a round is about all of it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, led_circle
from bot.core import periods
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.periods import DigestPeriod
from bot.core.services import Service
from bot.outbox.queue import Destination
from bot.questions.api import QuestionsContext, circles_with_season_over, questions_page_for, rounds_between
from bot.reflection.round_cards import LOOKING_BACK, post_round_card
from bot.reflection.surfaces import LookingBackButton
from bot.reflection.views import round_cards as views
from db.models import Circle, Round

# With fewer questions than these there is nothing to look back on.
FEWEST = 3


class LookingBack(Service):
    """Invites circles to look back, and posts a round about it: at most once a season."""

    def circles_to_invite(self, now: datetime) -> list[int]:
        """Our ids of the circles whose season is over."""
        with self._services.database.reading() as session:
            return circles_with_season_over(session, now)

    def offer_looking_back(self, circle_id: int, now: datetime) -> bool:
        """A season is over: invite the circle once, at a decent hour. Returns whether anything changed."""
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            if circle.look_back_at is None or circle.look_back_at > now:
                return False
            decent = self._services.calendar(circle).next_presentable(now)
            if decent > now:
                circle.look_back_at = decent
                return True
            today = periods.local_day(circle.look_back_at, circle.timezone)
            over = periods.season_of(periods.season_of(today).first - timedelta(days=1))
            circle.look_back_at = None
            if len(self._rounds_of_season(session, circle, over)) >= FEWEST:
                self._invite(session, circle, over)
            return True

    def invite_to_look_back(self, user: str, circle_id: int, now: datetime) -> Json:
        """A moderator invites the circle to look back on this season, or if it has too few questions, on the last."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user)
            season = periods.season_of(periods.local_day(now, circle.timezone))
            before = periods.season_of(season.first - timedelta(days=1))
            rounds = ((one, self._rounds_of_season(session, circle, one)) for one in (season, before))
            chosen = next((one for one, found in rounds if len(found) >= FEWEST), None)
            if chosen is None:
                raise Refusal("questions.too_few", fewest=FEWEST)
            self._invite(session, circle, chosen)
            context = QuestionsContext(self._services, session, circle, member)
            return questions_page_for(context, done="questions.done_invited")

    def begin_looking_back(self, user: str, button: LookingBackButton, now: datetime) -> None:
        """Somebody accepts the invitation: post the round in the channel, once."""
        with self._services.database.writing() as session:
            circle, season = self._load_invited(session, user, button)
            slot = f"season:{season.key}"
            if session.scalar(select(Round.id).where(Round.circle_id == circle.id, Round.slot == slot)) is None:
                self._post_round(session, circle, slot, now)
            body = views.looking_back_begun(self._services.speaker_for(circle), season)
            self._services.outbox.update_if_posted(session, _key(circle, season), body)

    def _post_round(self, session: Session, circle: Circle, slot: str, now: datetime) -> None:
        round_ = Round(circle_id=circle.id, slot=slot, prompt=slot, theme=LOOKING_BACK, posted_at=now)
        session.add(round_)
        session.flush()
        post_round_card(session, self._services, circle, round_, now)

    def _invite(self, session: Session, circle: Circle, season: DigestPeriod) -> None:
        asked = len(self._rounds_of_season(session, circle, season))
        button = LookingBackButton(circle.id, season.key)
        body = views.looking_back_invitation(self._services.speaker_for(circle), season, asked, button)
        self._services.outbox.post_once(session, _key(circle, season), body, Destination(channel=circle.channel.slack))

    def _load_invited(self, session: Session, user: str, button: LookingBackButton) -> tuple[Circle, DigestPeriod]:
        """The circle and season of an invitation that was really made."""
        circle, _ = circle_by_id(session, button.circle_id, user, locked=True)
        try:
            season = periods.parse(button.season)
        except ValueError as error:
            raise Refusal("common.gone") from error
        if self._services.outbox.find_target(session, _key(circle, season)) is None:
            raise Refusal("common.gone")
        return circle, season

    def _rounds_of_season(self, session: Session, circle: Circle, season: DigestPeriod) -> list[Round]:
        return rounds_between(session, circle, season.between(circle.timezone))


def _key(circle: Circle, season: DigestPeriod) -> str:
    return f"look-back:{circle.id}:{season.key}"
