"""Catching up: reading, in Slack, the threads where people's words are kept, for what Slack did not tell.

Slack throws events away in outages, and those of a time in which nobody listened come late or never. So each place
we listen in is read whole: at the start, after a connection was opened again, before a step closes, and every so often.
What is new or changed goes the way of an event; what we keep and is not there any more was deleted. As telling again
changes nothing, reading again does not either. Slack is asked outside transactions.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

from bot.core.errors import NotKnownYet
from bot.core.services import Services
from bot.listening.parsing import parse_message
from bot.listening.threads import MessageEvent, Threads
from bot.outbox.queue import Clock
from bot.slack.client import Json, SlackClient
from bot.slack.errors import SlackError, SlackLater, SlackRefused
from db.queries import listening
from db.queries.listening import Kept, Spot

_log = logging.getLogger(__name__)

READ_EVERY = timedelta(hours=6)
# Slack allows some fifty calls a minute of one method; a spot takes one or a few.
MOST_AT_ONCE = 10
# How long the thread of a weekly question is followed after it was asked.
FOLLOWED = timedelta(weeks=4)
AFTER_TROUBLE = timedelta(minutes=1)
# Slack's history lags behind a write: what was said a moment ago may not be there yet, and was not deleted.
LAG = timedelta(minutes=1)


# Asks Slack about a person (and the channel they are in) whom nobody looked up yet: (user, channel, now).
LookUp = Callable[[str, str | None, datetime], None]


class CatchingUp:
    """Reads the spots where we listen. `elapsed` is the clock that Slack's "come back later" runs on."""

    def __init__(
        self, services: Services, slack: SlackClient, threads: Threads, look_up: LookUp, elapsed: Clock
    ) -> None:
        self._services, self._slack, self._threads, self._look_up = services, slack, threads, look_up
        self._elapsed = elapsed
        self._not_before: datetime | None = None

    def plan_all(self, now: datetime) -> None:
        """Every spot where we listen is to be read at the next beats."""
        with self._services.database.writing() as session:
            listening.make_all_due(session, now)

    def read_due(self, now: datetime) -> int:
        """Read what is due, a few spots at most; returns how many were."""
        done = 0
        while done < MOST_AT_ONCE and not self._must_wait() and self._next(now):
            done += 1
        return done

    def read_before_step(self, case_id: str, now: datetime) -> None:
        """Read the channel of a case in which something is about to happen, as far as Slack lets us."""
        with self._services.database.reading() as session:
            spot = listening.spot_of_case(session, case_id)
        if spot and not self._must_wait():
            self._read(spot, now)

    def _next(self, now: datetime) -> bool:
        """Read the spot that is due longest; false if none is. It is planned again first: no other copy reads it."""
        with self._services.database.reading() as session:
            if not listening.is_any_due(session, now):
                return False
        with self._services.database.writing() as session:
            spot = listening.next_due(session, now, now + READ_EVERY, followed_since=now - FOLLOWED)
        if spot is not None:
            self._read(spot, now)
        return spot is not None

    def _read(self, spot: Spot, now: datetime) -> None:
        try:
            self._take_in(spot, now)
        except SlackLater as later:
            self._not_before = self._elapsed() + timedelta(seconds=later.seconds)
            self._plan(spot, now)
        except SlackRefused as refusal:
            _log.warning("Slack does not let us read %s: %s", spot.channel, refusal.error)
        except SlackError as trouble:
            _log.warning("catching up was cut short, and is done again: %s", trouble)
            self._plan(spot, now + AFTER_TROUBLE)

    def _take_in(self, spot: Spot, now: datetime) -> None:
        with self._services.database.reading() as session:
            kept = listening.known_messages(session, spot)
        seen = set()
        for message in self._messages(spot):
            if message.get("subtype") != "tombstone":
                seen.add(message["ts"])
            heard = parse_message(spot.channel, message, now - LAG)
            if heard and _is_news(heard, kept.get(heard.ts)):
                self._tell(heard, now)
        for ts in _gone(kept, seen, now):
            self._tell(MessageEvent(spot.channel, ts, "", "deleted", thread=spot.thread), now)

    def _messages(self, spot: Spot) -> Iterator[Json]:
        """All that stands in this spot, the threads in a channel included; a message may come twice."""
        if spot.thread is not None:
            yield from self._thread(spot.channel, spot.thread)
            return
        for message in self._slack.read_channel(spot.channel):
            yield message
            if message.get("reply_count"):
                yield from self._thread(spot.channel, message["ts"])

    def _thread(self, channel: str, ts: str) -> Iterator[Json]:
        """All that stands in a thread; nothing if it is gone with the message it hung under."""
        try:
            yield from self._slack.read_thread(channel, ts)
        except SlackRefused as refusal:
            if refusal.error != "thread_not_found":
                raise

    def _tell(self, heard: MessageEvent, now: datetime) -> None:
        """As an event would; who said it is looked up first where we do not know."""
        try:
            self._threads.receive(heard, now)
        except NotKnownYet as unknown:
            self._look_up(unknown.user, unknown.channel, now)
            # Slack may not say who that is; then it is read again the next time.
            with suppress(NotKnownYet):
                self._threads.receive(heard, now)

    def _must_wait(self) -> bool:
        return self._not_before is not None and self._elapsed() < self._not_before

    def _plan(self, spot: Spot, at: datetime) -> None:
        with self._services.database.writing() as session:
            listening.plan_reading(session, spot, at)


def _is_news(heard: MessageEvent, known: Kept | None) -> bool:
    """Whether a message says what we do not know yet."""
    if known is None:
        return True
    if heard.revision is None or not known.stands:
        return False
    return known.revision is None or Decimal(heard.revision) > Decimal(known.revision)


def _gone(kept: dict[str, Kept], seen: set[str], now: datetime) -> Iterable[str]:
    """What we keep, and Slack has no longer."""
    certain = Decimal((now - LAG).timestamp())
    return [ts for ts, each in kept.items() if each.stands and ts not in seen and Decimal(ts) <= certain]
