"""What comes later than it should: steps, each at its moment, in order."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

Step = Callable[[], object]


@dataclass(order=True)
class _LateStep:
    due: datetime
    number: int
    step: Step = field(compare=False)


class LateSteps:
    """No lock of its own: whoever has it holds one."""

    def __init__(self) -> None:
        self._steps: list[_LateStep] = []
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._steps)

    def add(self, due: datetime, step: Step) -> None:
        self._count += 1
        insort(self._steps, _LateStep(due, self._count, step))

    def take(self, until: datetime | None) -> list[Step]:
        """Those that are due at `until`, oldest first; all of them for None."""
        due = [one for one in self._steps if until is None or one.due <= until]
        del self._steps[: len(due)]
        return [one.step for one in due]


@dataclass(eq=False)
class OnceStep:
    """A step that two may take: the second time it is nothing."""

    step: Step
    is_taken: bool = False

    def __call__(self) -> None:
        if not self.is_taken:
            self.is_taken = True
            self.step()
