"""Finds rounds, and what people answered."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.models import Channel, ChannelMember, Circle, Invitation, Member, OptOut, Reflection, Round

# Answers that their writer still has; the other states hold no words.
LIVING_STATES = ("draft", "undecided", "kept", "sent", "nameless", "shared")
# Answers that are finished; a draft is not.
WRITTEN = LIVING_STATES[1:]


def due_circles(session: Session, now: datetime) -> list[int]:
    """Our ids of the circles whose next prompt is due, where the bot is in the channel."""
    due = select(Circle.id).join(Channel).where(Circle.next_round_at <= now, Channel.left_at.is_(None))
    return list(session.scalars(due.order_by(Circle.next_round_at)))


def latest_round(session: Session, circle: Circle) -> Round | None:
    """The round that this circle is in."""
    rounds = select(Round).where(Round.circle_id == circle.id)
    return session.scalar(rounds.order_by(Round.posted_at.desc(), Round.id.desc()).limit(1))


def find_reflection_by_form(session: Session, form: str) -> Reflection | None:
    """The reflection that came through this form."""
    return session.scalar(select(Reflection).where(Reflection.form_token == form))


def find_reflection_by_message(session: Session, channel: str, ts: str) -> Reflection | None:
    """The reflection that this message is."""
    return session.scalar(select(Reflection).where(Reflection.channel == channel, Reflection.ts == ts))


def own_answers(session: Session, round_: Round, member: Member) -> list[Reflection]:
    """What this member wrote in forms of this round and still has, oldest first."""
    own = select(Reflection).where(Reflection.round_id == round_.id, Reflection.member_id == member.id)
    living = own.where(Reflection.source == "form", Reflection.state.in_(LIVING_STATES))
    return list(session.scalars(living.order_by(Reflection.written_at, Reflection.id)))


def find_opt_out(session: Session, circle_id: int, member: Member) -> OptOut | None:
    """Whether this member opted out of the threads of this circle, now or earlier; locks the member meanwhile."""
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update(key_share=True))
    return session.get(OptOut, (circle_id, member.id))


def has_answered(session: Session, round_: Round, member: Member) -> bool:
    """Whether this member has an answer in this round, in a form or in its thread."""
    own = select(Reflection.id).where(Reflection.round_id == round_.id, Reflection.member_id == member.id)
    return session.scalar(own.where(Reflection.state.in_(WRITTEN)).limit(1)) is not None


def drafts_of(session: Session, member: Member) -> list[tuple[Reflection, Round]]:
    """What this member began to write and did not finish, each with its round, the oldest first."""
    own = select(Reflection, Round).join(Round).where(Reflection.member_id == member.id, Reflection.state == "draft")
    return [(draft, round_) for draft, round_ in session.execute(own.order_by(Reflection.written_at))]


def due_batches(session: Session, now: datetime) -> list[int]:
    """Our ids of the rounds whose answers without a name are due, where the bot is in the channel and knows who is."""
    here = Channel.left_at.is_(None), Channel.look_up_at.is_(None)
    due = select(Round.id).join(Circle).join(Channel).where(Round.batch_at <= now, *here)
    return list(session.scalars(due.order_by(Round.batch_at)))


def end_batches(session: Session, circle: Circle, now: datetime) -> None:
    """The next question comes: make what waits in this circle to be shared without a name due now."""
    waiting = update(Round).where(Round.circle_id == circle.id, Round.batch_at > now)
    session.execute(waiting.values(batch_at=now))


def nameless_reflections(session: Session, round_: Round) -> list[Reflection]:
    """The reflections that wait in this round to be shared without a name, locked."""
    waiting = select(Reflection).where(Reflection.round_id == round_.id, Reflection.state == "nameless")
    return list(session.scalars(waiting.with_for_update()))


def forget_replies(session: Session, circle_id: int, member: Member) -> None:
    """Delete what this member typed in threads of this circle, also which messages that were."""
    rounds = select(Round.id).where(Round.circle_id == circle_id)
    typed = delete(Reflection).where(Reflection.member_id == member.id, Reflection.source == "thread")
    session.execute(typed.where(Reflection.round_id.in_(rounds)))


def due_invitations(session: Session, now: datetime) -> list[int]:
    """Our ids of the members whose invitation is due."""
    waiting = select(Invitation.member_id).where(Invitation.next_at <= now)
    return list(session.scalars(waiting.order_by(Invitation.next_at)))


def invitations_in(session: Session, channel: Channel) -> list[Invitation]:
    """The invitations that members of this channel asked for and did not pause, locked."""
    here = select(Invitation).join(ChannelMember, ChannelMember.member_id == Invitation.member_id)
    wanted = here.where(ChannelMember.channel_id == channel.id, Invitation.is_paused.is_(False))
    return list(session.scalars(wanted.order_by(Invitation.member_id).with_for_update(of=Invitation)))


def all_reflections_of(session: Session, member: Member) -> list[tuple[Reflection, Round]]:
    """Every reflection this member wrote and still has, locked."""
    found = select(Reflection, Round).join(Round, Round.id == Reflection.round_id)
    found = found.where(Reflection.member_id == member.id, Reflection.words.is_not(None)).with_for_update(of=Reflection)
    return [(reflection, round_) for reflection, round_ in session.execute(found)]
