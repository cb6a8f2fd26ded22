"""The app's Home tab, as a person opens it."""

from __future__ import annotations

from playground import events
from playground.channels import direct_conversation
from playground.model import View
from playground.state import ClientSession


def open_home(client: ClientSession) -> View | None:
    """Look at Home: the app hears `app_home_opened`, and what it published is shown."""
    workspace = client.workspace
    with workspace.changing():
        channel = direct_conversation(workspace, [workspace.bot.id, client.id])
        events.app_home_opened(workspace, client.id, channel, workspace.homes.get(client.id))
        workspace.affects([client.id])
    return workspace.homes.get(client.id)
