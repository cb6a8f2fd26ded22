"""Every limit of Block Kit the bot can meet: what just fits is taken, one more is refused as Slack refuses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from block_kit import (
    DIVIDER,
    actions,
    button,
    confirm,
    field,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
    text_input,
)
from playground.model import Conversation, Json
from playground.workspace import PracticeWorkspace

Blocks = Callable[[int], list[Json]]


def _menu_option(**parts: object) -> list[Json]:
    return [actions(select(options=[option("A") | parts]))]


def _confirming(**parts: object) -> list[Json]:
    return [actions(button(confirm=confirm(**parts)))]


def _groups(count: int) -> list[Json]:
    groups = [{"label": plain(f"G{number}"), "options": options(1)} for number in range(count)]
    menu = select(option_groups=groups)
    del menu["options"]
    return [actions(menu)]


def _group_label(length: int) -> list[Json]:
    menu = select(option_groups=[{"label": plain("x" * length), "options": options(1)}])
    del menu["options"]
    return [actions(menu)]


def _chosen_of(kind: str, count: int) -> list[Json]:
    return [section(accessory={"type": kind, "action_id": "a", "options": options(count)})]


IN_MESSAGES: list[tuple[str, int, Blocks]] = [
    ("blocks in a message", 50, lambda n: [DIVIDER] * n),
    ("block_id", 255, lambda n: [section(block_id="b" * n)]),
    ("section text", 3000, lambda n: [section("x" * n)]),
    ("section fields", 10, lambda n: [{"type": "section", "fields": [mrkdwn("x")] * n}]),
    ("section field text", 2000, lambda n: [{"type": "section", "fields": [mrkdwn("x" * n)]}]),
    ("header text", 150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    ("context elements", 10, lambda n: [{"type": "context", "elements": [mrkdwn("x")] * n}]),
    ("actions elements", 25, lambda n: [actions(*(button(action_id=f"a{i}") for i in range(n)))]),
    ("image url", 3000, lambda n: [{"type": "image", "image_url": "h" * n, "alt_text": "x"}]),
    ("image alt text", 2000, lambda n: [{"type": "image", "image_url": "h", "alt_text": "x" * n}]),
    ("image title", 2000, lambda n: [{"type": "image", "image_url": "h", "alt_text": "x", "title": plain("x" * n)}]),
    ("action_id", 255, lambda n: [actions(button(action_id="a" * n))]),
    ("button text", 75, lambda n: [actions(button("x" * n))]),
    ("button value", 2000, lambda n: [actions(button(value="x" * n))]),
    ("button url", 3000, lambda n: [actions(button(url="x" * n))]),
    ("select options", 100, lambda n: [actions(select(options=options(n)))]),
    ("select option groups", 100, _groups),
    ("option group label", 75, _group_label),
    ("select placeholder", 150, lambda n: [actions(select(placeholder=plain("x" * n)))]),
    ("option text", 75, lambda n: _menu_option(text=plain("x" * n))),
    ("option value", 150, lambda n: _menu_option(value="x" * n)),
    ("option description", 75, lambda n: _menu_option(description=plain("x" * n))),
    ("overflow options", 5, lambda n: _chosen_of("overflow", n)),
    ("radio buttons", 10, lambda n: _chosen_of("radio_buttons", n)),
    ("checkboxes", 10, lambda n: _chosen_of("checkboxes", n)),
    ("multi select options", 100, lambda n: _chosen_of("multi_static_select", n)),
    ("confirm title", 100, lambda n: _confirming(title=plain("x" * n))),
    ("confirm text", 300, lambda n: _confirming(text=plain("x" * n))),
    ("confirm button", 30, lambda n: _confirming(confirm=plain("x" * n))),
    ("deny button", 30, lambda n: _confirming(deny=plain("x" * n))),
    ("input label", 2000, lambda n: [field("x" * n)]),
    ("input hint", 2000, lambda n: [field(hint=plain("x" * n))]),
]


@pytest.mark.parametrize(("limit", "blocks"), [row[1:] for row in IN_MESSAGES], ids=[row[0] for row in IN_MESSAGES])
def test_a_message_may_reach_the_limit_and_not_pass_it(
    workspace: PracticeWorkspace, circle: Conversation, limit: int, blocks: Blocks
) -> None:
    assert _post(workspace, circle, blocks(limit))["ok"]
    refused = _post(workspace, circle, blocks(limit + 1))
    assert refused["error"] == "invalid_blocks"
    assert "json-pointer:/blocks" in refused["response_metadata"]["messages"][0]


def _post(workspace: PracticeWorkspace, circle: Conversation, blocks: list[Json]) -> Json:
    return workspace.api(
        "chat.postMessage", {"channel": circle.id, "text": "x", "blocks": blocks}, workspace.bot_token
    ).body


View = Callable[[int], Json]
IN_MODALS: list[tuple[str, int, View]] = [
    ("blocks in a modal", 100, lambda n: modal(*[DIVIDER] * n)),
    ("title", 24, lambda n: modal(title="x" * n)),
    ("submit", 24, lambda n: modal(submit=plain("x" * n))),
    ("close", 24, lambda n: modal(close=plain("x" * n))),
    ("private_metadata", 3000, lambda n: modal(private_metadata="x" * n)),
    ("callback_id", 255, lambda n: modal(callback_id="x" * n)),
    ("external_id", 255, lambda n: modal(external_id="x" * n)),
    ("min_length", 3000, lambda n: modal(field(element=text_input(min_length=n)))),
    ("max_length", 3000, lambda n: modal(field(element=text_input(max_length=n)))),
    ("initial value", 3000, lambda n: modal(field(element=text_input(initial_value="x" * n)))),
    (
        "initial value within max_length",
        10,
        lambda n: modal(field(element=text_input(initial_value="x" * n, max_length=10))),
    ),
    ("text placeholder", 150, lambda n: modal(field(element=text_input(placeholder=plain("x" * n))))),
]


@pytest.mark.parametrize(("limit", "view"), [row[1:] for row in IN_MODALS], ids=[row[0] for row in IN_MODALS])
def test_a_modal_may_reach_the_limit_and_not_pass_it(
    workspace: PracticeWorkspace, circle: Conversation, limit: int, view: View
) -> None:
    assert _open(workspace, view(limit))["ok"]
    refused = _open(workspace, view(limit + 1))
    assert refused["error"] == "invalid_arguments"
    assert "json-pointer:/view" in refused["response_metadata"]["messages"][0]


def _open(workspace: PracticeWorkspace, view: Json) -> Json:
    trigger = workspace.triggers.new_trigger_id(workspace.person("anna").id)
    return workspace.api("views.open", {"trigger_id": trigger, "view": view}, workspace.bot_token).body


def test_a_home_has_a_hundred_blocks_at_most(workspace: PracticeWorkspace, circle: Conversation) -> None:
    anna = workspace.person("anna")
    for count, is_taken in ((100, True), (101, False)):
        args = {"user_id": anna.id, "view": home(*[DIVIDER] * count)}
        assert workspace.api("views.publish", args, workspace.bot_token).body["ok"] is is_taken


MALFORMED: list[tuple[str, list[Json]]] = [
    ("unknown block", [{"type": "carousel_of_dreams"}]),
    ("unknown property", [section(colour="red")]),
    ("section without words", [{"type": "section"}]),
    ("empty text", [section("")]),
    ("header in mrkdwn", [{"type": "header", "text": mrkdwn("x")}]),
    ("button text in mrkdwn", [actions(button() | {"text": mrkdwn("x")})]),
    ("button without text", [actions({"type": "button", "action_id": "a"})]),
    ("button style", [actions(button(style="loud"))]),
    ("no elements", [actions()]),
    ("empty context", [{"type": "context", "elements": []}]),
    ("button in a context", [{"type": "context", "elements": [button()]}]),
    ("button in an input", [field(element=button())]),
    ("text input in actions", [actions(text_input())]),
    ("several choices in actions", [actions({"type": "multi_static_select", "options": options(2)})]),
    ("input without label", [{"type": "input", "element": text_input()}]),
    ("image without alt text", [{"type": "image", "image_url": "https://x.be/a.png"}]),
    ("double block_id", [section(block_id="same"), section(block_id="same")]),
    ("double action_id in a block", [actions(button(), button())]),
    ("select without options", [actions({"type": "static_select", "action_id": "a"})]),
    ("select with no options", [actions(select(options=[]))]),
    ("initial option not offered", [actions(select(initial_option=option("Other")))]),
    ("option without value", [actions(select(options=[{"text": plain("A")}]))]),
    ("date", [actions({"type": "datepicker", "initial_date": "24/11/2026"})]),
    ("time", [actions({"type": "timepicker", "initial_time": "25:00"})]),
    (
        "confirm without text",
        [actions(button(confirm={"title": plain("x"), "confirm": plain("y"), "deny": plain("n")}))],
    ),
    ("rich text of an unknown kind", [{"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]}]),
    ("not a list", {"type": "divider"}),  # type: ignore[list-item]
]


@pytest.mark.parametrize("blocks", [row[1] for row in MALFORMED], ids=[row[0] for row in MALFORMED])
def test_malformed_blocks_are_refused(workspace: PracticeWorkspace, circle: Conversation, blocks: list[Json]) -> None:
    assert _post(workspace, circle, blocks)["error"] == "invalid_blocks"


WELL_FORMED: list[tuple[str, Json]] = [
    ("users_select", {"type": "users_select", "action_id": "a"}),
    ("conversations_select", {"type": "conversations_select", "action_id": "a", "filter": {"include": ["private"]}}),
    ("channels_select", {"type": "channels_select", "action_id": "a"}),
    ("datepicker", {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-24"}),
    ("timepicker", {"type": "timepicker", "action_id": "a", "initial_time": "09:30"}),
    ("multi_users_select", {"type": "multi_users_select", "action_id": "a", "max_selected_items": 3}),
    ("button", button(style="primary", confirm=confirm())),
    ("select", select(initial_option=option("Option 1"), placeholder=plain("Pick"))),
]


@pytest.mark.parametrize("element", [row[1] for row in WELL_FORMED], ids=[row[0] for row in WELL_FORMED])
def test_each_element_can_stand_beside_a_section(
    workspace: PracticeWorkspace, circle: Conversation, element: Json
) -> None:
    assert _post(workspace, circle, [section(accessory=element)])["ok"]


MALFORMED_MODALS: list[tuple[str, Json]] = [
    ("input without a submit button", {key: value for key, value in modal().items() if key != "submit"}),
    ("no title", {key: value for key, value in modal().items() if key != "title"}),
    ("markdown in a modal", modal({"type": "markdown", "text": "x"})),
    ("two fields that want the cursor", modal(*(field(element=text_input(focus_on_load=True)) for _ in "ab"))),
    ("a Home instead", home()),
    ("double block_id", modal(field(block_id="b"), field(block_id="b"))),
]


@pytest.mark.parametrize("view", [row[1] for row in MALFORMED_MODALS], ids=[row[0] for row in MALFORMED_MODALS])
def test_malformed_modals_are_refused(workspace: PracticeWorkspace, circle: Conversation, view: Json) -> None:
    assert _open(workspace, view)["error"] == "invalid_arguments"
