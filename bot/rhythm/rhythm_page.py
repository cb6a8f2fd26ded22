"""When questions come in a circle: everybody may read it, its moderators may skip, pause, ask now and propose."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import CircleContext, circle_here, is_moderator, led_circle
from bot.consent.api import open_proposal
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.queue import Destination
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.rules.rhythm import Fate, PlanSlot, Rhythm
from bot.rhythm.views import rhythm_page as views
from db.models import Circle, SlotException

_LONGEST_PAUSE: Final = timedelta(days=366)
# As far ahead as a button can point: the page shows four slots.
_SLOTS_IN_REACH: Final = 8
# How many past exceptions the page shows.
_MOST_PAST: Final = 5


# Posts the question of this slot in the circle, which is locked, in this transaction.
PostQuestion = Callable[[Session, Circle, PlanSlot, datetime], None]


class RhythmPage:
    """The page of a circle's rhythm, and what moderators do there. What is not posted yet is undone as easily."""

    def __init__(self, services: Services, planning: RoundPlanning, post_question: PostQuestion) -> None:
        self._services, self._planning, self._post_question = services, planning, post_question

    def open_rhythm_page(self, user: str, channel: str, now: datetime) -> Json:
        """The page of the circle in this channel."""
        with self._services.database.reading() as session:
            return self._page(CircleContext(session, *circle_here(session, user, channel), now))

    def skip_slot(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """The question of this slot does not come; the channel reads so. Twice is once."""
        with self._services.database.writing() as session:
            context = _load(session, user, circle_id, now)
            slot = self._find_slot(context, key)
            if slot.fate.comes:
                session.add(_skipped(context, slot))
                self._planning.replan(session, context.circle)
                self._post_skipped_line(context, slot, comes_after_all=False)
            return self._page(context)

    def unskip_slot(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """The question of this slot comes after all; `Refusal` once its moment is over."""
        with self._services.database.writing() as session:
            context = _load(session, user, circle_id, now)
            slot = self._find_slot(context, key)
            if slot.fate == Fate.SKIPPED:
                session.delete(session.get_one(SlotException, (circle_id, slot.key)))
                self._planning.replan(session, context.circle)
                self._post_skipped_line(context, slot, comes_after_all=True)
            return self._page(context)

    def post_now(self, user: str, circle_id: int, key: str, now: datetime) -> Json:
        """The question of this slot comes now instead of then; `Refusal` if it was posted, or may not come yet."""
        with self._services.database.writing() as session:
            context = _load(session, user, circle_id, now)
            slot = self._find_slot(context, key)
            if not slot.fate.comes or not _may_post(context):
                raise Refusal("rhythm.passed")
            self._post_question(session, context.circle, slot, now)
            self._planning.replan(session, context.circle)
            return self._page(context)

    def pause_questions(self, user: str, circle_id: int, until: str, now: datetime) -> Json:
        """No question before this day ("2027-01-04"); the channel reads so. `Refusal` for a day that cannot be."""
        with self._services.database.writing() as session:
            context = _load(session, user, circle_id, now)
            circle, day, today = context.circle, _read_day(until), self._today(context)
            if day is None or not today < day <= today + _LONGEST_PAUSE:
                raise Refusal("rhythm.wrong_pause")
            self._planning.settle_before(session, circle, now)
            circle.paused_until = day
            self._planning.replan(session, circle)
            self._post_line(context, _pause_key(circle), views.paused_post(self._services.speaker_for(circle), day))
            return self._page(context)

    def resume_questions(self, user: str, circle_id: int, now: datetime) -> Json:
        """Questions come as planned again."""
        with self._services.database.writing() as session:
            context = _load(session, user, circle_id, now)
            circle = context.circle
            if circle.paused_until is not None and circle.next_round_at is not None:
                self._planning.settle_before(session, circle, now)
                key, circle.paused_until = _pause_key(circle), None
                self._planning.replan(session, circle)
                line = views.resumed_post(self._services.speaker_for(circle), circle.next_round_at, circle.timezone)
                self._post_line(context, key, line)
            return self._page(context)

    def _page(self, context: CircleContext) -> Json:
        session, circle, now = context.session, context.circle, context.now
        proposal, speaker = open_proposal(session, circle), self._services.speaker_for(circle, context.member)
        slots = self._planning.load_plan(session, circle).outlook(_first_open_moment(context))
        coming = {slot.key for slot in slots}
        past = self._planning.past_exceptions(session, circle, now, len(slots) + _MOST_PAST)
        content = views.RhythmPageContent(
            rhythm=Rhythm.from_column(circle.rhythm),
            slots=tuple(slots),
            past=tuple(one for one in past if one.key not in coming)[:_MOST_PAST],
            zone=circle.timezone,
            today=self._today(context),
            holds=circle.next_round_at is not None,
            paused_until=circle.paused_until,
            is_proposed=proposal is not None,
            until=speaker.moment(proposal.ends_at, circle.timezone) if proposal else "",
            may_post=_may_post(context),
            is_after_hours=not self._services.calendar(circle).presentable(now),
            is_moderator=is_moderator(session, circle, context.member),
        )
        return views.rhythm_page(speaker, content, circle.id)

    def _find_slot(self, context: CircleContext, key: str) -> PlanSlot:
        plan = self._planning.load_plan(context.session, context.circle)
        slots = plan.outlook(_first_open_moment(context), _SLOTS_IN_REACH)
        slot = next((one for one in slots if one.key == key), None)
        if slot is None or context.circle.next_round_at is None:
            raise Refusal("rhythm.passed")
        return slot

    def _today(self, context: CircleContext) -> date:
        return self._services.calendar(context.circle).local(context.now).date()

    def _post_skipped_line(self, context: CircleContext, slot: PlanSlot, *, comes_after_all: bool) -> None:
        speaker = self._services.speaker_for(context.circle)
        line = views.skipped_post(speaker, slot, comes_after_all=comes_after_all)
        self._post_line(context, f"skipped:{context.circle.id}:{slot.key}", line)

    def _post_line(self, context: CircleContext, key: str, line: Json) -> None:
        """One line for one thing: undoing that updates the same post."""
        self._services.outbox.upsert(context.session, key, line, Destination(channel=context.circle.channel.slack))


def _load(session: Session, user: str, circle_id: int, now: datetime) -> CircleContext:
    """The circle, locked, for one of its moderators."""
    return CircleContext(session, *led_circle(session, circle_id, user, locked=True), now)


def _may_post(context: CircleContext) -> bool:
    """Not while members can object to a first rhythm, nor while none holds."""
    proposal = open_proposal(context.session, context.circle)
    return context.circle.next_round_at is not None and (proposal is None or proposal.kind != "first")


def _first_open_moment(context: CircleContext) -> datetime:
    """The moment from which slots are not settled yet."""
    return max(context.now, context.circle.settled_until or context.now)


def _skipped(context: CircleContext, slot: PlanSlot) -> SlotException:
    return SlotException(
        circle_id=context.circle.id,
        slot=slot.key,
        why=Fate.SKIPPED.value,
        planned=slot.planned,
        noted_at=context.now,
        member_id=context.member.id,
    )


def _pause_key(circle: Circle) -> str:
    return f"paused:{circle.id}:{circle.paused_until}"


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
