"""The results of a call of Slack that are no answer: refused, later, uncertain."""

from collections.abc import Sequence

from bot.slack.types import Json


class SlackError(Exception):
    """Slack did not do what was asked."""


class SlackRefused(SlackError):
    """Slack says no to a call of `method`. `error` is Slack's name for the reason.

    `people` are the people with a reason each, if any; `scope` is the scope that our token misses, if that is why.
    """

    def __init__(self, method: str, error: str, people: Sequence[Json] = (), scope: str | None = None) -> None:
        super().__init__(f"{method}: {error}")
        self.method, self.error, self.people, self.scope = method, error, people, scope


class SlackLater(SlackError):
    """Slack asks to call `method` again after `seconds`."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"{method}: rate limited for {seconds:g} s")
        self.method, self.seconds = method, seconds


class SlackUncertain(SlackError):
    """No usable answer to a call of `method` came: it may have happened or not. `why` never quotes what came."""

    def __init__(self, method: str, why: str) -> None:
        super().__init__(f"{method}: {why}")
        self.method, self.why = method, why
