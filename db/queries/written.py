"""Leafing through what one member wrote: by theme and by time, the newest first."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import Select
from sqlalchemy.orm import Session

from db.models import Insight, Reflection, Round

Ts = TypeVarTuple("Ts")
Between = tuple[datetime, datetime]
# How many rows are brought at once: reading on costs what is read.
_AT_ONCE = 50


def newest_first(
    session: Session, found: Select[*Ts], what: type[Insight | Reflection], theme: str, between: Between | None
) -> Iterator[tuple[*Ts]]:
    """What was found of `what`, each with its round. Of one theme, or between two moments, if asked."""
    if theme:
        found = found.where(Round.theme == theme)
    if between:
        found = found.where(what.written_at >= between[0], what.written_at < between[1])
    ordered = found.order_by(what.written_at.desc(), what.id.desc())
    return iter(session.execute(ordered.execution_options(yield_per=_AT_ONCE)))
