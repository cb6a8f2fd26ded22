"""What one tick costs with many open cases, against few, of which the same few are due."""

from collections.abc import Callable

from benchmarks.databases import Kind
from benchmarks.ratio import Ratio, compare
from benchmarks.stand import Stand

TARGET = 1.0
FEW, MANY, DUE = 100, 100_000, 5


def ticking(kind: Kind, *, few: int = FEW, many: int = MANY, rounds: int = 15) -> Ratio:
    """A step closes in the cases that are due: decided, saved, and what follows queued."""
    small, large = Stand(kind.fresh(), few), Stand(kind.fresh(), many)
    ratio = compare(
        f"A tick, {many:,} open cases to {few:,} ({kind.name})",
        TARGET,
        _knock(large, rounds + 1),
        _knock(small, rounds + 1),
        rounds=rounds,
    )
    small.stops()
    large.stops()
    return ratio


def _knock(stand: Stand, count: int) -> Callable[[], None]:
    moments = iter(stand.moments(count, DUE))
    return lambda: stand.ticks(next(moments), DUE)
