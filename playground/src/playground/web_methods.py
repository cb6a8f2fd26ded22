"""What a method of the Web API is: its scope, its token, how often it may be called, and pages of its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.args import ApiArguments
from playground.model import ApiError, Json
from playground.state import WorkspaceState

Handler = Callable[[WorkspaceState, ApiArguments], Json]


@dataclass(frozen=True)
class WebMethod:
    """`scope` is one scope, or `*:read` and the like: then the kind of conversation decides."""

    name: str
    handler: Handler
    scope: str | None
    tier: str
    token: str


def web_method(
    name: str, *, scope: str | None = None, tier: str = "Tier3", token: str = "bot"
) -> Callable[[Handler], WebMethod]:
    """Make a method of a handler; `token` is `bot`, `app` or `any`."""
    return lambda handler: WebMethod(name, handler, scope, tier, token)


def page_of(
    items: list[Json] | list[str], args: ApiArguments, most: int, default: int
) -> tuple[list[Json] | list[str], str]:
    """A slice by `cursor` and `limit`, and the next cursor ("" at the end)."""
    cursor, limit = args.text("cursor"), args.number("limit", default)
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    start = _start(cursor)
    if start is None or start > len(items):
        raise ApiError("invalid_cursor")
    following = _cursor(start + limit) if start + limit < len(items) else ""
    return items[start : start + limit], following


def _cursor(offset: int) -> str:
    return f"next_offset:{offset}".encode().hex()


def _start(cursor: str) -> int | None:
    if not cursor:
        return 0
    try:
        label, _, offset = bytes.fromhex(cursor).decode().partition(":")
    except ValueError:
        return None
    return int(offset) if label == "next_offset" and offset.isdigit() else None
