"""conversations.history and conversations.replies."""

from __future__ import annotations

from playground.args import ApiArguments
from playground.lookup import need_own_channel
from playground.model import ApiError, Conversation, Json, Message
from playground.payloads import message_json
from playground.state import WorkspaceState
from playground.web_methods import page_of, web_method


@web_method("conversations.history", scope="*:history")
def conversations_history(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """Top-level messages, newest first; replies are not among them."""
    channel = need_own_channel(workspace, args.need("channel"))
    wanted = [m for m in _readable(workspace, channel) if m.is_top_level and _within(m, args)]
    newest_first = sorted(wanted, key=lambda message: _moment(message.ts), reverse=True)
    answer = _answer(workspace, newest_first, args, default=100)
    return answer | {"pin_count": len(channel.pins)}


@web_method("conversations.replies", scope="*:history")
def conversations_replies(workspace: WorkspaceState, args: ApiArguments) -> Json:
    """A thread, oldest first, beginning with its first message."""
    channel = need_own_channel(workspace, args.need("channel"))
    readable = {message.ts: message for message in _readable(workspace, channel)}
    asked = readable.get(args.need("ts"))
    if asked is None:
        raise ApiError("thread_not_found")
    root = asked.thread_ts or asked.ts
    replies = [m for m in readable.values() if m.is_reply and m.thread_ts == root and _within(m, args)]
    thread = [channel.messages[root], *sorted(replies, key=lambda message: _moment(message.ts))]
    return _answer(workspace, thread, args, default=1000)


def _readable(workspace: WorkspaceState, channel: Conversation) -> list[Message]:
    """What is stored; what a history that is behind does not know yet is left out."""
    behind = workspace.faults.history_behind
    if not behind:
        return list(channel.messages.values())
    known = workspace.elapsed() - behind
    return [one for one in channel.messages.values() if one.stored is None or one.stored <= known]


def _within(message: Message, args: ApiArguments) -> bool:
    moment, inclusive = _moment(message.ts), args.flag("inclusive")
    after, before = _bound(args, "oldest"), _bound(args, "latest")
    if inclusive:
        return (after is None or moment >= after) and (before is None or moment <= before)
    return (after is None or moment > after) and (before is None or moment < before)


def _bound(args: ApiArguments, name: str) -> tuple[int, int] | None:
    if not args.has(name) or args.text(name) == "0":
        return None
    seconds, _, micros = args.text(name).partition(".")
    if not seconds.isdigit() or (micros and not micros.isdigit()):
        raise ApiError(f"invalid_ts_{name}")
    return _moment(args.text(name))


def _moment(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros[:6].ljust(6, "0")) if micros else 0


def _answer(workspace: WorkspaceState, messages: list[Message], args: ApiArguments, *, default: int) -> Json:
    metadata = "all" if args.flag("include_all_metadata") else "type"
    said = [message_json(workspace, message, metadata=metadata) for message in messages]
    shown, cursor = page_of(said, args, 1000, default)
    answer: Json = {"messages": shown, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})
