"""One lock around the state; everything that leaves the workspace leaves after the lock is released."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from playground.model import ChangeListener

DeferredStep = Callable[[], object]


class ChangeNotifier:
    """Serialises changes, then lets listeners know and runs what was put off (deliveries), in the thread that changed.

    What a delivery itself causes on the same thread waits until that delivery is over, as with Slack, where
    the app's own message comes back to it after it was posted and never in the middle of the handler.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._mine = _ThreadChanges()
        self._listeners: list[ChangeListener] = []

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock; when the outermost block ends, release it, call the listeners and deliver."""
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                is_outermost = self._depth == 0
        if is_outermost:
            self._settle()

    def run_later(self, step: DeferredStep) -> None:
        """Run `step` once the lock is released."""
        self._mine.steps.append(step)

    def affects(self, people: Iterable[str] | None) -> None:
        """Remember whose view changed (None: everybody's)."""
        if people is None or self._mine.affected is None:
            self._mine.affected = None
        else:
            self._mine.affected |= set(people)

    def on_change(self, listener: ChangeListener) -> Callable[[], None]:
        """Call `listener(person ids, or None for everybody)` after each change; the answer unsubscribes."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._forget(listener)

    def _forget(self, listener: ChangeListener) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def _settle(self) -> None:
        mine = self._mine
        if mine.is_settling:
            return
        mine.is_settling = True
        try:
            while mine.affected != set() or mine.steps:
                if mine.affected != set():
                    self._tell()
                else:
                    mine.steps.popleft()()
        finally:
            mine.is_settling = False

    def _tell(self) -> None:
        affected, self._mine.affected = self._mine.affected, set()
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(affected)


class _ThreadChanges(threading.local):
    def __init__(self) -> None:
        self.steps: deque[DeferredStep] = deque()
        self.affected: set[str] | None = set()
        self.is_settling = False
