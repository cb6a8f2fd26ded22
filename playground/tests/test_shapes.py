"""Keys and nesting of what the playground says, against recorded samples of Slack; skipped where those are absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from block_kit import actions, button, field, home, modal, section, select
from listening_app import Listener
from playground.model import Conversation, Json
from playground.people import Person
from playground.workspace import PracticeWorkspace

SAMPLES = Path(__file__).parents[2].parent / "shared" / "platform" / "slack-samples"
RECORDED = SAMPLES / "java-slack-sdk" / "json-logs" / "samples"
BOLT = SAMPLES / "bolt-python-tests"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no recorded samples of Slack at {SAMPLES}")

# What Slack documents or sends, and the recorded unions lack.
KNOWN_BEYOND = {
    "app_id": "messages of apps carry it",
    "reply_users": "conversations.replies, docs-snippets/tombstone.json",
    "users": "who reacted, in history",
    "is_cleared": "view_closed",
    "enterprise": "null in workspaces without one",
}


def recorded(path: str) -> Json:
    found: Json = json.loads((RECORDED / f"{path}.json").read_text())
    return found


def bolt(name: str, key: str) -> Json:
    found: Json = json.loads((BOLT / f"{name}.json").read_text())[key]
    return found


def beyond(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Paths in `ours` that `theirs` lacks; blocks are the app's own, and an object recorded empty says nothing."""
    if theirs == {}:
        return []
    if isinstance(ours, dict) and isinstance(theirs, dict):
        extra = [f"{at}/{key}" for key in ours if key not in theirs and key not in KNOWN_BEYOND]
        inside = [key for key in ours if key in theirs and key not in ("blocks", "values")]
        return extra + [path for key in inside for path in beyond(ours[key], theirs[key], f"{at}/{key}")]
    if isinstance(ours, list) and isinstance(theirs, list) and theirs:
        return [path for item in ours for path in beyond(item, _union(theirs), f"{at}[]")]
    return []


def _union(items: list[Any]) -> Any:
    if not all(isinstance(item, dict) for item in items):
        return items[0]
    return {key: value for item in items for key, value in item.items()}


def lacking(ours: Json, theirs: Json, *allowed: str) -> set[str]:
    """Top-level keys of a whole sample that we do not send."""
    return set(theirs) - set(ours) - set(allowed)


@pytest.fixture
def world(
    workspace: PracticeWorkspace, app: Listener, anna: Person, bram: Person, circle: Conversation
) -> PracticeWorkspace:
    """A workspace in which everything that is heard has happened once."""
    workspace.scopes |= {"files:read", "reactions:write"}
    workspace.shortcuts |= {"keep": "message", "ask": "global"}
    said = anna.says(circle, "hello @Testbot")
    reply = bram.says(circle, "hi", thread=said, also_in_channel=True)
    anna.edits(said, "hello again")
    bram.reacts(said, "heart")
    bram.reacts(said, "heart")
    anna.says(circle, "a file", files=[("a.txt", b"abc")])
    anna.deletes(said)
    bram.deletes(reply)
    _channel_life(workspace, anna, circle)
    anna.opens_home()
    workspace.changes_account(anna, tz="Europe/London")
    return workspace


def _channel_life(workspace: PracticeWorkspace, anna: Person, circle: Conversation) -> None:
    newcomer = workspace.add_person("Dirk")
    newcomer.joins(circle)
    newcomer.leaves(circle)
    for private in (False, True):
        channel = anna.creates_channel(f"life-{private}".lower(), private=private)
        anna.invites(channel, workspace.bot)
        anna.renames(channel, f"{channel.name}-2")
        anna.archives(channel)
        anna.unarchives(channel)
        anna.shares(channel)
        anna.unshares(channel)
        workspace.changes_channel_id(channel)
        anna.kicks(channel, workspace.bot)
        anna.invites(channel, workspace.bot)
        anna.deletes_channel(channel)


EVENT_SAMPLES = {
    "app_home_opened": "AppHomeOpened",
    "app_mention": "AppMention",
    "channel_archive": "ChannelArchive",
    "channel_created": "ChannelCreated",
    "channel_deleted": "ChannelDeleted",
    "channel_id_changed": "ChannelIdChanged",
    "channel_left": "ChannelLeft",
    "channel_rename": "ChannelRename",
    "channel_shared": "ChannelShared",
    "channel_unarchive": "ChannelUnarchive",
    "channel_unshared": "ChannelUnshared",
    "file_shared": "FileShared",
    "group_archive": "GroupArchive",
    "group_deleted": "GroupDeleted",
    "group_left": "GroupLeft",
    "group_rename": "GroupRename",
    "group_unarchive": "GroupUnarchive",
    "member_joined_channel": "MemberJoinedChannel",
    "member_left_channel": "MemberLeftChannel",
    "message": "Message",
    "message/channel_archive": "MessageChannelArchive",
    "message/channel_join": "MessageChannelJoin",
    "message/channel_leave": "MessageChannelLeave",
    "message/channel_name": "MessageChannelName",
    "message/channel_unarchive": "MessageChannelUnarchive",
    "message/file_share": "MessageFileShare",
    "message/message_changed": "MessageChanged",
    "message/message_deleted": "MessageDeleted",
    "message/thread_broadcast": "MessageThreadBroadcast",
    "reaction_added": "ReactionAdded",
    "reaction_removed": "ReactionRemoved",
    "team_join": "TeamJoin",
    "user_change": "UserChange",
}


# Keys the recordings lack and the other samples or the documentation have.
ELSEWHERE = {
    "message/thread_broadcast": {"/event/root/blocks", "/event/root/client_msg_id", "/event/root/is_locked"},
    "message/file_share": {"/event/client_msg_id"},
}


def name_of(event: Json) -> str:
    return "/".join(filter(None, (event["type"], event.get("subtype"))))


def test_every_event_has_only_keys_that_slack_sends(world: PracticeWorkspace, app: Listener) -> None:
    heard = {name_of(envelope.payload["event"]): envelope.payload for envelope in app.envelopes}
    assert set(heard) == set(EVENT_SAMPLES)
    extra = {
        name: set(beyond(payload, recorded(f"events/{EVENT_SAMPLES[name]}Payload"))) - ELSEWHERE.get(name, set())
        for name, payload in heard.items()
    }
    assert [f"{name}: {key}" for name, keys in extra.items() for key in sorted(keys)] == []


BOLT_EVENTS = {
    "message": ("test_message_bot", "user_message_event_payload"),
    "message/message_changed": ("test_message_changed", "event_payload"),
    "message/message_deleted": ("test_message_deleted", "event_payload"),
    "message/thread_broadcast": ("test_message_thread_broadcast", "event_payload"),
    "message/file_share": ("test_message_file_share", "event_payload"),
    "member_joined_channel": ("test_events", "join_event_body"),
    "member_left_channel": ("test_events", "left_event_body"),
    "reaction_added": ("test_events", "valid_reaction_added_body"),
    "app_mention": ("test_events", "valid_event_body"),
}


@pytest.mark.parametrize("name", BOLT_EVENTS)
def test_events_lack_nothing_that_whole_samples_have(world: PracticeWorkspace, app: Listener, name: str) -> None:
    ours = next(one.payload for one in app.envelopes if name_of(one.payload["event"]) == name)
    theirs = bolt(*BOLT_EVENTS[name])
    # Old keys, and those of an enterprise grid.
    assert not lacking(ours, theirs, "authed_users", "enterprise_id")
    assert not lacking(ours["event"], theirs["event"], "inviter", "display_as_bot")


def test_a_message_of_the_app_looks_like_a_bots(world: PracticeWorkspace, app: Listener, circle: Conversation) -> None:
    world.api("chat.postMessage", {"channel": circle.id, "text": "hi"}, world.bot_token)
    sample = bolt("test_message_bot", "bot_message_event_payload")["event"]
    assert not lacking(app.events[-1], sample)
    assert not beyond(app.events[-1], sample)


def test_a_tombstone_looks_like_slacks(app: Listener, anna: Person, bram: Person, circle: Conversation) -> None:
    samples = json.loads((SAMPLES / "docs-snippets" / "tombstone.json").read_text())
    said = anna.says(circle, "a question")
    reply = bram.says(circle, "an answer", thread=said)
    anna.deletes(said)
    changed = samples["deleted_parent_with_replies_becomes_message_changed"]
    assert set(app.events[-1]["message"]) == set(changed["message"])
    bram.deletes(reply)
    gone = samples["tombstone_finally_deleted"]
    ours = app.events[-1]
    assert set(ours) == set(gone) - {"_from"}
    assert ours["previous_message"] | {"ts": "", "thread_ts": ""} == gone["previous_message"] | {
        "ts": "",
        "thread_ts": "",
    }


# Interactions


def test_a_command_has_the_fields_of_the_sample(app: Listener, anna: Person, circle: Conversation) -> None:
    anna.commands(circle, "/ask", "help")
    form = dict(parse_qsl(bolt_text("test_slash_command", "slash_command_body")))
    assert not lacking(app.last, form, "enterprise_id", "enterprise_name")
    assert not beyond(app.last, recorded("app-backend/slash-commands/SlashCommandPayload"))


def bolt_text(name: str, key: str) -> str:
    return str(json.loads((BOLT / f"{name}.json").read_text())[key])


def test_a_press_is_nested_as_slack_nests_it(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    args = {"channel": circle.id, "text": "x", "blocks": [actions(button(value="v"), select())]}
    ts = workspace.api("chat.postMessage", args, workspace.bot_token).body["ts"]
    sample, union = (
        bolt("test_block_actions", "body"),
        recorded("app-backend/interactive-components/BlockActionPayload"),
    )
    anna.presses(circle.messages[ts], "Join")
    assert not lacking(app.last, sample)
    assert not lacking(app.last["actions"][0], sample["actions"][0])
    assert not beyond(app.last, union)
    anna.chooses(circle.messages[ts], "pick", "Option 1")
    assert not beyond(app.last, union)


def test_a_form_sent_and_closed_is_nested_as_slack_nests_it(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    for act, name in ((anna.submits, "test_view_submission"), (anna.closes, "test_view_closed")):
        trigger = workspace.triggers.new_trigger_id(anna.id)
        view = modal(field(), notify_on_close=True, callback_id="c", private_metadata="p")
        workspace.api("views.open", {"trigger_id": trigger, "view": view}, workspace.bot_token)
        anna.fills(anna.modal, {"Title": "x"})
        act()
        sample = bolt(name, "body")
        assert not lacking(app.last, sample, "response_urls")
        assert not lacking(app.last["view"], sample["view"])
        kind = "ViewSubmission" if name == "test_view_submission" else "ViewClosed"
        extra = beyond(app.last, recorded(f"app-backend/views/{kind}Payload"))
        assert set(extra) <= {"/view/blocks", "/response_urls"}, extra


def test_shortcuts_are_nested_as_slack_nests_them(
    app: Listener, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    workspace.shortcuts |= {"keep": "message", "ask": "global"}
    anna.shortcut("keep", anna.says(circle, "worth keeping"))
    assert not lacking(app.last, bolt("test_shortcut", "message_shortcut_body"))
    assert not beyond(app.last, recorded("app-backend/interactive-components/MessageShortcutPayload"))
    anna.shortcut("ask")
    assert not lacking(app.last, bolt("test_shortcut", "global_shortcut_body"))


# Answers of the Web API


def test_answers_have_only_keys_that_slack_sends(
    workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    workspace.scopes |= {"team:read", "reactions:write", "pins:write"}
    workspace.add_usergroup("coaches", "Coaches", [anna])
    said = anna.says(circle, "hello")
    opened: Json = {}
    calls: list[tuple[str, Json]] = [
        ("api.test", {"foo": "bar"}),
        ("auth.test", {}),
        ("bots.info", {}),
        ("team.info", {}),
        ("users.info", {"user": anna.id, "include_locale": True}),
        ("users.list", {"include_locale": True}),
        ("users.conversations", {"types": "public_channel,private_channel"}),
        ("usergroups.list", {"include_users": True}),
        ("usergroups.users.list", {"usergroup": next(iter(workspace.usergroups))}),
        ("conversations.list", {}),
        ("conversations.info", {"channel": circle.id, "include_num_members": True, "include_locale": True}),
        ("conversations.members", {"channel": circle.id}),
        ("chat.postEphemeral", {"channel": circle.id, "user": anna.id, "text": "x"}),
        ("chat.getPermalink", {"channel": circle.id, "message_ts": said.ts}),
        ("reactions.add", {"channel": circle.id, "timestamp": said.ts, "name": "heart"}),
        ("pins.add", {"channel": circle.id, "timestamp": said.ts}),
        ("files.getUploadURLExternal", {"filename": "a.txt", "length": 3}),
        ("views.open", {"trigger_id": workspace.triggers.new_trigger_id(anna.id), "view": modal()}),
        ("views.push", {"trigger_id": workspace.triggers.new_trigger_id(anna.id), "view": modal()}),
        ("views.publish", {"user_id": anna.id, "view": home(section())}),
    ]
    for method, args in calls:
        opened = workspace.api(method, args, workspace.bot_token).body
        assert opened["ok"], (method, opened)
        assert not beyond(opened, recorded(f"api/{method}")), method


def test_uploads_and_invitations_answer_as_slack_does(
    workspace: PracticeWorkspace, circle: Conversation, celine: Person
) -> None:
    def call(method: str, **args: Any) -> Json:
        body = workspace.api(method, args, workspace.bot_token).body
        assert body["ok"], body
        return body

    promised = call("files.getUploadURLExternal", filename="a.txt", length=3)
    assert workspace.upload(promised["upload_url"], b"abc").status == 200
    done = call("files.completeUploadExternal", files=[{"id": promised["file_id"], "title": "A"}], channel_id=circle.id)
    assert not beyond(done, recorded("api/files.completeUploadExternal"))
    room = call("conversations.create", name="room", is_private=True)["channel"]["id"]
    invited = call("conversations.invite", channel=room, users=celine.id)
    extra = beyond(invited, recorded("api/conversations.invite"))
    assert not extra, extra


def test_errors_are_spelled_as_in_slacks_own_lists() -> None:
    specified = json.loads((SAMPLES / "slack-api-specs" / "chat.postMessage.json").read_text())["errors_enum"]
    for name in (
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
    ):
        assert name in specified
