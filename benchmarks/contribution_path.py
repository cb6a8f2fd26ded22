"""`python -m benchmarks.contribution_path`: every function of ours that runs for one contribution form that is sent.

From Bolt's dispatch until all that follows is committed and queued, what Bolt runs after the answer included. Another
member sent a form before it, so that what is read once for a whole process (methods, prepared queries) is not counted.
Nor is how the line that says what was kept comes to the person: that is a call to Slack, as for every page that opens.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

from slack_bolt import BoltRequest

from handlers.presenting import Presenter
from playground.model import Envelope
from playground.people import Person
from tests.databases import migrated
from tests.intervision.actors import Table, shown
from tests.world import World

FILES_AT_MOST = 20
FUNCTIONS_AT_MOST = 110

_ROOT = Path(__file__).parent.parent
_OURS = ("bot", "handlers", "db", "schedules", "app")
# What Python wraps around an expression is part of the function that it stands in.
_NO_FUNCTIONS = {"<lambda>", "<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>", "<module>"}


@dataclass
class CodePath:
    """What ran, in the order of the first call: "file:function"."""

    calls: dict[CodeType, str] = field(default_factory=dict)
    is_telling: bool = False

    @property
    def functions(self) -> list[str]:
        """Each function once, as "bot/wing/file.py:Class.function"."""
        return [f"{file}:{code.co_qualname}" for code, file in self.calls.items() if code.co_name not in _NO_FUNCTIONS]

    @property
    def files(self) -> list[str]:
        """Each file once."""
        return list(dict.fromkeys(self.calls.values()))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Note every call of a function of ours, in this thread, until the end of the `with`."""
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)

    def _note(self, frame: FrameType, what: str, _argument: Any) -> None:
        if frame.f_code is Presenter.tell.__code__:
            self.is_telling = what == "call"
        elif (
            what == "call"
            and not self.is_telling
            and frame.f_code not in self.calls
            and (file := _file_of_ours(frame.f_code))
        ):
            self.calls[frame.f_code] = file


def path_of_one_contribution(database_url: str) -> CodePath:
    """Four people are in the step for questions; one has sent a question, and the second one's form is followed."""
    migrated(database_url)
    world, path = World(database_url), CodePath()
    world.sets_up()
    table = Table(world)
    table.begins()
    first, second = _sent_forms(table, table.celine, table.bram)
    _dispatch(world, first)
    with path.recording():
        _dispatch(world, second)
    world.stops()
    return path


def _sent_forms(table: Table, *people: Person) -> list[BoltRequest]:
    """The requests that Slack makes of these people's forms; the bot has not had them yet."""
    sent: list[Envelope] = []
    for person in people:
        person.fills(table.opens(person), {"text:new-1:0": "Wie beslist wat er op het lijstje komt?"})
    table.world.workspace.disconnect(table.world._sink)
    table.world.workspace.connect(sent.append)
    for person in people:
        person.submits(shown(person))
    return [BoltRequest(mode="socket_mode", body=envelope.payload) for envelope in sent]


def _dispatch(world: World, form: BoltRequest) -> None:
    answer = world.app.dispatch(form)
    if answer.status != 200 or "errors" in str(answer.body):
        raise ValueError(f"not acknowledged: {answer.status} {answer.body}")


def _file_of_ours(code: CodeType) -> str:
    """The file from the root of the project; empty for what is not ours."""
    path = Path(code.co_filename)
    if not path.is_relative_to(_ROOT):
        return ""
    inside = path.relative_to(_ROOT)
    return str(inside) if inside.parts[0] in _OURS else ""


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        found = path_of_one_contribution(f"sqlite:///{folder}/path.db")
    print(*found.functions, sep="\n")
    print(f"{len(found.files)} files (at most {FILES_AT_MOST})")
    print(f"{len(found.functions)} functions (at most {FUNCTIONS_AT_MOST})")
