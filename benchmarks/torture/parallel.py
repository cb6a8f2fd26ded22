"""Runs many seeds in several processes, each with databases of its own."""

from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from typing import Any

from benchmarks.torture.beginnings import databases
from benchmarks.torture.outcome import Outcome, torture
from benchmarks.torture.run import Plan


def outcomes(plans: Sequence[Plan], processes: int) -> Iterator[Outcome]:
    """The outcome of each plan, as soon as it is there."""
    if processes == 1 or len(plans) == 1:
        with databases() as makes:
            yield from (torture(makes, plan) for plan in plans)
        return
    context = get_context("spawn")
    queue: Any = context.Queue()
    workers = [context.Process(target=_work, args=(plans[n::processes], queue)) for n in range(processes)]
    for worker in workers:
        worker.start()
    for _ in plans:
        yield queue.get()
    for worker in workers:
        worker.join()


def _work(plans: Sequence[Plan], queue: Any) -> None:
    with databases() as makes:
        for plan in plans:
            queue.put(torture(makes, plan))
