"""How far the reading of a place came: kept after each page, so that an interruption does not begin it again."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from bot.listening.parsing import ts_of
from db.queries.listening import Kept

# Slack's history lags behind: what was said a moment ago may not be there yet, which does not mean it was deleted.
LAG = timedelta(minutes=1)
# One reading that lacks a message proves nothing: it was deleted if a later one lacks it too, so long after. Where a
# whole thread seems gone, which wipes what many people wrote, hours lie between them.
SURE_AFTER, SURE_AFTER_FOR_THREADS = timedelta(minutes=10), timedelta(hours=2)
# After each failure in a row, how long until the next attempt.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


class Page(BaseModel):
    """A page to read: of the thread under `thread`, or of the channel. `cursor` is Slack's name for it.

    `settled` is the last `ts` that was passed on before it. `begun_at` is the `ts` from which this list of pages went
    on, where an earlier cursor was good no more.
    """

    thread: str | None = None
    cursor: str | None = None
    settled: str | None = None
    begun_at: str | None = None

    @property
    def is_first(self) -> bool:
        """Whether it begins the thread or the channel."""
        return self.cursor is None and self.begun_at is None

    def after(self, messages: Iterable[Any], cursor: str | None) -> "Page | None":
        """The page that follows one with these messages; None after the last. A channel is read newest first."""
        if not cursor:
            return None
        found = [ts for ts in map(ts_of, messages) if ts is not None and ts != self.thread]
        ends = (max if self.thread else min)(found, key=Decimal, default=self.settled)
        return self.model_copy(update={"cursor": cursor, "settled": ends})

    def without_cursor(self) -> "Page | None":
        """The same page found by its moment, since Slack does not take the cursor; None if that was tried just now."""
        if self.cursor is None or self.settled == self.begun_at:
            return None
        return self.model_copy(update={"cursor": None, "begun_at": self.settled})


class Reading(BaseModel):
    """One reading of a whole place. `pages` are to be read, the last one first; `turned` is how many were.

    `unseen` is what we keep and did not meet yet. `lacks_thread` says that a thread was not there, `is_complete` that
    all we met could be kept.
    """

    began: datetime
    pages: list[Page]
    unseen: set[str]
    turned: int = 0
    lacks_thread: bool = False
    is_complete: bool = True

    @classmethod
    def begin(cls, threads: Iterable[str | None], kept: Mapping[str, Kept], now: datetime) -> "Reading":
        """A reading of these threads (None is the channel), where we keep these messages."""
        certain = Decimal((now - LAG).timestamp())
        there = {ts for ts, each in kept.items() if each.is_there and Decimal(ts) <= certain}
        return cls(began=now, pages=[Page(thread=thread) for thread in threads], unseen=there)

    def turn(self, messages: list[Any], cursor: str | None) -> None:
        """The next page said this, and all of it was passed on: the threads on a page of a channel come next."""
        page = self.pages.pop()
        self.turned += 1
        self.unseen.difference_update(ts for ts in map(ts_of, messages) if ts)
        if following := page.after(messages, cursor):
            self.pages.append(following)
        if page.thread is None:
            threads = [ts_of(each) for each in messages if isinstance(each, dict) and each.get("reply_count")]
            self.pages += [Page(thread=ts) for ts in threads if ts]
        elif page.is_first and page.thread not in map(ts_of, messages):
            self.lacks_thread = True

    def skip_thread(self) -> None:
        """The thread of the next page is not there."""
        self.pages.pop()
        self.turned += 1
        self.lacks_thread = True

    def find_page_again(self) -> bool:
        """Find the next page by its moment, since Slack does not take its cursor; False if that was tried just now."""
        page = self.pages[-1].without_cursor()
        if page is not None:
            self.pages[-1] = page
        return page is not None

    def pause(self, kept: Mapping[str, Kept]) -> timedelta:
        """How long after its first absence a message is asked about again."""
        lacks_ours = any(kept[ts].is_ours for ts in self.unseen if ts in kept and kept[ts].is_there)
        return SURE_AFTER_FOR_THREADS if self.lacks_thread or lacks_ours else SURE_AFTER


class ReadingProgress(BaseModel):
    """What we know of reading one place; in the database as JSON, without a word of anybody.

    `reading` is under way. `planned_at` is when it is to go on, and `is_again` asks for another one after it. `lacking`
    are messages that were not there, by `ts`, with the end of the first reading that lacked them. `failures` counts
    those in a row, and `refusal` is Slack's word that was logged last. `surplus` are threads under a second copy of the
    first message, which was removed: what people wrote there belongs to this place.
    """

    reading: Reading | None = None
    planned_at: datetime | None = None
    is_again: bool = False
    lacking: dict[str, datetime] = Field(default_factory=dict)
    failures: int = 0
    refusal: str | None = None
    surplus: list[str] = Field(default_factory=list)

    @classmethod
    def parse(cls, progress: Mapping[str, Any]) -> "ReadingProgress":
        """As it was kept. What another version of the bot kept and we cannot read is begun again."""
        try:
            return cls.model_validate(progress)
        except ValidationError:
            return cls()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json")

    @property
    def turned(self) -> int:
        """How many pages the present reading turned."""
        return self.reading.turned if self.reading else 0

    def begin(self, threads: Iterable[str | None], kept: Mapping[str, Kept], now: datetime) -> None:
        """Begin a reading."""
        self.reading, self.is_again = Reading.begin(threads, kept, now), False

    def failed(self) -> timedelta:
        """Count a failure; returns the pause until the next attempt."""
        self.failures += 1
        return _PAUSES[min(self.failures, len(_PAUSES)) - 1]

    def end_reading(self, kept: Mapping[str, Kept], pause: timedelta, now: datetime) -> list[str]:
        """Compare a whole reading with what we keep; returns what was surely deleted, and remembers what may be."""
        ended, self.reading = self.reading, None
        if ended is None:
            return []
        unseen = {ts for ts in ended.unseen if ts in kept and kept[ts].is_there}
        since = {ts: self.lacking.get(ts, now) for ts in unseen}
        sure = [ts for ts, first in since.items() if ended.began - first >= pause]
        self.lacking = {ts: first for ts, first in since.items() if ts not in sure}
        return sorted(sure)
