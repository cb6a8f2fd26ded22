"""The way of every Web API call: token, scope, rate, method, answer, record."""

from __future__ import annotations

import json

from playground.args import ApiArguments
from playground.lookup import find_visible
from playground.methods import basics, chat, conversations, files, history, membership, reactions, users, views
from playground.model import ApiCall, ApiError, ApiResponse, Json
from playground.state import WorkspaceState
from playground.web_methods import WebMethod

_PREFIXES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
_FAMILIES = (basics, chat, conversations, files, history, membership, reactions, users, views)
METHODS = {one.name: one for family in _FAMILIES for one in vars(family).values() if isinstance(one, WebMethod)}


def call_method(workspace: WorkspaceState, name: str, given: Json, token: str) -> ApiResponse:
    """See `Workspace.api`."""
    args = ApiArguments(json.loads(json.dumps({key: value for key, value in given.items() if key != "token"})))
    needed: str | None = None
    try:
        found = _find_method(name)
        _check_token(workspace, found, token)
        needed = _check_scope(workspace, found, args)
        workspace.limiter.count_call(name, found.tier)
        body = {"ok": True} | found.handler(workspace, args)
        answer = ApiResponse(200, _granted(workspace, token), json.loads(json.dumps(body)))
    except ApiError as error:
        answer = ApiResponse(error.status, error.headers, {"ok": False, "error": error.code} | error.extra)
    workspace.calls.append(ApiCall(name, args.given, answer.body.get("error"), needed))
    return answer


def _find_method(name: str) -> WebMethod:
    if name not in METHODS:
        raise ApiError("unknown_method", req_method=name)
    return METHODS[name]


def _check_token(workspace: WorkspaceState, found: WebMethod, token: str) -> None:
    if found.token == "any":
        return
    if not token:
        raise ApiError("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise ApiError("invalid_auth")
    if (token == workspace.app_token) is not (found.token == "app"):
        raise ApiError("not_allowed_token_type")


def _granted(workspace: WorkspaceState, token: str) -> dict[str, str]:
    """Slack says with each answer which scopes the token has."""
    return {"x-oauth-scopes": ",".join(sorted(workspace.scopes))} if token == workspace.bot_token else {}


def _check_scope(workspace: WorkspaceState, found: WebMethod, args: ApiArguments) -> str | None:
    """The scope this call needs; `missing_scope` when the app has it not."""
    wanted = _scopes(workspace, found, args)
    lacking = [scope for scope in wanted if scope not in workspace.scopes]
    if lacking:
        raise ApiError("missing_scope", needed=lacking[0], provided=",".join(sorted(workspace.scopes)))
    return wanted[0] if wanted else None


def _scopes(workspace: WorkspaceState, found: WebMethod, args: ApiArguments) -> list[str]:
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
