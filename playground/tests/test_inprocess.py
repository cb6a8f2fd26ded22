"""The official SDK and Bolt with a workspace in the same process: same requests, same answers, same errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError, SlackRequestError

from block_kit import DIVIDER, modal
from playground.inprocess import InProcessClient, connect_bolt
from playground.model import Conversation, Json, Limits
from playground.people import Person
from playground.workspace import PracticeWorkspace


@pytest.fixture
def client(workspace: PracticeWorkspace) -> InProcessClient:
    return InProcessClient(workspace, workspace.bot_token)


@pytest.fixture
def bolt(workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation) -> App:
    app = App(client=client, process_before_response=True, token_verification_enabled=False)
    connect_bolt(workspace, app)
    return app


def test_answers_are_the_sdks_own(client: InProcessClient, workspace: PracticeWorkspace) -> None:
    answer = client.auth_test()
    assert answer.status_code == 200 and answer["user_id"] == workspace.bot.id


def test_blocks_and_flags_survive_the_sdks_encoding(client: InProcessClient, circle: Conversation) -> None:
    metadata = {"event_type": "testbot", "event_payload": {"id": "7f3a"}}
    ts = client.chat_postMessage(channel=circle.id, text="x", blocks=[DIVIDER], metadata=metadata)["ts"]
    short = client.conversations_history(channel=circle.id, include_all_metadata=False)["messages"][0]
    whole = client.conversations_history(channel=circle.id, include_all_metadata=True)["messages"][0]
    assert whole["ts"] == ts and whole["blocks"][0]["type"] == "divider"
    assert "event_payload" not in short["metadata"] and whole["metadata"] == metadata


def test_errors_are_raised_as_over_the_network(
    client: InProcessClient, workspace: PracticeWorkspace, circle: Conversation
) -> None:
    with pytest.raises(SlackApiError) as unknown:
        client.chat_postMessage(channel="C0NOWHERE", text="x")
    assert unknown.value.response["error"] == "channel_not_found"
    workspace.limiter.limits = Limits.slack()
    client.chat_postMessage(channel=circle.id, text="x")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=circle.id, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"


def test_pages_follow_each_other(
    client: InProcessClient, workspace: PracticeWorkspace, anna: Person, bram: Person
) -> None:
    names = [user["name"] for page in client.users_list(limit=1) for user in page["members"]]
    assert names == ["testbot", "anna", "bram"]


def test_files_go_the_three_steps(client: InProcessClient, anna: Person, circle: Conversation) -> None:
    client.files_upload_v2(channel=circle.id, content="a;b", filename="report.csv", title="Report")
    assert anna.sees("Report")


def test_a_lost_upload_is_the_sdks_error(
    client: InProcessClient, workspace: PracticeWorkspace, circle: Conversation
) -> None:
    workspace.upload = lambda *_: workspace.respond("/nowhere", {})  # type: ignore[method-assign]
    with pytest.raises(SlackRequestError):
        client.files_upload_v2(channel=circle.id, content="a;b", filename="report.csv")


def test_bolt_answers_in_the_same_breath(bolt: App, anna: Person, circle: Conversation) -> None:
    @bolt.command("/ask")
    def ask(ack: Callable[..., Any], body: Json, client: InProcessClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="answer"))
        ack("one moment")

    @bolt.view("answer")
    def take(ack: Callable[..., Any], view: Json) -> None:
        ack(response_action="update", view=modal(title="Thank you"))

    anna.commands(circle, "/ask")
    assert anna.sees("one moment")
    anna.fills(anna.modal, {"Title": "A good talk"})
    assert anna.submits().view is not None and anna.sees("Thank you")


def test_lazy_listeners_have_the_same_workspace(
    bolt: App, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    def acknowledge(ack: Callable[..., Any]) -> None:
        ack()

    def open_form(body: Json, client: InProcessClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    bolt.command("/ask")(ack=acknowledge, lazy=[open_form])
    anna.commands(circle, "/ask")
    bolt.listener_runner.lazy_listener_runner.executor.shutdown(wait=True)  # type: ignore[attr-defined]
    assert anna.modal is not None


def test_what_bolt_does_not_handle_counts_as_unanswered(
    bolt: App, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    anna.commands(circle, "/report")
    assert anna.sees("testbot did not respond")
    anna.says(circle, "nobody listens to messages")
    assert len(workspace.delivery.waiting) == 1
