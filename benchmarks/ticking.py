"""The cost of one tick with many open cases, against few; equally many are due."""

from collections.abc import Callable, Iterator

from benchmarks.case_bench import CaseBench
from benchmarks.databases import DatabaseKind
from benchmarks.plans import Plan, plan_of
from benchmarks.ratio import Ratio, compare_ways

TARGET = 1.0
FEW, MANY, DUE = 100, 100_000, 5


def measure_ticks(kind: DatabaseKind, *, few: int = FEW, many: int = MANY, rounds: int = 15) -> Iterator[Ratio | Plan]:
    """Close a step in the due cases: decide, save and queue. Also returns the query plans."""
    small, large = CaseBench(kind.new_database(), few), CaseBench(kind.new_database(), many)
    among_many, among_few = _ticks(large, rounds + 2), _ticks(small, rounds + 1)
    yield compare_ways(
        f"A tick, {many:,} open cases to {few:,} ({kind.name})", TARGET, among_many, among_few, rounds=rounds
    )
    yield plan_of(large.world.bot.services.database.engine, f"A tick ({kind.name})", among_many)
    small.close()
    large.close()


def _ticks(bench: CaseBench, count: int) -> Callable[[], None]:
    moments = iter(bench.closing_moments(count, DUE))
    return lambda: bench.tick(next(moments), DUE)
