"""The app's Home tab, as a person opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import channels, events
from playground.model import View

if TYPE_CHECKING:
    from playground.people import Person


def open_home(person: Person) -> View | None:
    """Look at Home: the app hears `app_home_opened`, and what it published is shown."""
    workspace = person.workspace
    with workspace.changing():
        channel = channels.direct(workspace, [workspace.bot.id, person.id])
        events.home_opened(workspace, person.id, channel, person.home)
        workspace.affects([person.id])
    return person.home
