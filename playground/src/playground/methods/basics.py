"""auth, api, apps, bots, team."""

from __future__ import annotations

import secrets

from playground.args import ApiArguments
from playground.model import ApiError, Json
from playground.payloads import bot_profile
from playground.state import WorkspaceState
from playground.web_methods import web_method


@web_method("api.test", tier="Tier4", token="any")
def api_test(workspace: WorkspaceState, args: ApiArguments) -> Json:
    if args.has("error"):
        raise ApiError(args.text("error"), args=args.given)
    return {"args": args.given} if args.given else {}


@web_method("auth.test", tier="SpecialTier_auth_test")
def auth_test(workspace: WorkspaceState, args: ApiArguments) -> Json:
    bot = workspace.bot
    return {
        "url": f"{workspace.base_url}/",
        "team": workspace.team_name,
        "user": bot.name,
        "team_id": workspace.team_id,
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


@web_method("apps.connections.open", tier="Tier1", token="app")
def apps_connections_open(workspace: WorkspaceState, args: ApiArguments) -> Json:
    ticket = secrets.token_urlsafe(18)
    workspace.tickets.add(ticket)
    address = workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={workspace.bot.app_id}"}


@web_method("bots.info", scope="users:read")
def bots_info(workspace: WorkspaceState, args: ApiArguments) -> Json:
    if args.text("bot", workspace.bot.bot_id) != workspace.bot.bot_id:
        raise ApiError("bot_not_found")
    profile = bot_profile(workspace)
    del profile["team_id"]
    return {"bot": profile | {"user_id": workspace.bot.id}}


@web_method("team.info", scope="team:read")
def team_info(workspace: WorkspaceState, args: ApiArguments) -> Json:
    team = {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}
    return {"team": team | {"email_domain": "", "icon": {"image_default": True}, "url": f"{workspace.base_url}/"}}
