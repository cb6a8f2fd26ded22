"""Catching up: reading, in Slack, the threads where people's words are kept, for events that did not come.

Slack drops events in outages, and those of a time in which the bot was down come late or never. So each place where the
bot listens is read whole: at the start, after a connection was opened again, and every few hours. What is new or edited
goes the way of an event, page by page; what we keep and two whole readings lack was deleted. An event that comes twice
changes nothing, so reading twice does not either. Slack is asked outside transactions.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.services import Services
from bot.listening.parsing import ts_of
from bot.listening.passing_on import LookUp, PassingOn, deletion
from bot.listening.reading import Page, Reading, ReadingProgress
from bot.listening.threads import Threads
from bot.outbox.queue import Clock
from bot.settings.log import code_place
from bot.slack.answers import TOKEN_REFUSED
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackLater, SlackRefused
from db.queries import listening
from db.queries.listening import Claim, Kept, Spot

_log = logging.getLogger(__name__)

READ_EVERY = timedelta(hours=6)
# Slack allows some fifty calls a minute of one method; a place takes one or a few. A long one goes on at its next turn.
MOST_AT_ONCE, MOST_PAGES_AT_ONCE = 10, 10
# How long the thread of a weekly question is followed after it was asked.
FOLLOWED = timedelta(weeks=4)
# Whoever claimed a place reads it within this time, or ended meanwhile.
CLAIMED = timedelta(minutes=10)
# A place where nobody writes any more is given up after so many failures in a row: some ten hours.
MOST_FAILURES = 15
# Slack answers no call while it refuses our token.
_TOKEN_PAUSE = 45.0
# A person has to act first; asking sooner is of no use. A private channel that we were removed from "is not found".
_LASTING = {"missing_scope", "channel_not_found", "not_in_channel", "is_archived", "no_permission", "access_denied"}


class CatchingUp:
    """Reads the places where we listen. `elapsed` is the clock for Slack's `Retry-After`.

    `is_clock_right` says whether our clock is, by which a place is followed no more after a while.
    """

    def __init__(
        self,
        services: Services,
        slack: SlackClient,
        threads: Threads,
        look_up: LookUp,
        elapsed: Clock,
        is_clock_right: Callable[[], bool],
    ) -> None:
        self._services, self._slack, self._elapsed, self._is_clock_right = services, slack, elapsed, is_clock_right
        self._passing_on = PassingOn(threads, look_up)
        self._not_before: datetime | None = None

    def begin_listening(self, now: datetime) -> None:
        """Events come from now on; what came before is read, as after `plan_all`."""
        with self._services.database.writing() as session:
            listening.note_listening(session, self._elapsed())
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
        """Read the newest pages of a case's channel before its step closes, as far as Slack lets us.

        A reading of the whole channel that is under way goes on later, where it was.
        """
        with self._services.database.reading() as session:
            spot = listening.spot_of_case(session, case_id)
        if spot is None or self._must_wait():
            return
        at = self._attempt(lambda: self._glance(spot, now), spot, ReadingProgress(), now)
        if at is not None:
            with self._services.database.writing() as session:
                listening.plan_reading(session, spot, at)

    def read_replies_under(self, channel: str, surplus_ts: str, kept_ts: str, now: datetime) -> None:
        """Take in what people wrote under a second copy of a post of ours as if it stood under the copy that stays.

        `kept_ts` is to be known as that of our post. Raises `SlackError` where the thread could not be read: then the
        surplus copy is not to be removed yet. What comes under it later is read with the thread of the other copy.
        """
        with self._services.database.writing() as session:
            listening.note_surplus(session, channel, surplus_ts, kept_ts, now + CLAIMED)
        spot = Spot("", "", channel, kept_ts)
        page: Page | None = Page(thread=surplus_ts)
        while page is not None:
            messages, cursor = self._ask_thread(channel, page)
            replies = [message for message in messages if ts_of(message) != surplus_ts]
            self._passing_on.pass_on_page(replies, spot, {}, now, under=kept_ts)
            page = page.after(messages, cursor)

    # ------------------------------------------------------------------------------------------------- one place

    def _read_next(self, now: datetime) -> bool:
        """Read on in the place that is due longest; False if none is. No other copy of the bot reads it meanwhile."""
        with self._services.database.reading() as session:
            if not listening.is_any_due(session, now):
                return False
        with self._services.database.writing() as session:
            claim = listening.claim_due(session, now, now + CLAIMED)
        if claim is not None:
            progress = ReadingProgress.parse(claim.progress)
            at = self._attempt(lambda: self._read_on(claim, progress, now), claim.spot, progress, now)
            self._plan(claim, progress, at, now)
        return claim is not None

    def _attempt(
        self, read: Callable[[], datetime | None], spot: Spot, progress: ReadingProgress, now: datetime
    ) -> datetime | None:
        """Read, whatever goes wrong. Returns when to go on; None for at the usual time."""
        before = progress.turned
        try:
            return read()
        except SlackLater as later:
            self._wait(later.seconds)
            return now
        except SlackError as error:
            pause = self._pause_after(error, spot, progress, progressed=progress.turned > before)
        except Exception as error:  # noqa: BLE001
            _log.error("a place could not be read, and is tried again: %s", code_place(error))
            pause = progress.failed()
        return None if pause is None else now + pause

    def _read_on(self, claim: Claim, progress: ReadingProgress, now: datetime) -> datetime | None:
        """Read on where the reading of this place was interrupted, or begin one. Returns as `_attempt` does."""
        spot, kept = claim.spot, self._known(claim.spot)
        if progress.reading is None:
            progress.begin([*progress.surplus, spot.thread], kept, now)
        elif claim.due_at != progress.planned_at:
            progress.is_again = True
        assert progress.reading is not None
        self._read_pages(spot, progress.reading, kept, now, lambda: self._keep(spot, progress))
        return now if progress.reading.pages else self._end(spot, progress, progress.reading, now)

    def _glance(self, spot: Spot, now: datetime) -> datetime | None:
        """Read the newest pages, and forget how far that came. Returns as `_attempt` does."""
        reading = Reading.begin([None], {}, now)
        self._read_pages(spot, reading, self._known(spot), now, lambda: None)
        return now if reading.pages or not reading.is_complete else None

    def _read_pages(
        self, spot: Spot, reading: Reading, kept: Mapping[str, Kept], now: datetime, keep: Callable[[], None]
    ) -> None:
        """Pass on what the next pages say, a few at most; calls `keep` after each but the last."""
        for _ in range(MOST_PAGES_AT_ONCE):
            if not reading.pages:
                return
            page = reading.pages[-1]
            answer = self._ask(spot.channel, page, reading)
            if answer is None:
                continue
            messages, cursor = answer
            under = spot.thread if page.thread != spot.thread else None
            reading.is_complete &= self._passing_on.pass_on_page(messages, spot, kept, now, under=under)
            reading.turn(messages, cursor)
            if reading.pages:
                keep()

    def _end(self, spot: Spot, progress: ReadingProgress, reading: Reading, now: datetime) -> datetime | None:
        """The whole place was read: what two readings lack was deleted. Returns as `_attempt` does."""
        kept = self._known(spot)
        pause = reading.pause(kept)
        for ts in progress.end_reading(kept, pause, now):
            reading.is_complete &= self._passing_on.pass_on(deletion(spot, ts), now)
        if not reading.is_complete:
            return now + progress.failed()
        progress.failures, progress.refusal = 0, None
        if progress.is_again:
            return now
        return min(progress.lacking.values()) + pause if progress.lacking else None

    # ----------------------------------------------------------------------------------------------------- Slack

    def _ask(self, channel: str, page: Page, reading: Reading) -> tuple[list[Any], str | None] | None:
        """What stands on this page, and the next cursor; None where `reading` has to go on with another page."""
        try:
            if page.thread is None:
                return self._slack.read_channel(channel, cursor=page.cursor, before=page.begun_at)
            return self._slack.read_thread(channel, page.thread, cursor=page.cursor, after=page.begun_at)
        except SlackRefused as refusal:
            if page.thread is not None and refusal.error == "thread_not_found":
                reading.skip_thread()
            elif refusal.error != "invalid_cursor" or not reading.find_page_again():
                raise
        return None

    def _ask_thread(self, channel: str, page: Page) -> tuple[list[Any], str | None]:
        """What stands on this page; nothing where the thread is not there."""
        try:
            return self._slack.read_thread(channel, page.thread or "", cursor=page.cursor)
        except SlackLater as later:
            self._wait(later.seconds)
            raise
        except SlackRefused as refusal:
            if refusal.error != "thread_not_found":
                raise
            return [], None

    def _pause_after(
        self, error: SlackError, spot: Spot, progress: ReadingProgress, *, progressed: bool
    ) -> timedelta | None:
        """How long to wait after this; None for as long as usual. What Slack refuses is logged once."""
        refusal = error.error if isinstance(error, SlackRefused) else None
        if refusal in TOKEN_REFUSED:
            self._wait(_TOKEN_PAUSE)
            return timedelta()
        if refusal is None:
            _log.warning("reading was cut short, and goes on later: %s", error)
        elif refusal != progress.refusal:
            _log.warning("Slack does not let us read %s: %s", spot.channel, error)
            progress.refusal = refusal
        if refusal in _LASTING:
            return None
        progress.failures = 0 if progressed else progress.failures
        return progress.failed()

    def _must_wait(self) -> bool:
        return self._not_before is not None and self._elapsed() < self._not_before

    def _wait(self, seconds: float) -> None:
        self._not_before = self._elapsed() + timedelta(seconds=seconds)

    # -------------------------------------------------------------------------------------------------- database

    def _known(self, spot: Spot) -> dict[str, Kept]:
        with self._services.database.reading() as session:
            return listening.known_messages(session, spot)

    def _keep(self, spot: Spot, progress: ReadingProgress) -> None:
        with self._services.database.writing(wakes=False) as session:
            listening.keep_progress(session, spot, progress.as_json())

    def _plan(self, claim: Claim, progress: ReadingProgress, at: datetime | None, now: datetime) -> None:
        """Plan when to go on. Where nobody may write any more, a place is read to the end once, as far as that goes."""
        with self._services.database.writing() as session:
            if at is None or progress.failures > MOST_FAILURES:
                is_over = self._is_clock_right() and not listening.is_followed(session, claim.spot, now - FOLLOWED)
                at = None if is_over else at or now + READ_EVERY
            progress.planned_at = at
            listening.plan_again(session, claim, progress.as_json(), at)
