"""How long a journal stays: until its writer wipes it; once a year they are asked whether it may stay."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import zone_of
from bot.core.calendar import Calendar
from bot.core.parts import Json
from bot.core.services import Services
from bot.journal.entries import journal_context_of, load_journal_context
from bot.journal.insights import Insights
from bot.journal.views import whole_journal as views
from bot.questions.api import forget_written_ahead
from bot.reflection.api import AnswerVisibility
from bot.reflection.types import ask_again_at
from db.models import Member
from db.queries import journal as queries


class JournalRetention:
    """Wipes a whole journal, and asks once a year whether it may stay."""

    def __init__(self, services: Services, answer_visibility: AnswerVisibility, insights: Insights) -> None:
        self._services = services
        self._answer_visibility, self._insights = answer_visibility, insights

    def open_wipe_page(self, user: str) -> Json:
        """The page that says what wiping everything means."""
        with self._services.database.reading() as session:
            return views.confirm_wipe_page(load_journal_context(self._services, session, user).speaker)

    def wipe_journal(self, user: str, now: datetime) -> Json:
        """Delete everything this person wrote: here, and where others could read it as far as we posted it."""
        with self._services.database.writing() as session:
            context = load_journal_context(self._services, session, user)
            self._answer_visibility.withdraw_all_answers(session, context.member, now)
            self._insights.wipe_all_insights(session, context.member)
            forget_written_ahead(session, context.member)
            context.member.journal_ask_at = None
            return views.journal_wiped_page(context.speaker)

    def members_to_ask(self, now: datetime) -> list[int]:
        """Our ids of the members who are due to be asked whether their words may stay."""
        with self._services.database.reading() as session:
            return queries.members_to_ask(session, now)

    def ask_member(self, member_id: int, now: datetime) -> bool:
        """Ask a member whether their words may stay another year; returns whether they were asked.

        Nothing depends on the answer: without one, the words stay.
        """
        with self._services.database.writing() as session:
            member = session.get_one(Member, member_id, with_for_update=True)
            if member.journal_ask_at is None or member.journal_ask_at > now:
                return False
            calendar = Calendar(zone_of(session, member, self._services.timezone))
            if not calendar.presentable(now):
                member.journal_ask_at = calendar.next_presentable(now)
                return False
            return self._ask_now(session, member, now)

    def keep_another_year(self, user: str, year: str) -> None:
        """The words may stay: the private message that asked in this year says so."""
        with self._services.database.writing() as session:
            context = load_journal_context(self._services, session, user)
            key, body = f"journal:{context.member.id}:{year}", views.yearly_answer(context.speaker)
            self._services.outbox.update_if_posted(session, key, body)

    def _ask_now(self, session: Session, member: Member, now: datetime) -> bool:
        has_words = queries.has_more_than(session, member, 0)
        member.journal_ask_at = ask_again_at(now) if has_words else None
        if has_words:
            at, year = self._services.outbox.open_dm(session, member.slack), str(now.year)
            body = views.yearly_question(journal_context_of(self._services, session, member).speaker, year)
            self._services.outbox.upsert(session, f"journal:{member.id}:{year}", body, at)
        return has_words
