"""Waiting for what happens in another thread or process: until it is so, or too long."""

from collections.abc import Callable
from time import monotonic, sleep

# Much more than it takes: the machine may be busy with other tests.
PATIENCE = 60.0


def until(is_so: Callable[[], bool], what: str, timeouts: float = PATIENCE) -> None:
    """Look again and again; fails with `what` if it does not become so."""
    end = monotonic() + timeouts
    while not is_so():
        assert monotonic() < end, f"after {timeouts:.0f} s not yet: {what}"
        sleep(0.02)
