"""What the bot counts for its operator: events, never people or words. The values of every label are bounded."""

from collections import Counter as Counts
from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily

from bot.slack.requirements import EVENTS, METHODS

OTHER: Final = "other"
_METHODS: Final = frozenset(method.name for method in METHODS)
_MEANINGS: Final = frozenset({"done", "refused", "later", "uncertain"})
_EVENTS: Final = frozenset(event.name.partition(".")[0] for event in EVENTS)
# What Slack calls the kinds of messages (docs.slack.dev/reference/events/message); empty for a plain one.
_SUBTYPE_NAMES: Final = """
    assistant_app_thread bot_add bot_disable bot_enable bot_message bot_remove channel_archive channel_canvas_updated
    channel_convert_to_private channel_join channel_leave channel_name channel_posting_permissions channel_purpose
    channel_topic channel_unarchive document_mention ekm_access_denied file_comment file_mention file_share
    group_archive group_join group_leave group_name group_purpose group_topic group_unarchive huddle_thread
    joiner_notification me_message message_changed message_deleted message_replied pinned_item reminder_add
    reply_broadcast sh_room_created slackbot_response thread_broadcast tombstone unpinned_item
"""
# An event with fields missing is counted as malformed.
_SUBTYPES: Final = frozenset(["", "malformed", *_SUBTYPE_NAMES.split()])
# Slack waits three seconds.
_ACK_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)


class Metrics:
    """The counters and gauges of one bot, in a registry of its own, since tests run several bots in one process."""

    def __init__(self) -> None:
        self.registry = here = CollectorRegistry()
        self._count_requests(here)
        self._count_work(here)
        self.slack_answers = _SlackAnswers()
        here.register(self.slack_answers)

    def _count_requests(self, here: CollectorRegistry) -> None:
        labels = ["type", "subtype"]
        self._ignored = Counter("klankbord_ignored_events", "Events without a handler.", labels, registry=here)
        self.refused_teams = Counter(
            "klankbord_refused_teams", "Requests of another workspace, refused.", registry=here
        )
        self.ack_seconds = Histogram(
            "klankbord_ack_seconds", "Until a request of Slack had its answer.", buckets=_ACK_SECONDS, registry=here
        )

    def _count_work(self, here: CollectorRegistry) -> None:
        self.ticks = Counter("klankbord_ticks", "Runs of each tick.", ["tick"], registry=here)
        self.failed_ticks = Counter("klankbord_failed_ticks", "Runs of each tick that failed.", ["tick"], registry=here)
        self.last_tick = Gauge("klankbord_last_tick_seconds", "When the ticks last ran.", registry=here)
        self.problem = Gauge("klankbord_problem", "1 for each reason not to be ready.", ["reason"], registry=here)
        self.outbox_jobs = Gauge("klankbord_outbox_jobs", "Outbox jobs that are not over.", ["state"], registry=here)
        self.oldest_waiting = Gauge(
            "klankbord_outbox_oldest_waiting_seconds", "For how long a job waits that could be sent.", registry=here
        )
        self.database_up = Gauge("klankbord_database_up", "1 if the database can be written.", registry=here)
        self.connection_up = Gauge("klankbord_connection_up", "1 if Slack can reach the bot.", registry=here)
        self.clock_skew = Gauge("klankbord_clock_skew_seconds", "Our clock, ahead of Slack's.", registry=here)
        self.disk_free = Gauge("klankbord_disk_free_bytes", "Free space for the database's file.", registry=here)

    def ignore_event(self, kind: object, subtype: object = "") -> None:
        """Count an event without a handler; what Slack has no name for is one and the same."""
        self._ignored.labels(_one_of(_EVENTS, kind), _one_of(_SUBTYPES, subtype or "")).inc()

    def render_metrics(self) -> bytes:
        """All counters and gauges, in the format of Prometheus."""
        return generate_latest(self.registry)


class _SlackAnswers:
    """Slack's answers by method and meaning, as `bot.slack.answers` counts them."""

    def __init__(self) -> None:
        self.counts: Counts[tuple[str, str]] = Counts()

    def collect(self) -> Iterator[CounterMetricFamily]:
        """For Prometheus."""
        labels = ["method", "meaning"]
        family = CounterMetricFamily("klankbord_slack_answers", "Slack's answers.", labels=labels)
        bounded: Counts[tuple[str, str]] = Counts()
        for (method, meaning), number in list(self.counts.items()):
            bounded[_one_of(_METHODS, method), _one_of(_MEANINGS, meaning)] += number
        for names, number in bounded.items():
            family.add_metric(names, number)
        yield family


def _one_of(known: frozenset[str], name: object) -> str:
    return name if isinstance(name, str) and name in known else OTHER
