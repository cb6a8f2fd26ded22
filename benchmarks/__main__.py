"""`python -m benchmarks`: every ratio, as soon as it is measured."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from benchmarks.acknowledging import acknowledging
from benchmarks.databases import postgresql, sqlite
from benchmarks.draining import draining
from benchmarks.ratio import HEADINGS, Ratio
from benchmarks.starting import starting
from benchmarks.ticking import ticking


def ratios() -> Iterator[Ratio]:
    """All there is to measure, the heaviest last."""
    with sqlite() as files, postgresql() as server:
        yield from starting(files)
        for kind in (files, server):
            yield acknowledging(kind)
        for away in (timedelta(), timedelta(milliseconds=100)):
            yield draining(files, away=away)
        for kind in (files, server):
            yield ticking(kind)


if __name__ == "__main__":
    # That Slack does not know the channels of copied cases is as it should be, and told some hundred times.
    logging.getLogger("bot").setLevel(logging.ERROR)
    print(HEADINGS)
    for ratio in ratios():
        print(ratio, flush=True)
