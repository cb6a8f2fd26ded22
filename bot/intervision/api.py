"""What other wings may ask of intervision: its services and queries. They import nothing else but `types`."""

from bot.intervision.cases import Cases
from bot.intervision.context import CaseContext, channel_key, load_case, load_for_member_in_channel, parse_protocol
from bot.intervision.surfaces import ContributionFormState
from db.queries.intervision import inviting_cases_in, open_cases_of, participations
