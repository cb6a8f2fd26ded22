"""conversations.*: listing, describing, making, naming, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import channels
from playground.args import Args
from playground.lookup import need_channel, need_own_channel, need_user, open_direct
from playground.methods.registry import method, page
from playground.model import Channel, Json, SlackError
from playground.payloads import channel_json

if TYPE_CHECKING:
    from playground.workspace import Workspace

_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
LONGEST_TOPIC = 250
MOST_PEOPLE = 8


def _listed(workspace: Workspace, args: Args, member: str | None) -> list[Json]:
    types = args.names("types") or ["public_channel"]
    if not set(types) <= _KINDS.keys():
        raise SlackError("invalid_types")
    kinds = {_KINDS[kind] for kind in types}
    is_wanted = [c for c in workspace.channels.values() if c.kind in kinds and _is_visible(workspace, c, member)]
    if args.flag("exclude_archived"):
        is_wanted = [channel for channel in is_wanted if not channel.is_archived]
    return [channel_json(workspace, channel) for channel in is_wanted]


def _is_visible(workspace: Workspace, channel: Channel, member: str | None) -> bool:
    is_known = not channel.is_private or workspace.bot.id in channel.members
    return is_known and (member is None or member in channel.members)


def _paged(listed: list[Json], args: Args) -> Json:
    shown, cursor = page(listed, args, 1000, 100)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", scope="*:read", tier="Tier2")
def list_(workspace: Workspace, args: Args) -> Json:
    return _paged(_listed(workspace, args, None), args)


@method("users.conversations", scope="*:read", tier="Tier2")
def of_user(workspace: Workspace, args: Args) -> Json:
    """Where the app is, or where `user` is as far as the app can see."""
    member = need_user(workspace, args.text("user", workspace.bot.id)).id
    listed = _listed(workspace, args, member)
    for channel in listed:
        channel.pop("is_member", None)
    return _paged(listed, args)


@method("conversations.info", scope="*:read")
def info(workspace: Workspace, args: Args) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    body = channel_json(workspace, channel)
    if args.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    if args.flag("include_locale"):
        body["locale"] = "nl-BE"
    return {"channel": body}


@method("conversations.members", scope="*:read", tier="Tier4")
def members(workspace: Workspace, args: Args) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    shown, cursor = page(list(channel.members), args, 1000, 100)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.open", scope="*:open")
def open_(workspace: Workspace, args: Args) -> Json:
    """The direct conversation of the app with one to eight people."""
    users = args.names("users")
    if not users and not args.has("channel"):
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    channel = _opened(workspace, users, args)
    body = channel_json(workspace, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": body}


def _opened(workspace: Workspace, users: list[str], args: Args) -> Channel:
    if not users:
        return need_own_channel(workspace, args.text("channel"))
    return open_direct(workspace, *users)


@method("conversations.create", scope="*:create", tier="Tier2")
def create(workspace: Workspace, args: Args) -> Json:
    name = args.text("name")
    channel = channels.create(workspace, workspace.bot, name, private=args.flag("is_private"))
    return {"channel": channel_json(workspace, channel)}


@method("conversations.rename", scope="*:manage", tier="Tier2")
def rename(workspace: Workspace, args: Args) -> Json:
    """Only who made a channel may rename it."""
    channel = _managed(workspace, args)
    if channel.creator != workspace.bot.id:
        raise SlackError("not_authorized")
    channels.rename(workspace, channel, args.text("name"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.archive", scope="*:manage", tier="Tier2")
def archive(workspace: Workspace, args: Args) -> Json:
    channel = need_own_channel(workspace, args.need("channel"))
    _require_named(channel)
    if channel.is_general:
        raise SlackError("cant_archive_general")
    channels.archive(workspace, channel, workspace.bot.id)
    return {}


@method("conversations.setTopic", scope="*:manage", tier="Tier2")
def set_topic(workspace: Workspace, args: Args) -> Json:
    channel = _managed(workspace, args)
    channels.set_topic(workspace, channel, _short(args, "topic"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@method("conversations.setPurpose", scope="*:manage", tier="Tier2")
def set_purpose(workspace: Workspace, args: Args) -> Json:
    channel = _managed(workspace, args)
    channels.set_purpose(workspace, channel, _short(args, "purpose"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


def _managed(workspace: Workspace, args: Args) -> Channel:
    channel = need_own_channel(workspace, args.need("channel"))
    _require_named(channel)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _require_named(channel: Channel) -> None:
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")


def _short(args: Args, name: str) -> str:
    if len(args.text(name)) > LONGEST_TOPIC:
        raise SlackError("too_long")
    return args.text(name)
