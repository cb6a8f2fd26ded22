"""What reaches the app when a person types a command, presses a button, or sends a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground import forms, interaction_payloads, modals
from playground.acknowledgements import send_interaction
from playground.forms import ElementName, PlacedElement
from playground.interaction import PendingInteraction
from playground.model import Container, Conversation, Forbidden, Json, Message, NotThere, SubmitResult, View
from playground.permissions import require_member, require_writable
from playground.rendering import TextRenderer
from playground.state import ClientSession, WorkspaceState


def type_command(client: ClientSession, channel: Conversation, name: str, text: str) -> None:
    """See `Person.commands`."""
    workspace = client.workspace
    name = name if name.startswith("/") else f"/{name}"
    with workspace.changing():
        require_writable(client.user, channel)
        if name not in workspace.commands:
            raise Forbidden(f'"{name}" is not a valid command; there is {", ".join(sorted(workspace.commands))}')
        if client.user.is_external:
            raise Forbidden("people of another workspace cannot use this app's commands")
        interaction = _new_interaction(client, "command", channel=channel, command=name)
        payload = interaction_payloads.slash_command_payload(workspace, interaction, name, text)
        send_interaction(workspace, "slash_commands", payload, interaction, accepts_response=True)
    _wait_for_answer(workspace, interaction)


def press_button(client: ClientSession, container: Container | None, name: ElementName, value: str | None) -> None:
    """See `Person.presses`."""
    container = _require_reachable(client, container)
    found = forms.find_buttons(client, container, name, value)
    if len({at.element.get("value") for at in found}) > 1:
        values = ", ".join(repr(at.element.get("value")) for at in found)
        raise Forbidden(f'there are {len(found)} buttons "{name}"; say which one by value: {values}')
    _act_on_element(client, container, found[0], interaction_payloads.button_action(found[0]))


def choose_value(client: ClientSession, container: Container | None, name: ElementName, value: Any) -> None:
    """See `Person.chooses`."""
    container = _require_reachable(client, container)
    at = forms.find_elements(client, container, name, buttons=False)[0]
    if at.kind == "overflow":
        action = interaction_payloads.element_action(at) | {"selected_option": forms.chosen_option(client, at, value)}
    else:
        with client.workspace.changing():
            forms.set_value(client, container, at, value)
            client.workspace.affects([client.id])
        action = interaction_payloads.value_action(at, forms.values_of(container, client))
    _act_on_element(client, container, at, action)


def fill_in(client: ClientSession, container: Container | None, values: Mapping[Any, Any]) -> None:
    """See `Person.fills`. A menu outside an input block, or one with `dispatch_action`, acts at once."""
    container = _require_reachable(client, container)
    for name, value in values.items():
        at = forms.find_elements(client, container, name, buttons=False)[0]
        is_menu_that_acts = at.block["type"] != "input" or at.block.get("dispatch_action")
        if is_menu_that_acts and at.kind != "plain_text_input":
            choose_value(client, container, name, value)
            continue
        with client.workspace.changing():
            forms.set_value(client, container, at, value)
            client.workspace.affects([client.id])


def _act_on_element(client: ClientSession, container: Container, at: PlacedElement, action: Json) -> None:
    workspace = client.workspace
    with workspace.changing():
        message = container if isinstance(container, Message) else None
        view = container if isinstance(container, View) else None
        channel = workspace.channels[message.channel_id] if message else None
        thread_ts = message.thread_ts if message and message.is_reply else None
        interaction = _new_interaction(
            client, "block_actions", channel=channel, message=message, view=view, thread_ts=thread_ts
        )
        payload = interaction_payloads.block_actions_payload(workspace, interaction, client, action)
        send_interaction(workspace, "interactive", payload, interaction)
    _wait_for_answer(workspace, interaction)


def _require_reachable(client: ClientSession, container: Container | None) -> Container:
    """The thing itself, if it is there and this person's to touch."""
    if container is None:
        raise Forbidden("no form is open")
    if isinstance(container, View):
        _require_own_form(client, container)
    else:
        _require_own_message(client, container)
    return container


def _require_own_form(client: ClientSession, view: View) -> None:
    if view.user != client.id:
        raise Forbidden("that is not your form")
    if not view.is_open:
        raise NotThere("that form is not open any more")


def _require_own_message(client: ClientSession, message: Message) -> None:
    if message.ephemeral_for not in (None, client.id):
        raise Forbidden("only somebody else can see that message")
    if message.is_deleted or message.channel_id not in client.workspace.channels:
        raise NotThere("that message is not there any more")
    require_member(client.user, client.workspace.channels[message.channel_id])


def submit_form(client: ClientSession, view: View | None) -> SubmitResult:
    """See `Person.submits`."""
    view = _form(client, view)
    if not view.submit:
        raise Forbidden("this form has no button to send it")
    workspace = client.workspace
    with workspace.changing():
        view.errors = forms.client_errors(view)
        workspace.affects([client.id])
        if view.errors:
            return SubmitResult(_by_label(client, view, view.errors), view)
        interaction = _new_interaction(client, "view_submission", view=view)
        payload = interaction_payloads.view_submission_payload(workspace, interaction, client, view)
        send_interaction(workspace, "interactive", payload, interaction, accepts_response=True)
    _wait_for_answer(workspace, interaction)
    if interaction.problem:
        return SubmitResult({"": interaction.problem}, view)
    errors = _by_label(client, view, interaction.errors) if interaction.errors else None
    return SubmitResult(errors, modals.top_modal(workspace, client.id, client.window))


def _form(client: ClientSession, view: View | None) -> View:
    on_top = modals.top_modal(client.workspace, client.id, client.window)
    if on_top is None:
        raise Forbidden("no form is open")
    if view is not None and view is not on_top:
        raise Forbidden("that form is not on top")
    return on_top


def _by_label(client: ClientSession, view: View, errors: dict[str, str]) -> dict[str, str]:
    reader = TextRenderer(client.workspace, client.user)
    labels = {at.block_id: at.label(reader) for at in forms.placed(view.blocks)}
    return {labels.get(block_id, block_id): text for block_id, text in errors.items()}


def close_form(client: ClientSession, view: View | None) -> None:
    """See `Person.closes`. The app hears of it only when the form asked for `notify_on_close`."""
    view = _form(client, view)
    workspace = client.workspace
    with workspace.changing():
        is_cleared = bool(view.payload.get("clear_on_close"))
        modals.clear_modals(workspace, view) if is_cleared else modals.pop_modal(workspace, view)
        if view.payload.get("notify_on_close"):
            interaction = _new_interaction(client, "view_closed", view=view)
            payload = interaction_payloads.view_closed_payload(workspace, client, view, is_cleared=is_cleared)
            send_interaction(workspace, "interactive", payload, interaction)


def use_shortcut(client: ClientSession, callback_id: str, message: Message | None) -> None:
    """See `Person.shortcut`."""
    workspace = client.workspace
    wanted = "message" if message else "global"
    if workspace.shortcuts.get(callback_id) != wanted:
        offered = ", ".join(name for name, kind in workspace.shortcuts.items() if kind == wanted)
        raise Forbidden(f'there is no {wanted} shortcut "{callback_id}"; there is {offered or "none"}')
    with workspace.changing():
        if message is not None:
            _require_reachable(client, message)
        channel = workspace.channels[message.channel_id] if message else None
        kind = "message_action" if message else "shortcut"
        interaction = _new_interaction(client, kind, channel=channel, message=message)
        send_interaction(
            workspace,
            "interactive",
            interaction_payloads.shortcut_payload(workspace, interaction, client, callback_id),
            interaction,
        )
    _wait_for_answer(workspace, interaction)


def deliver_forged(workspace: WorkspaceState, payload: Json, by: ClientSession | None) -> None:
    """See `Workspace.sends_forged`."""
    interaction = PendingInteraction("block_actions", by.id if by else str(payload.get("user", {}).get("id", "")))
    kind = "slash_commands" if "command" in payload else "interactive"
    send_interaction(workspace, kind, payload, interaction)  # type: ignore[arg-type]


def _new_interaction(client: ClientSession, kind: Any, **about: Any) -> PendingInteraction:
    trigger_id = client.workspace.triggers.new_trigger_id(client.id, client.window)
    return PendingInteraction(kind, client.id, trigger_id, **about)


def _wait_for_answer(workspace: WorkspaceState, interaction: PendingInteraction) -> None:
    """Over a socket the answer comes later: wait for it as a client does, without holding the lock."""
    if workspace.patience:
        interaction.answered.wait(workspace.patience)
