"""What other wings may ask of consent: its services and queries. They import nothing else but `types`."""

from bot.consent.proposals import ProposalContext, ProposalDraft, Proposals, ProposalType
from db.queries.consent import first_proposal, open_proposal
