"""What Slack refuses: one row for each rule, with the situation it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from block_kit import home, modal, section
from listening_app import Watch
from playground.model import Conversation, Json
from playground.workspace import PracticeWorkspace


class Place:
    """A circle in a workspace, and short ways to come into the situation a row needs."""

    def __init__(self, workspace: PracticeWorkspace, circle: Conversation, watch: Watch) -> None:
        self.workspace, self.circle, self.watch = workspace, circle, watch
        self.anna, self.bram = workspace.person("anna"), workspace.person("bram")
        self.elsewhere = workspace.create_channel("elsewhere", by=self.bram)
        self.secret = workspace.create_channel("secret", by=self.bram, private=True)
        self.said = self.anna.says(circle, "good morning")

    def call(self, method: str, **args: Any) -> Json:
        return self.workspace.api(method, args, self.workspace.bot_token).body

    def does(self, method: str, **args: Any) -> Json:
        """A call that must succeed."""
        answer = self.call(method, **args)
        assert answer["ok"], answer
        return answer

    def posted(self, **args: Any) -> str:
        return str(self.does("chat.postMessage", channel=self.circle.id, text="a card", **args)["ts"])

    def trigger(self) -> str:
        return self.workspace.triggers.new_trigger_id(self.anna.id)

    def opened(self, *blocks: Json, **more: Any) -> Json:
        view: Json = self.does("views.open", trigger_id=self.trigger(), view=modal(*blocks, **more))["view"]
        return view

    def room(self) -> str:
        """A private channel the app made."""
        return str(self.does("conversations.create", name="room", is_private=True)["channel"]["id"])

    def shared_secret(self) -> str:
        """A private channel of somebody else, with the app in it."""
        self.bram.invites(self.secret, self.workspace.bot)
        return self.secret.id

    def archived_room(self) -> str:
        room = self.room()
        self.does("conversations.archive", channel=room)
        return room

    def promised_file(self) -> str:
        return str(self.does("files.getUploadURLExternal", filename="report.csv", length=3)["file_id"])


ApiArguments = Callable[[Place], Json]


def used_trigger(place: Place) -> Json:
    trigger = place.trigger()
    place.does("views.open", trigger_id=trigger, view=modal())
    return {"trigger_id": trigger, "view": modal()}


def old_trigger(place: Place) -> Json:
    trigger = place.trigger()
    place.watch.passes(seconds=3.1)
    return {"trigger_id": trigger, "view": modal()}


def fourth_view(place: Place) -> Json:
    place.opened()
    for _ in range(2):
        place.does("views.push", trigger_id=place.trigger(), view=modal())
    return {"trigger_id": place.trigger(), "view": modal()}


def stale_view(place: Place) -> Json:
    view = place.opened()
    place.does("views.update", view_id=view["id"], view=modal())
    return {"view_id": view["id"], "hash": view["hash"], "view": modal()}


def closed_view(place: Place) -> Json:
    view = place.opened()
    place.anna.closes()
    return {"view_id": view["id"], "view": modal()}


def stale_home(place: Place) -> Json:
    view = place.does("views.publish", user_id=place.anna.id, view=home())["view"]
    place.does("views.publish", user_id=place.anna.id, view=home(section("newer")))
    return {"user_id": place.anna.id, "hash": view["hash"], "view": home()}


def double_external_id(place: Place) -> Json:
    place.opened(external_id="same")
    return {"trigger_id": place.trigger(), "view": modal(external_id="same")}


def archived(place: Place, **args: Any) -> Json:
    place.anna.archives(place.circle)
    return {"channel": place.circle.id} | args


def ephemeral(place: Place) -> Json:
    args = {"channel": place.circle.id, "user": place.anna.id, "text": "psst"}
    return {"channel": place.circle.id, "ts": place.does("chat.postEphemeral", **args)["message_ts"], "text": "x"}


def reply_to_reply(place: Place) -> Json:
    reply = place.bram.says(place.circle, "and to you", thread=place.said)
    return {"channel": place.circle.id, "text": "x", "thread_ts": reply.ts}


def big_view() -> Json:
    return modal(*(section("x" * 2900) for _ in range(90)))


def at(place: Place, **args: Any) -> Json:
    return {"channel": place.circle.id} | args


def invited(place: Place) -> str:
    room = place.room()
    place.does("conversations.invite", channel=room, users=place.anna.id)
    return room


ROWS: list[tuple[str, str, str, ApiArguments]] = [
    # Posting
    ("chat.postMessage", "nothing to say", "no_text", at),
    ("chat.postMessage", "no channel", "invalid_arguments", lambda p: {"text": "x"}),
    ("chat.postMessage", "unknown channel", "channel_not_found", lambda p: {"channel": "C0NOWHERE", "text": "x"}),
    (
        "chat.postMessage",
        "private channel of others",
        "channel_not_found",
        lambda p: {"channel": p.secret.id, "text": "x"},
    ),
    (
        "chat.postMessage",
        "public channel without the app",
        "not_in_channel",
        lambda p: {"channel": p.elsewhere.id, "text": "x"},
    ),
    ("chat.postMessage", "archived channel", "is_archived", lambda p: archived(p, text="x")),
    ("chat.postMessage", "unknown person", "user_not_found", lambda p: {"channel": "U0NOBODY", "text": "x"}),
    (
        "chat.postMessage",
        "thread that is not there",
        "thread_not_found",
        lambda p: at(p, text="x", thread_ts="1.000001"),
    ),
    ("chat.postMessage", "reply to a reply", "cannot_reply_to_message", reply_to_reply),
    ("chat.postMessage", "101 attachments", "too_many_attachments", lambda p: at(p, attachments=[{"text": "x"}] * 101)),
    ("chat.postMessage", "blocks that are no JSON", "invalid_blocks_format", lambda p: at(p, blocks="[{")),
    ("chat.postMessage", "malformed blocks", "invalid_blocks", lambda p: at(p, blocks=[{"type": "section"}])),
    (
        "chat.postMessage",
        "more than 12,000 characters in markdown blocks",
        "msg_blocks_too_long",
        lambda p: at(p, blocks=[{"type": "markdown", "text": "x" * 6001}] * 2),
    ),
    ("chat.postMessage", "markdown_text over 12,000", "msg_too_long", lambda p: at(p, markdown_text="x" * 12_001)),
    (
        "chat.postMessage",
        "metadata without payload",
        "invalid_metadata_format",
        lambda p: at(p, text="x", metadata={"event_type": "a"}),
    ),
    (
        "chat.postMessage",
        "metadata that is no JSON",
        "invalid_metadata_format",
        lambda p: at(p, text="x", metadata="{"),
    ),
    (
        "chat.postMessage",
        "metadata event_type over 50",
        "invalid_metadata_format",
        lambda p: at(p, text="x", metadata={"event_type": "x" * 51, "event_payload": {}}),
    ),
    (
        "chat.postMessage",
        "very large metadata",
        "metadata_too_large",
        lambda p: at(p, text="x", metadata={"event_type": "a", "event_payload": {"id": "x" * 9000}}),
    ),
    # Changing
    ("chat.update", "text over 4,000", "msg_too_long", lambda p: at(p, ts=p.posted(), text="x" * 4001)),
    ("chat.update", "nothing to say", "no_text", lambda p: at(p, ts=p.posted())),
    ("chat.update", "somebody else's message", "cant_update_message", lambda p: at(p, ts=p.said.ts, text="x")),
    ("chat.update", "no such message", "message_not_found", lambda p: at(p, ts="1.000001", text="x")),
    ("chat.update", "ephemeral message", "message_not_found", ephemeral),
    ("chat.update", "archived channel", "is_inactive", lambda p: archived(p, ts=p.posted(), text="x")),
    ("chat.delete", "somebody else's message", "cant_delete_message", lambda p: at(p, ts=p.said.ts)),
    ("chat.delete", "no such message", "message_not_found", lambda p: at(p, ts="1.000001")),
    (
        "chat.postEphemeral",
        "somebody outside the channel",
        "user_not_in_channel",
        lambda p: at(p, text="x", user=p.workspace.add_person("Dirk").id),
    ),
    ("chat.postEphemeral", "unknown person", "user_not_found", lambda p: at(p, text="x", user="U0NOBODY")),
    ("chat.getPermalink", "no such message", "message_not_found", lambda p: at(p, message_ts="1.000001")),
    # Reading
    (
        "conversations.history",
        "public channel without the app",
        "not_in_channel",
        lambda p: {"channel": p.elsewhere.id},
    ),
    ("conversations.history", "private channel of others", "channel_not_found", lambda p: {"channel": p.secret.id}),
    ("conversations.history", "malformed time", "invalid_ts_oldest", lambda p: at(p, oldest="yesterday")),
    ("conversations.history", "malformed cursor", "invalid_cursor", lambda p: at(p, cursor="nonsense")),
    ("conversations.history", "page of nothing", "invalid_limit", lambda p: at(p, limit=0)),
    ("conversations.replies", "no such thread", "thread_not_found", lambda p: at(p, ts="1.000001")),
    ("conversations.info", "private channel of others", "channel_not_found", lambda p: {"channel": p.secret.id}),
    ("conversations.members", "unknown channel", "channel_not_found", lambda p: {"channel": "C0NOWHERE"}),
    ("conversations.list", "unknown type", "invalid_types", lambda p: {"types": "secret_lodge"}),
    ("users.info", "unknown person", "user_not_found", lambda p: {"user": "U0NOBODY"}),
    ("usergroups.users.list", "unknown group", "no_such_subteam", lambda p: {"usergroup": "S0NONE"}),
    # Channels
    ("conversations.create", "name in use", "name_taken", lambda p: {"name": "elsewhere", "is_private": True}),
    ("conversations.create", "capitals", "invalid_name_specials", lambda p: {"name": "Lunch Anna", "is_private": True}),
    (
        "conversations.create",
        "81 characters",
        "invalid_name_maxlength",
        lambda p: {"name": "x" * 81, "is_private": True},
    ),
    ("conversations.create", "no name", "invalid_name_required", lambda p: {"is_private": True}),
    ("conversations.create", "public channel", "missing_scope", lambda p: {"name": "open"}),
    (
        "conversations.invite",
        "who is there already",
        "already_in_channel",
        lambda p: {"channel": invited(p), "users": p.anna.id},
    ),
    (
        "conversations.invite",
        "the app itself",
        "cant_invite_self",
        lambda p: {"channel": p.room(), "users": p.workspace.bot.id},
    ),
    ("conversations.invite", "unknown person", "user_not_found", lambda p: {"channel": p.room(), "users": "U0NOBODY"}),
    ("conversations.invite", "nobody", "no_user", lambda p: {"channel": p.room()}),
    ("conversations.kick", "who is not there", "not_in_channel", lambda p: {"channel": p.room(), "user": p.anna.id}),
    (
        "conversations.kick",
        "the app itself",
        "cant_kick_self",
        lambda p: {"channel": p.room(), "user": p.workspace.bot.id},
    ),
    ("conversations.leave", "as the last", "last_member", lambda p: {"channel": p.room()}),
    ("conversations.rename", "to a name in use", "name_taken", lambda p: {"channel": p.room(), "name": "elsewhere"}),
    (
        "conversations.rename",
        "somebody else's channel",
        "not_authorized",
        lambda p: {"channel": p.shared_secret(), "name": "other"},
    ),
    ("conversations.archive", "twice", "already_archived", lambda p: {"channel": p.archived_room()}),
    ("conversations.setTopic", "over 250 characters", "too_long", lambda p: {"channel": p.room(), "topic": "x" * 251}),
    ("conversations.open", "nobody", "users_list_not_supplied", lambda p: {}),
    ("conversations.open", "unknown person", "user_not_found", lambda p: {"users": "U0NOBODY"}),
    ("conversations.open", "more than eight people", "too_many_users", lambda p: {"users": ",".join(["U0ANNA"] * 9)}),
    # Forms
    ("views.open", "unknown trigger", "invalid_trigger_id", lambda p: {"trigger_id": "1.2.x", "view": modal()}),
    ("views.open", "trigger of more than three seconds", "expired_trigger_id", old_trigger),
    ("views.open", "trigger used before", "exchanged_trigger_id", used_trigger),
    ("views.open", "no view", "invalid_arguments", lambda p: {"trigger_id": p.trigger()}),
    ("views.open", "external_id in use", "duplicate_external_id", double_external_id),
    ("views.open", "more than 250 kB", "view_too_large", lambda p: {"trigger_id": p.trigger(), "view": big_view()}),
    ("views.push", "a fourth form", "push_limit_reached", fourth_view),
    ("views.push", "without a form", "not_found", lambda p: {"trigger_id": p.trigger(), "view": modal()}),
    ("views.update", "somebody was first", "hash_conflict", stale_view),
    ("views.update", "form closed", "not_found", closed_view),
    ("views.update", "neither id", "invalid_arguments", lambda p: {"view": modal()}),
    ("views.publish", "somebody was first", "hash_conflict", stale_home),
    ("views.publish", "unknown person", "user_not_found", lambda p: {"user_id": "U0NOBODY", "view": home()}),
    ("views.publish", "a modal", "invalid_arguments", lambda p: {"user_id": p.anna.id, "view": modal()}),
    # Reactions, pins, files
    ("reactions.add", "impossible name", "invalid_name", lambda p: at(p, timestamp=p.said.ts, name="Not A Name")),
    ("reactions.add", "no message named", "no_item_specified", lambda p: at(p, name="heart")),
    ("reactions.add", "no such message", "message_not_found", lambda p: at(p, name="heart", timestamp="1.000001")),
    ("reactions.remove", "none there", "no_reaction", lambda p: at(p, name="heart", timestamp=p.said.ts)),
    ("pins.add", "no such message", "message_not_found", lambda p: at(p, timestamp="1.000001")),
    (
        "files.completeUploadExternal",
        "nothing uploaded",
        "file_not_found",
        lambda p: {"files": [{"id": p.promised_file()}]},
    ),
    ("files.info", "no such file", "file_not_found", lambda p: {"file": "F0NONE"}),
    ("bots.info", "another app", "bot_not_found", lambda p: {"bot": "B0OTHER"}),
    ("api.test", "an error asked for", "my_error", lambda p: {"error": "my_error"}),
    ("chat.meMessage", "method the playground does not know", "unknown_method", lambda p: {}),
]
