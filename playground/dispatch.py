"""The way of every Web API call: token, scope, rate, method, answer, record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playground import methods
from playground.args import Args
from playground.lookup import find_visible
from playground.methods.registry import METHODS, Method
from playground.model import ApiResponse, Call, Json, SlackError

if TYPE_CHECKING:
    from playground.workspace import Workspace

_PREFIXES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
assert methods


def call(workspace: Workspace, name: str, given: Json, token: str) -> ApiResponse:
    """See `Workspace.api`."""
    args = Args(json.loads(json.dumps({key: value for key, value in given.items() if key != "token"})))
    needed: str | None = None
    try:
        found = _method(name)
        _check_token(workspace, found, token)
        needed = _check_scope(workspace, found, args)
        workspace.limiter.method(name, found.tier)
        body = {"ok": True} | found.handler(workspace, args)
        answer = ApiResponse(200, _granted(workspace, token), json.loads(json.dumps(body)))
    except SlackError as error:
        answer = ApiResponse(error.status, error.headers, {"ok": False, "error": error.code} | error.extra)
    workspace.calls.append(Call(name, args.given, answer.body.get("error"), needed))
    return answer


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return METHODS[name]


def _check_token(workspace: Workspace, found: Method, token: str) -> None:
    if found.token == "any":
        return
    if not token:
        raise SlackError("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise SlackError("invalid_auth")
    if (token == workspace.app_token) is not (found.token == "app"):
        raise SlackError("not_allowed_token_type")


def _granted(workspace: Workspace, token: str) -> dict[str, str]:
    """Slack says with each answer which scopes the token has."""
    return {"x-oauth-scopes": ",".join(sorted(workspace.scopes))} if token == workspace.bot_token else {}


def _check_scope(workspace: Workspace, found: Method, args: Args) -> str | None:
    """The scope this call needs; `missing_scope` when the app has it not."""
    wanted = _scopes(workspace, found, args)
    lacking = [scope for scope in wanted if scope not in workspace.scopes]
    if lacking:
        raise SlackError("missing_scope", needed=lacking[0], provided=",".join(sorted(workspace.scopes)))
    return wanted[0] if wanted else None


def _scopes(workspace: Workspace, found: Method, args: Args) -> list[str]:
    if found.scope is None or not found.scope.startswith("*:"):
        return [found.scope] if found.scope else []
    right = found.scope.removeprefix("*:")
    channel = find_visible(workspace, args.text("channel"))
    if channel is not None:
        return [_named(_PREFIXES[channel.kind], right)]
    if args.has("channel"):
        return []
    if right == "open":
        return ["mpim:write" if len(args.names("users")) > 1 else "im:write"]
    if right == "create":
        return ["groups:write" if args.flag("is_private") else "channels:manage"]
    kinds = args.names("types") or ["public_channel"]
    return [_named(_TYPES[kind], right) for kind in kinds if kind in _TYPES]


def _named(prefix: str, right: str) -> str:
    if right in ("manage", "create") and prefix == "channels":
        return "channels:manage"
    return f"{prefix}:{'write' if right in ('manage', 'create', 'open') else right}"
