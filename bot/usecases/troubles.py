"""When Slack refuses something for good, somebody who can mend it is told why, in words, without content."""

from typing import TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.usecases.desk import Desk
from bot.views import notices
from bot.words.escaping import place
from db.models import Circle, Errand, Post
from db.queries import people


class Troubles:
    """Tells moderators what they can mend."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def parked(self, session: Session, post: Post, error: str) -> None:
        """An errand of `post` was refused with Slack's `error`: the moderators of its circle hear it, once each."""
        for circle in self._concerned(session, post):
            say = self._desk.voice(circle)
            where = place(post.channel if _is_channel(post.channel) else circle.channel.slack)
            body = notices.trouble(say, where, error)
            for moderator in people.moderators(session, circle):
                at = self._desk.outbox.direct(session, moderator.slack)
                self._desk.outbox.say(session, f"trouble:{post.id}:{error}:{moderator.id}", body, at)

    def retry(self, errand_id: int | None = None) -> int:
        """Let parked errands (all, or one) try again; returns how many."""
        return self._release("waiting", errand_id)

    def drop(self, errand_id: int | None = None) -> int:
        """Give parked errands (all, or one) up, so that what waits behind them can go; returns how many."""
        return self._release("withdrawn", errand_id)

    def waiting(self) -> list[tuple[int, str, str, int, str | None]]:
        """What is not sent yet: number, operation, state, attempts and Slack's last error. No words among it."""
        unsent = Errand.state.in_(("waiting", "sending", "parked"))
        with self._desk.database.reading() as session:
            rows = session.scalars(select(Errand).where(unsent).order_by(Errand.id))
            return [(row.id, row.operation, row.state, row.attempts, row.error) for row in rows]

    def _release(self, state: str, errand_id: int | None) -> int:
        with self._desk.database.writing() as session:
            parked = select(Errand).where(Errand.state == "parked").with_for_update()
            chosen = parked.where(Errand.id == errand_id) if errand_id is not None else parked
            rows = list(session.scalars(chosen))
            for row in rows:
                row.state, row.not_before = state, None
                row.body = row.body if state == "waiting" else None
            return len(rows)

    def _concerned(self, session: Session, post: Post) -> list[Circle]:
        """The circle of the post's channel; every circle where that says nothing (a case's own channel, a person)."""
        circles = list(session.scalars(select(Circle).where(Circle.set_up_at.is_not(None))))
        here = [one for one in circles if one.channel.slack == post.channel]
        return here or circles


def _is_channel(place: str | None) -> TypeGuard[str]:
    """Whether people can follow a link to it; a person and their direct conversation are none of a moderator's."""
    return place is not None and place.startswith(("C", "G"))
