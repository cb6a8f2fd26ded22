"""Finding people, places and circles."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from db.models import Channel, ChannelMember, Member, Moderator

# Every request asks these, so they are put together once.
_SLACK: BindParameter[str] = bindparam("slack")
_MEMBER = select(Member).where(Member.slack == _SLACK)
_CHANNEL = select(Channel).where(Channel.slack == _SLACK)


def find_member(session: Session, slack_user: str) -> Member | None:
    """The member with this Slack id."""
    return session.scalar(_MEMBER, {"slack": slack_user})


def find_channel(session: Session, slack_channel: str, *, locked: bool = False) -> Channel | None:
    """The channel with this Slack id; `locked` until the transaction ends if asked."""
    return session.scalar(_CHANNEL.with_for_update() if locked else _CHANNEL, {"slack": slack_channel})


def is_in(session: Session, place: Channel, who: Member) -> bool:
    """Whether this member is in this channel."""
    return session.get(ChannelMember, (place.id, who.id)) is not None


def members_in(session: Session, place: Channel) -> list[Member]:
    """Everybody in this channel."""
    return list(
        session.scalars(
            select(Member).join(ChannelMember).where(ChannelMember.channel_id == place.id).order_by(Member.id)
        )
    )


def count_members(session: Session, place: Channel) -> int:
    """How many members of the workspace are in this channel; bots and people from outside do not count."""
    ours = Member.is_bot.is_(False), Member.is_external.is_(False), Member.is_deactivated.is_(False)
    here = (
        select(func.count()).select_from(ChannelMember).join(Member).where(ChannelMember.channel_id == place.id, *ours)
    )
    return session.scalar(here) or 0


def enter_channel(session: Session, place: Channel, who: Member) -> None:
    """This member is in this channel from now on."""
    if not is_in(session, place, who):
        session.add(ChannelMember(channel_id=place.id, member_id=who.id))
        session.flush()


def leave_channel(session: Session, place: Channel, who: Member) -> None:
    """This member is no longer in this channel."""
    session.execute(
        delete(ChannelMember).where(ChannelMember.channel_id == place.id, ChannelMember.member_id == who.id)
    )


def set_members_in(session: Session, place: Channel, who: Iterable[Member]) -> None:
    """Exactly these members are in this channel."""
    session.execute(delete(ChannelMember).where(ChannelMember.channel_id == place.id))
    session.add_all(ChannelMember(channel_id=place.id, member_id=one.id) for one in who)


def channels_to_look_up(session: Session, now: datetime, most: int) -> list[str]:
    """Slack ids of channels whose people have to be looked up now, those we know nothing of first."""
    due = select(Channel.slack).where(Channel.look_up_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(due.order_by(Channel.kind != "unknown", Channel.look_up_at, Channel.id).limit(most)))


def look_up_all_channels(session: Session, now: datetime) -> None:
    """The people of every channel we are in have to be looked up; what waits for that already keeps its turn."""
    here = Channel.left_at.is_(None), Channel.look_up_at.is_(None), Channel.kind.in_(("public", "private"))
    session.execute(update(Channel).where(*here).values(look_up_at=now))


def users_seen_before(session: Session, moment: datetime, most: int) -> list[str]:
    """Slack ids of people we last heard of at this moment or before, the longest ago first."""
    found = select(Member.slack).where(Member.seen_at <= moment, Member.is_bot.is_(False))
    return list(session.scalars(found.order_by(Member.seen_at, Member.id).limit(most)))


def note_seen(session: Session, slack_user: str, now: datetime) -> None:
    """We asked about this member now."""
    session.execute(update(Member).where(Member.slack == slack_user).values(seen_at=now))


def dismiss_moderator(session: Session, who: Member) -> None:
    """This member looks after no circle any more."""
    session.execute(delete(Moderator).where(Moderator.member_id == who.id))
