"""The fields of Slack's events: what is missing or odd in one is named once, and never repeated for ever.

An event that cannot be read now can be read at no other time. So it is acknowledged, counted, and named in the log by
its type and the field, without what is in it. Everything else that fails is answered with 500: then Slack repeats it.
"""

import logging
import re
from collections.abc import Callable
from typing import Any, Final

from slack_bolt import App, BoltResponse

from bot.bot import Bot
from bot.core.parts import Json
from bot.listening.parsing import ts_of
from handlers.failures import log_failure
from handlers.interaction import dict_of

_log = logging.getLogger(__name__)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

Listener = Callable[[Bot, Json], BoltResponse | None]


class MalformedEvent(Exception):
    """This field of an event is missing, or is not what Slack says it is."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def id_in(event: Json, field: str) -> str:
    """Slack's id in this field. Raises `MalformedEvent`."""
    found = event.get(field)
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise MalformedEvent(field)
    return found


def moment_in(event: Json, field: str) -> str:
    """The `ts` in this field. Raises `MalformedEvent`."""
    found = ts_of(event, field)
    if found is None:
        raise MalformedEvent(field)
    return found


def object_in(event: Json, field: str) -> Json:
    """The object in this field. Raises `MalformedEvent`."""
    found = event.get(field)
    if not isinstance(found, dict):
        raise MalformedEvent(field)
    return found


def name_in(event: Json, field: str) -> str:
    """One of Slack's names, such as a subtype; empty where there is none. Raises `MalformedEvent`."""
    found = event.get(field)
    if found is not None and not isinstance(found, str):
        raise MalformedEvent(field)
    return found or ""


class Events:
    """Connects Bolt's events with listeners."""

    def __init__(self, app: App, bot: Bot) -> None:
        self._app, self._bot = app, bot
        self._named: set[tuple[str, str]] = set()

    def on_event(self, name: str, listener: Listener, *, afterwards: Listener | None = None) -> None:
        """`listener` is done before Slack hears that the event arrived; `afterwards` runs beside that."""
        lazy = [_logging_failures(self._reading(name, afterwards))] if afterwards else []
        self._app.event(name)(ack=self._reading(name, listener), lazy=lazy)

    def count_ignored(self, event: Json) -> None:
        """An event that nobody listens to."""
        self.count(event.get("type"), event.get("subtype"))

    def count(self, kind: object, subtype: object = "") -> None:
        """Count an event that is not used, under Slack's own names alone."""
        self._bot.metrics.ignore_event(kind, subtype)

    def _reading(self, name: str, listener: Listener) -> Callable[..., BoltResponse | None]:
        def heard(event: Any) -> BoltResponse | None:
            try:
                return listener(self._bot, dict_of(event))
            except MalformedEvent as odd:
                self.note_malformed(name, odd.field)
                return None

        return heard

    def note_malformed(self, name: str, field: str) -> None:
        """Count an event that lacks this field, and name the two once in the log."""
        self.count(name, "malformed")
        if (name, field) not in self._named:
            self._named.add((name, field))
            _log.warning("an event %s has no usable field %s: it is acknowledged, and not used", name, field)


def _logging_failures(heard: Callable[..., object]) -> Callable[..., None]:
    """The same beside the request, where Bolt would log a failure with its message."""

    def listener(event: Any) -> None:
        try:
            heard(event)
        except Exception as error:  # noqa: BLE001 (what it looks up is looked up again by a tick)
            log_failure(error)

    return listener
