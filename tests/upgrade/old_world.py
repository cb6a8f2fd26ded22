"""The world where version 0.1.0 stopped, with the bot of today in it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.crypto.vault import read_keys
from bot.settings.settings import Settings
from playground.forms import PlacedElement, placed
from playground.model import Container, Limits, Message, View
from playground.people import Person
from playground.workspace import PracticeWorkspace
from tests.clock import MovableClock
from tests.upgrade.old_database import DATA
from tests.upgrade.old_slack import old_slack, reopen, restore
from tests.world import CAST, World, installs

# Where a line is read, and the line: how many times.
Lines: TypeAlias = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Button:
    """A button that somebody sees, and what it is on."""

    container: Container
    placed: PlacedElement

    @property
    def action(self) -> str:
        return self.placed.action_id

    @property
    def value(self) -> str | None:
        return self.placed.element.get("value")


def buttons_on(container: Container) -> Iterator[Button]:
    """Every button on a message or in a view, from top to bottom."""
    for at in placed(container.blocks):
        if at.kind == "button":
            yield Button(container, at)


class OldWorld(World):
    """People, messages and forms of version 0.1.0 in Slack, and the bot of today on `database_url` (upgraded)."""

    def __init__(self, database_url: str) -> None:
        self.slack = old_slack()
        self.index = json.loads((DATA / "index.json").read_text())
        now = datetime.fromisoformat(self.slack["now"])
        self.calendar, self.elapsed = MovableClock(now), MovableClock(now)
        self.workspace = PracticeWorkspace(self.calendar, self.elapsed, limits=Limits.none(), app_name="Klankbord")
        installs(self.workspace)
        restore(self.workspace, self.slack)
        self.circle = self.workspace.channel("coaching-en-co")
        self.cast = [self.workspace.person(name) for name in CAST]
        self.anna, self.bram, self.celine, self.dirk, self.elif_ = self.cast
        self.settings = Settings(
            slack_bot_token=self.workspace.bot_token,
            slack_signing_secret=self.workspace.signing_secret,
            database_url=database_url,
            klankbord_keys=read_keys((DATA / "klankbord.key").read_text()),
            language="nl",
            protocols_dir=DATA / "methods",
        )
        self._database, self._sink = None, self._hears
        self.starts()

    def case(self, name: str) -> str:
        """The id of the case with this name in the README beside the data."""
        return str(self.index["cases"][name]["id"])

    def reopen(self, kind: str) -> tuple[Person, View]:
        """The form or page of this kind in front of the person who had it open."""
        return reopen(self.workspace, self.slack, kind)

    def messages_of(self, person: Person) -> Iterator[Message]:
        """Every message that this person can see and press, the newest first."""
        seen = [
            message
            for channel in person.channels()
            for message in (*channel.messages.values(), *channel.ephemerals)
            if not message.is_deleted and message.ephemeral_for in (None, person.id)
        ]
        yield from sorted(seen, key=lambda message: float(message.ts), reverse=True)

    def find_button(self, person: Person, action: str, about: str = "") -> Button:
        """The newest button in a message with this action, whose value has `about` in it."""
        return next(
            button
            for message in self.messages_of(person)
            for button in buttons_on(message)
            if button.action == action and about in (button.value or "")
        )

    def press(self, person: Person, button: Button) -> str:
        """Press it; what the person reads in the form on top then, or nothing where none is open."""
        person.presses(button.container, (button.placed.block_id, button.action), value=button.value)
        self.settles()
        return person.visible_text(person.modal)

    def close_forms(self, person: Person) -> None:
        """Close everything that is open in front of this person."""
        while person.modal:
            person.closes()

    def seen_by(self, person: Person) -> Lines:
        """Every line that this person can read now, after the place where: the form on top, or a message."""
        places: list[tuple[str, Container | None]] = [("form", person.modal)]
        places += [(f"{message.channel_id} {message.ts}", message) for message in self.messages_of(person)]
        return Counter((name, line) for name, place in places for line in person.visible_text(place).splitlines())

    def refused_calls(self) -> list[tuple[str, str]]:
        """What the bot asked of Slack and was refused."""
        return [(call.method, call.error) for call in self.workspace.calls if call.error]
