"""users.* and usergroups.*."""

from __future__ import annotations

from playground.args import ApiArguments
from playground.lookup import need_user
from playground.model import ApiError, Json
from playground.payloads import user_json
from playground.state import WorkspaceState
from playground.web_methods import page_of, web_method


@web_method("users.info", scope="users:read", tier="Tier4")
def users_info(workspace: WorkspaceState, args: ApiArguments) -> Json:
    user = need_user(workspace, args.need("user"))
    return {"user": user_json(workspace, user, with_locale=args.flag("include_locale"))}


@web_method("users.list", scope="users:read", tier="Tier2")
def users_list(workspace: WorkspaceState, args: ApiArguments) -> Json:
    with_locale = args.flag("include_locale")
    own = [user for user in workspace.users.values() if not user.is_external]
    shown, cursor = page_of([user_json(workspace, u, with_locale=with_locale) for u in own], args, 1000, 1000)
    return {
        "members": shown,
        "cache_ts": workspace.clock.seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


@web_method("usergroups.list", scope="usergroups:read", tier="Tier2")
def usergroups_list(workspace: WorkspaceState, args: ApiArguments) -> Json:
    with_users = args.flag("include_users")
    return {"usergroups": [_group(workspace, group, with_users=with_users) for group in workspace.usergroups]}


def _group(workspace: WorkspaceState, group_id: str, *, with_users: bool) -> Json:
    group = workspace.usergroups[group_id]
    body: Json = {
        "id": group_id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "name": group["name"],
        "description": "",
        "handle": group["handle"],
        "is_external": False,
        "date_delete": 0,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group["users"]),
    }
    return body | ({"users": list(group["users"])} if with_users else {})


@web_method("usergroups.users.list", scope="usergroups:read", tier="Tier2")
def usergroups_users_list(workspace: WorkspaceState, args: ApiArguments) -> Json:
    group = workspace.usergroups.get(args.need("usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group["users"])}
