"""The end of a case's words: wiped here when their time is over, and taken away in Slack."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.circles.api import known_member
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision import channel, presenter, reveals
from bot.intervision.context import CaseContext, load_case
from bot.intervision.rules.retention import next_wiping, to_wipe
from bot.intervision.views.case_page import case_wiped_page
from bot.people.api import drop_drafts_in
from db.models import ContributionRow, LateContribution, Remark, SavedAdvice
from db.queries import case_series
from db.queries import intervision as cases


class CaseWiping(Service):
    """Forgets cases. How a case went (method, steps, moments) stays; what was said in it does not."""

    def cases_to_wipe(self, now: datetime) -> list[str]:
        """The cases whose time is over, or that of the words of one of their steps."""
        with self._services.database.reading() as session:
            return cases.cases_to_forget(session, now)

    def wipe_due_words(self, case_id: str, now: datetime) -> bool:
        """Wipe a case whose time is over, or the steps of it whose time is; returns whether anything was."""
        with self._services.database.writing() as session:
            context = load_case(self._services, session, case_id)
            row = context.row
            if row.forget_at is not None and row.forget_at <= now:
                self._forget(context)
                return True
            return row.wipe_at is not None and row.wipe_at <= now and self._forget_steps(context, now)

    def wipe_case(self, user: str, case_id: str) -> Json:
        """The owner wipes the case before its time; only after it ended. Twice is once. Returns the page after it."""
        with self._services.database.writing() as session:
            member, context = known_member(session, user), load_case(self._services, session, case_id)
            if member.id != context.row.owner_id:
                raise Refusal("case.refused_only_owner")
            if not context.case.over:
                raise Refusal("case.wipe_after_end")
            if context.row.forget_at is not None:
                self._forget(context)
            return case_wiped_page(self._services.speaker_for(context.circle, member))

    def _forget_steps(self, context: CaseContext, now: datetime) -> bool:
        """Wipe the words of these steps, here and in Slack, also where they are quoted."""
        calendar, before = self._services.calendar(context.circle), context.case
        keys = frozenset(step.key for step in to_wipe(before, now, calendar))
        remarked = {each.step for each in cases.remarks_in(context.session, context.row.id) if each.words is not None}
        late = wipe_step_words(context.session, context.row.id, keys)
        context.case = before.with_steps(keys, wiped=True)
        context.row.steps, context.row.wipe_at = context.case.steps_as_json(), next_wiping(context.case, calendar)
        gone = [each for each in before.contributions if each.step in keys]
        for each in gone:
            reveals.remove_contribution(context, each)
        gone_ids = {each.id for each in gone}
        for post in self._services.outbox.targets_of(context.session, context.subject):
            if post.key.startswith(tuple(f"late:{id}:" for id in late)):
                self._services.outbox.delete_message(context.session, post)
        quoting = [c.id for c in before.contributions if c.about in gone_ids and c.revealed and c.step not in keys]
        reveals.show_contributions(context, quoting)
        for key in sorted(keys):
            presenter.show_step_card(context, before.protocol.step(key))
            if key in remarked:
                presenter.post_remarks_still_there(context, key)
        return bool(keys)

    def _forget(self, context: CaseContext) -> None:
        """The cases of a series share a place: it closes with the last of them, and what was said to all goes then."""
        wipe_words(context)
        context.row.forget_at, context.row.wipe_at = None, None
        outbox, series = self._services.outbox, context.row.series
        is_last = not case_series.has_words_elsewhere(context.session, context.row)
        linked = case_series.linked_cases(context.session, series) if series and is_last else [context.row]
        subjects = {f"case:{one.id}" for one in linked}
        for post in [post for subject in subjects for post in outbox.targets_of(context.session, subject)]:
            is_shared = post.key.startswith(f"{post.subject}:opening:")
            if post.key != context.channel_key and (is_last or not is_shared):
                outbox.delete_message(context.session, post)
        if is_last:
            channel.close_channel(context)


def wipe_step_words(session: Session, case_id: str, steps: Collection[str]) -> Sequence[str]:
    """Nothing of what was said in these steps is left in their rows. Returns the ids of what came late to them."""
    for table in (ContributionRow, LateContribution, Remark):
        session.execute(update(table).where(table.case_id == case_id, table.step.in_(steps)).values(words=None))
    late = select(LateContribution.id).where(LateContribution.case_id == case_id, LateContribution.step.in_(steps))
    return session.scalars(late).all()


def wipe_words(context: CaseContext) -> None:
    """Nothing of what was said in a case is left in its rows."""
    id = context.row.id
    context.row.words = None
    for table in (ContributionRow, LateContribution, Remark):
        context.session.execute(update(table).where(table.case_id == id).values(words=None))
    drop_drafts_in(context.session, context.subject)
    context.session.execute(delete(SavedAdvice).where(SavedAdvice.case_id == id))
