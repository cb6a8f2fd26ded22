"""What can be read in each kind of block and element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.model import Json, Message, View
from playground.rendering import TextRenderer


def message_text(reader: TextRenderer, message: Message) -> str:
    """A message's body: its blocks, or its text where it has none, then files and attachments."""
    lines = list(_lines_of_blocks(reader, message.blocks)) if message.blocks else [reader.mrkdwn(message.text)]
    lines += [reader.mrkdwn(str(a.get("text") or a.get("fallback") or "")) for a in message.attachments]
    lines += [file.title for file in message.files]
    return "\n".join(line for line in lines if line)


def view_text(reader: TextRenderer, view: View) -> str:
    """A form or Home from top to bottom, with what was filled in, errors and its buttons."""
    blocks = _lines_of_blocks(reader, view.blocks, view.values)
    return "\n".join(line for line in [view.title, *blocks, *view.errors.values(), view.submit, view.close] if line)


def _lines_of_blocks(reader: TextRenderer, blocks: list[Json], values: Json | None = None) -> Iterator[str]:
    """One line for each thing that can be read."""
    for block in blocks:
        yield from lines_of_block(reader, block, values or {})


def lines_of_block(reader: TextRenderer, block: Json, values: Json) -> Iterator[str]:
    """The lines of one block, with the chosen values of its elements."""
    kind = block["type"]
    if kind == "rich_text":
        yield from (_rich(reader, element) for element in block["elements"])
    elif kind == "markdown":
        yield str(block["text"])
    elif kind == "image":
        yield from (reader.text_object(block.get("title")), str(block["alt_text"]))
    elif kind == "input":
        yield reader.text_object(block["label"])
        yield from lines_of_element(reader, block["element"], _value(values, block, block["element"]))
        yield reader.text_object(block.get("hint"))
    else:
        yield from _plain_block(reader, block, values)


def _plain_block(reader: TextRenderer, block: Json, values: Json) -> Iterator[str]:
    yield reader.text_object(block.get("text"))
    yield from (reader.text_object(given) for given in block.get("fields", []))
    elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
    for element in elements:
        if element["type"] in ("plain_text", "mrkdwn"):
            yield reader.text_object(element)
        else:
            yield from lines_of_element(reader, element, _value(values, block, element))


def _value(values: Json, block: Json, element: Json) -> Json:
    found: Json = values.get(block.get("block_id", ""), {}).get(element.get("action_id", ""), {})
    return found


def lines_of_element(reader: TextRenderer, element: Json, value: Json) -> Iterator[str]:
    """What can be read on an element: its label, options that are always in view, or what was chosen."""
    kind = element["type"]
    if kind == "button":
        yield reader.text_object(element["text"])
    elif kind == "image":
        yield str(element["alt_text"])
    elif kind in ("radio_buttons", "checkboxes"):
        for option in element["options"]:
            yield reader.text_object(option["text"])
            yield reader.text_object(option.get("description"))
    elif kind == "plain_text_input":
        yield str(value.get("value") or element.get("initial_value") or "")
    elif kind != "overflow":
        yield chosen_text(reader, value) or reader.text_object(element.get("placeholder"))


def chosen_text(reader: TextRenderer, value: Json) -> str:
    """What a closed menu shows: the options, people, channels, date or time chosen."""
    shown = []
    for key, chosen in value.items():
        if key.startswith("selected_"):
            shown += [_chosen(reader, key, one) for one in (chosen if isinstance(chosen, list) else [chosen]) if one]
    return ", ".join(shown)


def _chosen(reader: TextRenderer, key: str, one: Any) -> str:
    if isinstance(one, dict):
        return reader.text_object(one["text"])
    if "user" in key:
        return reader.workspace.name_of(one)
    channel = reader.workspace.channels.get(one)
    return channel.name if channel else str(one)


def _rich(reader: TextRenderer, element: Json) -> str:
    kind = element["type"]
    if kind == "rich_text_list":
        return "\n".join(f"• {_rich(reader, item)}" for item in element["elements"])
    if "elements" in element:
        return "".join(_rich(reader, inner) for inner in element["elements"])
    return _rich_leaf(reader, element)


def _rich_leaf(reader: TextRenderer, leaf: Json) -> str:
    forms = {
        "text": "{text}",
        "user": "<@{user_id}>",
        "channel": "<#{channel_id}>",
        "usergroup": "<!subteam^{usergroup_id}>",
        "emoji": ":{name}:",
        "broadcast": "<!{range}>",
    }
    kind = leaf["type"]
    if kind == "link":
        return str(leaf.get("text") or leaf["url"])
    written = forms.get(kind, "{fallback}").format_map({"fallback": ""} | leaf)
    # Only references are looked up: what a person typed is shown as typed.
    return written if kind == "text" else reader.mrkdwn(written)
