"""What people may not do in a channel, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playground.model import ApiError, Conversation, Forbidden, WorkspaceUser

_PLAIN_REASONS = {
    "name_taken": "there is already a channel with that name",
    "already_in_channel": "that person is already in the channel",
    "is_archived": "the channel is archived",
    "already_archived": "the channel is archived already",
    "cant_invite_self": "you cannot invite yourself",
    "invalid_name_specials": "names are lower case, without spaces or punctuation",
    "invalid_name_maxlength": "the name is too long",
    "invalid_name_required": "the channel needs a name",
    "not_in_channel": "that person is not in the channel",
}


@contextmanager
def refused_in_plain_words() -> Iterator[None]:
    try:
        yield
    except ApiError as error:
        raise Forbidden(_PLAIN_REASONS.get(error.code, error.code)) from error


def require_member(user: WorkspaceUser, channel: Conversation) -> None:
    """Forbidden for whoever is not in the channel."""
    if user.is_deleted:
        raise Forbidden("your account is closed")
    if user.id not in channel.members:
        raise Forbidden(f"you are not in {channel.name or 'that conversation'}")


def require_writable(user: WorkspaceUser, channel: Conversation) -> None:
    require_member(user, channel)
    if channel.is_archived:
        raise Forbidden(f"{channel.name} is archived")
