"""When the next question of a circle is due, and what became of the slots that passed."""

from datetime import datetime
from itertools import takewhile

from sqlalchemy.orm import Session

from bot.rules.rhythm import Fate, Plan, Rhythm, Slot
from bot.usecases.desk import Desk
from db.models import Circle, SlotWithout
from db.queries import rhythm as queries


class Planning:
    """The plan of each circle; whoever changes something that counts in it, plans anew. The circle is locked then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self, session: Session, circle: Circle) -> Plan:
        """The circle's rhythm, and what was decided besides."""
        return Plan(
            Rhythm.kept(circle.rhythm),
            self._desk.calendar(circle),
            skipped=queries.slots_skipped(session, circle),
            had=queries.slots_had(session, circle),
            paused_until=circle.paused_until,
        )

    def plan_next(self, session: Session, circle: Circle) -> None:
        """The next question is due at the first moment that is not settled yet."""
        assert circle.settled_until is not None, "a circle without a beginning has no plan"
        slot = self.plan(session, circle).next(circle.settled_until)
        circle.next_round_at, circle.next_slot = slot.at, slot.key

    def replan(self, session: Session, circle: Circle) -> None:
        """The same, in a circle that has a rhythm that holds."""
        session.flush()
        if circle.next_round_at is not None:
            self.plan_next(session, circle)

    def settle(self, session: Session, circle: Circle, now: datetime) -> Slot | None:
        """Every slot until now is settled: the one whose question can still come is returned, others are recorded.

        What could not come in its own slot is missed: two questions at once would ask more than a slot gives.
        """
        assert circle.settled_until is not None, "a circle without a beginning has no plan"
        due = None
        slots = self.plan(session, circle).slots(circle.settled_until)
        for slot in takewhile(lambda one: one.at <= now, slots):
            if slot.fate.comes and now < slot.ends:
                due = slot
            elif slot.fate != Fate.SKIPPED:
                self._record(session, circle, slot, now)
        circle.settled_until = now
        return due

    def _record(self, session: Session, circle: Circle, slot: Slot, now: datetime) -> None:
        why = Fate.MISSED if slot.fate.comes else slot.fate
        known = SlotWithout(circle_id=circle.id, slot=slot.key, why=why.value, planned_at=slot.at, noted_at=now)
        session.merge(known)
