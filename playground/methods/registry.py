"""Which methods there are, which scopes and tokens each asks for, and how often it may be called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.args import Args
from playground.model import Json, SlackError

if TYPE_CHECKING:
    from playground.workspace import Workspace

Handler = Callable[["Workspace", Args], Json]


@dataclass(frozen=True)
class Method:
    """`scope` is one scope, or `*:read` and the like: then the kind of conversation decides."""

    name: str
    handler: Handler
    scope: str | None
    tier: str
    token: str


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str | None = None, tier: str = "Tier3", token: str = "bot"
) -> Callable[[Handler], Handler]:
    """Register a handler; `token` is `bot`, `app` or `any`."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scope, tier, token)
        return handler

    return register


def page(items: list[Json] | list[str], args: Args, most: int, default: int) -> tuple[list[Json] | list[str], str]:
    """A slice by `cursor` and `limit`, and the next cursor ("" at the end)."""
    cursor, limit = args.text("cursor"), args.number("limit", default)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = _start(cursor)
    if start is None or start > len(items):
        raise SlackError("invalid_cursor")
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
