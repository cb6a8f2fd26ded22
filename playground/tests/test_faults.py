"""What can go wrong between Slack and the app: each fault as the SDK meets it, here and on a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from listening_app import Watch
from playground.faults import Fault, FaultPlan, FaultRule
from playground.inprocess import InProcessClient
from playground.model import Conversation
from playground.people import Person
from playground.server import serve
from playground.workspace import PracticeWorkspace


@pytest.fixture
def served(circle: Conversation, workspace: PracticeWorkspace) -> Iterator[WebClient]:
    """The SDK over a real network."""
    server = serve(workspace, page_routes=())
    yield WebClient(workspace.bot_token, base_url=f"{server.url}/api/", retry_handlers=[], timeout=1)
    server.stop()


@pytest.fixture
def client(workspace: PracticeWorkspace) -> InProcessClient:
    """The SDK in the same process."""
    return InProcessClient(workspace, workspace.bot_token, timeout=1)


def meets(client: WebClient, circle: Conversation) -> tuple[str, Any]:
    """What a post meets: the SDK's exception, and the error or the status."""
    try:
        return "", client.chat_postMessage(channel=circle.id, text="hello there").status_code
    except SlackApiError as error:
        data = error.response.data
        return "SlackApiError", data.get("error") if isinstance(data, dict) else error.response.status_code
    except (OSError, HTTPException) as error:
        return type(error).__name__, 0


def said(circle: Conversation) -> list[str]:
    return [message.text for message in circle.messages.values() if not message.subtype]


MET = [
    (Fault.CUT, ("IncompleteRead", 0), 1),
    (Fault.CUT_BEFORE, ("IncompleteRead", 0), 0),
    (Fault.SILENT, ("TimeoutError", 0), 1),
    (Fault.SILENT_BEFORE, ("TimeoutError", 0), 0),
    (Fault.SLOW, ("TimeoutError", 0), 1),
    (Fault.BROKEN_AFTER, ("SlackApiError", None), 1),
    (Fault.BROKEN_BEFORE, ("SlackApiError", None), 0),
    (Fault.HTML, ("SlackApiError", "not JSON"), 1),
    (Fault.HTML_BEFORE, ("SlackApiError", "not JSON"), 0),
    (Fault.GARBLED, ("SlackApiError", "not JSON"), 1),
    (Fault.FATAL_ERROR, ("SlackApiError", "fatal_error"), 1),
    (Fault.LIMITED, ("SlackApiError", "ratelimited"), 0),
    (Fault.LIMITED_ZERO, ("SlackApiError", "ratelimited"), 0),
    (Fault.LIMITED_UNSAID, ("SlackApiError", "ratelimited"), 0),
    (Fault.NEVER_STORED, ("", 200), 0),
    (Fault.STORED_LATER, ("", 200), 0),
    (Fault.FIELDS_MISSING, ("", 200), 1),
    (Fault.UNKNOWN_ERROR, ("SlackApiError", "an_error_of_tomorrow"), 0),
    (Fault.INVALID_AUTH, ("SlackApiError", "invalid_auth"), 0),
    (Fault.TOKEN_REVOKED, ("SlackApiError", "token_revoked"), 0),
    (Fault.CHANNEL_NOT_FOUND, ("SlackApiError", "channel_not_found"), 0),
    (Fault.RECONNECT, ("", 200), 1),
    (Fault.CLOCK_SKEWED, ("", 200), 1),
]


def befalls_one_call(
    workspace: PracticeWorkspace, client: WebClient, circle: Conversation, fault: Fault, met: Any, times: int
) -> None:
    workspace.faults.strikes_next("chat.postMessage", fault)
    assert client.auth_test()["ok"]
    found = meets(client, circle)
    assert found == met or (met[1] == "not JSON" and "non-JSON" in str(found[1]))
    assert said(circle).count("hello there") == times
    assert meets(client, circle) == ("", 200)
    assert [(one.kind, one.what, one.number) for one in workspace.faults.happened] == [(fault, "chat.postMessage", 1)]


@pytest.mark.sockets
@pytest.mark.parametrize(("fault", "met", "times"), [*MET, (Fault.RESET, ("IncompleteRead", 0), 1)])
def test_on_a_network_each_fault_befalls_one_call_and_the_next_is_fine(
    workspace: PracticeWorkspace, served: WebClient, circle: Conversation, fault: Fault, met: Any, times: int
) -> None:
    befalls_one_call(workspace, served, circle, fault, met, times)


@pytest.mark.parametrize(
    ("fault", "met", "times"),
    [
        *MET,
        (Fault.RESET, ("ConnectionResetError", 0), 1),
        (Fault.RESET_BEFORE, ("ConnectionResetError", 0), 0),
    ],
)
def test_in_one_process_each_fault_is_the_same(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, fault: Fault, met: Any, times: int
) -> None:
    befalls_one_call(workspace, client, circle, fault, met, times)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (FaultRule(Fault.LIMITED), "1"),
        (FaultRule(Fault.LIMITED, seconds=30), "30"),
        (FaultRule(Fault.LIMITED_ZERO), "0"),
        (FaultRule(Fault.LIMITED_DATE, seconds=60), "Mon, 23 Nov 2026 09:01:00 GMT"),
        (FaultRule(Fault.LIMITED_NONSENSE), "in a while"),
        (FaultRule(Fault.LIMITED_UNSAID), None),
    ],
)
def test_slack_says_when_to_come_back(
    workspace: PracticeWorkspace, client: InProcessClient, rule: FaultRule, says: str | None
) -> None:
    workspace.faults.follow(FaultPlan(rules=(rule,)))
    with pytest.raises(SlackApiError) as limited:
        client.auth_test()
    assert limited.value.response.status_code == 429 and limited.value.response.headers.get("Retry-After") == says


# What a plan is


def fates(workspace: PracticeWorkspace, client: InProcessClient, others: bool) -> list[str]:
    """What befalls fifty calls; with calls of other methods between them."""
    fates = []
    for _ in range(50):
        with suppress(SlackApiError, OSError):
            _ = others and client.users_list()
        workspace.faults.happened.clear()
        with suppress(SlackApiError, OSError):
            client.auth_test()
        fates.append(" ".join(one.kind.name for one in workspace.faults.happened))
    return fates


def test_one_seed_has_one_fate_for_each_call_whatever_is_called_between(
    workspace: PracticeWorkspace, client: InProcessClient
) -> None:
    rules = (FaultRule(Fault.SILENT, chance=0.3), FaultRule(Fault.LIMITED, chance=0.3))
    found = []
    for seed, others in ((7, False), (7, True), (8, False)):
        workspace.faults.follow(FaultPlan(seed, rules))
        found.append(fates(workspace, client, others))
    assert found[0] == found[1] != found[2] and set(found[0]) == {"SILENT", "LIMITED", ""}
    workspace.faults.stop()
    assert set(fates(workspace, client, False)) == {""}


def test_a_rule_is_about_some_calls_some_places_and_some_time(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, anna: Person, watch: Watch
) -> None:
    other = anna.creates_channel("elsewhere")
    anna.invites(other, workspace.bot)
    rule = FaultRule(Fault.FATAL_ERROR, ("chat.postMessage",), ("lunch-club",), calls=(2, 4), since=60, until=120)
    workspace.faults.follow(FaultPlan(rules=(rule,)))
    assert [meets(client, circle)[0] for _ in range(4)] == ["", "", "", ""]
    watch.passes(seconds=60)
    assert [meets(client, circle)[0] for _ in range(4)] == ["", "SlackApiError", "", "SlackApiError"]
    assert [(one.number, one.channel) for one in workspace.faults.happened] == [(6, circle.id), (8, circle.id)]
    assert meets(client, other)[0] == ""
    watch.passes(seconds=60)
    assert workspace.faults.rules == [rule] and meets(client, circle)[0] == "" and workspace.faults.rules == []


def test_a_scope_is_missing_until_it_is_granted(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation
) -> None:
    workspace.faults.adds(FaultRule(Fault.MISSING_SCOPE, ("conversations.history",), value="channels:history"))
    for _ in range(2):
        with pytest.raises(SlackApiError) as missing:
            client.conversations_history(channel=circle.id)
        assert missing.value.response["error"] == "missing_scope"
        assert missing.value.response["needed"] == "channels:history"
        assert "channels:history" not in client.auth_test().headers["x-oauth-scopes"].split(",")
    workspace.faults.mends(Fault.MISSING_SCOPE)
    assert client.conversations_history(channel=circle.id)["ok"]
    assert "channels:history" in client.auth_test().headers["x-oauth-scopes"].split(",")


# What is said and what is so


def test_a_message_that_is_stored_later_comes_between_the_others(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, anna: Person, watch: Watch
) -> None:
    workspace.faults.adds(FaultRule(Fault.STORED_LATER, times=1, seconds=25))
    ts = client.chat_postMessage(channel=circle.id, text="late")["ts"]
    watch.passes(seconds=1)
    client.chat_postMessage(channel=circle.id, text="after")
    watch.passes(seconds=23)
    workspace.resend_due()
    assert said(circle) == ["after"] and not anna.sees("late")
    watch.passes(seconds=1)
    found = client.conversations_history(channel=circle.id, limit=2)["messages"]
    assert [message["text"] for message in found] == ["after", "late"] and found[1]["ts"] == ts
    assert said(circle) == ["late", "after"] and anna.sees("late")


def test_what_is_never_stored_is_nowhere_even_in_the_end(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation
) -> None:
    workspace.faults.strikes_next("chat.postMessage", Fault.NEVER_STORED)
    assert client.chat_postMessage(channel=circle.id, text="lost")["ts"]
    workspace.faults.stop()
    assert said(circle) == []


def test_edits_and_deletions_can_be_late_too(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation
) -> None:
    first, second = (client.chat_postMessage(channel=circle.id, text=text)["ts"] for text in ("one", "two"))
    for method in ("chat.update", "chat.delete"):
        workspace.faults.adds(FaultRule(Fault.STORED_LATER, (method,)))
    assert client.chat_update(channel=circle.id, ts=first, text="changed")["ok"]
    assert client.chat_delete(channel=circle.id, ts=second)["ok"]
    assert said(circle) == ["one", "two"]
    workspace.faults.stop()
    assert said(circle) == ["changed"]


def test_history_can_be_behind(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, watch: Watch
) -> None:
    ts = client.chat_postMessage(channel=circle.id, text="new")["ts"]
    workspace.faults.adds(FaultRule(Fault.HISTORY_BEHIND, seconds=20))
    assert not client.conversations_history(channel=circle.id)["messages"]
    with pytest.raises(SlackApiError) as gone:
        client.conversations_replies(channel=circle.id, ts=ts)
    assert gone.value.response["error"] == "thread_not_found"
    watch.passes(seconds=20)
    assert client.conversations_replies(channel=circle.id, ts=ts)["messages"][0]["text"] == "new"


def test_pages_of_15_and_one_call_a_minute(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, watch: Watch
) -> None:
    for number in range(40):
        client.chat_postMessage(channel=circle.id, text=str(number))
    workspace.faults.adds(FaultRule(Fault.PAGES_OF_15))
    first = client.conversations_history(channel=circle.id, limit=200)
    assert len(first["messages"]) == 15 and first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    with pytest.raises(SlackApiError) as soon:
        client.conversations_history(channel=circle.id, cursor=cursor)
    assert soon.value.response.headers["Retry-After"] == "60"
    watch.passes(seconds=60)
    assert len(client.conversations_history(channel=circle.id, cursor=cursor)["messages"]) == 15


def test_a_cursor_can_be_refused_half_way(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation
) -> None:
    workspace.faults.adds(FaultRule(Fault.INVALID_CURSOR, times=1))
    cursor = client.conversations_history(channel=circle.id, limit=1)["response_metadata"]["next_cursor"]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_history(channel=circle.id, limit=1, cursor=cursor)
    assert refused.value.response["error"] == "invalid_cursor"
    assert client.conversations_history(channel=circle.id, limit=1, cursor=cursor)["ok"]


def test_every_answer_has_a_date_by_the_clock_of_slack(workspace: PracticeWorkspace, client: InProcessClient) -> None:
    assert parsedate_to_datetime(client.auth_test().headers["Date"]) == workspace.elapsed()
    workspace.faults.adds(FaultRule(Fault.CLOCK_SKEWED, seconds=-600))
    found = parsedate_to_datetime(client.auth_test().headers["Date"])
    assert (found - workspace.elapsed()).total_seconds() == -600


@pytest.mark.sockets
def test_on_a_network_there_is_one_date(workspace: PracticeWorkspace, served: WebClient) -> None:
    workspace.faults.adds(FaultRule(Fault.CLOCK_SKEWED, seconds=90))
    assert served.auth_test().headers["date"] == "Mon, 23 Nov 2026 09:01:30 GMT"


def test_the_scopes_may_go_unsaid(workspace: PracticeWorkspace, client: InProcessClient) -> None:
    workspace.faults.strikes_next("auth.test", Fault.NO_SCOPES_HEADER)
    assert "x-oauth-scopes" not in client.auth_test().headers
    assert "x-oauth-scopes" in client.auth_test().headers


@pytest.mark.parametrize(
    ("fault", "does", "error"),
    [
        (Fault.EDIT_WINDOW_CLOSED, lambda c, place: c.chat_update(channel=place, ts="1.0", text="x"), None),
        (Fault.RESTRICTED_ACTION, lambda c, _: c.conversations_create(name="new"), None),
        (Fault.CANT_INVITE, lambda c, place: c.conversations_invite(channel=place, users="U0CELINE"), None),
        (Fault.TRIGGER_EXPIRED, lambda c, _: c.views_open(trigger_id="1", view={}), "expired_trigger_id"),
        (Fault.VIEW_TOO_LARGE, lambda c, _: c.views_open(trigger_id="1", view={}), None),
        (Fault.THREAD_NOT_FOUND, lambda c, place: c.conversations_replies(channel=place, ts="1.0"), None),
    ],
)
def test_what_is_refused_has_slacks_own_name(
    workspace: PracticeWorkspace, client: InProcessClient, circle: Conversation, fault: Fault, does: Any, error: Any
) -> None:
    workspace.faults.adds(FaultRule(fault, times=1))
    assert client.auth_test()["ok"]
    with pytest.raises(SlackApiError) as refused:
        does(client, circle.id)
    assert refused.value.response["error"] == (error or fault.name.lower())


def test_no_new_line_can_be_had(workspace: PracticeWorkspace, client: InProcessClient) -> None:
    workspace.faults.adds(FaultRule(Fault.CONNECTIONS_REFUSED, times=1))
    workspace.faults.adds(FaultRule(Fault.CONNECTIONS_LIMITED, times=1))
    with pytest.raises(SlackApiError) as refused:
        client.apps_connections_open(app_token=workspace.app_token)
    assert refused.value.response["error"] == "internal_error"
    with pytest.raises(SlackApiError) as limited:
        client.apps_connections_open(app_token=workspace.app_token)
    assert limited.value.response.headers["Retry-After"] == "30"
    assert client.apps_connections_open(app_token=workspace.app_token)["ok"]


def test_an_answer_to_a_command_can_be_lost_too(workspace: PracticeWorkspace, client: InProcessClient) -> None:
    workspace.faults.adds(FaultRule(Fault.BROKEN_BEFORE, ("response_url",)))
    assert client.respond("https://hooks.slack.test/commands/x", {"text": "x"}).status == 500
