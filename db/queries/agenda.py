"""When something happens by itself next."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import CaseRow, Channel, Circle, Invitation, Proposal, Reminder, Round


def next_moment(session: Session) -> datetime | None:
    """The earliest moment at which something becomes due; None if nothing ever will."""
    wipes = session.scalar(select(func.min(CaseRow.forget_at)))
    checks = session.scalar(select(func.min(Circle.inactivity_check_at)).join(Channel).where(Channel.left_at.is_(None)))
    seasons = session.scalar(select(func.min(Circle.look_back_at)).join(Channel).where(Channel.left_at.is_(None)))
    invitations = session.scalar(select(func.min(Invitation.next_at)))
    reminders = session.scalar(select(func.min(CaseRow.remind_at)).where(CaseRow.waits_since.is_(None)))
    told = session.scalar(select(func.min(Reminder.due_at)))
    found = (next_deadline(session), wipes, checks, seasons, invitations, reminders, told)
    return min(filter(None, found), default=None)


def next_deadline(session: Session) -> datetime | None:
    """The earliest moment that people expect: a question, a case that begins, a step that ends; None for none."""
    questions = select(func.min(Circle.next_round_at)).join(Channel).where(Channel.left_at.is_(None))
    batches = select(func.min(Round.batch_at)).join(Circle).join(Channel).where(Channel.left_at.is_(None))
    proposals = select(func.min(Proposal.ends_at)).join(Circle, Circle.id == Proposal.circle_id).join(Channel)
    proposals = proposals.where(Proposal.state == "open", Channel.left_at.is_(None))
    cases = [select(func.min(at)).where(CaseRow.waits_since.is_(None)) for at in (CaseRow.due_at, CaseRow.opens_at)]
    moments = (questions, proposals, batches, *cases)
    return min(filter(None, map(session.scalar, moments)), default=None)
