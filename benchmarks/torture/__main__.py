"""Runs the torture: `python -m benchmarks.torture --seeds 100`, or one run again: `--seed 7 --copies 2`."""

import argparse
import logging
from time import monotonic

from benchmarks.torture.beginnings import BEGINNINGS, databases
from benchmarks.torture.checker import check_run
from benchmarks.torture.run import Plan, TortureRun
from benchmarks.torture.seeded import seeded


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--copies", type=int)
    parser.add_argument("--database")
    parser.add_argument("--journal", action="store_true")
    given = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())
    seeds = [given.seed] if given.seed else range(given.first, given.first + given.seeds)
    with databases() as makes:
        for seed in seeds:
            database = given.database or ("sqlite" if seed % 4 == 0 else "postgres")
            plan = Plan(seed, given.copies or (1 if database == "sqlite" else 1 + seed % 3), database)
            begins = BEGINNINGS[seed % len(BEGINNINGS)]
            started = monotonic()
            with makes.world(database, begins) as world, seeded(seed):
                made = monotonic() - started
                run = TortureRun(world, plan)
                try:
                    run.suffer()
                    half = monotonic()
                    run.recover()
                    found = check_run(run)
                    end = monotonic()
                finally:
                    for copy in run.copies:
                        copy.dies()
                    run.database.close()
                if given.journal:
                    print("\n".join(run.journal))
                print(f"{plan.command} {begins.__name__} made {made:.2f} suffered {half-started-made:.2f} recovered {end-half:.2f}")
                for one in found: print("   ", one)

main()
