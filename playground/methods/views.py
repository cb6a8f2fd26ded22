"""views.*: forms and Homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import modals
from playground.args import Args, missing
from playground.lookup import need_user
from playground.methods.registry import method
from playground.model import Json, View
from playground.payloads import view_json

if TYPE_CHECKING:
    from playground.workspace import Workspace


def _payload(args: Args) -> Json:
    payload = args.json("view")
    if not isinstance(payload, dict):
        raise missing("view")
    return payload


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": view_json(workspace, view)}


@method("views.open", tier="Tier4")
def open_(workspace: Workspace, args: Args) -> Json:
    trigger_id, payload = args.need("trigger_id"), _payload(args)
    modals.check(workspace, payload, "modal")
    user = workspace.triggers.exchange(trigger_id)
    return _answer(workspace, modals.open_modal(workspace, user, payload))


@method("views.push", tier="Tier4")
def push(workspace: Workspace, args: Args) -> Json:
    trigger_id, payload = args.need("trigger_id"), _payload(args)
    modals.check(workspace, payload, "modal")
    user = workspace.triggers.exchange(trigger_id)
    return _answer(workspace, modals.push_modal(workspace, user, payload))


@method("views.update", tier="Tier4")
def update(workspace: Workspace, args: Args) -> Json:
    payload = _payload(args)
    if not args.has("view_id") and not args.has("external_id"):
        raise missing("view_id")
    view = modals.find_open(workspace, view_id=args.text("view_id"), external_id=args.text("external_id"))
    modals.check(workspace, payload, "modal", replaces=view)
    modals.check_hash(view, args.text("hash"))
    return _answer(workspace, modals.update(workspace, view, payload))


@method("views.publish", tier="Tier4")
def publish(workspace: Workspace, args: Args) -> Json:
    user, payload = need_user(workspace, args.need("user_id")), _payload(args)
    home = workspace.homes.get(user.id)
    modals.check(workspace, payload, "home", replaces=home)
    modals.check_hash(home, args.text("hash"))
    return _answer(workspace, modals.publish(workspace, user.id, payload))
