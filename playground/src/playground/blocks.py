"""Checking messages and views against Block Kit: shapes, limits, where each block may stand, double ids."""

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
    also,
    anything,
    boolean,
    by_type,
    identifier,
    items,
    one_of,
    optional,
    plain,
    problem,
    required,
    string,
    structure,
    text,
)
from playground.model import Json, SlackError

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_ATTACHMENTS = 100
MOST_MARKDOWN = 12_000


def _block(fields: dict[str, BlockField]) -> Rule:
    return structure({"block_id": optional(identifier)} | fields)


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
_LEAF = structure({name: optional(anything) for name in _LEAF_FIELDS.split()})
_LEAVES = by_type(
    dict.fromkeys(("text", "user", "channel", "usergroup", "link", "emoji", "broadcast", "date", "color"), _LEAF)
)
_SECTION = structure({"elements": required(items(_LEAVES, 0, 1000)), "border": optional(anything)})
_RICH_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": _SECTION,
    "rich_text_preformatted": _SECTION,
    "rich_text_list": structure(
        {
            "elements": required(items(by_type({"rich_text_section": _SECTION}), 1, 1000)),
            "style": required(one_of("bullet", "ordered")),
            "indent": optional(anything),
            "offset": optional(anything),
            "border": optional(anything),
        }
    ),
}

_BLOCKS: dict[str, Rule] = {
    "section": also(
        _block(
            {
                "text": optional(text(3000)),
                "fields": optional(items(text(2000), 1, 10)),
                "accessory": optional(by_type(elements(without=("plain_text_input",)))),
                "expand": optional(boolean),
            }
        ),
        _says_something,
    ),
    "header": _block({"text": required(plain(150))}),
    "divider": _block({}),
    "context": _block(
        {"elements": required(items(by_type({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 1, 10))}
    ),
    "actions": also(
        _block(
            {
                "elements": required(
                    items(
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
            "label": required(plain(2000)),
            "element": required(by_type(elements(without=("button", "overflow", "image")))),
            "hint": optional(plain(2000)),
            "optional": optional(boolean),
            "dispatch_action": optional(boolean),
        }
    ),
    "image": _block(
        {
            "image_url": required(string(3000, 1)),
            "alt_text": required(string(2000, 1)),
            "title": optional(plain(2000)),
        }
    ),
    "rich_text": _block({"elements": required(items(by_type(_RICH_PARTS), 1, 1000))}),
    "markdown": _block({"text": required(string(MOST_MARKDOWN, 1))}),
}
_MESSAGE_BLOCKS = items(by_type(_BLOCKS), 0, MOST_BLOCKS)
_VIEW_BLOCKS = items(by_type({k: rule for k, rule in _BLOCKS.items() if k != "markdown"}), 0, MOST_VIEW_BLOCKS)

_ANY_VIEW: dict[str, BlockField] = {
    "blocks": required(_VIEW_BLOCKS),
    "private_metadata": optional(string(3000)),
    "callback_id": optional(string(255)),
    "external_id": optional(string(255)),
}
_MODAL = structure(
    _ANY_VIEW
    | {
        "title": required(plain(24)),
        "submit": optional(plain(24)),
        "close": optional(plain(24)),
        "clear_on_close": optional(boolean),
        "notify_on_close": optional(boolean),
        "submit_disabled": optional(boolean),
    }
)
_HOME = structure(_ANY_VIEW)


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
        raise SlackError("no_text")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    markdown = [b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(len(said) for said in markdown if isinstance(said, str)) > MOST_MARKDOWN:
        raise SlackError("msg_blocks_too_long")
    if problems := check_blocks(blocks):
        messages = [f"[ERROR] {found}" for found in problems]
        raise SlackError("invalid_blocks", errors=problems, response_metadata={"messages": messages})


def with_ids_of(before: list[Json], blocks: list[Json]) -> list[Json]:
    """Blocks that stood there before just so keep the id they had: who was about to press one still can."""
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
