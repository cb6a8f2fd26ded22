"""Finding circles, and the members who moderate them."""

from collections.abc import Iterable

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from db.models import Channel, ChannelMember, Circle, Member, Moderator

_SLACK: BindParameter[str] = bindparam("slack")
# Guests, bots and people of other organisations look after no circle, nor does whoever has no account any more.
_IS_ACTIVE = (
    Member.is_deactivated.is_(False),
    Member.is_guest.is_(False),
    Member.is_external.is_(False),
    Member.is_bot.is_(False),
)
_CIRCLE_AT = select(Circle).join(Channel).where(Channel.slack == _SLACK)


def circle_at(session: Session, slack_channel: str, *, locked: bool = False) -> Circle | None:
    """The circle that lives in this Slack channel; `locked` until the transaction ends if asked."""
    here = _CIRCLE_AT.with_for_update(of=Circle) if locked else _CIRCLE_AT
    return session.scalar(here, {"slack": slack_channel})


def all_circles(session: Session) -> list[Circle]:
    """Every circle that is set up, oldest first."""
    return list(session.scalars(select(Circle).where(Circle.set_up_at.is_not(None)).order_by(Circle.id)))


def circles_of(session: Session, member: Member) -> list[Circle]:
    """Every circle that is set up and has this member in its channel, oldest first."""
    return _circles_with(session, member, Circle.set_up_at.is_not(None), Channel.left_at.is_(None))


def first_circle_of(session: Session, member: Member) -> Circle | None:
    """The oldest circle of this member; outside any channel the bot talks with them in its language."""
    return next(iter(circles_of(session, member)), None)


def circles_to_set_up(session: Session, member: Member) -> list[Circle]:
    """Every circle that has this member in its channel and that nobody has set up yet."""
    return _circles_with(session, member, Circle.set_up_at.is_(None), Channel.left_at.is_(None))


def lost_circles_of(session: Session, member: Member) -> list[Circle]:
    """Every circle that is set up, has this member in its channel, and waits because the bot cannot work there."""
    return _circles_with(session, member, Circle.set_up_at.is_not(None), Channel.left_at.is_not(None))


def circle_of(session: Session, channel: Channel) -> Circle | None:
    """The circle that lives in this channel, set up or not."""
    return session.scalar(select(Circle).where(Circle.channel_id == channel.id))


def _circles_with(session: Session, member: Member, *conditions: ColumnElement[bool]) -> list[Circle]:
    found = (
        select(Circle)
        .join(ChannelMember, ChannelMember.channel_id == Circle.channel_id)
        .join(Channel, Channel.id == Circle.channel_id)
        .where(ChannelMember.member_id == member.id, *conditions)
        .order_by(Circle.id)
    )
    return list(session.scalars(found))


def moderators_of(session: Session, circle: Circle) -> list[Member]:
    """The members who moderate this circle, in the order in which we came to know them."""
    found = select(Member).join(Moderator).where(Moderator.circle_id == circle.id)
    return list(session.scalars(found.order_by(Member.id)))


def active_moderators_of(session: Session, circle: Circle) -> list[Member]:
    """The moderators who are in the circle's channel and can still act there."""
    found = select(Member).join(Moderator).where(Moderator.circle_id == circle.id, *_IS_ACTIVE)
    here = found.join(ChannelMember, ChannelMember.member_id == Member.id)
    return list(session.scalars(here.where(ChannelMember.channel_id == circle.channel_id).order_by(Member.id)))


def circles_without_moderator(session: Session) -> list[int]:
    """Ids of the circles that are set up and that nobody looks after, or that were asked who does.

    None whose channel we cannot work in, or whose people we do not know yet.
    """
    here = and_(ChannelMember.channel_id == Circle.channel_id, ChannelMember.member_id == Moderator.member_id)
    active = select(Moderator.circle_id).join(Member, Member.id == Moderator.member_id).join(ChannelMember, here)
    is_led = active.where(Moderator.circle_id == Circle.id, *_IS_ACTIVE).exists()
    found = select(Circle.id).join(Channel, Channel.id == Circle.channel_id)
    known = Circle.set_up_at.is_not(None), Channel.left_at.is_(None), Channel.look_up_at.is_(None)
    return list(session.scalars(found.where(*known, or_(~is_led, Circle.unmoderated_since.is_not(None)))))


def is_moderator(session: Session, circle: Circle, member: Member) -> bool:
    """Whether this member moderates this circle."""
    return session.get(Moderator, (circle.id, member.id)) is not None


def set_moderators(session: Session, circle: Circle, members: Iterable[Member]) -> None:
    """Exactly these members moderate this circle from now on."""
    session.execute(delete(Moderator).where(Moderator.circle_id == circle.id))
    session.add_all(Moderator(circle_id=circle.id, member_id=one.id) for one in members)
