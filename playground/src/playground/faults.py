"""What can go wrong between Slack and the app, by hand or by chance. Faults work over real sockets alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from random import Random
from threading import Event, Lock

from playground.model import ApiResponse

# Nobody waits for an answer longer than this; a forgotten hold lets go by itself.
LONGEST_SECONDS = 60.0
RETRY_AFTER_SECONDS = 1


class Fault(Enum):
    """What happens to one call of the Web API."""

    CUT = "done, and the connection closes in the middle of the answer"
    SILENT = "done, and no answer ever comes"
    BROKEN_AFTER = "done, and answered with 500"
    BROKEN_BEFORE = "not done, and answered with 500"
    LIMITED = "not done, and answered with 429 and Retry-After"
    RECONNECT = "done, and the app's sockets are asked to come back (refresh_requested)"


_ANSWERS = {
    Fault.BROKEN_BEFORE: ApiResponse(500, {}, {}),
    Fault.BROKEN_AFTER: ApiResponse(500, {}, {}),
    Fault.LIMITED: ApiResponse(
        429, {"Retry-After": str(RETRY_AFTER_SECONDS)}, {"ok": False, "error": "ratelimited"}
    ),
}  # fmt: skip


@dataclass(eq=False)
class HeldAnswer:
    """An answer that does not come: `done` is set once Slack did what was asked, `released` lets the answer go."""

    method: str
    done: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)


class FaultSwitches:
    """The switches of all faults; none is on at first.

    By chance: with one seed, the n-th call of a method meets the same fault in every run.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._holds: list[HeldAnswer] = []
        self._next: list[tuple[str, Fault]] = []
        self._chances: dict[str, dict[Fault, float]] = {}
        self._dice: dict[str, Random] = {}

    def holds_next_answer(self, method: str) -> HeldAnswer:
        """The next call of `method` is carried out as ever, but whoever asked hears nothing until it is released."""
        hold = HeldAnswer(method)
        with self._lock:
            self._holds.append(hold)
        return hold

    def strikes_next(self, method: str, fault: Fault) -> None:
        """This fault meets the next call of `method`; asked twice, the next two."""
        with self._lock:
            self._next.append((method, fault))

    def strikes_often(self, seed: int, chances: dict[str, dict[Fault, float]]) -> None:
        """From now on faults meet calls of these methods with these chances; no chances: no faults any more."""
        with self._lock:
            self._chances = chances
            self._dice = {method: Random(f"{seed} {method}") for method in chances}  # noqa: S311 (chance, no secret)

    def next_fault(self, method: str) -> Fault | None:
        """The fault that meets this call of `method`, if any. For the server."""
        with self._lock:
            for number, (struck, fault) in enumerate(self._next):
                if struck == method:
                    del self._next[number]
                    return fault
            return self._by_chance(method)

    def _by_chance(self, method: str) -> Fault | None:
        thrown = self._dice[method].random() if method in self._dice else 1.0
        for fault, chance in self._chances.get(method, {}).items():
            thrown -= chance
            if thrown < 0:
                return fault
        return None

    def wait_until_released(self, method: str) -> None:
        """An answer of `method` is about to leave: returns once it may. For the server."""
        with self._lock:
            hold = next((each for each in self._holds if each.method == method), None)
            if hold is None:
                return
            self._holds.remove(hold)
        hold.done.set()
        hold.released.wait(LONGEST_SECONDS)


def is_done(fault: Fault | None) -> bool:
    """Whether Slack does what was asked."""
    return fault not in (Fault.BROKEN_BEFORE, Fault.LIMITED)


def answer_to(fault: Fault | None, answer: ApiResponse) -> ApiResponse:
    """What is answered in place of Slack's own answer."""
    return _ANSWERS.get(fault, answer) if fault else answer
