"""Whether this machine's clock is right: Slack's answers tell what time it is there."""

import logging
from datetime import timedelta
from threading import Lock
from typing import Final

from bot.slack.answers import SlackAnswers

_log = logging.getLogger(__name__)
# A difference as large as the first is said; with one as large as the second, nothing is decided by the calendar.
SAID_FROM: Final = timedelta(minutes=1)
STOPS_FROM: Final = timedelta(minutes=10)
_STOPPED = "; until it is right, nothing is done that only the calendar decides"


class ClockWatch:
    """Compares our clock with Slack's, and writes in the log when that changes."""

    def __init__(self, answers: SlackAnswers) -> None:
        self._answers, self._lock = answers, Lock()
        self._said: str | None = None
        self._was_corrected = False

    def difference(self) -> timedelta | None:
        """How far our clock is ahead of Slack's; None if that is not known."""
        return self._answers.status().clock_skew

    def problem(self) -> str | None:
        """What is wrong with our clock, as the end of a sentence that begins with "the clock"; None if it is right."""
        ahead = self.difference() or timedelta()
        if abs(ahead) < SAID_FROM:
            return None
        way = "ahead of" if ahead > timedelta() else "behind"
        return f"is {_in_words(abs(ahead))} {way} Slack's" + (_STOPPED if abs(ahead) >= STOPS_FROM else "")

    def is_usable(self) -> bool:
        """False while the calendar may decide nothing. What changed since the last call is said in the log."""
        problem, usable = self.problem(), abs(self.difference() or timedelta()) < STOPS_FROM
        kind = None if problem is None else "said" if usable else "stops"
        with self._lock:
            before, self._said = self._said, kind
            self._was_corrected = self._was_corrected or (usable and before == "stops")
        if problem and kind != before:
            _log.error("the clock of this machine %s", problem)
        elif before and not problem:
            _log.warning("the clock of this machine is right again")
        return usable

    def take_correction(self) -> bool:
        """True once after our clock became usable again: what it planned meanwhile may be far away."""
        with self._lock:
            taken, self._was_corrected = self._was_corrected, False
            return taken


def _in_words(time: timedelta) -> str:
    """Rounded: "3 minutes", "5 hours", "2 days"."""
    for name, size in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if time + timedelta(seconds=1) >= size:
            number = round(time / size)
            return f"{number} {name}" + ("s" if number > 1 else "")
    return "less than a minute"
