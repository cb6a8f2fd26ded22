"""What the waiting person sees after the app's acknowledgement, or without one."""

from __future__ import annotations

from typing import Any

from playground import messages, modals, responses
from playground.interaction import PendingInteraction
from playground.model import ApiError, Json, View
from playground.state import WorkspaceState

TROUBLE = "We had some trouble connecting. Try again?"


def conclude_interaction(
    workspace: WorkspaceState, interaction: PendingInteraction, answer: Json | str | None, failure: str | None
) -> None:
    """Show the app's answer, or that there was none."""
    try:
        if failure is not None:
            _say_no_answer(workspace, interaction)
        elif interaction.kind == "command":
            _show_command_answer(workspace, interaction, answer)
        elif interaction.kind == "view_submission" and interaction.view is not None:
            _follow_form_answer(workspace, interaction, interaction.view, answer)
    except ApiError as error:
        detail = error.extra.get("response_metadata", "")
        workspace.complaints.append(f"answer to {interaction.kind}: {error.code} {detail}".strip())
        interaction.problem = TROUBLE
    interaction.answered.set()


def _say_no_answer(workspace: WorkspaceState, interaction: PendingInteraction) -> None:
    silence = f"{workspace.bot.name} did not respond"
    interaction.problem = f"{TROUBLE} ({silence})" if interaction.kind == "view_submission" else silence
    if interaction.view is not None:
        if interaction.view.is_open:
            interaction.view.errors = {"": interaction.problem}
            workspace.affects([interaction.user])
    elif interaction.channel is not None:
        cause = f"{interaction.command} failed because {silence}." if interaction.command else f"{silence}."
        messages.tell_privately(workspace, interaction.user, interaction.channel, cause)


def _show_command_answer(workspace: WorkspaceState, interaction: PendingInteraction, answer: Json | str | None) -> None:
    body = {"text": answer} if isinstance(answer, str) else answer
    if body and (body.get("text") or body.get("blocks")):
        responses.show_response(workspace, interaction, body)


def _follow_form_answer(workspace: WorkspaceState, interaction: PendingInteraction, view: View, answer: Any) -> None:
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if action == "errors":
        _show_errors(workspace, interaction, view, answer["errors"])
    elif action == "update":
        modals.check_view_payload(workspace, answer["view"], "modal", replaces=view)
        modals.update_view(workspace, view, answer["view"])
    elif action == "push":
        modals.check_view_payload(workspace, answer["view"], "modal")
        modals.push_modal(workspace, view.user, answer["view"], view.window)
    elif action == "clear":
        modals.clear_modals(workspace, view)
    elif action is None:
        modals.pop_modal(workspace, view)
    else:
        raise ApiError("invalid_response_action")


def _show_errors(
    workspace: WorkspaceState, interaction: PendingInteraction, view: View, errors: dict[str, str]
) -> None:
    known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not set(errors) <= known:
        raise ApiError("invalid_errors", response_metadata=sorted(set(errors) - known))
    view.errors = interaction.errors = dict(errors)
    workspace.affects([view.user])
