"""The tables, one file a subject. Words of people are sealed bytes in here; only `bot/crypto/vault.py` opens them."""

from db.models.base import Base
from db.models.circles import Circle, Moderator
from db.models.consent import Objection, Proposal
from db.models.crypto import KeyMark
from db.models.intervision import CaseRow, Contribution, LateWords, Participation, Remark, SetAside
from db.models.journal import Insight
from db.models.outbox import Errand, Post
from db.models.people import Channel, Member, Presence, Workspace
from db.models.questions import OwnQuestion, Retired, Support, Turn
from db.models.reflection import Invitation, LeftOut, Reflection, Round
from db.models.rhythm import Silence, SlotOtherwise

__all__ = [
    "Base",
    "CaseRow",
    "Channel",
    "Circle",
    "Contribution",
    "Errand",
    "Insight",
    "Invitation",
    "KeyMark",
    "LateWords",
    "LeftOut",
    "Member",
    "Moderator",
    "Objection",
    "OwnQuestion",
    "Participation",
    "Post",
    "Presence",
    "Proposal",
    "Reflection",
    "Remark",
    "Retired",
    "Round",
    "SetAside",
    "Silence",
    "SlotOtherwise",
    "Support",
    "Turn",
    "Workspace",
]
