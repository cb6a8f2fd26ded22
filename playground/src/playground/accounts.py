"""Accounts and user groups, and finding people and channels by name."""

from __future__ import annotations

import unicodedata
from typing import Any

from playground import events
from playground.model import Conversation, WorkspaceUser
from playground.state import WorkspaceState


def add_user(
    workspace: WorkspaceState, name: str, real_name: str, *, tz: str, locale: str, guest: bool, team: str | None
) -> WorkspaceUser:
    user = WorkspaceUser(
        id=workspace.ids.readable_id("U0", name),
        name=name,
        real_name=real_name,
        team_id=team or workspace.team_id,
        tz=tz,
        locale=locale,
        is_guest=guest,
        is_external=team is not None,
        updated=workspace.clock.seconds(),
    )
    workspace.users[user.id] = user
    return user


def change_account(workspace: WorkspaceState, user: WorkspaceUser, **fields: Any) -> None:
    """Set fields of an account; the app hears `user_change`."""
    for key, value in fields.items():
        setattr(user, key, value)
    user.updated = workspace.clock.seconds()
    events.user_change(workspace, user)
    workspace.affects(None)


def add_usergroup(workspace: WorkspaceState, handle: str, name: str, members: list[str]) -> str:
    group_id = workspace.ids.new_id("S")
    workspace.usergroups[group_id] = {"handle": handle, "name": name, "users": members}
    return group_id


def find_account(workspace: WorkspaceState, name_or_id: str) -> WorkspaceUser:
    """The person's account with that name (whatever its case and accents) or id; KeyError when there is none."""
    people = [user for user in workspace.users.values() if not user.is_bot]
    for alike in (str.casefold, _without_accents):
        for user in people:
            if alike(name_or_id) in map(alike, (user.id, user.name, user.real_name)):
                return user
    raise KeyError(f"nobody here is called {name_or_id!r}; there are {', '.join(user.name for user in people)}")


def find_channel(workspace: WorkspaceState, name_or_id: str) -> Conversation:
    """The channel with that name (with or without #) or id; KeyError when there is none."""
    wanted = name_or_id.removeprefix("#")
    for channel in workspace.channels.values():
        if wanted in (channel.id, channel.name):
            return channel
    raise KeyError(f"there is no channel {name_or_id!r}")


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
