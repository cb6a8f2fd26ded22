"""Asks Slack now and then in which channels the bot is: an event that said so may not have come.

A channel that Slack does not know any more may have another id: then a message of ours stands there, at the same time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from bot.core.services import Services
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackLater, SlackRefused
from db.models import Workspace
from db.queries import people
from db.queries.due import due_times

_log = logging.getLogger(__name__)
CHANNELS_EVERY, AFTER_ERROR = timedelta(hours=6), timedelta(minutes=1)
# How many messages of ours are looked for under another id: the newest may have been deleted without an event.
_MOST_PROOFS = 5


class ChannelReconciliation:
    """Compares Slack's channels with ours.

    `on_joined(channel, now)`, `look_up(channel, now)` and `change_id(old, new, now)` do what follows.
    """

    def __init__(
        self,
        services: Services,
        slack: SlackClient,
        on_joined: Callable[[str, datetime], None],
        look_up: Callable[[str, datetime], bool],
        change_id: Callable[[str, str, datetime], None],
    ) -> None:
        self._services, self._slack = services, slack
        self._on_joined, self._look_up, self._change_id = on_joined, look_up, change_id

    def reconcile_channels(self, now: datetime) -> int:
        """Ask, if it is time to. Returns 1 if Slack answered, else 0.

        The people of each channel are looked up anew too, a few at a time: somebody may have left without an event.
        """
        if not self._is_time(now):
            return 0
        self._ask_again_at(now + AFTER_ERROR)
        try:
            found = set(self._slack.channels_we_are_in())
            self._follow_changed_ids(found, now)
        except SlackError as error:
            self._postpone(error, now)
            return 0
        self._compare(found, now)
        self._ask_again_at(now + CHANNELS_EVERY)
        return 1

    def _follow_changed_ids(self, found: set[str], now: datetime) -> None:
        with self._services.database.reading() as session:
            lost = (people.channels_we_are_in(session) | people.channels_slack_lost(session)) - found
            posts = {old: people.newest_posts_in(session, old, _MOST_PROOFS) for old in sorted(lost)}
            candidates = sorted(found - people.channels_at_work(session))
        for old, newest in posts.items():
            tries = ((new, marker, ts) for marker, ts in newest for new in candidates)
            if new := next((new for new, marker, ts in tries if self._stands_in(new, marker, ts)), None):
                self._change_id(old, new, now)

    def _stands_in(self, channel: str, marker: str, ts: str) -> bool:
        """Whether the message that we know by this marker is in this channel; no, where Slack shows us none of it."""
        try:
            message = self._slack.read_message(channel, ts) or {}
        except SlackRefused:
            return False
        return bool(((message.get("metadata") or {}).get("event_payload") or {}).get("id") == marker)

    def _compare(self, found: set[str], now: datetime) -> None:
        with self._services.database.reading() as session:
            known = people.channels_we_are_in(session)
        for channel in sorted(found - known):
            self._on_joined(channel, now)
        for channel in sorted(known - found):
            # What Slack says of it tells why.
            self._look_up(channel, now)
        with self._services.database.writing(wakes=False) as session:
            people.look_up_all_channels(session, now)

    def _postpone(self, error: SlackError, now: datetime) -> None:
        seconds = error.seconds if isinstance(error, SlackLater) else 0
        self._ask_again_at(now + max(AFTER_ERROR, timedelta(seconds=seconds)))
        _log.warning("Slack does not say in which channels the bot is, asking again shortly: %s", error)

    def _is_time(self, now: datetime) -> bool:
        with self._services.database.reading() as session:
            return session.scalar(select(Workspace.id).where(or_(*due_times(Workspace.reconcile_at, now)))) is not None

    def _ask_again_at(self, moment: datetime) -> None:
        with self._services.database.writing(wakes=False) as session:
            session.execute(update(Workspace).values(reconcile_at=moment))
