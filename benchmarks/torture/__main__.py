"""Runs the torture, and says what was found: 0 lost, 0 stuck, 0 untold, 0 twice, or the seeds that repeat it.

`python -m benchmarks.torture --seeds 100` does many runs; `--seed 7 --copies 2 --database postgres` does one again, and
`--journal` says what happened in it.
"""

import sys

from benchmarks.torture.beginnings import Start
from benchmarks.torture.command import run_command
from benchmarks.torture.outcome import torture

if __name__ == "__main__":
    sys.exit(run_command("benchmarks.torture", torture, Start()))
