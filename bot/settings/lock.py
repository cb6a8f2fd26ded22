"""Only one process at a time uses a SQLite file.

The kernel holds the lock, and releases it when the process ends, for whatever reason.
"""

import fcntl
import os

from bot.settings.paths import database_file


class AlreadyRunning(Exception):
    """Another process uses the same SQLite file; the message is one plain line with the remedy."""


class DatabaseLock:
    """Held from `hold()` until `release()`, the end of a `with`, or the end of the process. Servers need no lock."""

    def __init__(self, database_url: str) -> None:
        database = database_file(database_url)
        self._path = database.with_name(database.name + ".lock") if database else None
        self._descriptor: int | None = None

    def hold(self) -> "DatabaseLock":
        """Take the lock at once. Raises `AlreadyRunning` if another process has it, or if no lock can be made."""
        if self._path is None or self._descriptor is not None:
            return self
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as problem:
            raise AlreadyRunning(
                f"The lock {self._path} cannot be made ({problem.strerror}): "
                "let DATABASE_URL name a folder this user may write to"
            ) from problem
        self._descriptor = self._locked(descriptor)
        return self

    def _locked(self, descriptor: int) -> int:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            owner = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise AlreadyRunning(
                f"Another copy of Klankbord (process {owner}) already uses this database: stop it first, "
                "or use PostgreSQL to run several"
            ) from taken
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return descriptor

    def release(self) -> None:
        """Release the lock. The file stays: without it, two processes could lock two files of the same name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "DatabaseLock":
        return self.hold()

    def __exit__(self, *_raised: object) -> None:
        self.release()
