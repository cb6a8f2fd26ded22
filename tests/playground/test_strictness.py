"""The playground refuses what Slack refuses, under Slack's own name for it: one row for each rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from playground.model import Channel, Json, Limits
from playground.workspace import Workspace
from tests.playground.conftest import Watch
from tests.playground.kit import actions, button, field, home, modal, section


class Place:
    """A circle in a workspace, and short ways to come into the situation a row needs."""

    def __init__(self, workspace: Workspace, circle: Channel, watch: Watch) -> None:
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
        return self.workspace.triggers.new(self.anna.id)

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
        return str(self.does("files.getUploadURLExternal", filename="digest.csv", length=3)["file_id"])


Args = Callable[[Place], Json]


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


ROWS: list[tuple[str, str, str, Args]] = [
    # Posting
    ("chat.postMessage", "nothing to say", "no_text", lambda p: at(p)),
    ("chat.postMessage", "no channel", "invalid_arguments", lambda p: {"text": "x"}),
    ("chat.postMessage", "unknown channel", "channel_not_found", lambda p: {"channel": "C0NOWHERE", "text": "x"}),
    ("chat.postMessage", "private channel of others", "channel_not_found", lambda p: {"channel": p.secret.id, "text": "x"}),
    ("chat.postMessage", "public channel without the app", "not_in_channel", lambda p: {"channel": p.elsewhere.id, "text": "x"}),
    ("chat.postMessage", "archived channel", "is_archived", lambda p: archived(p, text="x")),
    ("chat.postMessage", "unknown person", "user_not_found", lambda p: {"channel": "U0NOBODY", "text": "x"}),
    ("chat.postMessage", "thread that is not there", "thread_not_found", lambda p: at(p, text="x", thread_ts="1.000001")),
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
    ("chat.postMessage", "metadata without payload", "invalid_metadata_format", lambda p: at(p, text="x", metadata={"event_type": "a"})),
    ("chat.postMessage", "metadata that is no JSON", "invalid_metadata_format", lambda p: at(p, text="x", metadata="{")),
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
    ("chat.postEphemeral", "somebody outside the channel", "user_not_in_channel", lambda p: at(p, text="x", user=p.workspace.add_person("Dirk").id)),
    ("chat.postEphemeral", "unknown person", "user_not_found", lambda p: at(p, text="x", user="U0NOBODY")),
    ("chat.getPermalink", "no such message", "message_not_found", lambda p: at(p, message_ts="1.000001")),
    # Reading
    ("conversations.history", "public channel without the app", "not_in_channel", lambda p: {"channel": p.elsewhere.id}),
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
    ("conversations.create", "capitals", "invalid_name_specials", lambda p: {"name": "Casus Anna", "is_private": True}),
    ("conversations.create", "81 characters", "invalid_name_maxlength", lambda p: {"name": "x" * 81, "is_private": True}),
    ("conversations.create", "no name", "invalid_name_required", lambda p: {"is_private": True}),
    ("conversations.create", "public channel", "missing_scope", lambda p: {"name": "open"}),
    ("conversations.invite", "who is there already", "already_in_channel", lambda p: {"channel": invited(p), "users": p.anna.id}),
    ("conversations.invite", "the app itself", "cant_invite_self", lambda p: {"channel": p.room(), "users": p.workspace.bot.id}),
    ("conversations.invite", "unknown person", "user_not_found", lambda p: {"channel": p.room(), "users": "U0NOBODY"}),
    ("conversations.invite", "nobody", "no_user", lambda p: {"channel": p.room()}),
    ("conversations.kick", "who is not there", "not_in_channel", lambda p: {"channel": p.room(), "user": p.anna.id}),
    ("conversations.kick", "the app itself", "cant_kick_self", lambda p: {"channel": p.room(), "user": p.workspace.bot.id}),
    ("conversations.leave", "as the last", "last_member", lambda p: {"channel": p.room()}),
    ("conversations.rename", "to a name in use", "name_taken", lambda p: {"channel": p.room(), "name": "elsewhere"}),
    ("conversations.rename", "somebody else's channel", "not_authorized", lambda p: {"channel": p.shared_secret(), "name": "other"}),
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
    ("files.completeUploadExternal", "nothing uploaded", "file_not_found", lambda p: {"files": [{"id": p.promised_file()}]}),
    ("files.info", "no such file", "file_not_found", lambda p: {"file": "F0NONE"}),
    ("bots.info", "another app", "bot_not_found", lambda p: {"bot": "B0OTHER"}),
    ("api.test", "an error asked for", "my_error", lambda p: {"error": "my_error"}),
    ("chat.meMessage", "method the playground does not know", "unknown_method", lambda p: {}),
]

EXTRA_SCOPES = {"reactions:write", "pins:write", "files:read"}


def invited(place: Place) -> str:
    room = place.room()
    place.does("conversations.invite", channel=room, users=place.anna.id)
    return room


@pytest.fixture
def place(workspace: Workspace, circle: Channel, watch: Watch) -> Place:
    return Place(workspace, circle, watch)


@pytest.mark.parametrize(
    ("method", "error", "args"), [(m, e, a) for m, _, e, a in ROWS], ids=[f"{m}: {v}" for m, v, _, _ in ROWS]
)
def test_what_slack_refuses_is_refused_by_its_name(place: Place, method: str, error: str, args: Args) -> None:
    place.workspace.scopes |= EXTRA_SCOPES
    given = args(place)
    assert place.call(method, **given)["error"] == error


SCOPED: list[tuple[str, str, Args]] = [
    ("chat.postMessage", "chat:write", lambda p: at(p, text="x")),
    ("conversations.history", "channels:history", at),
    ("conversations.replies", "channels:history", lambda p: at(p, ts=p.said.ts)),
    ("conversations.info", "channels:read", at),
    ("conversations.list", "groups:read", lambda p: {"types": "private_channel"}),
    ("users.conversations", "channels:read", lambda p: {}),
    ("conversations.create", "groups:write", lambda p: {"name": "x", "is_private": True}),
    ("conversations.open", "im:write", lambda p: {"users": p.anna.id}),
    ("conversations.open", "mpim:write", lambda p: {"users": f"{p.anna.id},{p.bram.id}"}),
    ("conversations.join", "channels:join", at),
    ("users.info", "users:read", lambda p: {"user": p.anna.id}),
    ("team.info", "team:read", lambda p: {}),
    ("reactions.add", "reactions:write", lambda p: at(p, name="heart", timestamp=p.said.ts)),
    ("reactions.get", "reactions:read", lambda p: at(p, timestamp=p.said.ts)),
    ("files.getUploadURLExternal", "files:write", lambda p: {"filename": "a", "length": 1}),
    ("usergroups.list", "usergroups:read", lambda p: {}),
    ("pins.add", "pins:write", lambda p: at(p, timestamp=p.said.ts)),
]


@pytest.mark.parametrize(("method", "scope", "args"), SCOPED, ids=[f"{m} needs {s}" for m, s, _ in SCOPED])
def test_a_method_without_its_scope_says_which_it_needs(place: Place, method: str, scope: str, args: Args) -> None:
    given = args(place)
    place.workspace.scopes.discard(scope)
    answer = place.call(method, **given)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")
    place.workspace.scopes.add(scope)
    assert place.call(method, **given).get("error") != "missing_scope"


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-somebody-else", "invalid_auth"),
        ("chat.postMessage", "xapp-playground", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-playground", "not_allowed_token_type"),
    ],
)
def test_tokens_open_only_their_own_doors(workspace: Workspace, method: str, token: str, error: str) -> None:
    assert workspace.api(method, {}, token).body["error"] == error


def test_one_invitation_that_cannot_be_made_stops_all_of_them(place: Place) -> None:
    room = place.room()
    answer = place.call("conversations.invite", channel=room, users=f"{place.anna.id},U0NOBODY")
    assert answer["errors"] == [{"ok": False, "error": "user_not_found", "user": "U0NOBODY"}]
    assert place.anna.id not in place.workspace.channel(room).members


def test_a_channel_takes_one_message_a_second(watch: Watch) -> None:
    workspace = Workspace(watch.calendar, watch.elapsed, limits=Limits.slack())
    anna = workspace.add_person("Anna")
    here, there = (workspace.create_channel(name, by=anna) for name in ("here", "there"))
    for channel in (here, there):
        anna.invites(channel, workspace.bot)

    def post(channel: Channel) -> Any:
        return workspace.api("chat.postMessage", {"channel": channel.id, "text": "x"}, workspace.bot_token)

    assert post(here).status == 200
    refused = post(here)
    assert (refused.status, refused.headers["Retry-After"], refused.body["error"]) == (429, "1", "ratelimited")
    assert post(there).status == 200, "another channel has a second of its own"
    watch.passes(seconds=1)
    assert post(here).status == 200


def test_other_methods_can_be_given_their_tiers(watch: Watch) -> None:
    workspace = Workspace(watch.calendar, watch.elapsed, limits=Limits(None, {"Tier2": 20}))
    answers = [workspace.api("users.list", {}, workspace.bot_token).status for _ in range(21)]
    assert answers == [200] * 20 + [429]
    watch.passes(minutes=1)
    assert workspace.api("users.list", {}, workspace.bot_token).status == 200


def test_a_response_url_works_five_times(place: Place, app: Any) -> None:
    url = _response_url(place, app)
    answers = [place.workspace.respond(url, {"text": f"answer {n}"}) for n in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [404]
    assert answers[-1].body["error"] == "used_url"
    assert place.anna.sees("answer 4") and not place.anna.sees("answer 5")


def test_a_response_url_works_for_half_an_hour(place: Place, app: Any) -> None:
    url = _response_url(place, app)
    place.watch.passes(minutes=30)
    assert place.workspace.respond(url, {"text": "just in time"}).status == 200
    place.watch.passes(seconds=1)
    assert place.workspace.respond(url, {"text": "late"}).body["error"] == "expired_url"


def test_a_response_url_that_was_never_given_is_unknown(workspace: Workspace) -> None:
    assert workspace.respond("https://hooks.slack.test/commands/T0KLANK/1/guess", {"text": "x"}).status == 404


def _response_url(place: Place, app: Any) -> str:
    place.anna.commands(place.circle, "/reflect")
    return str(app.last["response_url"])


def test_metadata_comes_back_whole_only_when_asked_for(place: Place) -> None:
    metadata = {"event_type": "klankbord", "event_payload": {"id": "7f3a"}}
    ts = place.posted(metadata=metadata)
    for method, args in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
        short = place.does(method, channel=place.circle.id, **args)["messages"][0]
        whole = place.does(method, channel=place.circle.id, include_all_metadata=True, **args)["messages"][0]
        assert short["metadata"] == {"event_type": "klankbord"}
        assert whole["metadata"] == metadata


def test_an_update_keeps_metadata_unless_it_is_taken_away(place: Place) -> None:
    metadata = {"event_type": "klankbord", "event_payload": {"id": "7f3a"}}
    ts = place.posted(metadata=metadata)
    kept = place.does("chat.update", channel=place.circle.id, ts=ts, text="changed")["message"]
    gone = place.does("chat.update", channel=place.circle.id, ts=ts, text="again", metadata={})["message"]
    assert kept["metadata"] == metadata
    assert "metadata" not in gone


def test_an_update_with_only_text_takes_the_blocks_away(place: Place) -> None:
    ts = place.posted(blocks=[actions(button())])
    assert "blocks" not in place.does("chat.update", channel=place.circle.id, ts=ts, text="closed")["message"]


def test_text_over_forty_thousand_is_cut_as_slack_cuts_it(place: Place) -> None:
    answer = place.does("chat.postMessage", channel=place.circle.id, text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


def test_lists_come_in_pages_until_the_cursor_is_empty(place: Place) -> None:
    for number in range(5):
        place.anna.says(place.circle, f"reply {number}", thread=place.said)
        place.anna.says(place.circle, f"message {number}")
    room = place.circle.id
    pages = {
        "conversations.history": ({"channel": room}, "messages"),
        "conversations.replies": ({"channel": room, "ts": place.said.ts}, "messages"),
        "conversations.members": ({"channel": room}, "members"),
        "conversations.list": ({"types": "public_channel,private_channel"}, "channels"),
        "users.list": ({}, "members"),
    }
    for method, (args, key) in pages.items():
        whole = place.does(method, **args)[key]
        assert _page_through(place, method, args, key) == whole, method
        assert len(whole) > 1


def _page_through(place: Place, method: str, args: Json, key: str) -> list[Any]:
    seen, cursor = [], ""
    while True:
        answer = place.does(method, **args, limit=1, cursor=cursor)
        assert len(answer[key]) <= 1
        seen += answer[key]
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return seen


def test_history_is_newest_first_and_without_replies(place: Place) -> None:
    place.bram.says(place.circle, "a reply", thread=place.said)
    place.bram.says(place.circle, "the latest")
    texts = [message["text"] for message in place.does("conversations.history", channel=place.circle.id)["messages"]]
    assert texts[:2] == ["the latest", "good morning"]
    assert "a reply" not in texts


def test_history_and_threads_can_be_read_from_a_moment_on(place: Place) -> None:
    later = place.bram.says(place.circle, "later")
    args = {"channel": place.circle.id, "oldest": place.said.ts}
    without = [m["ts"] for m in place.does("conversations.history", **args)["messages"]]
    with_it = [m["ts"] for m in place.does("conversations.history", **args, inclusive=True)["messages"]]
    assert without == [later.ts]
    assert with_it == [later.ts, place.said.ts]


def test_a_person_can_be_written_to_by_user_id(place: Place) -> None:
    answer = place.does("chat.postMessage", channel=place.anna.id, text="only for you")
    opened = place.does("conversations.open", users=place.anna.id)["channel"]["id"]
    assert answer["channel"] == opened and opened.startswith("D")
    assert place.anna.sees("only for you") and not place.bram.sees("only for you")


def test_forms_may_come_as_json_strings_as_the_sdk_sends_them(place: Place) -> None:
    view = place.workspace.api(
        "views.open",
        {"trigger_id": place.trigger(), "view": '{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[]}'},
        place.workspace.bot_token,
    )
    assert view.body["ok"]
    assert place.anna.modal and place.anna.modal.title == "T"


def test_every_call_is_recorded_with_its_error_and_scope(place: Place) -> None:
    place.call("chat.postMessage", channel=place.circle.id)
    last = place.workspace.calls[-1]
    assert (last.method, last.error, last.scope) == ("chat.postMessage", "no_text", "chat:write")


def test_a_refused_trigger_is_not_lost(place: Place) -> None:
    trigger = place.trigger()
    malformed = modal(field(), title="x" * 25)
    assert place.call("views.open", trigger_id=trigger, view=malformed)["error"] == "invalid_arguments"
    assert place.call("views.open", trigger_id=trigger, view=modal())["ok"]
