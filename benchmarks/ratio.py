"""Comparing two ways by turns, so that whatever else the machine does falls on both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Way = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """How much one way costs against another: one ratio a round, and what both cost, in `unit`."""

    name: str
    target: float
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    unit: str = "s"

    @property
    def each(self) -> tuple[float, ...]:
        """The ratio of each round."""
        return tuple(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def median(self) -> float:
        """The ratio that half of the rounds stay under."""
        return median(self.each)

    @property
    def spread(self) -> tuple[float, float]:
        """Between which ratios the middle half of the rounds lies."""
        if len(self.each) < 2:
            return self.median, self.median
        low, _, high = quantiles(self.each, n=4)
        return low, high

    @property
    def verdict(self) -> str:
        """How it stands to its target: under, over, or too near to tell in this run."""
        low, high = self.spread
        if self.median <= self.target:
            return "within"
        return "about" if low <= self.target <= high else "over"

    def __str__(self) -> str:
        low, high = self.spread
        found = f"{self.median:6.2f}  {low:6.2f} … {high:5.2f}  {self.verdict:>6} {self.target:<4g}"
        return (
            f"{self.name:<64} {found}  {_said(median(self.ours), self.unit)} to {_said(median(self.theirs), self.unit)}"
        )


HEADINGS = f"{'':<64} {'ratio':>6}  {'middle half':>14}  {'target':>11}  medians"


def _said(cost: float, unit: str) -> str:
    return f"{1000 * cost:.2f} ms" if unit == "s" and cost < 1 else f"{cost:.1f} {unit}"


def compare(name: str, target: float, ours: Way, theirs: Way, *, rounds: int, times: int = 1) -> Ratio:
    """Do both `rounds` times after one round to warm up, `times` in a row, the other one first every second round."""
    ran: dict[Way, list[float]] = {ours: [], theirs: []}
    for number in range(rounds + 1):
        for way in (ours, theirs) if number % 2 else (theirs, ours):
            ran[way].append(_seconds(way, times))
    return Ratio(name, target, tuple(ran[ours][1:]), tuple(ran[theirs][1:]))


def _seconds(way: Way, times: int) -> float:
    begun = perf_counter()
    for _ in range(times):
        way()
    return (perf_counter() - begun) / times
