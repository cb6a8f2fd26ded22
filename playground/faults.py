"""What can go wrong between Slack and the app, switched on by hand. It works over real sockets alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Lock

# Nobody waits for an answer longer than this; a forgotten hold lets go by itself.
LONGEST_SECONDS = 60.0


@dataclass(eq=False)
class Hold:
    """An answer that does not come: `done` is set once Slack did what was asked, `released` lets the answer go."""

    method: str
    done: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)


class Faults:
    """The switches; none is on at first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holds: list[Hold] = []

    def holds_next_answer(self, method: str) -> Hold:
        """The next call of `method` is carried out as ever, but whoever asked hears nothing until it is released."""
        hold = Hold(method)
        with self._lock:
            self._holds.append(hold)
        return hold

    def pass_by(self, method: str) -> None:
        """An answer of `method` is about to leave: returns once it may. For the server."""
        with self._lock:
            hold = next((each for each in self._holds if each.method == method), None)
            if hold is None:
                return
            self._holds.remove(hold)
        hold.done.set()
        hold.released.wait(LONGEST_SECONDS)
