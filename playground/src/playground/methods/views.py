"""views.*: forms and Homes."""

from __future__ import annotations

from playground import modals
from playground.args import ApiArguments, missing
from playground.lookup import need_user
from playground.model import Json, View
from playground.payloads import view_json
from playground.state import WorkspaceState
from playground.web_methods import web_method


def _payload(args: ApiArguments) -> Json:
    payload = args.json("view")
    if not isinstance(payload, dict):
        raise missing("view")
    return payload


def _answer(workspace: WorkspaceState, view: View) -> Json:
    return {"view": view_json(workspace, view)}


@web_method("views.open", tier="Tier4")
def views_open(workspace: WorkspaceState, args: ApiArguments) -> Json:
    trigger_id, payload = args.need("trigger_id"), _payload(args)
    modals.check_view_payload(workspace, payload, "modal")
    user, window = workspace.triggers.exchange_trigger_id(trigger_id)
    return _answer(workspace, modals.open_modal(workspace, user, payload, window))


@web_method("views.push", tier="Tier4")
def views_push(workspace: WorkspaceState, args: ApiArguments) -> Json:
    trigger_id, payload = args.need("trigger_id"), _payload(args)
    modals.check_view_payload(workspace, payload, "modal")
    user, window = workspace.triggers.exchange_trigger_id(trigger_id)
    return _answer(workspace, modals.push_modal(workspace, user, payload, window))


@web_method("views.update", tier="Tier4")
def views_update(workspace: WorkspaceState, args: ApiArguments) -> Json:
    payload = _payload(args)
    if not args.has("view_id") and not args.has("external_id"):
        raise missing("view_id")
    view = modals.find_open_modal(workspace, view_id=args.text("view_id"), external_id=args.text("external_id"))
    modals.check_view_payload(workspace, payload, "modal", replaces=view)
    modals.check_view_hash(view, args.text("hash"))
    return _answer(workspace, modals.update_view(workspace, view, payload))


@web_method("views.publish", tier="Tier4")
def views_publish(workspace: WorkspaceState, args: ApiArguments) -> Json:
    user, payload = need_user(workspace, args.need("user_id")), _payload(args)
    home = workspace.homes.get(user.id)
    modals.check_view_payload(workspace, payload, "home", replaces=home)
    modals.check_view_hash(home, args.text("hash"))
    return _answer(workspace, modals.publish_home(workspace, user.id, payload))
