"""When something that is done every few hours is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

# Nothing of the kind is planned that far off: a clock that was ahead planned it for then.
_FURTHEST = timedelta(days=1)


def due_times(planned: InstrumentedAttribute[datetime | None], now: datetime) -> Iterator[ColumnElement[bool]]:
    """The moment in this column has come; or it is further off than any that a right clock plans.

    Two conditions and no "or" between them: each is found by the index, and together they would be looked for in all.
    """
    yield planned <= now
    yield planned > now + _FURTHEST
