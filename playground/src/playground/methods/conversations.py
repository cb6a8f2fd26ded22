"""conversations.*: listing, describing, making, naming, closing."""

from __future__ import annotations

from playground import channels
from playground.args import ApiArguments
from playground.lookup import need_channel, need_own_channel, need_user, open_direct
from playground.model import ApiError, Conversation, Json
from playground.payloads import channel_json
from playground.state import WorkspaceState
from playground.web_methods import page_of, web_method

_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
LONGEST_TOPIC = 250
MOST_PEOPLE = 8


def _listed(workspace: WorkspaceState, args: ApiArguments, member: str | None) -> list[Json]:
    types = args.names("types") or ["public_channel"]
    if not set(types) <= _KINDS.keys():
        raise ApiError("invalid_types")
    kinds = {_KINDS[kind] for kind in types}
    is_wanted = [c for c in workspace.channels.values() if c.kind in kinds and _is_visible(workspace, c, member)]
    if args.flag("exclude_archived"):
        is_wanted = [channel for channel in is_wanted if not channel.is_archived]
    return [channel_json(workspace, channel) for channel in is_wanted]


def _is_visible(workspace: WorkspaceState, channel: Conversation, member: str | None) -> bool:
    is_known = not channel.is_private or workspace.bot.id in channel.members
    return is_known and (member is None or member in channel.members)


def _paged(listed: list[Json], args: ApiArguments) -> Json:
    shown, cursor = page_of(listed, args, 1000, 100)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


@web_method("conversations.list", scope="*:read", tier="Tier2")
def conversations_list(workspace: WorkspaceState, args: ApiArguments) -> Json:
    return _paged(_listed(workspace, args, None), args)


@web_method("users.conversations", scope="*:read", tier="Tier2")
def users_conversations(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Where the app is, or where `user` is as far as the app can see."""
    member = need_user(workspace, args.text("user", workspace.bot.id)).id
    listed = _listed(workspace, args, member)
    for channel in listed:
        channel.pop("is_member", None)
    return _paged(listed, args)


@web_method("conversations.info", scope="*:read")
def conversations_info(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    body = channel_json(workspace, channel)
    if args.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    if args.flag("include_locale"):
        body["locale"] = "nl-BE"
    return {"channel": body}


@web_method("conversations.members", scope="*:read", tier="Tier4")
def conversations_members(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_channel(workspace, args.need("channel"))
    shown, cursor = page_of(list(channel.members), args, 1000, 100)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@web_method("conversations.open", scope="*:open")
def conversations_open(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """The direct conversation of the app with one to eight people."""
    users = args.names("users")
    if not users and not args.has("channel"):
        raise ApiError("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise ApiError("too_many_users")
    channel = _opened(workspace, users, args)
    body = channel_json(workspace, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": body}


def _opened(workspace: WorkspaceState, users: list[str], args: ApiArguments) -> Conversation:
    if not users:
        return need_own_channel(workspace, args.text("channel"))
    return open_direct(workspace, *users)


@web_method("conversations.create", scope="*:create", tier="Tier2")
def conversations_create(workspace: WorkspaceState, args: ApiArguments) -> Json:
    name = args.text("name")
    channel = channels.create_channel(workspace, workspace.bot, name, private=args.flag("is_private"))
    return {"channel": channel_json(workspace, channel)}


@web_method("conversations.rename", scope="*:manage", tier="Tier2")
def conversations_rename(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Only the creator of a channel may rename it."""
    channel = _managed(workspace, args)
    if channel.creator != workspace.bot.id:
        raise ApiError("not_authorized")
    channels.rename_channel(workspace, channel, args.text("name"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@web_method("conversations.archive", scope="*:manage", tier="Tier2")
def conversations_archive(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = need_own_channel(workspace, args.need("channel"))
    _require_named(channel)
    if channel.is_general:
        raise ApiError("cant_archive_general")
    channels.archive_channel(workspace, channel, workspace.bot.id)
    return {}


@web_method("conversations.setTopic", scope="*:manage", tier="Tier2")
def conversations_set_topic(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = _managed(workspace, args)
    channels.set_topic(workspace, channel, _short(args, "topic"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


@web_method("conversations.setPurpose", scope="*:manage", tier="Tier2")
def conversations_set_purpose(workspace: WorkspaceState, args: ApiArguments) -> Json:
    channel = _managed(workspace, args)
    channels.set_purpose(workspace, channel, _short(args, "purpose"), workspace.bot.id)
    return {"channel": channel_json(workspace, channel)}


def _managed(workspace: WorkspaceState, args: ApiArguments) -> Conversation:
    channel = need_own_channel(workspace, args.need("channel"))
    _require_named(channel)
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _require_named(channel: Conversation) -> None:
    if channel.is_direct:
        raise ApiError("method_not_supported_for_channel_type")


def _short(args: ApiArguments, name: str) -> str:
    if len(args.text(name)) > LONGEST_TOPIC:
        raise ApiError("too_long")
    return args.text(name)
