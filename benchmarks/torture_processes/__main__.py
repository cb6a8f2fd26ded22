"""Runs the torture with real processes: `python -m benchmarks.torture_processes --seeds 200`."""

import sys

from benchmarks.torture.command import run_command
from benchmarks.torture_processes.run import START, torture

if __name__ == "__main__":
    sys.exit(run_command("benchmarks.torture_processes", torture, START))
