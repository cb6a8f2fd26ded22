"""Runs the torture, and says what was found: 0 lost, 0 stuck, 0 untold and 0 that stand twice, or which seed repeats it.

`python -m benchmarks.torture --seeds 100` does many runs; `--seed 7 --copies 2 --database postgres` does one again, and
`--journal` says what happened in it.
"""

import argparse
import os
import sys
from collections import Counter
from time import monotonic

from benchmarks.torture.outcome import Outcome
from benchmarks.torture.parallel import outcomes
from benchmarks.torture.run import Plan

KINDS = ("lost", "stuck", "untold", "twice", "leaked", "mistake")


def main() -> int:
    """Do what the command line asks; returns the exit status."""
    asked = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order in which Python goes through a set has to be the same each time.
        os.execve(sys.executable, [sys.executable, "-m", "benchmarks.torture", *sys.argv[1:]], _with_hash_seed())  # noqa: S606
    seeds = [asked.seed] if asked.seed is not None else range(asked.first, asked.first + asked.seeds)
    plans = [Plan.of(seed, asked.copies, asked.database) for seed in seeds]
    began, done, found, counts = monotonic(), 0, Counter[str](), Counter[str]()
    for outcome in outcomes(plans, asked.processes):
        done += 1
        counts += outcome.counts
        found += Counter(one.kind for one in outcome.findings)
        _show(outcome, with_journal=asked.journal)
        if done % 500 == 0:
            print(f"{done} runs in {monotonic() - began:.0f} s: {_sum_of(found)}", flush=True)
    print(f"{done} runs in {monotonic() - began:.0f} s: {_sum_of(found)}")
    print("in them: " + ", ".join(f"{number:,} {what}" for what, number in sorted(counts.items())))
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many runs")
    parser.add_argument("--first", type=int, default=1, help="the seed of the first run")
    parser.add_argument("--seed", type=int, help="one run alone")
    parser.add_argument("--copies", type=int, choices=(1, 2, 3), help="how many copies of the bot")
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--processes", type=int, default=2, help="how many runs at the same time")
    parser.add_argument("--journal", action="store_true", help="say what happened")
    return parser.parse_args()


def _with_hash_seed() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "0"}


def _show(outcome: Outcome, *, with_journal: bool) -> None:
    if with_journal:
        print("\n".join(outcome.journal))
    if outcome.findings:
        print(outcome.plan.command)
        print("\n".join(f"    {one}" for one in outcome.findings), flush=True)


def _sum_of(found: Counter[str]) -> str:
    return ", ".join(f"{found[kind]} {kind}" for kind in KINDS)


if __name__ == "__main__":
    sys.exit(main())
