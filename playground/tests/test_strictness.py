"""The playground refuses what Slack refuses, under Slack's own name for it: one row for each rule."""

from __future__ import annotations

from typing import Any

import pytest

from block_kit import actions, button, field, modal
from listening_app import Watch
from playground.model import Conversation, Json, Limits
from playground.workspace import PracticeWorkspace
from slack_rules import ROWS, ApiArguments, Place, at

EXTRA_SCOPES = {"reactions:write", "pins:write", "files:read"}


@pytest.fixture
def place(workspace: PracticeWorkspace, circle: Conversation, watch: Watch) -> Place:
    return Place(workspace, circle, watch)


@pytest.mark.parametrize(
    ("method", "error", "args"), [(m, e, a) for m, _, e, a in ROWS], ids=[f"{m}: {v}" for m, v, _, _ in ROWS]
)
def test_what_slack_refuses_is_refused_by_its_name(place: Place, method: str, error: str, args: ApiArguments) -> None:
    place.workspace.scopes |= EXTRA_SCOPES
    given = args(place)
    assert place.call(method, **given)["error"] == error


SCOPED: list[tuple[str, str, ApiArguments]] = [
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
def test_a_method_without_its_scope_says_which_it_needs(
    place: Place, method: str, scope: str, args: ApiArguments
) -> None:
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
def test_tokens_work_only_for_their_own_methods(
    workspace: PracticeWorkspace, method: str, token: str, error: str
) -> None:
    assert workspace.api(method, {}, token).body["error"] == error


def test_one_invitation_that_cannot_be_made_stops_all_of_them(place: Place) -> None:
    room = place.room()
    answer = place.call("conversations.invite", channel=room, users=f"{place.anna.id},U0NOBODY")
    assert answer["errors"] == [{"ok": False, "error": "user_not_found", "user": "U0NOBODY"}]
    assert place.anna.id not in place.workspace.channel(room).members


def test_a_channel_takes_one_message_a_second(watch: Watch) -> None:
    workspace = PracticeWorkspace(watch.calendar, watch.elapsed, limits=Limits.slack())
    anna = workspace.add_person("Anna")
    here, there = (workspace.create_channel(name, by=anna) for name in ("here", "there"))
    for channel in (here, there):
        anna.invites(channel, workspace.bot)

    def post(channel: Conversation) -> Any:
        return workspace.api("chat.postMessage", {"channel": channel.id, "text": "x"}, workspace.bot_token)

    assert post(here).status == 200
    refused = post(here)
    assert (refused.status, refused.headers["Retry-After"], refused.body["error"]) == (429, "1", "ratelimited")
    assert post(there).status == 200, "another channel has a second of its own"
    watch.passes(seconds=1)
    assert post(here).status == 200


def test_other_methods_can_be_given_their_tiers(watch: Watch) -> None:
    workspace = PracticeWorkspace(watch.calendar, watch.elapsed, limits=Limits(None, {"Tier2": 20}))
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


def test_a_response_url_that_was_never_given_is_unknown(workspace: PracticeWorkspace) -> None:
    assert workspace.respond("https://hooks.slack.test/commands/T0PRACTICE/1/guess", {"text": "x"}).status == 404


def _response_url(place: Place, app: Any) -> str:
    place.anna.commands(place.circle, "/ask")
    return str(app.last["response_url"])


def test_metadata_comes_back_whole_only_when_asked_for(place: Place) -> None:
    metadata = {"event_type": "testbot", "event_payload": {"id": "7f3a"}}
    ts = place.posted(metadata=metadata)
    for method, args in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
        short = place.does(method, channel=place.circle.id, **args)["messages"][0]
        whole = place.does(method, channel=place.circle.id, include_all_metadata=True, **args)["messages"][0]
        assert short["metadata"] == {"event_type": "testbot"}
        assert whole["metadata"] == metadata


def test_an_update_keeps_metadata_unless_it_is_taken_away(place: Place) -> None:
    metadata = {"event_type": "testbot", "event_payload": {"id": "7f3a"}}
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
        {
            "trigger_id": place.trigger(),
            "view": '{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[]}',
        },
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
