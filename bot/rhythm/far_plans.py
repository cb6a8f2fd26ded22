"""A clock that was far ahead, even for a moment, may have planned a question for then: that plan is made again."""

import logging
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import moderators_of
from bot.consent.types import objection_deadline
from bot.core.services import Services
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.views.far_plans import planned_again_post
from db.models import Circle
from db.queries import rhythm as queries

_log = logging.getLogger(__name__)
# A question that is nearer than this is no further off than a rhythm of every other week allows.
NEAR: Final = timedelta(days=15)
# A plan that is that far off can wait so long: looking takes reading the plan of each paused circle.
LOOK_EVERY: Final = timedelta(minutes=10)


class FarPlans:
    """Finds the circles whose next question is further off than their rhythm allows, and plans it again."""

    def __init__(self, services: Services, planning: RoundPlanning) -> None:
        self._services, self._planning = services, planning
        self._looked_at: datetime | None = None

    def circles_planned_too_far(self, now: datetime) -> list[int]:
        """Our ids of these circles; none where we looked a moment ago."""
        if self._looked_at and self._looked_at <= now < self._looked_at + LOOK_EVERY:
            return []
        self._looked_at = now
        with self._services.database.reading() as session:
            far = queries.circles_planned_after(session, now + NEAR)
            return [circle.id for circle in far if self._nearer(session, circle, now)]

    def plan_again(self, circle_id: int, now: datetime) -> bool:
        """Plan the next question of this circle again, and tell its moderators. Returns whether it was too far off."""
        with self._services.database.writing() as session:
            circle = session.get_one(Circle, circle_id, with_for_update=True)
            nearer = self._nearer(session, circle, now)
            if nearer is None or circle.next_round_at is None:
                return False
            wrong, circle.settled_until = circle.next_round_at, nearer
            queries.forget_outcomes_after(session, circle, self._services.calendar(circle).local(now).date())
            queries.bring_rounds_back(session, circle, now)
            self._planning.replan(session, circle)
            _log.warning(
                "the next question of circle %s was planned for %s, further off than its rhythm allows: "
                "it is planned again, for %s",
                *(circle.id, wrong, circle.next_round_at),
            )
            self._tell(session, circle, wrong, circle.next_round_at)
            return True

    def _nearer(self, session: Session, circle: Circle, now: datetime) -> datetime | None:
        """From when on the plan is made again; None where the question is not further off than the rhythm allows."""
        if circle.next_round_at is None or circle.settled_until is None or circle.next_round_at <= now + NEAR:
            return None
        plan, calendar = self._planning.load_plan(session, circle), self._services.calendar(circle)
        if circle.settled_until <= objection_deadline(calendar, now):
            return circle.settled_until if plan.next(circle.settled_until).at < circle.next_round_at else None
        latest = queries.latest_round_before(session, circle, now)
        since = now - timedelta(weeks=plan.rhythm.weeks)
        nearer = max(latest.posted_at, since) if latest else now
        return nearer if plan.next(nearer).at < circle.next_round_at else None

    def _tell(self, session: Session, circle: Circle, wrong: datetime, right: datetime) -> None:
        body = planned_again_post(self._services.speaker_for(circle), wrong, right, circle.timezone)
        for moderator in moderators_of(session, circle):
            at = self._services.outbox.open_dm(session, moderator.slack)
            key = f"planned-again:{circle.id}:{wrong:%Y%m%d%H%M}:{moderator.id}"
            self._services.outbox.post_once(session, key, body, at)
