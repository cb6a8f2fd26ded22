"""What other wings may ask of rhythm: its services and queries. They import nothing else but `types`."""

from bot.rhythm.planning import RoundPlanning
from db.queries.rhythm import latest_rounds
