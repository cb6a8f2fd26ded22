"""Checking messages and views against Block Kit: shapes, limits, where each block is allowed, double ids."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from typing import Any

from playground.block_elements import IMAGE, elements
from playground.block_rules import (
    BlockField,
    Problem,
    Rule,
    any_value,
    boolean,
    by_type,
    followed_by,
    identifier,
    list_of,
    object_with,
    one_of,
    optional,
    plain_text_object,
    problem,
    required,
    string_of,
    text_object,
)
from playground.model import ApiError, Json

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_ATTACHMENTS = 100
MOST_MARKDOWN = 12_000


def _block(fields: dict[str, BlockField]) -> Rule:
    return object_with({"block_id": optional(identifier)} | fields)


def _says_something(block: Json, at: str) -> Iterator[Problem]:
    if "text" not in block and "fields" not in block:
        yield problem("missing required field: text", at)


def _distinct_actions(block: Json, at: str) -> Iterator[Problem]:
    seen = [element.get("action_id") for element in block["elements"] if element.get("action_id")]
    for action_id in {action_id for action_id in seen if seen.count(action_id) > 1}:
        yield problem(f'`action_id` "{action_id}" already exists in this block', f"{at}/elements")


_LEAF_FIELDS = (
    "text style user_id channel_id usergroup_id url name unicode range timestamp format fallback value unsafe skin_tone"
)
_LEAF = object_with({name: optional(any_value) for name in _LEAF_FIELDS.split()})
_LEAVES = by_type(
    dict.fromkeys(("text", "user", "channel", "usergroup", "link", "emoji", "broadcast", "date", "color"), _LEAF)
)
_SECTION = object_with({"elements": required(list_of(_LEAVES, 0, 1000)), "border": optional(any_value)})
_RICH_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": _SECTION,
    "rich_text_preformatted": _SECTION,
    "rich_text_list": object_with(
        {
            "elements": required(list_of(by_type({"rich_text_section": _SECTION}), 1, 1000)),
            "style": required(one_of("bullet", "ordered")),
            "indent": optional(any_value),
            "offset": optional(any_value),
            "border": optional(any_value),
        }
    ),
}

_BLOCKS: dict[str, Rule] = {
    "section": followed_by(
        _block(
            {
                "text": optional(text_object(3000)),
                "fields": optional(list_of(text_object(2000), 1, 10)),
                "accessory": optional(by_type(elements(without=("plain_text_input",)))),
                "expand": optional(boolean),
            }
        ),
        _says_something,
    ),
    "header": _block({"text": required(plain_text_object(150))}),
    "divider": _block({}),
    "context": _block(
        {
            "elements": required(
                list_of(by_type({"image": IMAGE, "plain_text": text_object(3000), "mrkdwn": text_object(3000)}), 1, 10)
            )
        }
    ),
    "actions": followed_by(
        _block(
            {
                "elements": required(
                    list_of(
                        by_type(
                            elements(without=("plain_text_input", "image", "multi_static_select", "multi_users_select"))
                        ),
                        1,
                        25,
                    )
                )
            }
        ),
        _distinct_actions,
    ),
    "input": _block(
        {
            "label": required(plain_text_object(2000)),
            "element": required(by_type(elements(without=("button", "overflow", "image")))),
            "hint": optional(plain_text_object(2000)),
            "optional": optional(boolean),
            "dispatch_action": optional(boolean),
        }
    ),
    "image": _block(
        {
            "image_url": required(string_of(3000, 1)),
            "alt_text": required(string_of(2000, 1)),
            "title": optional(plain_text_object(2000)),
        }
    ),
    "rich_text": _block({"elements": required(list_of(by_type(_RICH_PARTS), 1, 1000))}),
    "markdown": _block({"text": required(string_of(MOST_MARKDOWN, 1))}),
}
_MESSAGE_BLOCKS = list_of(by_type(_BLOCKS), 0, MOST_BLOCKS)
_VIEW_BLOCKS = list_of(by_type({k: rule for k, rule in _BLOCKS.items() if k != "markdown"}), 0, MOST_VIEW_BLOCKS)

_ANY_VIEW: dict[str, BlockField] = {
    "blocks": required(_VIEW_BLOCKS),
    "private_metadata": optional(string_of(3000)),
    "callback_id": optional(string_of(255)),
    "external_id": optional(string_of(255)),
}
_MODAL = object_with(
    _ANY_VIEW
    | {
        "title": required(plain_text_object(24)),
        "submit": optional(plain_text_object(24)),
        "close": optional(plain_text_object(24)),
        "clear_on_close": optional(boolean),
        "notify_on_close": optional(boolean),
        "submit_disabled": optional(boolean),
    }
)
_HOME = object_with(_ANY_VIEW)


def check_blocks(blocks: Any) -> list[Problem]:
    """What is wrong with a message's blocks, in Slack's words; empty when nothing is."""
    return list(_MESSAGE_BLOCKS(blocks, "/blocks")) or list(_double_block_ids(blocks, "/blocks"))


def check_view(view: Json) -> list[Problem]:
    """What is wrong with a modal or Home."""
    rule = _MODAL if view.get("type") == "modal" else _HOME
    return list(rule(view, "/view")) or [
        *_double_block_ids(view["blocks"], "/view/blocks"),
        *_submit_is_there(view),
        *_one_focus(view["blocks"]),
    ]


def _double_block_ids(blocks: list[Json], at: str) -> Iterator[Problem]:
    seen = [block["block_id"] for block in blocks if block.get("block_id")]
    for block_id in sorted({block_id for block_id in seen if seen.count(block_id) > 1}):
        yield problem(f'`block_id` "{block_id}" already exists', at)


def _submit_is_there(view: Json) -> Iterator[Problem]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        yield problem("missing required field: submit", "/view")


def _one_focus(blocks: list[Json]) -> Iterator[Problem]:
    asking = [
        b for b in blocks if b.get("element", {}).get("focus_on_load") or b.get("accessory", {}).get("focus_on_load")
    ]
    if len(asking) > 1:
        yield problem("only one element can have focus_on_load", "/view/blocks")


def check_message(body: Json) -> None:
    """Refuse a message Slack refuses: nothing to show, malformed or oversized blocks, too many attachments."""
    blocks, attachments = body.get("blocks") or [], body.get("attachments") or []
    if not body.get("text") and not blocks and not attachments:
        raise ApiError("no_text")
    if len(attachments) > MOST_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    markdown = [b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(len(said) for said in markdown if isinstance(said, str)) > MOST_MARKDOWN:
        raise ApiError("msg_blocks_too_long")
    if problems := check_blocks(blocks):
        messages = [f"[ERROR] {found}" for found in problems]
        raise ApiError("invalid_blocks", errors=problems, response_metadata={"messages": messages})


def with_ids_of(before: list[Json], blocks: list[Json]) -> list[Json]:
    """A block that was there before, and is the same, keeps its id: whoever is about to press it still can."""
    left, ready = list(before), []
    for block in blocks:
        same = next((one for one in left if one == {"block_id": one["block_id"], **block}), None)
        ready.append(same or block)
        if same:
            left.remove(same)
    return ready


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block and interactive element has an id, as Slack gives those without one."""
    ready = copy.deepcopy(blocks)
    for block in ready:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        inside = [block.get("accessory"), block.get("element")]
        inside += block.get("elements", []) if block["type"] == "actions" else []
        for element in inside:
            if element and element["type"] != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return ready
