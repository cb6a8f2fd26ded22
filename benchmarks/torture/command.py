"""The command line of both forms of the torture: which runs, how many at once, and what was found."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from time import monotonic
from typing import Any

from benchmarks.torture.beginnings import Databases, Start, databases
from benchmarks.torture.outcome import Outcome
from benchmarks.torture.run import Plan

KINDS = ("lost", "stuck", "untold", "twice", "leaked", "mistake")
Torture = Callable[[Databases, Plan], Outcome]


def run_command(program: str, torture: Torture, start: Start) -> int:
    """Do what the command line asks with `torture`, in worlds that begin so; returns the exit status."""
    asked = _arguments(program)
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order in which Python goes through a set has to be the same each time.
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-m", program, *sys.argv[1:]])  # noqa: S606
    seeds = [asked.seed] if asked.seed is not None else range(asked.first, asked.first + asked.seeds)
    plans = [Plan.of(seed, asked.copies, asked.database) for seed in seeds]
    began, done, found, counts = monotonic(), 0, Counter[str](), Counter[str]()
    for outcome in _outcomes(plans, asked.processes, torture, start):
        done, counts = done + 1, counts + outcome.counts
        found += Counter(one.kind for one in outcome.findings)
        _show(program, outcome, with_journal=asked.journal)
        if done % 500 == 0:
            print(f"{done} runs in {monotonic() - began:.0f} s: {_sum_of(found)}", flush=True)
    print(f"{done} runs in {monotonic() - began:.0f} s: {_sum_of(found)}")
    print("in them: " + ", ".join(f"{number:,} {what}" for what, number in sorted(counts.items())))
    return 1 if found else 0


def _arguments(program: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {program}")
    parser.add_argument("--seeds", type=int, default=100, help="how many runs")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first run")
    parser.add_argument("--seed", type=int, help="one run alone")
    parser.add_argument("--copies", type=int, choices=(1, 2, 3), help="how many copies of the bot")
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--processes", type=int, default=2, help="how many runs at the same time")
    parser.add_argument("--journal", action="store_true", help="say what happened")
    return parser.parse_args()


def _outcomes(plans: Sequence[Plan], processes: int, torture: Torture, start: Start) -> Iterator[Outcome]:
    """The outcome of each plan, as soon as it is there: in several processes, each with databases of its own."""
    if processes == 1 or len(plans) == 1:
        with databases(start) as makes:
            yield from (torture(makes, plan) for plan in plans)
        return
    context = get_context("spawn")
    queue: Any = context.Queue()
    workers = [
        context.Process(target=_work, args=(plans[n::processes], queue, torture, start)) for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    for _ in plans:
        yield queue.get()
    for worker in workers:
        worker.join()


def _work(plans: Sequence[Plan], queue: Any, torture: Torture, start: Start) -> None:
    with databases(start) as makes:
        for plan in plans:
            queue.put(torture(makes, plan))


def _show(program: str, outcome: Outcome, *, with_journal: bool) -> None:
    if with_journal:
        print("\n".join(outcome.journal))
    if outcome.findings:
        print(f"python -m {program} {outcome.plan.arguments}")
        print("\n".join(f"    {one}" for one in outcome.findings), flush=True)


def _sum_of(found: Counter[str]) -> str:
    return ", ".join(f"{found[kind]} {kind}" for kind in KINDS)
