"""Catching up: reading, in Slack, the threads where people's words are kept, for events that did not come.

Slack drops events in outages, and those of a time in which the bot was down come late or never. So each place where the
bot listens is read whole: at the start, after a connection was opened again, before a step closes, and every few hours.
What is new or edited goes the way of an event; what we keep and is not there any more was deleted. An event that comes
twice changes nothing, so reading twice does not either. Slack is asked outside transactions.
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
# Slack allows some fifty calls a minute of one method; a place takes one or a few.
MOST_AT_ONCE = 10
# How long the thread of a weekly question is followed after it was asked.
FOLLOWED = timedelta(weeks=4)
AFTER_ERROR = timedelta(minutes=1)
# Slack's history lags behind: what was said a moment ago may not be there yet, which does not mean it was deleted.
LAG = timedelta(minutes=1)


# Asks Slack about a person (and the channel they are in) whom nobody looked up yet: (user, channel, now).
LookUp = Callable[[str, str | None, datetime], None]


class CatchingUp:
    """Reads the places where we listen. `elapsed` is the clock for Slack's `Retry-After`."""

    def __init__(
        self, services: Services, slack: SlackClient, threads: Threads, look_up: LookUp, elapsed: Clock
    ) -> None:
        self._services, self._slack, self._threads, self._look_up = services, slack, threads, look_up
        self._elapsed = elapsed
        self._not_before: datetime | None = None

    def begin_listening(self, now: datetime) -> None:
        """Events come from now on; what came before is read, as after `plan_all`."""
        with self._services.database.writing() as session:
            listening.note_listening(session, now)
            listening.make_all_due(session, now)

    def plan_all(self, now: datetime) -> None:
        """Have every place where we listen read at the next ticks."""
        with self._services.database.writing() as session:
            listening.make_all_due(session, now)

    def read_due(self, now: datetime) -> int:
        """Read what is due, a few places at most. Returns how many were read."""
        done = 0
        while done < MOST_AT_ONCE and not self._must_wait() and self._read_next(now):
            done += 1
        return done

    def read_before_step(self, case_id: str, now: datetime) -> None:
        """Read the channel of a case before its step closes, as far as Slack lets us."""
        with self._services.database.reading() as session:
            spot = listening.spot_of_case(session, case_id)
        if spot and not self._must_wait():
            self._read(spot, now)

    def _read_next(self, now: datetime) -> bool:
        """Read the place that is due longest; False if none is. It is planned again first: no other copy reads it."""
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
            self._pass_on_news(spot, now)
        except SlackLater as later:
            self._not_before = self._elapsed() + timedelta(seconds=later.seconds)
            self._plan(spot, now)
        except SlackRefused as refusal:
            _log.warning("Slack does not let us read %s: %s", spot.channel, refusal.error)
        except SlackError as error:
            _log.warning("catching up was cut short, and is done again: %s", error)
            self._plan(spot, now + AFTER_ERROR)

    def _pass_on_news(self, spot: Spot, now: datetime) -> None:
        """Pass on what a place says that we do not know yet."""
        with self._services.database.reading() as session:
            kept = listening.known_messages(session, spot)
        seen = set()
        for message in self._messages(spot):
            if message.get("subtype") != "tombstone":
                seen.add(message["ts"])
            event = parse_message(spot.channel, message, now - LAG)
            if event and _is_news(event, kept.get(event.ts)):
                self._pass_on(event, now)
        for ts in _deleted(kept, seen, now):
            self._pass_on(MessageEvent(spot.channel, ts, "", "deleted", thread=spot.thread), now)

    def _messages(self, spot: Spot) -> Iterator[Json]:
        """Every message in this place, the threads in a channel included; a message may come twice."""
        if spot.thread is not None:
            yield from self._thread(spot.channel, spot.thread)
            return
        for message in self._slack.read_channel(spot.channel):
            yield message
            if message.get("reply_count"):
                yield from self._thread(spot.channel, message["ts"])

    def _thread(self, channel: str, ts: str) -> Iterator[Json]:
        """Every message in a thread; none if it was deleted with its first message."""
        try:
            yield from self._slack.read_thread(channel, ts)
        except SlackRefused as refusal:
            if refusal.error != "thread_not_found":
                raise

    def _pass_on(self, event: MessageEvent, now: datetime) -> None:
        """Pass on as an event; its writer is looked up first where we do not know them."""
        try:
            self._threads.receive(event, now)
        except NotKnownYet as unknown:
            self._look_up(unknown.user, unknown.channel, now)
            # Slack may not say who that is; then the place is read again the next time.
            with suppress(NotKnownYet):
                self._threads.receive(event, now)

    def _must_wait(self) -> bool:
        return self._not_before is not None and self._elapsed() < self._not_before

    def _plan(self, spot: Spot, at: datetime) -> None:
        with self._services.database.writing() as session:
            listening.plan_reading(session, spot, at)


def _is_news(event: MessageEvent, known: Kept | None) -> bool:
    """Whether a message says what we do not know yet."""
    if known is None:
        return True
    if event.revision is None or not known.is_there:
        return False
    return known.revision is None or Decimal(event.revision) > Decimal(known.revision)


def _deleted(kept: dict[str, Kept], seen: set[str], now: datetime) -> Iterable[str]:
    """The messages that we keep and that Slack has no longer."""
    certain = Decimal((now - LAG).timestamp())
    return [ts for ts, each in kept.items() if each.is_there and ts not in seen and Decimal(ts) <= certain]
