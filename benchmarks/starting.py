"""The time and memory of a start, against a bare Bolt app; each in a process of its own.

`python -m benchmarks.starting bare URL` is such a process: it starts, and prints when it was ready and its memory.
"""

import json
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.databases import DatabaseKind
    from benchmarks.ratio import Ratio

TARGET = 1.5
_ROOT = Path(__file__).parents[1]


def measure_start(kind: "DatabaseKind", *, rounds: int = 5) -> "tuple[Ratio, Ratio]":
    """The seconds until requests are accepted, and the megabytes then; `kind` is SQLite."""
    # Not at the top: the process of the bare app would load it too.
    from benchmarks.ratio import Ratio
    from tests.databases import migrated

    migrated(url := kind.new_database())
    ours, bare = [], []
    for number in range(rounds + 1):
        if number % 2:
            ours.append(_measure_process("ours", url))
        bare.append(_measure_process("bare", kind.new_database().removeprefix("sqlite:///")))
        if not number % 2:
            ours.append(_measure_process("ours", url))
    (our_seconds, our_memory), (seconds, memory) = (zip(*results[1:], strict=True) for results in (ours, bare))
    return (
        Ratio("Starting, against a bare Bolt app", TARGET, our_seconds, seconds),
        Ratio("Memory once started, against a bare Bolt app", TARGET, our_memory, memory, "MB"),
    )


def _measure_process(which: str, url: str) -> tuple[float, float]:
    begun = time()
    command = [sys.executable, "-m", "benchmarks.starting", which, url]
    output = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    ready, kilobytes = json.loads(output)
    return ready - begun, kilobytes / 1024


def _kilobytes() -> int:
    """The most memory of this process. On Linux, the number of `resource` includes the parent process."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _start_ours(url: str) -> None:
    from datetime import timedelta

    from app import composition
    from bot.core.clocks import CalendarClock, elapsed
    from bot.settings.settings import Settings
    from bot.slack.client import SlackClient
    from handlers.bolt_app import make_app
    from schedules.scheduler import Scheduler

    settings = Settings(
        slack_bot_token="xoxb-bench", slack_signing_secret="bench", database_url=url, klankbord_keys=(b"k" * 32,)
    )
    slack, executor = SlackClient.connect("xoxb-bench", "http://localhost:9/"), ThreadPoolExecutor(4)
    bot = composition.build_bot(
        settings, slack=slack, interactive_slack=slack, calendar=CalendarClock(), elapsed=elapsed, executor=executor
    )
    make_app(bot, executor)
    Scheduler(bot, timedelta(minutes=1))


def _start_bare(url: str) -> None:
    from benchmarks.bare import bare_app, in_sqlite

    bare_app(in_sqlite(url))


if __name__ == "__main__":
    {"ours": _start_ours, "bare": _start_bare}[sys.argv[1]](sys.argv[2])
    print(json.dumps([time(), _kilobytes()]))
