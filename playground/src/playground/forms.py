"""Filling in: finding elements by what people read, and values as Slack's `state.values` holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from playground.accounts import find_account, find_channel
from playground.model import Container, Forbidden, Json, NotThere, View
from playground.rendering import TextRenderer
from playground.state import ClientSession

# Elements that keep a value, and where Slack puts it.
VALUE_KEYS = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
ElementName = str | tuple[str, str]
_MULTIPLE = {"multi_static_select", "multi_users_select", "checkboxes"}
_INITIAL_KEYS = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
}


@dataclass(frozen=True)
class PlacedElement:
    """An element and the block that holds it."""

    block: Json
    element: Json

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    def label(self, reader: TextRenderer) -> str:
        """What a person would call it: the input's label, the button's text, else the section's own words."""
        if self.block["type"] == "input":
            return reader.text_object(self.block["label"])
        if self.kind == "button":
            return reader.text_object(self.element["text"])
        own = reader.text_object(self.element.get("placeholder"))
        return own or reader.text_object(self.block.get("text"))


def placed(blocks: list[Json]) -> Iterator[PlacedElement]:
    """Every interactive element, from top to bottom."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element")] if block["type"] != "actions" else block["elements"]
        yield from (PlacedElement(block, element) for element in inside if element and "action_id" in element)


def initial_values(blocks: list[Json], kept: Json) -> Json:
    """The state of a fresh form: what was filled in before under the same ids, else the initial values."""
    values: Json = {}
    for at in placed(blocks):
        key = VALUE_KEYS.get(at.kind)
        if key is None:
            continue
        before = kept.get(at.block_id, {}).get(at.action_id)
        is_same = before is not None and before["type"] == at.kind
        value = before if is_same else {"type": at.kind, key: _initial(at, key)}
        values.setdefault(at.block_id, {})[at.action_id] = value
    return values


def _initial(at: PlacedElement, key: str) -> Any:
    return at.element.get(_INITIAL_KEYS[key], [] if at.kind in _MULTIPLE else None)


def values_of(container: Container, client: ClientSession) -> Json:
    """What this person has filled in there."""
    if isinstance(container, View):
        return container.values
    if client.id not in container.states:
        container.states[client.id] = initial_values(container.blocks, {})
    return container.states[client.id]


def find_elements(
    client: ClientSession, container: Container, name: ElementName, *, buttons: bool
) -> list[PlacedElement]:
    """Elements by visible label, action_id or block_id, or exactly by (block_id, action_id).

    Where the app replaced the block just before somebody touched it, the same action_id elsewhere is meant; but not
    that of a field, as fields are told apart by their block. `buttons` looks for buttons only, otherwise for all else.
    """
    reader = TextRenderer(client.workspace, client.user)
    wanted = [at for at in placed(container.blocks) if (at.kind == "button") is buttons]
    found = [at for at in wanted if name in (at.label(reader), at.action_id, (at.block_id, at.action_id))]
    found = found or [at for at in wanted if name in (at.block_id, reader.text_object(at.block.get("text")))]
    moved = [at for at in wanted if at.block["type"] != "input"] if isinstance(name, tuple) else []
    found = found or [at for at in moved if name[1] == at.action_id]
    if not found:
        labels = ", ".join(f'"{at.label(reader)}"' for at in wanted) or "nothing"
        raise NotThere(f'there is no {"button" if buttons else "field"} "{name}" here; there is {labels}')
    return found


def find_buttons(
    client: ClientSession, container: Container, name: ElementName, value: str | None
) -> list[PlacedElement]:
    """Buttons, as `find_elements`, with this value if one is given: also where the app moved it to another block."""
    found = find_elements(client, container, name, buttons=True)
    if value is None:
        return found
    moved = find_elements(client, container, name[1], buttons=True) if isinstance(name, tuple) else []
    exact = [at for at in (*found, *moved) if at.element.get("value") == value]
    if not exact:
        raise NotThere(f'no button "{name}" has the value {value!r}')
    return exact


def set_value(client: ClientSession, container: Container, at: PlacedElement, given: Any) -> None:
    """Put a value in an element as a person would, choosing only from what is offered."""
    key = VALUE_KEYS[at.kind]
    value = {"type": at.kind, key: _converted(client, at, given)}
    values_of(container, client).setdefault(at.block_id, {})[at.action_id] = value
    if isinstance(container, View):
        container.errors.pop(at.block_id, None)


def _converted(client: ClientSession, at: PlacedElement, given: Any) -> Any:
    if at.kind in _MULTIPLE:
        return [_converted_one(client, at, single) for single in _as_list(at, given)]
    return None if given in (None, "") else _converted_one(client, at, given)


def _as_list(at: PlacedElement, given: Any) -> list[Any]:
    chosen = [] if given is None else list(given) if isinstance(given, (list, tuple, set)) else [given]
    most = at.element.get("max_selected_items")
    if most and len(chosen) > most:
        raise Forbidden(f"you can choose at most {most}")
    return chosen


def _converted_one(client: ClientSession, at: PlacedElement, given: Any) -> Any:
    if at.kind == "plain_text_input":
        return str(given)
    if "user" in at.kind:
        return _user_id(client, given)
    if at.kind in ("conversations_select", "channels_select"):
        return _channel_id(client, at.kind, given)
    if at.kind == "datepicker":
        return (given if isinstance(given, date) else date.fromisoformat(given)).isoformat()
    if at.kind == "timepicker":
        return (given if isinstance(given, time) else time.fromisoformat(given)).strftime("%H:%M")
    return chosen_option(client, at, given)


def _user_id(client: ClientSession, given: Any) -> str:
    if isinstance(given, str) and given not in client.workspace.users:
        return find_account(client.workspace, given).id
    return str(given if isinstance(given, str) else given.id)


def _channel_id(client: ClientSession, kind: str, given: Any) -> str:
    channel = find_channel(client.workspace, given) if isinstance(given, str) else given
    is_visible = client.id in channel.members or channel.kind == "channel"
    if not is_visible or (kind == "channels_select" and channel.kind != "channel"):
        raise Forbidden(f"{channel.name} is not among the channels offered")
    return str(channel.id)


def options_of(element: Json) -> list[Json]:
    """All options of a menu, out of their groups."""
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    return [option for group in groups for option in group["options"]]


def chosen_option(client: ClientSession, at: PlacedElement, given: str) -> Json:
    """The option with that value or visible text, as Slack sends it back."""
    reader = TextRenderer(client.workspace, client.user)
    for offered in options_of(at.element):
        if given in (offered.get("value"), reader.text_object(offered["text"])):
            return offered
    texts = ", ".join(f'"{reader.text_object(o["text"])}"' for o in options_of(at.element))
    raise Forbidden(f'"{given}" is not offered; there is {texts}')


def client_errors(view: View) -> dict[str, str]:
    """What Slack's client itself says, by block_id, before it sends a form."""
    errors = {}
    for at in placed(view.blocks):
        if at.block["type"] == "input" and (problem := _problem(at, view.values[at.block_id][at.action_id])):
            errors[at.block_id] = problem
    return errors


def _problem(at: PlacedElement, state: Json) -> str | None:
    value = state[VALUE_KEYS[at.kind]]
    if not value or (isinstance(value, str) and not value.strip()):
        return None if at.block.get("optional") else "Please complete this required field."
    if at.kind != "plain_text_input":
        return None
    shortest, longest = at.element.get("min_length", 0), at.element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    return f"Please enter at most {longest} characters." if len(value) > longest else None
