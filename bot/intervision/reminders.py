"""What the bot tells somebody about their cases in private without being asked: one message a day, for all of it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.circles.api import first_circle_of, known_member
from bot.core.calendar import OPENS
from bot.core.notices import Receipt
from bot.core.services import Services
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_case, load_for_member_in_channel
from bot.intervision.create import read_intake
from bot.intervision.rules.events import MoreTimeAsked
from bot.intervision.rules.permissions import Action, may
from bot.intervision.rules.progress import writers
from bot.intervision.rules.reminders import News, closing_soon, may_ask_more_time
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import step_heading
from bot.intervision.views.reminders import ReminderItem, case_place, daily_message
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member, Reminder
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries


class CaseReminders:
    """The one message a day, and *more time*."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def cases_to_remind(self, now: datetime) -> list[str]:
        """The cases of which a step closes on the next working day."""
        with self._services.database.reading() as session:
            return reminder_queries.cases_to_remind(session, now)

    def look_up_people(self, case_id: str, now: datetime) -> bool:
        """Whoever of this case wants reminders is to be told something now, if there is anything to tell them."""
        with self._services.database.writing() as session:
            context = load_case(self._services, session, case_id)
            context.row.remind_at = None
            steps = context.case.open_steps
            people = frozenset[int]().union(*(writers(context.case, step) for step in steps))
            for id in reminder_queries.wanting_reminders(session, people):
                reminder_queries.look_what_to_tell(session, id, now)
            return bool(people)

    def members_to_tell(self, now: datetime) -> list[int]:
        """Our ids of those to whom there may be something to tell."""
        with self._services.database.reading() as session:
            return reminder_queries.due_reminders(session, now)

    def tell_member(self, member_id: int, now: datetime) -> bool:
        """Tell this member all there is to tell, unless they were told something today; then the next morning."""
        with self._services.database.writing() as session:
            row = session.get(Reminder, member_id, with_for_update=True)
            if row is None or row.due_at is None or row.due_at > now:
                return False
            row.due_at, member = None, session.get_one(Member, member_id)
            told = list(self._what_to_tell(session, member, row, now))
            if not told:
                return False
            context = told[0][0]
            calendar = self._services.calendar(context.circle)
            if _is_same_day(row.told_at, now, member):
                row.due_at = calendar.instant(calendar.local(calendar.working_days_later(now, 1)).date(), OPENS)
            elif not calendar.presentable(now):
                row.due_at = calendar.next_presentable(now)
            else:
                self._tell(session, member, told, now)
                row.told_at = now
            return row.due_at is None

    def ask_more_time(self, user: str, button: StepButton, now: datetime) -> Receipt:
        """The open step closes a working day later, for everybody; nobody reads who asked for that."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            self._changes.apply_events(context, [MoreTimeAsked(member.id, button.step)], now)
            speaker = self._services.speaker_for(context.circle, member)
            until = context.closing_moment(speaker, context.case.step(button.step))
            return Receipt(speaker.mrkdwn("remind.more_time_given", until=until or ""))

    def choose_reminders(self, user: str, *, is_wanted: bool) -> None:
        """Whether this person is told in the morning before something of theirs closes."""
        with self._services.database.writing() as session:
            reminder_queries.reminder_of(session, known_member(session, user).id).is_wanted = is_wanted

    def _what_to_tell(
        self, session: Session, member: Member, row: Reminder, now: datetime
    ) -> Iterator[tuple[CaseContext, News, Step]]:
        for one in cases.open_cases_of(session, member):
            if one.waits_for is None and not member.is_deactivated:
                context = load_case(self._services, session, one.id, to_read=True)
                yield from _news_of(context, member, row, now)

    def _tell(
        self, session: Session, member: Member, told: list[tuple[CaseContext, News, Step]], now: datetime
    ) -> None:
        """Where it is about one case it has its title, and goes with the words of that case."""
        speaker = self._services.speaker_for(first_circle_of(session, member), member)
        about = {context.row.id for context, _, _ in told}
        items = [_item(speaker, context, news, step, member, is_only=len(about) == 1) for context, news, step in told]
        key, at = f"reminder:{member.id}:{now:%Y%m%d%H%M%S}", self._services.outbox.open_dm(session, member.slack)
        subject = told[0][0].subject if len(about) == 1 else None
        self._services.outbox.post_once(session, key, daily_message(speaker, items), at, subject=subject)


def _news_of(
    context: CaseContext, member: Member, row: Reminder, now: datetime
) -> Iterator[tuple[CaseContext, News, Step]]:
    case, since = context.case, context.row.tell_since
    is_new = since is not None and (row.told_at is None or since > row.told_at)
    if context.row.tell_owner and is_new and member.id == case.owner and case.open_steps:
        yield context, News(context.row.tell_owner), case.open_steps[0]
    elif row.is_wanted:
        for step in closing_soon(case, member.id, now, context.services.calendar(context.circle)):
            yield context, News.CLOSES, step


def _item(
    speaker: Speaker, context: CaseContext, news: News, step: Step, member: Member, *, is_only: bool
) -> ReminderItem:
    case, channel = context.case, context.services.outbox.find_target(context.session, context.channel_key)
    until = case.lies_still_until or case.state_of(step.key).closes_at
    return ReminderItem(
        news=news.value,
        case=context.row.id,
        step=step,
        heading=step_heading(speaker, case.protocol.numbered(), step),
        method=case.protocol.name.in_(speaker.language),
        title=read_intake(context).title if is_only else "",
        place=case_place(speaker, channel.channel if channel else None, of_two=context.is_pair),
        until=context.moment_in_message(speaker, until),
        can_pass=may(case, member.id, Action.PASS, step.key) is None or step.names == "hidden",
        can_have_more_time=may_ask_more_time(case, member.id, step.key) is None,
        is_group_there=case.is_group_there,
    )


def _is_same_day(told_at: datetime | None, now: datetime, member: Member) -> bool:
    zone = ZoneInfo(member.timezone)
    return told_at is not None and told_at.astimezone(zone).date() == now.astimezone(zone).date()
