"""When Slack refuses something for good, somebody who can mend it is told why, in words, without content."""

from collections.abc import Callable
from typing import TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import notices
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.worker import UNREADABLE
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention
from db.models import CaseRow, Circle, Member, OutboxJob, OutboxTarget
from db.queries.circles import moderators_of

# What was not done, where it is not that something was not posted.
_WORDS = {"delete": notices.not_deleted_notice, "remove": notices.not_removed_notice}


class DeliveryFailures:
    """Tells moderators what they can mend."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def on_failed(self, session: Session, post: OutboxTarget, operation: str, error: str) -> None:
        """Slack refused to do this to `post`, with its `error`: the moderators of its circle hear it, once each."""

        def words(speaker: Speaker, where: Mrkdwn) -> Json:
            if error == UNREADABLE:
                return notices.unreadable_notice(speaker, where, error)
            usual = notices.undelivered_notice if _is_private(post) else notices.failure_notice
            return _WORDS.get(operation, usual)(speaker, where, error)

        # What lets nobody be taken out lets nobody else be: in one case that is told once.
        case = _case_of(session, post) if operation == "remove" else None
        about = case.id if case else post.id
        self._tell(session, post, f"{operation}:{error}", words, about)

    def on_not_invited(self, session: Session, post: OutboxTarget, user: str, error: str) -> None:
        """Slack refused to let this person into a channel of ours; the others are there.

        Who joins a case is known to its people alone: its owner hears who, moderators only that somebody is.
        """
        self._tell(
            session,
            post,
            f"{user}:{error}",
            lambda speaker, at: notices.not_invited_notice(speaker, at, error),
            post.id,
        )
        if case := _case_of(session, post):
            circle, owner = session.get_one(Circle, case.circle_id), session.get_one(Member, case.owner_id)
            where = channel_link(post.channel or circle.channel.slack)
            body = notices.missing_notice(self._services.speaker_for(circle, owner), where, mention(user), error)
            at = self._services.outbox.open_dm(session, owner.slack)
            self._services.outbox.post_once(session, f"missing:{post.id}:{user}", body, at, subject=f"case:{case.id}")

    def _tell(
        self, session: Session, post: OutboxTarget, what: str, words: Callable[[Speaker, Mrkdwn], Json], about: str
    ) -> None:
        for circle in self._concerned(session, post):
            where = channel_link(post.channel if _is_channel(post.channel) else circle.channel.slack)
            body = words(self._services.speaker_for(circle), where)
            for moderator in moderators_of(session, circle):
                at = self._services.outbox.open_dm(session, moderator.slack)
                self._services.outbox.post_once(session, f"trouble:{about}:{what}:{moderator.id}", body, at)

    def retry_failed(self, errand_id: int | None = None) -> int:
        """Let parked errands (all, or one) try again; returns how many."""
        with self._services.database.writing() as session:
            parked = self._parked(session, errand_id)
            for job in parked:
                job.state, job.not_before = "waiting", None
            return len(parked)

    def drop_failed(self, errand_id: int | None = None) -> tuple[int, int]:
        """Give parked errands (all, or one) up, so that what waits behind them can go.

        Returns how many, and how many besides that could only follow them: what stands nowhere gets no answers.
        """
        with self._services.database.writing() as session:
            parked = self._parked(session, errand_id)
            behind = sum(self._services.outbox.drop_job(session, job) for job in parked)
            return len(parked), behind

    def unfinished_jobs(self) -> list[tuple[int, str, str, int, str | None]]:
        """What is not sent yet: number, operation, state, attempts and Slack's last error. No words among it."""
        unsent = OutboxJob.state.in_(("waiting", "sending", "failed"))
        with self._services.database.reading() as session:
            rows = session.scalars(select(OutboxJob).where(unsent).order_by(OutboxJob.id))
            return [(row.id, row.operation, row.state, row.attempts, row.error) for row in rows]

    def _parked(self, session: Session, errand_id: int | None) -> list[OutboxJob]:
        parked = select(OutboxJob).where(OutboxJob.state == "failed").order_by(OutboxJob.id).with_for_update()
        return list(session.scalars(parked.where(OutboxJob.id == errand_id) if errand_id is not None else parked))

    def _concerned(self, session: Session, post: OutboxTarget) -> list[Circle]:
        """The circle of the post's channel, or of its case; every circle where neither says any (a person)."""
        if case := _case_of(session, post):
            return [session.get_one(Circle, case.circle_id)]
        circles = list(session.scalars(select(Circle).where(Circle.set_up_at.is_not(None))))
        here = [one for one in circles if one.channel.slack == post.channel]
        return here or circles


def _case_of(session: Session, post: OutboxTarget) -> CaseRow | None:
    """The case that a post is about, or is part of the place of."""
    kind, _, rest = (post.subject or post.key).partition(":")
    return session.get(CaseRow, rest.partition(":")[0]) if kind == "case" else None


def _is_private(post: OutboxTarget) -> bool:
    """Whether it goes to one person, outside any case."""
    return not (post.subject or "").startswith("case:") and (post.channel or "").startswith("D")


def _is_channel(place: str | None) -> TypeGuard[str]:
    """Whether people can follow a link to it; a person and their direct conversation are none of a moderator's."""
    return place is not None and place.startswith(("C", "G"))
