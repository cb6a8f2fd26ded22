"""Comparing two ways by turns, so that whatever else the machine does falls on both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Way = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """How much one way costs against another: one ratio a round, and the seconds of both."""

    name: str
    target: float
    ours: tuple[float, ...]
    theirs: tuple[float, ...]

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
        low, _, high = quantiles(self.each, n=4) if len(self.each) > 1 else (self.median,) * 3
        return low, high

    def __str__(self) -> str:
        low, high = self.spread
        verdict = "within" if self.median <= self.target else "over"
        cost = f"{1000 * median(self.ours):.2f} ms against {1000 * median(self.theirs):.2f} ms"
        return f"{self.name:<58} {self.median:6.2f}  ({low:.2f} to {high:.2f})  {verdict} {self.target:g}   {cost}"


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
