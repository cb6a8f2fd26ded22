"""The tables, one file for each wing. The words of people are sealed bytes; only `bot/crypto/vault.py` opens them."""

from db.models.base import Base
from db.models.circles import Circle, Moderator
from db.models.consent import Objection, Proposal
from db.models.crypto import KeyMark
from db.models.intervision import (
    CaseRow,
    ContributionRow,
    LateContribution,
    Participation,
    Remark,
    Reminder,
    SavedAdvice,
)
from db.models.journal import Insight
from db.models.outbox import OutboxJob, OutboxTarget
from db.models.people import Channel, ChannelMember, FormDraft, Member, Workspace
from db.models.questions import OwnQuestion, QuestionSupport, QuestionTurn, RetiredPrompt
from db.models.reflection import Invitation, OptOut, Reflection, Round
from db.models.rhythm import InactivityQuestion, SlotException
