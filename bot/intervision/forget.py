"""The end of a case's words: wiped here when their time is over, and taken away in Slack."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.circles import access
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision import context as dossiers
from bot.intervision import repository as mapping
from bot.intervision.channel import CaseChannel
from bot.intervision.context import CaseContext
from bot.intervision.presenter import CasePresenter
from bot.intervision.rules.step_retention import next_wiping, to_wipe
from db.models import ContributionRow, LateContribution, Remark, SavedAdvice
from db.queries import intervision as cases
from db.queries.intervision import has_words_elsewhere, linked_cases


class CaseWiping:
    """Forgets cases. How a case went (method, steps, moments) stays; what was said in it does not."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk
        self._stage = CasePresenter(desk)

    def cases_to_wipe(self, now: datetime) -> list[str]:
        """The cases whose time is over, or that of the words of one of their steps."""
        with self._desk.database.reading() as session:
            return cases.cases_to_forget(session, now)

    def wipe_due_words(self, case_id: str, now: datetime) -> bool:
        """Wipe a case whose time is over, or the steps of it whose time is; returns whether anything was."""
        with self._desk.database.writing() as session:
            dossier = dossiers.load_case(session, case_id)
            row = dossier.row
            if row.forget_at is not None and row.forget_at <= now:
                self._forget(session, dossier)
                return True
            return row.wipe_at is not None and row.wipe_at <= now and self._forget_steps(session, dossier, now)

    def wipe_case(self, user: str, case_id: str) -> None:
        """The owner wipes the case before its time; only after it ended. Twice is once."""
        with self._desk.database.writing() as session:
            member, dossier = access.known_member(session, user), dossiers.load_case(session, case_id)
            if member.id != dossier.row.owner_id:
                raise Refusal("case.refused_only_owner")
            if not dossier.case.over:
                raise Refusal("case.wipe_after_end")
            if dossier.row.forget_at is not None:
                self._forget(session, dossier)

    def _forget_steps(self, session: Session, dossier: CaseContext, now: datetime) -> bool:
        """The words of these steps go, here and in Slack; where they were quoted, they are no longer."""
        calendar, before = self._desk.calendar(dossier.circle), dossier.case
        keys = frozenset(step.key for step in to_wipe(before, now, calendar))
        remarked = {each.step for each in cases.remarks_in(session, dossier.row.id) if each.words is not None}
        late = wipe_step_words(session, dossier.row.id, keys)
        dossier.case = before.with_steps(keys, wiped=True)
        dossier.row.steps, dossier.row.wipe_at = mapping.steps_as_json(dossier.case), next_wiping(dossier.case, calendar)
        gone = {each.id for each in before.contributions if each.step in keys}
        for id in gone:
            self._stage.delete_contribution_posts(session, dossier, id)
        for post in self._desk.outbox.targets_of(session, dossier.subject):
            if post.key.startswith(tuple(f"late:{id}:" for id in late)):
                self._desk.outbox.delete_message(session, post)
        quoting = [c.id for c in before.contributions if c.about in gone and c.revealed and c.step not in keys]
        self._stage.post_contributions(session, dossier, quoting)
        for key in sorted(keys):
            self._stage.show_step_card(session, dossier, before.protocol.step(key))
            if key in remarked:
                self._stage.post_remarks_still_there(session, dossier, key)
        return bool(keys)

    def _forget(self, session: Session, dossier: CaseContext) -> None:
        """The cases of a series share a place: it closes with the last of them, and what was said to all goes then."""
        wipe_words(session, dossier)
        dossier.row.forget_at, dossier.row.wipe_at = None, None
        outbox, series = self._desk.outbox, dossier.row.series
        is_last = not has_words_elsewhere(session, dossier.row)
        subjects = {f"case:{one.id}" for one in linked_cases(session, series)} if series and is_last else {dossier.subject}
        for post in [post for subject in subjects for post in outbox.targets_of(session, subject)]:
            is_shared = post.key.startswith(f"{post.subject}:opening:")
            if post.key != dossier.channel_key and (is_last or not is_shared):
                outbox.delete_message(session, post)
        if is_last:
            CaseChannel(self._desk).close_channel(session, dossier)


def wipe_step_words(session: Session, case_id: str, steps: Collection[str]) -> Sequence[str]:
    """Nothing of what was said in these steps is left in their rows. Returns the ids of what came late to them."""
    for table in (ContributionRow, LateContribution, Remark):
        session.execute(update(table).where(table.case_id == case_id, table.step.in_(steps)).values(words=None))
    late = select(LateContribution.id).where(LateContribution.case_id == case_id, LateContribution.step.in_(steps))
    return session.scalars(late).all()


def wipe_words(session: Session, dossier: CaseContext) -> None:
    """Nothing of what was said in a case is left in its rows."""
    id = dossier.row.id
    dossier.row.words = None
    session.execute(update(ContributionRow).where(ContributionRow.case_id == id).values(words=None))
    session.execute(update(LateContribution).where(LateContribution.case_id == id).values(words=None))
    session.execute(delete(SavedAdvice).where(SavedAdvice.case_id == id))
    session.execute(update(Remark).where(Remark.case_id == id).values(words=None))
