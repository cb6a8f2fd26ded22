"""What crosses from consent to the rules and views of other wings: values, enums and pure functions."""

from bot.consent.rules import objection_deadline
from bot.consent.views import ProposalStatus, proposal_card, status_blocks
