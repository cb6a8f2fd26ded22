"""Does one claimed job in Slack, outside any transaction, and says what has to be recorded of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from bot.outbox.claims import ClaimedJob, Claims
from bot.outbox.queue import Clock
from bot.outbox.rate_limits import RateLimits
from bot.outbox.timeouts import CLOCK_SKEW, Timeouts
from bot.slack.client import SlackClient


@dataclass(frozen=True)
class CallResult:
    """What a call taught us: the message that stands in Slack, or the `channel` that was made; whom Slack refused.

    `is_found`: the message stood there from an earlier attempt, with the content of that one.
    """

    channel: str | None = None
    ts: str | None = None
    is_found: bool = False
    not_invited: Mapping[str, str] = field(default_factory=dict)


NOTHING_NEW = CallResult()


class LookAgain(Exception):
    """An uncertain job was not found in Slack, whose history may lag behind: we look again before we repeat it."""


class SlackCalls:
    """The calls that do jobs. `slack` is the client; `steady` the clock of the pause between two posts."""

    def __init__(
        self,
        slack: SlackClient,
        claims: Claims,
        rate_limits: RateLimits,
        steady: Clock,
        timeouts: Timeouts,
    ) -> None:
        self.slack = slack
        self._claims, self._rate_limits, self._steady, self._timeouts = claims, rate_limits, steady, timeouts

    def perform(self, job: ClaimedJob) -> CallResult:
        """Do the job. Raises `SlackError`, `LookAgain` or `LeaseLost`."""
        if job.operation == "channel":
            return CallResult(self.slack.make_channel(job.body["name"], self._on_page(job)))
        if job.operation in {"direct", "group"}:
            return CallResult(self.slack.open_conversation(job.body["users"]))
        assert job.channel is not None, "a claim waits for the channel"
        return self._perform_in(job.channel, job)

    def _perform_in(self, channel: str, job: ClaimedJob) -> CallResult:
        slack, body = self.slack, job.body
        match job.operation:
            case "post":
                return self._post_or_update(job, channel)
            case "home":
                slack.publish_home(channel, body)
            case "file":
                self._upload_file(job, channel)
            case "invite":
                return CallResult(not_invited=slack.invite_users(channel, body["users"]))
            case "remove":
                slack.remove_user(channel, body["user"])
            case "archive":
                slack.archive_channel(channel)
            case "delete" if job.ts:
                slack.delete_message(channel, job.ts)
        return NOTHING_NEW

    def _post_or_update(self, job: ClaimedJob, channel: str) -> CallResult:
        if job.ts is not None:
            self.slack.update_message(channel, job.ts, job.body)
            return NOTHING_NEW
        if job.uncertain and (ts := self._find(job, channel)):
            return CallResult(channel, ts, is_found=True)
        if job.is_deleted:
            return NOTHING_NEW
        # As late as can be: after this moment nobody else may take the job over before Slack has our call.
        self._claims.renew_lease(job)
        self._rate_limits.delay_channel(channel, self._steady() + self._timeouts.between_posts)
        return CallResult(*self.slack.post_message(channel, job.body, thread=job.thread_ts, marker=job.target_id))

    def _find(self, job: ClaimedJob, channel: str) -> str | None:
        """The `ts` of an uncertain message in Slack; None after the last look. Raises `LookAgain` before that."""
        since, markers = job.first_tried_at - CLOCK_SKEW, {job.target_id}
        found = self.slack.find_copies(channel, job.thread_ts, markers, since, self._on_page(job))
        if copies := found.get(job.target_id):
            return min(copy.ts for copy in copies)
        if job.looks + 1 < len(self._timeouts.looks):
            raise LookAgain
        return None

    def _upload_file(self, job: ClaimedJob, channel: str) -> None:
        """A file carries no metadata: its name tells whether an uncertain attempt uploaded it."""
        name, since = job.body["name"], job.first_tried_at - CLOCK_SKEW
        if job.uncertain and self.slack.has_file(channel, name, since, self._on_page(job)):
            return
        if job.uncertain and job.looks + 1 < len(self._timeouts.looks):
            raise LookAgain
        self._claims.renew_lease(job)
        self.slack.upload_file(channel, name, job.body["text"], job.body["note"])

    def _on_page(self, job: ClaimedJob) -> Callable[[], None]:
        return partial(self._claims.renew_lease, job)


def look_pauses(looks: tuple[timedelta, ...]) -> list[timedelta]:
    """The pauses between looks that are so long after an attempt."""
    return [late - early for early, late in zip((timedelta(), *looks), looks, strict=False)]
