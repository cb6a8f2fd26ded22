"""What reaches the app when a person types a command, presses a button, or sends a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from playground import channels, delivery, forms, modals, shapes
from playground.forms import ElementName, Placed
from playground.interaction import Interaction
from playground.model import Channel, Forbidden, Json, Message, SubmitResult, View
from playground.rendering import Reader

if TYPE_CHECKING:
    from playground.people import Person
    from playground.workspace import Workspace

Container = Message | View


def command(person: Person, channel: Channel, name: str, text: str) -> None:
    """See `Person.commands`."""
    workspace = person.workspace
    name = name if name.startswith("/") else f"/{name}"
    with workspace.changing():
        channels.require_writable(person.user, channel)
        if name not in workspace.commands:
            raise Forbidden(f'"{name}" is not a valid command; there is {", ".join(sorted(workspace.commands))}')
        if person.user.is_external:
            raise Forbidden("people of another workspace cannot use this app's commands")
        interaction = _new(person, "command", channel=channel, command=name)
        payload = shapes.command(workspace, interaction, name, text)
        delivery.send(workspace, "slash_commands", payload, interaction, accepts_response=True)
    _wait(workspace, interaction)


def press(person: Person, container: Container | None, name: ElementName, value: str | None) -> None:
    """See `Person.presses`."""
    container = _at_hand(person, container)
    found = forms.find(person, container, name, buttons=True)
    found = [at for at in found if value is None or at.element.get("value") == value]
    if not found:
        raise Forbidden(f'no button "{name}" has the value {value!r}')
    if len({at.element.get("value") for at in found}) > 1:
        values = ", ".join(repr(at.element.get("value")) for at in found)
        raise Forbidden(f'there are {len(found)} buttons "{name}"; say which one by value: {values}')
    _act(person, container, found[0], shapes.button_action(found[0]))


def choose(person: Person, container: Container | None, name: ElementName, value: Any) -> None:
    """See `Person.chooses`."""
    container = _at_hand(person, container)
    at = forms.find(person, container, name, buttons=False)[0]
    if at.kind == "overflow":
        action = shapes.action(at) | {"selected_option": forms.option(person, at, value)}
    else:
        with person.workspace.changing():
            forms.set_value(person, container, at, value)
            person.workspace.affects([person.id])
        action = shapes.value_action(at, forms.values_of(container, person))
    _act(person, container, at, action)


def fill(person: Person, container: Container | None, values: Mapping[Any, Any]) -> None:
    """See `Person.fills`. A menu outside an input block, or one with `dispatch_action`, acts at once."""
    container = _at_hand(person, container)
    for name, value in values.items():
        at = forms.find(person, container, name, buttons=False)[0]
        is_menu_that_acts = at.block["type"] != "input" or at.block.get("dispatch_action")
        if is_menu_that_acts and at.kind != "plain_text_input":
            choose(person, container, name, value)
            continue
        with person.workspace.changing():
            forms.set_value(person, container, at, value)
            person.workspace.affects([person.id])


def _act(person: Person, container: Container, at: Placed, action: Json) -> None:
    workspace = person.workspace
    with workspace.changing():
        message = container if isinstance(container, Message) else None
        view = container if isinstance(container, View) else None
        channel = workspace.channels[message.channel_id] if message else None
        thread_ts = message.thread_ts if message and message.is_reply else None
        interaction = _new(person, "block_actions", channel=channel, message=message, view=view, thread_ts=thread_ts)
        payload = shapes.block_actions(workspace, interaction, person, action)
        delivery.send(workspace, "interactive", payload, interaction)
    _wait(workspace, interaction)


def _at_hand(person: Person, container: Container | None) -> Container:
    """The thing itself, if it is there and this person's to touch."""
    if container is None:
        raise Forbidden("no form is open")
    if isinstance(container, View):
        _require_own_form(person, container)
    else:
        _require_own_message(person, container)
    return container


def _require_own_form(person: Person, view: View) -> None:
    if view.user != person.id:
        raise Forbidden("that is not your form")
    if not view.is_open:
        raise Forbidden("that form is not open any more")


def _require_own_message(person: Person, message: Message) -> None:
    if message.ephemeral_for not in (None, person.id):
        raise Forbidden("only somebody else can see that message")
    if message.is_deleted or message.channel_id not in person.workspace.channels:
        raise Forbidden("that message is not there any more")
    channels.require_member(person.user, person.workspace.channels[message.channel_id])


def submit(person: Person, view: View | None) -> SubmitResult:
    """See `Person.submits`."""
    view = _form(person, view)
    if not view.submit:
        raise Forbidden("this form has no button to send it")
    workspace = person.workspace
    with workspace.changing():
        view.errors = forms.client_errors(person, view)
        workspace.affects([person.id])
        if view.errors:
            return SubmitResult(_by_label(person, view, view.errors), view)
        interaction = _new(person, "view_submission", view=view)
        payload = shapes.view_submission(workspace, interaction, person, view)
        delivery.send(workspace, "interactive", payload, interaction, accepts_response=True)
    _wait(workspace, interaction)
    if interaction.problem:
        return SubmitResult({"": interaction.problem}, view)
    errors = _by_label(person, view, interaction.errors) if interaction.errors else None
    return SubmitResult(errors, modals.top(workspace, person.id))


def _form(person: Person, view: View | None) -> View:
    on_top = modals.top(person.workspace, person.id)
    if on_top is None:
        raise Forbidden("no form is open")
    if view is not None and view is not on_top:
        raise Forbidden("that form is not on top")
    return on_top


def _by_label(person: Person, view: View, errors: dict[str, str]) -> dict[str, str]:
    reader = Reader(person.workspace, person.user)
    labels = {at.block_id: at.label(reader) for at in forms.placed(view.blocks)}
    return {labels.get(block_id, block_id): text for block_id, text in errors.items()}


def close(person: Person, view: View | None) -> None:
    """See `Person.closes`. The app hears of it only when the form asked for `notify_on_close`."""
    view = _form(person, view)
    workspace = person.workspace
    with workspace.changing():
        is_cleared = bool(view.payload.get("clear_on_close"))
        modals.clear(workspace, person.id) if is_cleared else modals.pop(workspace, view)
        if view.payload.get("notify_on_close"):
            interaction = _new(person, "view_closed", view=view)
            payload = shapes.view_closed(workspace, person, view, is_cleared=is_cleared)
            delivery.send(workspace, "interactive", payload, interaction)


def shortcut(person: Person, callback_id: str, message: Message | None) -> None:
    """See `Person.shortcut`."""
    workspace = person.workspace
    wanted = "message" if message else "global"
    if workspace.shortcuts.get(callback_id) != wanted:
        offered = ", ".join(name for name, kind in workspace.shortcuts.items() if kind == wanted)
        raise Forbidden(f'there is no {wanted} shortcut "{callback_id}"; there is {offered or "none"}')
    with workspace.changing():
        if message is not None:
            _at_hand(person, message)
        channel = workspace.channels[message.channel_id] if message else None
        kind = "message_action" if message else "shortcut"
        interaction = _new(person, kind, channel=channel, message=message)
        delivery.send(
            workspace, "interactive", shapes.shortcut(workspace, interaction, person, callback_id), interaction
        )
    _wait(workspace, interaction)


def deliver_forged(workspace: Workspace, payload: Json, by: Person | None) -> None:
    """See `Workspace.sends_forged`."""
    interaction = Interaction("block_actions", by.id if by else str(payload.get("user", {}).get("id", "")))
    kind = "slash_commands" if "command" in payload else "interactive"
    delivery.send(workspace, kind, payload, interaction)  # type: ignore[arg-type]


def _new(person: Person, kind: Any, **about: Any) -> Interaction:
    trigger_id = person.workspace.triggers.new(person.id)
    return Interaction(kind, person.id, trigger_id, **about)


def _wait(workspace: Workspace, interaction: Interaction) -> None:
    """Over a socket the answer comes later: wait for it as a client does, without holding the lock."""
    if workspace.patience:
        interaction.answered.wait(workspace.patience)
