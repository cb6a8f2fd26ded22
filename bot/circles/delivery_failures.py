"""What Slack refuses for good: those who can mend it read why, without content."""

from collections.abc import Callable
from functools import partial
from typing import TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import notices
from bot.core.parts import Json
from bot.core.services import Service
from bot.outbox.refusals import UNREADABLE
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention
from db.models import CaseRow, Circle, Member, OutboxTarget
from db.queries.circles import moderators_of

# The notices of failed operations other than posting.
_NOTICES = {"delete": notices.not_deleted_notice, "remove": notices.not_removed_notice}


class DeliveryFailures(Service):
    """Tells moderators what they can mend."""

    def on_failed(self, session: Session, post: OutboxTarget, operation: str, error: str) -> None:
        """Slack refused this operation on `post`, with its `error`: each moderator of its circle reads so, once."""

        def notice(speaker: Speaker, where: Mrkdwn) -> Json:
            if error == UNREADABLE:
                return notices.unreadable_notice(speaker, where, error)
            usual = notices.undelivered_notice if _is_private(post) else notices.failure_notice
            return _NOTICES.get(operation, usual)(speaker, where, error)

        # Where Slack refuses to remove one person from a case's channel, it refuses all: that is said once a case.
        case = _case_of(session, post) if operation == "remove" else None
        about = case.id if case else post.id
        self._notify_moderators(session, post, f"{operation}:{error}", notice, about)

    def on_not_invited(self, session: Session, post: OutboxTarget, user: str, error: str) -> None:
        """Slack refused to let this person into a channel of ours; the others are there.

        Only the people of a case know who joins it: its owner reads who, moderators only that it is somebody.
        """
        notice = partial(notices.not_invited_notice, error=error)
        self._notify_moderators(session, post, f"{user}:{error}", notice, post.id)
        if case := _case_of(session, post):
            circle, owner = session.get_one(Circle, case.circle_id), session.get_one(Member, case.owner_id)
            where = channel_link(post.channel or circle.channel.slack)
            body = notices.missing_notice(self._services.speaker_for(circle, owner), where, mention(user), error)
            at = self._services.outbox.open_dm(session, owner.slack)
            self._services.outbox.post_once(session, f"missing:{post.id}:{user}", body, at, subject=f"case:{case.id}")

    def _notify_moderators(
        self, session: Session, post: OutboxTarget, what: str, notice: Callable[[Speaker, Mrkdwn], Json], about: str
    ) -> None:
        for circle in self._concerned(session, post):
            where = channel_link(post.channel if _is_channel(post.channel) else circle.channel.slack)
            body = notice(self._services.speaker_for(circle), where)
            for moderator in moderators_of(session, circle):
                at = self._services.outbox.open_dm(session, moderator.slack)
                self._services.outbox.post_once(session, f"trouble:{about}:{what}:{moderator.id}", body, at)

    def _concerned(self, session: Session, post: OutboxTarget) -> list[Circle]:
        """The circle of the post's channel, or of its case; every circle for a post to a person."""
        if case := _case_of(session, post):
            return [session.get_one(Circle, case.circle_id)]
        circles = list(session.scalars(select(Circle).where(Circle.set_up_at.is_not(None))))
        here = [one for one in circles if one.channel.slack == post.channel]
        return here or circles


def _case_of(session: Session, post: OutboxTarget) -> CaseRow | None:
    """The case that a post is about, or whose channel it is."""
    kind, _, rest = (post.subject or post.key).partition(":")
    return session.get(CaseRow, rest.partition(":")[0]) if kind == "case" else None


def _is_private(post: OutboxTarget) -> bool:
    """Whether it goes to one person, outside any case."""
    return not (post.subject or "").startswith("case:") and (post.channel or "").startswith("D")


def _is_channel(place: str | None) -> TypeGuard[str]:
    """Whether moderators can follow a link to it: not to a person or their direct conversation."""
    return place is not None and place.startswith(("C", "G"))
