"""Questions that are answered in a thread of their own: whoever asks does not wait for one that hangs."""

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import Final, Generic, TypeVar

Found = TypeVar("Found")
# An answer is used again for so long.
FRESH_SECONDS: Final = 1.0


class TimedLook(Generic[Found]):
    """Looks for something in a thread, one at a time; without an answer in time, what is found is `late`."""

    def __init__(self, name: str, look: Callable[[], Found], late: Found) -> None:
        self._name, self._look, self._late = name, look, late
        self._found, self._found_at = late, float("-inf")
        self._is_looking, self._changed = False, Condition()

    def begin(self) -> None:
        """Look, unless somebody does, or did a moment ago."""
        with self._changed:
            if self._is_looking or monotonic() < self._found_at + FRESH_SECONDS:
                return
            self._is_looking = True
        Thread(target=self._run, name=self._name, daemon=True).start()

    def result(self, until: float) -> Found:
        """What was found; waits for it until this moment of `time.monotonic`."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_looking, max(until - monotonic(), 0.0))
            return self._late if self._is_looking else self._found

    def _run(self) -> None:
        found = self._late
        try:
            found = self._look()
        finally:
            with self._changed:
                self._found, self._found_at, self._is_looking = found, monotonic(), False
                self._changed.notify_all()
