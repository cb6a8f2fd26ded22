"""The results of a call of Slack that are no answer: refused, later, uncertain."""

from collections.abc import Sequence

from bot.slack.types import Json


class SlackError(Exception):
    """Slack did not do what was asked."""


class SlackRefused(SlackError):
    """Slack says no. `error` is Slack's name for the reason; `people` are the people with a reason each, if any."""

    def __init__(self, method: str, error: str, people: Sequence[Json] = ()) -> None:
        super().__init__(f"{method}: {error}")
        self.error, self.people = error, people


class SlackLater(SlackError):
    """Slack asks to call `method` again after `seconds`."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"{method}: rate limited for {seconds:g} s")
        self.method, self.seconds = method, seconds


class SlackUncertain(SlackError):
    """No usable answer came: it may have happened or not."""
