"""Finding people and channels, and who is in which."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from db.insert import insert_unless_there
from db.models import (
    Channel,
    ChannelMember,
    Circle,
    Member,
    Moderator,
    OutboxJob,
    OutboxTarget,
    Reflection,
    Remark,
    Workspace,
)
from db.queries.due import due_times

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


def is_making_a_channel(session: Session) -> bool:
    """Whether Slack may have made a channel for us whose id we do not know yet."""
    tried = select(OutboxJob.id).where(OutboxJob.operation == "channel", OutboxJob.first_tried_at.is_not(None))
    return session.scalar(tried.where(OutboxJob.state.in_(("waiting", "sending"))).limit(1)) is not None


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


def channels_we_are_in(session: Session) -> set[str]:
    """Slack ids of the channels that we think we are in, without conversations of a few people."""
    here = select(Channel.slack).where(Channel.left_at.is_(None), Channel.kind.not_in(("direct", "group")))
    return set(session.scalars(here))


def channels_slack_lost(session: Session) -> set[str]:
    """Slack ids of the channels that Slack did not know when we asked last."""
    return set(session.scalars(select(Channel.slack).where(Channel.away_reason == "missing")))


def channels_at_work(session: Session) -> set[str]:
    """Slack ids of the channels in which we can work: a circle that is set up lives there, or we made it for a case."""
    there = Circle.set_up_at.is_not(None), Channel.left_at.is_(None)
    circles = session.scalars(select(Channel.slack).join(Circle, Circle.channel_id == Channel.id).where(*there))
    made = OutboxTarget.channel.is_not(None), OutboxTarget.id.in_(select(OutboxTarget.channel_target_id))
    return {*circles, *session.scalars(select(OutboxTarget.channel).where(*made))}


def newest_posts_in(session: Session, channel: str, most: int) -> list[tuple[str, str]]:
    """Our newest messages in this channel that are in no thread, the newest first: our id of each, and its `ts`."""
    standing = OutboxTarget.ts.is_not(None), OutboxTarget.deleted_at.is_(None), OutboxTarget.thread_target_id.is_(None)
    found = select(OutboxTarget.id, OutboxTarget.ts).where(OutboxTarget.channel == channel, *standing)
    return [(marker, ts or "") for marker, ts in session.execute(found.order_by(OutboxTarget.ts.desc()).limit(most))]


def compare_channels_at(session: Session, moment: datetime) -> None:
    """Plan to ask Slack in which channels we are."""
    session.execute(update(Workspace).values(reconcile_at=moment))


def channels_to_look_up(session: Session, now: datetime, most: int) -> list[str]:
    """Slack ids of the channels whose people are to be looked up now, first those we know nothing about."""
    order = Channel.kind != "unknown", Channel.look_up_at, Channel.id
    due = (select(Channel.slack).where(is_time) for is_time in due_times(Channel.look_up_at, now))
    found = [slack for one in due for slack in session.scalars(one.order_by(*order).limit(most))]
    return found[:most]


def look_up_all_channels(session: Session, now: datetime) -> None:
    """Have every channel we are in looked up, and every lost one for which somebody waits and that may come back.

    A channel that waits for that already keeps its turn.
    """
    ours = Channel.look_up_at.is_(None), Channel.kind.in_(("public", "private"))
    circles = select(Circle.channel_id).where(Circle.set_up_at.is_not(None))
    waits = or_(Channel.left_at.is_(None), Channel.away_told_at.is_not(None), Channel.id.in_(circles))
    may_come_back = or_(Channel.away_reason.is_(None), Channel.away_reason != "deleted")
    session.execute(update(Channel).where(*ours, waits, may_come_back).values(look_up_at=now))


def move_channel(session: Session, old: str, new: str) -> None:
    """Whatever is kept under Slack's id `old` of a channel is kept under `new`; but the channel itself."""
    for column in (OutboxTarget.channel, Reflection.channel, Remark.channel):
        session.execute(update(column.class_).where(column == old).values({column: new}))
    # Of a message in a thread, the key has the id of the channel before a slash.
    queued = or_(OutboxJob.queue_key == old, OutboxJob.queue_key.startswith(f"{old}/", autoescape=True))
    session.execute(update(OutboxJob).where(queued).values(queue_key=func.replace(OutboxJob.queue_key, old, new)))


def has_working_circle(session: Session, channel: Channel) -> bool:
    """Whether a circle that is set up lives in this channel."""
    here = select(Circle.id).where(Circle.channel_id == channel.id, Circle.set_up_at.is_not(None))
    return session.scalar(here) is not None


def forget_channel(session: Session, channel: Channel) -> None:
    """Delete this channel, who is in it, and the circle that nobody set up there."""
    session.execute(delete(Circle).where(Circle.channel_id == channel.id))
    session.execute(delete(ChannelMember).where(ChannelMember.channel_id == channel.id))
    session.execute(delete(Channel).where(Channel.id == channel.id))
    session.expire_all()


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
