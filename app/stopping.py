"""Runs what ends when the process is asked to stop, and ends the process if it does not."""

import logging
import os
import signal
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import FrameType

_log = logging.getLogger(__name__)
_SIGNAL_CHECK_SECONDS = 0.5
# Docker kills after ten seconds. What is cut off is in the database, and is done at the next start.
SHUTDOWN_SECONDS = 8.0


def run_until_signal(work: Callable[[], None], stopping: Event, patience: float = SHUTDOWN_SECONDS) -> None:
    """Run `work` until it returns. SIGTERM and SIGINT set `stopping`; `work` then has `patience` seconds to return.

    If it has not returned by then, the process ends at once, with status 0. Raises what `work` raises.

    The work has a thread of its own: the main thread handles the signals, and so waits for nothing else, be it Slack,
    the database or the name of a server.
    """
    signals: SimpleQueue[None] = SimpleQueue()

    def on_signal(_signal: int, _frame: FrameType | None) -> None:
        # Setting an event takes a lock. The interrupted thread may hold it, and would wait for ever.
        signals.put(None)

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, on_signal)
    failures: list[BaseException] = []
    thread = Thread(target=_run, args=(work, failures, signals), name="klankbord", daemon=True)
    thread.start()
    _wait_for(signals)
    stopping.set()
    thread.join(patience)
    if thread.is_alive():
        _log.warning("still busy after %.0f s; the rest is done at the next start", patience)
        logging.shutdown()
        os._exit(0)
    for failure in failures:
        raise failure


def _run(work: Callable[[], None], failures: list[BaseException], signals: SimpleQueue[None]) -> None:
    try:
        work()
    except BaseException as failure:  # noqa: BLE001
        # Any: the main thread raises it.
        failures.append(failure)
    signals.put(None)


def _wait_for(signals: SimpleQueue[None]) -> None:
    """Python handles a signal between two waits: one endless wait would never see a signal that came just before it."""
    while True:
        try:
            return signals.get(timeout=_SIGNAL_CHECK_SECONDS)
        except Empty:
            continue
