"""What crosses from consent to the rules and views of other wings: values, enums and pure functions."""

from bot.consent.rules import objection_deadline
from bot.consent.views import ProposalStatus, proposal_card, status_blocks

__all__ = [
    "ProposalStatus",
    "objection_deadline",
    "proposal_card",
    "status_blocks",
]
