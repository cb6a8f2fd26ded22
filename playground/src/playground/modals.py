"""Forms and Homes: the stack of at most three, publishing, updating, and what was filled in."""

from __future__ import annotations

import json
import secrets

from playground import forms
from playground.blocks import check_view, with_ids, with_ids_of
from playground.model import ApiError, Json, View
from playground.state import WorkspaceState

MOST_BYTES = 250_000
MOST_VIEWS = 3


def top_modal(workspace: WorkspaceState, user_id: str, window: str = "") -> View | None:
    """The form on top in this window of a person; without a window, the newest in any of theirs.

    What opened without a window, as when the demo acts for somebody, is in all of them.
    """
    mine = (workspace.stacks.get(key) for key in (_stack_key(user_id, window), user_id))
    if stack := next(filter(None, mine), None):
        return stack[-1]
    every = [stack[-1] for stack in workspace.stacks.values() if stack and stack[-1].user == user_id and not window]
    return every[-1] if every else None


def _stack_key(user_id: str, window: str) -> str:
    return f"{user_id} {window}" if window else user_id


def check_view_payload(workspace: WorkspaceState, payload: Json, kind: str, *, replaces: View | None = None) -> None:
    """Refuse what Slack refuses: malformed or oversized views, and an external_id that is in use."""
    if payload.get("type") != kind:
        raise ApiError(
            "invalid_arguments",
            response_metadata={"messages": [f"[ERROR] must be a {kind} view [json-pointer:/view/type]"]},
        )
    if len(json.dumps(payload, ensure_ascii=False).encode()) > MOST_BYTES:
        raise ApiError("view_too_large")
    problems = check_view(payload)
    if problems:
        raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {p}" for p in problems]})
    _check_external_id(workspace, payload.get("external_id"), replaces)


def _check_external_id(workspace: WorkspaceState, external_id: str | None, replaces: View | None) -> None:
    if not external_id:
        return
    for view in workspace.views.values():
        if view.is_open and view is not replaces and view.external_id == external_id:
            raise ApiError("duplicate_external_id")


def open_modal(workspace: WorkspaceState, user_id: str, payload: Json, window: str = "") -> View:
    """A form in front of the person, in this window of theirs; one that was open there makes place."""
    for old in workspace.stacks.pop(_stack_key(user_id, window), []):
        old.is_open = False
    view = _new_view(workspace, user_id, payload)
    view.root_view_id, view.window = view.id, window
    workspace.stacks[_stack_key(user_id, window)] = [view]
    workspace.affects([user_id])
    return view


def push_modal(workspace: WorkspaceState, user_id: str, payload: Json, window: str = "") -> View:
    """A form on top of the one that is open in this window, three at most."""
    stack = workspace.stacks.get(_stack_key(user_id, window)) or workspace.stacks.get(user_id, [])
    if not stack:
        raise ApiError("not_found")
    if len(stack) >= MOST_VIEWS:
        raise ApiError("push_limit_reached")
    view = _new_view(workspace, user_id, payload)
    view.root_view_id, view.previous_view_id, view.window = stack[0].id, stack[-1].id, stack[-1].window
    stack.append(view)
    workspace.affects([user_id])
    return view


def _new_view(workspace: WorkspaceState, user_id: str, payload: Json) -> View:
    ready = payload | {"blocks": with_ids(payload["blocks"])}
    view = View(workspace.ids.new_id("V"), user_id, ready, _hash(workspace))
    view.values = forms.initial_values(ready["blocks"], {})
    workspace.views[view.id] = view
    return view


def _hash(workspace: WorkspaceState) -> str:
    return f"{workspace.clock.seconds()}.{secrets.token_urlsafe(6)}"


def update_view(workspace: WorkspaceState, view: View, payload: Json) -> View:
    """New content for a view; what the person filled in stays where block_id and action_id stay."""
    ready = payload | {"blocks": with_ids(payload["blocks"])}
    view.values = forms.initial_values(ready["blocks"], view.values)
    view.payload, view.hash, view.errors = ready, _hash(workspace), {}
    workspace.affects([view.user])
    return view


def publish_home(workspace: WorkspaceState, user_id: str, payload: Json) -> View:
    """The person's Home tab."""
    home = workspace.homes.get(user_id)
    if home is not None:
        return update_view(
            workspace, home, payload | {"blocks": with_ids_of(home.payload["blocks"], payload["blocks"])}
        )
    home = _new_view(workspace, user_id, payload)
    home.root_view_id = home.id
    workspace.homes[user_id] = home
    workspace.affects([user_id])
    return home


def check_view_hash(view: View | None, given: str | None) -> None:
    """A stale `hash` means somebody else was first."""
    if given and view is not None and given != view.hash:
        raise ApiError("hash_conflict")


def find_open_modal(workspace: WorkspaceState, *, view_id: str | None, external_id: str | None) -> View:
    """An open modal by id or external_id; raises `not_found` when there is none."""
    for view in workspace.views.values():
        is_wanted = view.id == view_id if view_id else external_id and view.external_id == external_id
        if is_wanted and view.is_open and view.type == "modal":
            return view
    raise ApiError("not_found")


def pop_modal(workspace: WorkspaceState, view: View) -> None:
    """Close this form and those above it."""
    stack = workspace.stacks.get(_stack_key(view.user, view.window), [])
    while view in stack:
        stack.pop().is_open = False
    workspace.affects([view.user])


def clear_modals(workspace: WorkspaceState, view: View) -> None:
    """Close every form of the window that this one is in."""
    for each in workspace.stacks.pop(_stack_key(view.user, view.window), []):
        each.is_open = False
    workspace.affects([view.user])
