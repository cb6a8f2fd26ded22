"""What Slack refuses for good: those who can mend it read why, without content."""

from collections.abc import Callable
from functools import partial
from typing import TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import notices
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.failures import NOTICE
from bot.outbox.queue import Clock
from bot.people.api import Places
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention
from db.models import CaseRow, Circle, Member, OutboxTarget
from db.queries.circles import active_moderators_of

# What people read of a failed operation; of any other, that something could not be posted.
_WHAT_FAILED = {
    "delete": "stays",
    "remove": "still_there",
    "invite": "uninvited",
    "archive": "unarchived",
    "file": "undelivered",
    "channel": "not_made",
    "group": "not_opened",
}
_NOT_ALLOWED = "restricted_action"


class DeliveryFailures:
    """Tells people what they can mend. `calendar` is the clock of people."""

    def __init__(self, services: Services, places: Places, calendar: Clock) -> None:
        self._services, self._places, self._calendar = services, places, calendar

    def on_failed(self, session: Session, post: OutboxTarget, operation: str, error: str) -> bool:
        """This operation on `post` failed, because of `error`: whoever can mend that reads why, once a day and cause.

        That are the moderators of its circle and, of a case, its owner. Where the channel itself is the cause, they
        read that once, and not of each thing that waits for it. Returns whether there is anybody who reads it.
        """
        now = self._calendar()
        if operation in ("channel", "group"):
            self._places.note_not_made(session, post, error, now)
            error = "no_channel" if operation == "channel" and error.startswith(_NOT_ALLOWED) else error
        elif self._places.note_refused(session, post, error, now):
            return True
        what = _WHAT_FAILED.get(operation, "undelivered" if _is_private(post) else "failed")
        case, about = _case_of(session, post), f"{what}:{error}:{now:%Y%m%d}"
        notice = partial(_failure, what=what, error=error)
        told = self._notify_moderators(session, post, about, notice, case.id if case else post.channel or post.id)
        is_told = operation in ("channel", "group") or (case and case.owner_id in told)
        if case and not is_told and not _is_to_person(post):
            self._notify_owner(session, post, case, about, notice)
        return bool(told) or case is not None

    def _notify_owner(
        self, session: Session, post: OutboxTarget, case: CaseRow, about: str, notice: Callable[[Speaker, Mrkdwn], Json]
    ) -> None:
        circle, owner = session.get_one(Circle, case.circle_id), session.get_one(Member, case.owner_id)
        where = channel_link(post.channel if _is_channel(post.channel) else circle.channel.slack)
        at = self._services.outbox.open_dm(session, owner.slack)
        body = notice(self._services.speaker_for(circle, owner), where)
        self._services.outbox.post_once(session, f"trouble:{case.id}:{about}:owner", body, at, subject=NOTICE)

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
    ) -> set[int]:
        """Tell the moderators that this concerns; returns whom, by our own id."""
        told = set()
        for circle in self._concerned(session, post):
            where = channel_link(post.channel if _is_channel(post.channel) else circle.channel.slack)
            for moderator in active_moderators_of(session, circle):
                body = notice(self._services.speaker_for(circle, moderator), where)
                at = self._services.outbox.open_dm(session, moderator.slack)
                key = f"trouble:{about}:{what}:{moderator.id}"
                self._services.outbox.post_once(session, key, body, at, subject=NOTICE)
                told.add(moderator.id)
        return told

    def _concerned(self, session: Session, post: OutboxTarget) -> list[Circle]:
        """The circle of the post's channel, or of its case; every circle for a post to a person."""
        if case := _case_of(session, post):
            return [session.get_one(Circle, case.circle_id)]
        circles = list(session.scalars(select(Circle).where(Circle.set_up_at.is_not(None))))
        here = [one for one in circles if one.channel.slack == post.channel]
        return here or circles


def _failure(speaker: Speaker, where: Mrkdwn, *, what: str, error: str) -> Json:
    return notices.failure_notice(speaker, what, where, error)


def _case_of(session: Session, post: OutboxTarget) -> CaseRow | None:
    """The case that a post is about, or whose channel it is."""
    kind, _, rest = (post.subject or post.key).partition(":")
    return session.get(CaseRow, rest.partition(":")[0]) if kind == "case" else None


def _is_private(post: OutboxTarget) -> bool:
    """Whether it goes to one person, outside any case."""
    return not (post.subject or "").startswith("case:") and (post.channel or "").startswith("D")


def _is_to_person(post: OutboxTarget) -> bool:
    """Whether it goes to one person in private: a notice about it would go the same way."""
    return (post.channel or "").startswith("D")


def _is_channel(place: str | None) -> TypeGuard[str]:
    """Whether moderators can follow a link to it: not to a person or their direct conversation."""
    return place is not None and place.startswith(("C", "G"))
