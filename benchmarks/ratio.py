"""Compares two ways by running them alternately, so that other work of the machine slows down both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Way = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """The cost of one way against another, in `unit`: one ratio for each round."""

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
        """The median of the ratios."""
        return median(self.each)

    @property
    def spread(self) -> tuple[float, float]:
        """The lower and the upper quartile of the ratios."""
        if len(self.each) < 2:
            return self.median, self.median
        low, _, high = quantiles(self.each, n=4)
        return low, high

    @property
    def verdict(self) -> str:
        """Compared with the target: within, over, or about (too near to say in this run)."""
        low, high = self.spread
        if self.median <= self.target:
            return "within"
        return "about" if low <= self.target <= high else "over"

    def __str__(self) -> str:
        low, high = self.spread
        found = f"{self.median:6.2f}  {low:6.2f} … {high:5.2f}  {self.verdict:>6} {self.target:<4g}"
        ours, theirs = (_with_unit(median(cost), self.unit) for cost in (self.ours, self.theirs))
        return f"{self.name:<64} {found}  {ours} to {theirs}"


HEADINGS = f"{'':<64} {'ratio':>6}  {'middle half':>14}  {'target':>11}  medians"


def _with_unit(cost: float, unit: str) -> str:
    return f"{1000 * cost:.2f} ms" if unit == "s" and cost < 1 else f"{cost:.1f} {unit}"


def compare_ways(name: str, target: float, ours: Way, theirs: Way, *, rounds: int, times: int = 1) -> Ratio:
    """Run both in `rounds` rounds, `times` each, after one round to warm up; they begin in turn."""
    seconds: dict[Way, list[float]] = {ours: [], theirs: []}
    for number in range(rounds + 1):
        for way in (ours, theirs) if number % 2 else (theirs, ours):
            seconds[way].append(_seconds(way, times))
    return Ratio(name, target, tuple(seconds[ours][1:]), tuple(seconds[theirs][1:]))


def _seconds(way: Way, times: int) -> float:
    begun = perf_counter()
    for _ in range(times):
        way()
    return (perf_counter() - begun) / times
