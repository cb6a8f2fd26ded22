"""What many stories begin with is lived through once, and copied: the workspace, the clocks and the database.

A world counts the steps it took (`World.lives_through`). Where a world before it took the same steps, the next step
is not taken again, but the world becomes as that one was after it; unless something else happened in between.
"""

import io
import itertools
import pickle
import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from playground.workspace import PracticeWorkspace

Path = tuple[Hashable, ...]
# What a workspace has because it is alive, and not because something happened in it.
_OF_THE_LIVING = {"calendar", "elapsed", "_lock", "_depth", "_mine", "_listeners"}
_LOCK = type(threading.Lock())


class OwnDatabase(Protocol):
    """The database of one test; its address is known before it is there."""

    url: str

    def fill(self, copy: str | None) -> None:
        """Make it, if it is not there: from a copy that `keep` made, or with the tables alone."""

    def keep(self) -> str:
        """Copy it as it is now, while nobody is connected to it; the name of the copy."""


@dataclass(frozen=True)
class Moment:
    """How a world was after the steps of its path. `untouched` is how `workspace` reads when it was just restored."""

    path: Path
    calendar: datetime
    elapsed: datetime
    workspace: bytes = b""
    untouched: bytes = b""
    database: str | None = None


@dataclass
class Memory:
    """The moments of worlds on one kind of database that a process remembers."""

    moments: dict[Path, Moment] = field(default_factory=dict)


def state_of(workspace: PracticeWorkspace, own: Sequence[object]) -> bytes:
    """All that happened in a workspace, but for the objects that each world has of its `own`."""
    written = io.BytesIO()
    state = {name: value for name, value in vars(workspace).items() if name not in _OF_THE_LIVING}
    _Pickler(written, _living(workspace, own)).dump(state)
    return written.getvalue()


def becomes(workspace: PracticeWorkspace, state: bytes, own: Sequence[object]) -> None:
    """Let everything have happened in a workspace that had in another; `own` has the same order as it had there."""
    vars(workspace).update(_Unpickler(io.BytesIO(state), _living(workspace, own)).load())


def _living(workspace: PracticeWorkspace, own: Sequence[object]) -> list[object]:
    return [workspace, workspace.calendar, workspace.elapsed, *own]


class _Pickler(pickle.Pickler):
    """Writes of each living object which one it is."""

    def __init__(self, file: io.BytesIO, living: list[object]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._numbers = {id(each): number for number, each in enumerate(living)}

    def persistent_id(self, one: Any) -> int | None:
        return self._numbers.get(id(one))

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, itertools.count):
            return itertools.count, (int(repr(one)[len("count(") : -1]),)
        if isinstance(one, threading.Event):
            return _event, (one.is_set(),)
        return (threading.Lock, ()) if isinstance(one, _LOCK) else NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, living: list[object]) -> None:
        super().__init__(file)
        self._living = living

    def persistent_load(self, number: int) -> object:
        return self._living[number]


def _event(is_set: bool) -> threading.Event:
    event = threading.Event()
    if is_set:
        event.set()
    return event
