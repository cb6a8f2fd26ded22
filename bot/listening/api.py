"""What other wings may ask of listening: its services and queries. They import nothing else but `types`."""

from bot.listening.catching_up import READ_EVERY
from bot.listening.parsing import parse_new_message
from bot.listening.threads import MessageEvent
from db.queries.listening import author_of, case_in, make_channel_due, post_at
