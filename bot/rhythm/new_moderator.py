"""A circle whose last moderator left asks its people who looks after it; whoever says so is its moderator."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import active_moderators_of, circle_by_id, circles_without_moderator, set_moderators
from bot.circles.types import CirclePointer
from bot.core.calendar import Calendar
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.outbox.queue import Destination
from bot.rhythm.views import new_moderator as views
from db.models import Circle, Member

# A moderator who left by mistake can come back first. After this the circle is asked, if it is a decent hour.
_PATIENCE: Final = timedelta(hours=1)
# By then it is asked in any case.
_LATEST: Final = timedelta(days=1)


class NewModerator(Service):
    """Finding somebody who looks after a circle that nobody looks after."""

    def circles_to_ask(self) -> list[int]:
        """Our ids of the circles that nobody looks after, or that did not hear yet that somebody does again."""
        with self._services.database.reading() as session:
            return circles_without_moderator(session)

    def ask_circle(self, circle_id: int, now: datetime) -> bool:
        """Ask this circle who looks after it, once it is time to. Returns whether it was asked now."""
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            if moderators := active_moderators_of(session, circle):
                self._note_found(session, circle, moderators)
                return False
            circle.unmoderated_since = circle.unmoderated_since or now
            if circle.moderator_sought_at or not _is_time(self._services.calendar(circle), circle, now):
                return False
            circle.moderator_sought_at = now
            body = views.who_looks_after(self._services.speaker_for(circle), CirclePointer(circle.id))
            place = Destination(channel=circle.channel.slack)
            self._services.outbox.upsert(session, _card_key(circle), body, place)
            return True

    def open_form(self, user: str, circle_id: int) -> Json:
        """The form that says what a moderator does; refuses where somebody looks after the circle by now."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, circle_id, user)
            self._require_free(session, circle, member)
            return views.moderator_form(self._services.speaker_for(circle, member), CirclePointer(circle.id))

    def take_on(self, user: str, circle_id: int, now: datetime) -> None:
        """This member looks after the circle from now on. Saying so twice does no harm."""
        with self._services.database.writing() as session:
            circle, member = circle_by_id(session, circle_id, user, locked=True)
            if member in active_moderators_of(session, circle):
                return
            self._require_free(session, circle, member)
            set_moderators(session, circle, [member])
            self._note_found(session, circle, [member])

    def _require_free(self, session: Session, circle: Circle, member: Member) -> None:
        if member.is_guest:
            raise Refusal("circle.moderator_is_guest")
        if active_moderators_of(session, circle):
            raise Refusal("moderator.is_found")

    def _note_found(self, session: Session, circle: Circle, moderators: Sequence[Member]) -> None:
        """The card says who looks after the circle."""
        if circle.moderator_sought_at:
            speaker, found = self._services.speaker_for(circle), [one.slack for one in moderators]
            self._services.outbox.update_if_posted(session, _card_key(circle), views.moderator_found(speaker, found))
        circle.unmoderated_since = circle.moderator_sought_at = None


def _is_time(calendar: Calendar, circle: Circle, now: datetime) -> bool:
    """In working hours, if those come within a day; else by day; and within a day in any case."""
    since = circle.unmoderated_since or now
    if now < since + _PATIENCE:
        return False
    if calendar.next_presentable(now) <= since + _LATEST:
        return calendar.presentable(now)
    return calendar.is_daytime(now) or now >= since + _LATEST - _PATIENCE


def _card_key(circle: Circle) -> str:
    return f"moderator:{circle.id}:{circle.moderator_sought_at:%Y%m%d%H%M%S}"
