"""Waits for what happens in another thread or process."""

from collections.abc import Callable
from time import monotonic, sleep

# Much more than needed, since the machine may be busy with other tests.
PATIENCE = 60.0


def until(is_so: Callable[[], bool], what: str, timeout: float = PATIENCE) -> None:
    """Look until `is_so` returns true; fails with `what` after `timeout` seconds."""
    end = monotonic() + timeout
    while not is_so():
        assert monotonic() < end, f"after {timeout:.0f} s not yet: {what}"
        sleep(0.02)
