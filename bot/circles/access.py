"""Who may act in a circle: the checks that are made at the moment of acting, whatever a payload claims."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.calendar import is_zone
from bot.core.errors import NotKnownYet, Refusal
from bot.people.api import find_member, is_in
from bot.people.types import ARCHIVED, DELETED, SHARED
from db.models import Circle, Member
from db.queries.circles import circle_at, circles_of, first_circle_of, is_moderator


@dataclass(frozen=True)
class CircleContext:
    """A circle and the member who acts in it, in one transaction, at one moment."""

    session: Session
    circle: Circle
    member: Member
    now: datetime


def zone_of(session: Session, member: Member, usual: str) -> str:
    """The time zone of a member: their own, else that of their first circle, else the `usual` one.

    Slack may name a zone that our data does not know.
    """
    if is_zone(member.timezone):
        return member.timezone
    circle = first_circle_of(session, member)
    return circle.timezone if circle else usual


def known_member(session: Session, user: str) -> Member:
    """The member behind a Slack id. Raises `NotKnownYet` while nobody looked them up."""
    return require_known(user, find_member(session, user))


def require_known(user: str, member: Member | None) -> Member:
    """The member that was found for a Slack id. Raises `NotKnownYet` where there was none; refuses bots and guests of
    other organisations, and whoever has no account any more.
    """
    if member is None:
        raise NotKnownYet(user)
    _require_one_of_us(member)
    return member


def in_circle(session: Session, circle: Circle, user: str) -> Member:
    """The member behind a Slack id, who is in this circle; refuses everybody else."""
    if circle.channel.left_at:
        raise _lost(circle)
    member = find_member(session, user)
    if member is None:
        raise NotKnownYet(user, circle.channel.slack)
    require_in_circle(session, circle, member)
    return member


def require_in_circle(session: Session, circle: Circle, member: Member) -> None:
    """Refuses a member who is not in this circle. Raises `NotKnownYet` for one who may have come since we looked."""
    require_member_of(circle, member, is_here=is_in(session, circle.channel, member))


def require_member_of(circle: Circle, member: Member, *, is_here: bool) -> None:
    """Like `require_in_circle`, where it is known already whether the member `is_here`, in the circle's channel."""
    if circle.channel.left_at:
        raise _lost(circle)
    if circle.channel.look_up_at and not is_here:
        raise NotKnownYet(member.slack, circle.channel.slack)
    _require_one_of_us(member)
    if not is_here:
        raise Refusal("common.not_in_circle")


def _lost(circle: Circle) -> Refusal:
    """What everybody reads while the bot cannot work in the circle's channel: why."""
    own_words = circle.channel.away_reason in (ARCHIVED, DELETED, SHARED)
    return Refusal(f"away.refused_{circle.channel.away_reason}" if own_words else "common.bot_is_away")


def _require_one_of_us(member: Member) -> None:
    if member.is_bot or member.is_external or member.is_deactivated:
        raise Refusal("common.not_for_you")


def circle_here(session: Session, user: str, channel: str) -> tuple[Circle, Member]:
    """The circle that somebody means: the one of this channel, else the only one they are in.

    Raises `Refusal` if there is none, or more than one to choose from.
    """
    circle = circle_at(session, channel)
    if circle is not None and circle.set_up_at is not None:
        return circle, in_circle(session, circle, user)
    member = known_member(session, user)
    own = circles_of(session, member)
    if len(own) == 1:
        return own[0], member
    if own:
        raise Refusal("common.which_circle")
    raise Refusal("circle.not_set_up" if circle is not None else "common.no_circle")


def circle_by_id(session: Session, circle_id: int, user: str, *, locked: bool = False) -> tuple[Circle, Member]:
    """The circle with our own id, for a member of it; `locked` until the transaction ends if asked."""
    circle = session.get(Circle, circle_id, with_for_update=locked, populate_existing=locked)
    if circle is None:
        raise Refusal("common.gone")
    return circle, in_circle(session, circle, user)


def led_circle(
    session: Session, circle_id: int, user: str, *, locked: bool = False, why: str = "circle.only_moderators"
) -> tuple[Circle, Member]:
    """The circle with our own id, for one of its moderators; everybody else is refused with the text at `why`."""
    circle, member = circle_by_id(session, circle_id, user, locked=locked)
    require_moderator(session, circle, member, why)
    return circle, member


def require_moderator(session: Session, circle: Circle, member: Member, why: str = "circle.only_moderators") -> None:
    """Refuses, with the text at `why`, anybody who is no moderator of this circle."""
    if not is_moderator(session, circle, member):
        raise Refusal(why)
