"""Passing on what was read in Slack as if it had come as events."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.core.errors import NotKnownYet
from bot.listening.parsing import parse_message, ts_of
from bot.listening.reading import LAG
from bot.listening.threads import MessageEvent, RetryLater, Threads
from bot.settings.log import code_place
from bot.slack.client import Json
from db.queries.listening import Kept, Spot

_log = logging.getLogger(__name__)

# Asks Slack about a person (and the channel they are in) whom nobody looked up yet: (user, channel, now).
LookUp = Callable[[str, str | None, datetime], None]


class PassingOn:
    """Passes on to `threads`; writers whom we do not know are looked up first."""

    def __init__(self, threads: Threads, look_up: LookUp) -> None:
        self._threads, self._look_up = threads, look_up

    def pass_on_page(
        self, messages: Iterable[Any], spot: Spot, kept: Mapping[str, Kept], now: datetime, *, under: str | None = None
    ) -> bool:
        """Pass on what these messages say that we do not know; False if one could not be kept yet.

        With `under`, as replies to the message of that `ts`.
        """
        done = True
        for message in messages:
            event = _news(spot, message, kept, now)
            if event is not None:
                done &= self.pass_on(replace(event, thread=under) if under else event, now)
        return done

    def pass_on(self, event: MessageEvent, now: datetime) -> bool:
        """Pass on one event; False if it could not be kept yet. No message that fails holds up another."""
        try:
            self._receive(event, now)
        except (NotKnownYet, RetryLater):
            return False
        except OperationalError:
            # The database does not answer: the next message would wait as long.
            raise
        except Exception as error:  # noqa: BLE001
            _log.error("a message that was read could not be kept, and is read again: %s", code_place(error))
            return False
        return True

    def _receive(self, event: MessageEvent, now: datetime) -> None:
        try:
            self._threads.receive(event, now)
        except NotKnownYet as unknown:
            self._look_up(unknown.user, unknown.channel, now)
            self._threads.receive(event, now)


def _news(spot: Spot, message: Json, kept: Mapping[str, Kept], now: datetime) -> MessageEvent | None:
    """What a message says that we do not know yet. A tombstone says that what stood there was deleted."""
    ts = ts_of(message)
    known = kept.get(ts) if ts else None
    if ts and message.get("subtype") == "tombstone":
        return deletion(spot, ts) if known and known.is_there else None
    event = parse_message(spot.channel, message, now - LAG) if ts else None
    return event if event and _is_news(event, known) else None


def deletion(spot: Spot, ts: str) -> MessageEvent:
    """That a message in this place was deleted."""
    return MessageEvent(spot.channel, ts, "", "deleted", thread=spot.thread)


def _is_news(event: MessageEvent, known: Kept | None) -> bool:
    """Whether a message says what we do not know yet."""
    if known is None:
        return True
    if event.revision is None or not known.is_there:
        return False
    return known.revision is None or Decimal(event.revision) > Decimal(known.revision)
