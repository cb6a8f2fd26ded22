"""When the next question of a circle is due, and what became of the slots that passed."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core.services import Service
from bot.rhythm.rules.rhythm import Fate, Plan, PlanSlot, Rhythm, SlotOutcome
from db.models import Circle, SlotException
from db.queries import rhythm as queries

# Days are shown without their year, so no older slot is shown.
_LOOKING_BACK: Final = timedelta(days=364)


class RoundPlanning(Service):
    """The plan of each circle. Whoever changes something that counts in it locks the circle and plans anew."""

    def load_plan(self, session: Session, circle: Circle) -> Plan:
        """The circle's rhythm, with its pause and the slots that were skipped or had their question."""
        return Plan(
            Rhythm.from_column(circle.rhythm),
            self._services.calendar(circle),
            skipped=queries.slots_skipped(session, circle),
            had=queries.slots_had(session, circle),
            paused_until=circle.paused_until,
        )

    def plan_next(self, session: Session, circle: Circle) -> None:
        """Note when the next question is due: at the first slot that is not settled yet."""
        assert circle.settled_until is not None, "a circle without a beginning has no plan"
        slot = self.load_plan(session, circle).next(circle.settled_until)
        circle.next_round_at, circle.next_slot = slot.at, slot.key

    def replan(self, session: Session, circle: Circle) -> None:
        """Note anew when the next question is due, in a circle whose rhythm holds."""
        session.flush()
        if circle.next_round_at is not None:
            self.plan_next(session, circle)

    def settle_slots(self, session: Session, circle: Circle, now: datetime) -> PlanSlot | None:
        """Settle every slot until now: the one whose question can still come is returned, others are recorded.

        A question that could not come in its own slot is missed: two at once would ask more than a slot gives.
        """
        due = self._record_passed(session, circle, now)
        circle.settled_until = now
        return due

    def settle_before(self, session: Session, circle: Circle, now: datetime) -> None:
        """Before a change, settle what passed until now by the old plan; a question that is due stays due."""
        if circle.next_round_at is not None and circle.settled_until and circle.settled_until < now:
            due = self._record_passed(session, circle, now)
            circle.settled_until = due.at - timedelta.resolution if due else now

    def record_posted(self, session: Session, circle: Circle, slot: PlanSlot, now: datetime) -> None:
        """The question of this slot comes now: record that, if it is another day than planned."""
        if outcome := self.load_plan(session, circle).outcome_when_posted(slot, now):
            _record(session, circle, outcome, now)

    def past_exceptions(self, session: Session, circle: Circle, now: datetime, most: int) -> list[SlotOutcome]:
        """The last few slots of a year without a question on their day, latest first; recorded already or not."""
        today = self._services.calendar(circle).local(now).date()
        rows = queries.past_slot_exceptions(session, circle, today - _LOOKING_BACK, today, most)
        known = [SlotOutcome(row.slot, row.planned, Fate(row.why), row.came, row.closed_for) for row in rows]
        if circle.next_round_at is not None and circle.settled_until is not None:
            plan = self.load_plan(session, circle)
            passed = [slot for slot in plan.passed(circle.settled_until, now) if not slot.can_come(now)]
            known += [plan.outcome_when_passed(slot) for slot in passed if slot.fate != Fate.SKIPPED]
        return sorted(known, key=lambda one: one.planned, reverse=True)[:most]

    def _record_passed(self, session: Session, circle: Circle, now: datetime) -> PlanSlot | None:
        """Record the slots that passed, but for the one whose question can still come, which is returned."""
        assert circle.settled_until is not None, "a circle without a beginning has no plan"
        plan = self.load_plan(session, circle)
        due = None
        for slot in plan.passed(circle.settled_until, now):
            if slot.can_come(now):
                due = slot
            elif slot.fate != Fate.SKIPPED:
                _record(session, circle, plan.outcome_when_passed(slot), now)
        return due


def _record(session: Session, circle: Circle, outcome: SlotOutcome, now: datetime) -> None:
    noted = SlotException(circle_id=circle.id, slot=outcome.key, why=outcome.why.value, noted_at=now)
    noted.planned, noted.came, noted.closed_for = outcome.planned, outcome.came, outcome.closed_for
    session.merge(noted)
