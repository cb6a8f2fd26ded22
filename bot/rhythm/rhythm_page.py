"""When questions come in a circle: everybody may read it, its moderators may skip, pause, ask now and propose."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import circle_here, is_moderator, led_circle
from bot.consent.api import open_proposal
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.rules.rhythm import Fate, PlanSlot, Rhythm
from bot.rhythm.views import rhythm_page as views
from db.models import Circle, Member, SlotException

_LONGEST_PAUSE: Final = timedelta(days=366)
# As far ahead as a button can point: the page shows four.
_IN_SIGHT: Final = 8
# How many that went otherwise the page shows.
_LOOKS_BACK: Final = 5


# Posts the question of this slot in the circle, which is locked, in this transaction.
PostQuestion = Callable[[Session, Circle, PlanSlot, datetime], None]


class RhythmPage:
    """The page of a circle's rhythm, and what moderators do there; until it is posted, it is undone as easily."""

    def __init__(self, services: Services, planning: RoundPlanning, post_question: PostQuestion) -> None:
        self._services = services
        self._planning = planning
        self._post_question = post_question

    def open_rhythm_page(self, user: str, channel: str, now: datetime) -> Json:
        """The page of the circle in this channel."""
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            return self._page(session, circle, member, now)

    def skip_slot(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """The question of this slot does not come; the channel reads so. Twice is once."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            slot = self._slot(session, circle, key, now)
            if slot.fate.comes:
                session.add(
                    SlotException(
                        circle_id=circle.id,
                        slot=slot.key,
                        why=Fate.SKIPPED.value,
                        planned=slot.planned,
                        noted_at=now,
                        member_id=member.id,
                    )
                )
                self._planning.replan(session, circle)
                self._say_skipped(session, circle, slot, comes_after_all=False)
            return self._page(session, circle, member, now)

    def unskip_slot(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """It comes after all; `Refusal` once its moment is over."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            slot = self._slot(session, circle, key, now)
            if slot.fate == Fate.SKIPPED:
                session.delete(session.get_one(SlotException, (circle.id, slot.key)))
                self._planning.replan(session, circle)
                self._say_skipped(session, circle, slot, comes_after_all=True)
            return self._page(session, circle, member, now)

    def post_now(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """The question of this slot comes now instead of then; `Refusal` if it was posted, or may not come yet."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            slot = self._slot(session, circle, key, now)
            if not slot.fate.comes or not self._may_post(session, circle):
                raise Refusal("rhythm.passed")
            self._post_question(session, circle, slot, now)
            self._planning.replan(session, circle)
            return self._page(session, circle, member, now)

    def pause_questions(self, user: str, circle_id: int, until: str, now: datetime) -> Json:
        """No question before this day ("2027-01-04"); the channel reads so. `Refusal` for a day that cannot be."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            day = _day(until)
            today = self._today(circle, now)
            if day is None or not today < day <= today + _LONGEST_PAUSE:
                raise Refusal("rhythm.wrong_pause")
            self._planning.settle_before(session, circle, now)
            circle.paused_until = day
            self._planning.replan(session, circle)
            self._say(session, circle, _pause_key(circle), views.paused_post(self._services.speaker_for(circle), day))
            return self._page(session, circle, member, now)

    def resume_questions(self, user: str, circle_id: int, now: datetime) -> Json:
        """Questions go on as planned."""
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, locked=True)
            if circle.paused_until is not None and circle.next_round_at is not None:
                self._planning.settle_before(session, circle, now)
                key, circle.paused_until = _pause_key(circle), None
                self._planning.replan(session, circle)
                line = views.resumed_post(self._services.speaker_for(circle), circle.next_round_at, circle.timezone)
                self._say(session, circle, key, line)
            return self._page(session, circle, member, now)

    def _page(self, session: Session, circle: Circle, member: Member, now: datetime) -> Json:
        proposal = open_proposal(session, circle)
        speaker, plan = self._services.speaker_for(circle, member), self._planning.load_plan(session, circle)
        slots = plan.outlook(self._from(circle, now))
        coming = {slot.key for slot in slots}
        past = self._planning.past_exceptions(session, circle, now, len(slots) + _LOOKS_BACK)
        shown = views.RhythmPageContent(
            rhythm=Rhythm.from_column(circle.rhythm),
            slots=tuple(slots),
            past=tuple(one for one in past if one.key not in coming)[:_LOOKS_BACK],
            zone=circle.timezone,
            today=self._today(circle, now),
            holds=circle.next_round_at is not None,
            paused_until=circle.paused_until,
            is_proposed=proposal is not None,
            until=speaker.moment(proposal.ends_at, circle.timezone) if proposal else "",
            may_post=self._may_post(session, circle),
            is_after_hours=not self._services.calendar(circle).presentable(now),
            leads=is_moderator(session, circle, member),
        )
        return views.rhythm_page(speaker, shown, {"circle": circle.id})

    def _may_post(self, session: Session, circle: Circle) -> bool:
        """Not while members can object to a first rhythm, nor while none holds."""
        proposal = open_proposal(session, circle)
        return circle.next_round_at is not None and (proposal is None or proposal.kind != "first")

    def _slot(self, session: Session, circle: Circle, key: str, now: datetime) -> PlanSlot:
        slots = self._planning.load_plan(session, circle).outlook(self._from(circle, now), _IN_SIGHT)
        slot = next((one for one in slots if one.key == key), None)
        if slot is None or circle.next_round_at is None:
            raise Refusal("rhythm.passed")
        return slot

    def _from(self, circle: Circle, now: datetime) -> datetime:
        return max(now, circle.settled_until or now)

    def _today(self, circle: Circle, now: datetime) -> date:
        return self._services.calendar(circle).local(now).date()

    def _say_skipped(self, session: Session, circle: Circle, slot: PlanSlot, *, comes_after_all: bool) -> None:
        line = views.skipped_post(self._services.speaker_for(circle), slot, comes_after_all=comes_after_all)
        self._say(session, circle, f"skipped:{circle.id}:{slot.key}", line)

    def _say(self, session: Session, circle: Circle, key: str, line: Json) -> None:
        """One line for one thing: what is undone is said in the same place."""
        self._services.outbox.upsert(session, key, line, Destination(channel=circle.channel.slack))


def _pause_key(circle: Circle) -> str:
    return f"paused:{circle.id}:{circle.paused_until}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
