"""People type commands, press buttons and pick from menus."""

from __future__ import annotations

import pytest

from block_kit import (
    actions,
    button,
    call,
    card,
    option,
    section,
    select,
)
from listening_app import Listener
from playground.model import Conversation, Forbidden
from playground.people import Person
from playground.workspace import PracticeWorkspace


def test_a_command_reaches_the_app_with_all_it_needs(app: Listener, anna: Person, circle: Conversation) -> None:
    anna.commands(circle, "/report", "november")
    assert {key: app.last[key] for key in ("command", "text", "user_id", "channel_name")} == {
        "command": "/report",
        "text": "november",
        "user_id": anna.id,
        "channel_name": "lunch-club",
    }


def test_a_private_channels_name_is_not_told_to_commands(app: Listener, anna: Person) -> None:
    anna.commands(anna.creates_channel("soup", private=True), "/report")
    assert app.last["channel_name"] == "privategroup"


def test_the_answer_to_a_command_is_seen_by_one_or_by_all(
    app: Listener, anna: Person, bram: Person, circle: Conversation
) -> None:
    app.answer = {"text": "only you can see this"}
    anna.commands(circle, "/ask")
    app.answer = {"response_type": "in_channel", "text": "all of you can see this"}
    anna.commands(circle, "/ask")
    assert anna.sees("only you can see this") and not bram.sees("only you can see this")
    assert bram.sees("all of you can see this")


def test_an_unknown_command_is_stopped_by_the_client(app: Listener, anna: Person, circle: Conversation) -> None:
    with pytest.raises(Forbidden, match='"/remind-all" is not a valid command; there is /ask, /report'):
        anna.commands(circle, "/remind-all")


def test_a_button_is_found_by_what_stands_on_it(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    said = card(workspace, circle, section("Who joins?"), actions(button("Join", value="case-7", style="primary")))
    anna.presses(said, "Join")
    assert app.last["actions"][0]["value"] == "case-7"
    assert app.last["container"]["message_ts"] == said.ts
    with pytest.raises(Forbidden, match='no button "Leave" here; there is "Join"'):
        anna.presses(said, "Leave")


def test_two_buttons_alike_are_told_apart_by_value(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    said = card(workspace, circle, *(actions(button(value=value)) for value in ("one", "two")))
    with pytest.raises(Forbidden, match="'one', 'two'"):
        anna.presses(said, "Join")
    anna.presses(said, "Join", value="two")
    assert app.last["actions"][0]["value"] == "two"


def test_a_button_is_gone_with_its_message(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    said = card(workspace, circle, actions(button()))
    call(workspace, "chat.update", channel=circle.id, ts=said.ts, text="Complete")
    with pytest.raises(Forbidden, match="there is nothing"):
        anna.presses(said, "Join")
    call(workspace, "chat.delete", channel=circle.id, ts=said.ts)
    with pytest.raises(Forbidden, match="not there any more"):
        anna.presses(said, "Join")


def test_a_menu_acts_at_once(app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [option("Stop", "stop"), option("Help", "help")]}
    said = card(workspace, circle, section("A case", accessory=menu), actions(select()))
    anna.chooses(said, "more", "Help")
    assert app.last["actions"][0]["selected_option"]["value"] == "help"
    anna.chooses(said, "pick", "Option 2")
    assert app.last["actions"][0]["selected_option"]["value"] == "Option 2"
    assert app.last["state"]["values"][said.blocks[1]["block_id"]]["pick"]["selected_option"]["value"] == "Option 2"
    with pytest.raises(Forbidden, match='"Option 9" is not offered; there is "Option 0"'):
        anna.chooses(said, "pick", "Option 9")


def test_an_ephemeral_message_is_for_one_and_has_no_history(
    app: Listener, workspace: PracticeWorkspace, anna: Person, bram: Person, circle: Conversation
) -> None:
    call(
        workspace,
        "chat.postEphemeral",
        channel=circle.id,
        user=anna.id,
        text="psst",
        blocks=[section("psst"), actions(button())],
    )
    seen = anna.messages(circle)[-1]
    assert anna.visible_text(seen) == "psst\nJoin" and not bram.sees("psst")
    assert "psst" not in str(call(workspace, "conversations.history", channel=circle.id))
    with pytest.raises(Forbidden, match="somebody else"):
        bram.presses(seen, "Join")
    anna.presses(seen, "Join")
    assert app.last["container"]["is_ephemeral"] is True
    workspace.respond(app.last["response_url"], {"replace_original": True, "text": "done"})
    assert anna.visible_text(seen) == "done"
    workspace.respond(app.last["response_url"], {"delete_original": True})
    assert not anna.sees("done")


def test_shortcuts_come_from_the_menu_of_a_message_or_from_anywhere(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    workspace.shortcuts |= {"keep": "message", "ask": "global"}
    said = anna.says(circle, "worth keeping")
    anna.shortcut("keep", said)
    assert (app.last["type"], app.last["message"]["text"]) == ("message_action", "worth keeping")
    anna.shortcut("ask")
    assert app.last["type"] == "shortcut" and "channel" not in app.last
    with pytest.raises(Forbidden, match="no global shortcut"):
        anna.shortcut("keep")
