"""What other wings may ask of journal: its services and queries. They import nothing else but `types`."""

from db.queries.journal import has_more_than

__all__ = [
    "has_more_than",
]
