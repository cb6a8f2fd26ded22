"""What crosses from people to the rules and views of other wings: values and pure functions."""

from bot.people.absence import ARCHIVED, DELETED, MISSING, REASON_OF_ERROR, REMOVED, SHARED, Absence
