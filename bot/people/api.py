"""What other wings may ask of people: its services and queries. They import nothing else but `types`."""

from bot.people.names import names_of
from bot.people.places import Places
from db.queries.people import count_members, find_member, is_in, members_in
