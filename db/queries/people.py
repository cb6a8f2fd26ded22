"""Finding people and channels, and who is in which."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from db.insert import insert_unless_there
from db.models import Channel, ChannelMember, Member, Moderator

# Every request asks these, so the statements are made once.
_SLACK: BindParameter[str] = bindparam("slack")
_MEMBER = select(Member).where(Member.slack == _SLACK)
_CHANNEL = select(Channel).where(Channel.slack == _SLACK)


def find_member(session: Session, slack_user: str) -> Member | None:
    """The member with this Slack id."""
    return session.scalar(_MEMBER, {"slack": slack_user})


def find_channel(session: Session, slack_channel: str, *, locked: bool = False) -> Channel | None:
    """The channel with this Slack id; `locked` until the transaction ends if asked."""
    return session.scalar(_CHANNEL.with_for_update() if locked else _CHANNEL, {"slack": slack_channel})


def add_member(session: Session, slack_user: str, timezone: str, now: datetime) -> Member:
    """The member with this Slack id, whom another process may be adding at this moment."""
    insert_unless_there(session, Member, slack=slack_user, timezone=timezone, seen_at=now)
    return session.scalars(_MEMBER, {"slack": slack_user}).one()


def add_channel(session: Session, slack_channel: str) -> Channel:
    """The channel with this Slack id, which another process may be adding; locked until the transaction ends."""
    insert_unless_there(session, Channel, slack=slack_channel, kind="unknown")
    return session.scalars(_CHANNEL.with_for_update(), {"slack": slack_channel}).one()


def is_in(session: Session, channel: Channel, member: Member) -> bool:
    """Whether this member is in this channel."""
    return session.get(ChannelMember, (channel.id, member.id)) is not None


def members_in(session: Session, channel: Channel) -> list[Member]:
    """Everybody in this channel."""
    found = select(Member).join(ChannelMember).where(ChannelMember.channel_id == channel.id)
    return list(session.scalars(found.order_by(Member.id)))


def count_members(session: Session, channel: Channel) -> int:
    """How many members of the workspace are in this channel; bots and people from outside do not count."""
    ours = Member.is_bot.is_(False), Member.is_external.is_(False), Member.is_deactivated.is_(False)
    here = select(func.count()).select_from(ChannelMember).join(Member).where(ChannelMember.channel_id == channel.id)
    return session.scalar(here.where(*ours)) or 0


def enter_channel(session: Session, channel: Channel, member: Member) -> None:
    """This member is in this channel from now on."""
    if not is_in(session, channel, member):
        session.add(ChannelMember(channel_id=channel.id, member_id=member.id))
        session.flush()


def leave_channel(session: Session, channel: Channel, member: Member) -> None:
    """This member is no longer in this channel."""
    here = ChannelMember.channel_id == channel.id, ChannelMember.member_id == member.id
    session.execute(delete(ChannelMember).where(*here))


def set_members_in(session: Session, channel: Channel, members: Iterable[Member]) -> None:
    """Exactly these members are in this channel."""
    session.execute(delete(ChannelMember).where(ChannelMember.channel_id == channel.id))
    session.add_all(ChannelMember(channel_id=channel.id, member_id=one.id) for one in members)


def channels_to_look_up(session: Session, now: datetime, most: int) -> list[str]:
    """Slack ids of the channels whose people are to be looked up now, first those we know nothing about."""
    due = select(Channel.slack).where(Channel.look_up_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(due.order_by(Channel.kind != "unknown", Channel.look_up_at, Channel.id).limit(most)))


def look_up_all_channels(session: Session, now: datetime) -> None:
    """Have the people of every channel we are in looked up; a channel that waits for that already keeps its turn."""
    here = Channel.left_at.is_(None), Channel.look_up_at.is_(None), Channel.kind.in_(("public", "private"))
    session.execute(update(Channel).where(*here).values(look_up_at=now))


def users_seen_before(session: Session, moment: datetime, most: int) -> list[str]:
    """Slack ids of the people whose facts are of this moment or older, the oldest first."""
    found = select(Member.slack).where(Member.seen_at <= moment, Member.is_bot.is_(False))
    return list(session.scalars(found.order_by(Member.seen_at, Member.id).limit(most)))


def note_seen(session: Session, slack_user: str, now: datetime) -> None:
    """We asked about this member now."""
    session.execute(update(Member).where(Member.slack == slack_user).values(seen_at=now))


def dismiss_moderator(session: Session, member: Member) -> None:
    """This member moderates no circle any more."""
    session.execute(delete(Moderator).where(Moderator.member_id == member.id))
