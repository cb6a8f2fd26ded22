"""The demo's four weeks, played once in each language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import composition
from bot.core.text import Language
from bot.library.example import Example
from bot.library.protocol import Protocol
from bot.settings.settings import Settings
from bot.words import Speaker
from demo.cast import CIRCLES
from demo.clock import DemoClock
from demo.stage import Stage, rehearsal
from demo.start import own_settings, prepared
from playground.model import Conversation
from playground.people import Person
from playground.workspace import PracticeWorkspace

# A Wednesday at ten in Brussels.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """A demo that has just opened, with the bot still in the same process."""

    language: Language
    workspace: PracticeWorkspace
    clock: DemoClock
    stage: Stage

    @property
    def people(self) -> list[Person]:
        return self.workspace.people

    @property
    def circle(self) -> Conversation:
        return self.workspace.channel(CIRCLES[self.language])

    @property
    def method(self) -> Protocol:
        """The method of the case that is finished."""
        return self.stage.bot.services.library.protocols["vijf_stappen"]

    @property
    def example(self) -> Example:
        """What was said in that case."""
        assert self.method.example is not None
        return self.method.example

    @property
    def speaker(self) -> Speaker:
        """What the bot says, in this language."""
        return self.stage.bot.services.speakers[self.language]

    def everything(self, person: Person) -> str:
        """All that somebody can read in every place they are in."""
        return "\n".join(person.visible_text(channel) for channel in person.channels())


@pytest.fixture(scope="package", params=["nl", "en", "fr"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """As it stands when the page opens, at ten on a Wednesday."""
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = own_settings(Settings(), request.param, folder)
    workspace, clock = prepared(settings, composition.build_bot, WEDNESDAY)
    with rehearsal(workspace, settings, clock, composition.build_bot) as stage:
        yield Demo(request.param, workspace, clock, stage)
