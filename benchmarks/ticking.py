"""What one tick costs with many open cases, against few, of which the same few are due."""

from collections.abc import Callable, Iterator

from benchmarks.databases import Kind
from benchmarks.plans import Plan, plan_of
from benchmarks.ratio import Ratio, compare
from benchmarks.stand import Stand

TARGET = 1.0
FEW, MANY, DUE = 100, 100_000, 5


def ticking(kind: Kind, *, few: int = FEW, many: int = MANY, rounds: int = 15) -> Iterator[Ratio | Plan]:
    """A step closes in the cases that are due: decided, saved, and what follows queued. And how all that is found."""
    small, large = Stand(kind.fresh(), few), Stand(kind.fresh(), many)
    among_many, among_few = _knock(large, rounds + 2), _knock(small, rounds + 1)
    yield compare(f"A tick, {many:,} open cases to {few:,} ({kind.name})", TARGET, among_many, among_few, rounds=rounds)
    yield plan_of(large.world.bot.services.database.engine, f"A tick ({kind.name})", among_many)
    small.stops()
    large.stops()


def _knock(stand: Stand, count: int) -> Callable[[], None]:
    moments = iter(stand.moments(count, DUE))
    return lambda: stand.ticks(next(moments), DUE)
