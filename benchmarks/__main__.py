"""`python -m benchmarks` prints every ratio, as soon as it is measured; `python -m benchmarks emptying` prints some."""

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.acknowledging import measure_acknowledging
from benchmarks.answer_bench import measure_answers
from benchmarks.databases import DatabaseKind, postgresql, sqlite
from benchmarks.plans import Plan
from benchmarks.ratio import HEADINGS, Ratio
from benchmarks.sending import measure_sending
from benchmarks.starting import measure_start
from benchmarks.ticking import measure_ticks


def _acknowledging(files: DatabaseKind, server: DatabaseKind) -> Iterator[Ratio]:
    yield from map(measure_acknowledging, (files, server))


def _emptying(files: DatabaseKind, _server: DatabaseKind) -> Iterator[Ratio]:
    for away in (timedelta(), timedelta(milliseconds=100)):
        yield measure_sending(files, away=away)


def _ticking(files: DatabaseKind, server: DatabaseKind) -> Iterator[Ratio | Plan]:
    for kind in (files, server):
        yield from measure_ticks(kind)


def _reflecting(files: DatabaseKind, server: DatabaseKind) -> Iterator[Ratio | Plan]:
    for kind in (files, server):
        yield from measure_answers(kind)


# The heaviest last.
MEASURES: dict[str, Callable[[DatabaseKind, DatabaseKind], Iterator[Ratio | Plan]]] = {
    "starting": lambda files, _: iter(measure_start(files)),
    "acknowledging": _acknowledging,
    "emptying": _emptying,
    "ticking": _ticking,
    "reflecting": _reflecting,
}


def ratios(chosen: list[str]) -> Iterator[Ratio | Plan]:
    """The `chosen` measures, or all."""
    with sqlite() as files, postgresql() as server:
        for name in chosen or MEASURES:
            yield from MEASURES[name](files, server)


if __name__ == "__main__":
    # Slack does not know the channels of copied cases, which would be logged some hundred times.
    logging.getLogger("bot").setLevel(logging.ERROR)
    print(HEADINGS)
    for ratio in ratios(sys.argv[1:]):
        print(ratio, flush=True)
