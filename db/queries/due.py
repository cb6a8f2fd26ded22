"""When something that is done every few hours is due."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

# Nothing of the kind is planned that far off: a clock that was ahead planned it for then.
_FURTHEST = timedelta(days=1)


def is_due(planned: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    """Whether the moment in this column has come, or is further off than any that a right clock plans."""
    return or_(planned <= now, planned > now + _FURTHEST)
