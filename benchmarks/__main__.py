"""`python -m benchmarks`: every ratio, as soon as it is measured; `python -m benchmarks emptying`: some of them."""

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.acknowledging import acknowledging
from benchmarks.databases import Kind, postgresql, sqlite
from benchmarks.draining import draining
from benchmarks.plans import Plan
from benchmarks.ratio import HEADINGS, Ratio
from benchmarks.reflecting import reflecting
from benchmarks.starting import starting
from benchmarks.ticking import ticking


def _acknowledging(files: Kind, server: Kind) -> Iterator[Ratio]:
    yield from map(acknowledging, (files, server))


def _emptying(files: Kind, _server: Kind) -> Iterator[Ratio]:
    for away in (timedelta(), timedelta(milliseconds=100)):
        yield draining(files, away=away)


def _ticking(files: Kind, server: Kind) -> Iterator[Ratio | Plan]:
    for kind in (files, server):
        yield from ticking(kind)


def _reflecting(files: Kind, server: Kind) -> Iterator[Ratio | Plan]:
    for kind in (files, server):
        yield from reflecting(kind)


# The heaviest last.
MEASURES: dict[str, Callable[[Kind, Kind], Iterator[Ratio | Plan]]] = {
    "starting": lambda files, _: iter(starting(files)),
    "acknowledging": _acknowledging,
    "emptying": _emptying,
    "ticking": _ticking,
    "reflecting": _reflecting,
}


def ratios(chosen: list[str]) -> Iterator[Ratio | Plan]:
    """What is `chosen`, or all there is to measure."""
    with sqlite() as files, postgresql() as server:
        for name in chosen or MEASURES:
            yield from MEASURES[name](files, server)


if __name__ == "__main__":
    # That Slack does not know the channels of copied cases is as it should be, and told some hundred times.
    logging.getLogger("bot").setLevel(logging.ERROR)
    print(HEADINGS)
    for ratio in ratios(sys.argv[1:]):
        print(ratio, flush=True)
