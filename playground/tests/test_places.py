"""Channels that get another id, are shared with another organisation, or are made private."""

from __future__ import annotations

from listening_app import Listener
from playground.model import Conversation
from playground.people import Person
from playground.workspace import PracticeWorkspace


def test_a_channel_gets_another_id_and_keeps_what_was_said(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    said = anna.says(circle, "hello")
    old = workspace.changes_channel_id(circle)
    heard = app.heard("channel_id_changed")[-1]
    assert (heard["old_channel_id"], heard["new_channel_id"]) == (old, circle.id)
    assert said in anna.messages(circle) and said.channel_id == circle.id
    assert (
        workspace.api("conversations.info", {"channel": old}, workspace.bot_token).body["error"] == "channel_not_found"
    )


def test_a_channel_is_shared_with_another_organisation_and_not_any_more(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    def is_shared() -> bool:
        answer = workspace.api("conversations.info", {"channel": circle.id}, workspace.bot_token)
        return bool(answer.body["channel"]["is_ext_shared"])

    anna.shares(circle)
    assert app.heard("channel_shared")[-1]["channel"] == circle.id and is_shared()
    anna.unshares(circle)
    assert app.heard("channel_unshared")[-1]["channel"] == circle.id and not is_shared()


def test_a_channel_is_made_private(app: Listener, anna: Person, celine: Person, circle: Conversation) -> None:
    anna.makes_private(circle)
    assert app.heard("message")[-1]["subtype"] == "channel_convert_to_private"
    assert circle not in celine.channels()
