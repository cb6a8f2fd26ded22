"""Answers that are held back by hand, to look at the world in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Lock

# Nobody waits for an answer longer than this; a forgotten hold lets go by itself.
LONGEST_SECONDS = 60.0


@dataclass(eq=False)
class HeldAnswer:
    """An answer that does not come: `done` is set once Slack did what was asked, `released` lets the answer go."""

    method: str
    done: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)


class HeldAnswers:
    """The answers that are held, or will be."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waited_for: list[HeldAnswer] = []
        self._held: list[HeldAnswer] = []

    def hold_next(self, method: str) -> HeldAnswer:
        """See `Faults.holds_next_answer`."""
        hold = HeldAnswer(method)
        with self._lock:
            self._waited_for.append(hold)
        return hold

    def wait(self, method: str) -> None:
        """An answer of `method` is about to leave: returns once it may."""
        with self._lock:
            hold = next((each for each in self._waited_for if each.method == method), None)
            if hold is None:
                return
            self._waited_for.remove(hold)
            self._held.append(hold)
        hold.done.set()
        hold.released.wait(LONGEST_SECONDS)
        with self._lock:
            self._held.remove(hold)

    def release(self) -> None:
        """Nothing is held any more."""
        with self._lock:
            self._waited_for.clear()
            held = list(self._held)
        for hold in held:
            hold.released.set()
