"""What other wings may ask of people: its services and queries. They import nothing else but `types`."""

from bot.people.drafts import Draft, drafts_at, drop_draft, drop_drafts_in, keep_draft, read_draft
from bot.people.names import names_of
from bot.people.places import Places
from bot.people.typed import TypedWords
from db.queries.people import count_members, find_member, is_in, members_in
