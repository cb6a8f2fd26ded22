"""What can go wrong between Slack and the app, over real sockets: each fault as the official SDK meets it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPException

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.faults import Fault, FaultSwitches
from playground.model import Conversation, Limits
from playground.server import serve
from playground.workspace import PracticeWorkspace

pytestmark = pytest.mark.sockets


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def workspace() -> PracticeWorkspace:
    return PracticeWorkspace(now, now, limits=Limits.none())


@pytest.fixture
def client(workspace: PracticeWorkspace, circle: Conversation) -> Iterator[WebClient]:
    server = serve(workspace, page_routes=())
    yield WebClient(workspace.bot_token, base_url=f"{server.url}/api/", retry_handlers=[], timeout=1)
    server.stop()


def meets(client: WebClient, circle: Conversation) -> tuple[str, int]:
    """What a post meets: the SDK's exception and the status."""
    try:
        return "", client.chat_postMessage(channel=circle.id, text="hello there").status_code
    except SlackApiError as error:
        return "SlackApiError", error.response.status_code
    except (OSError, HTTPException) as error:
        return type(error).__name__, 0


@pytest.mark.parametrize(
    ("fault", "met", "times"),
    [
        (Fault.CUT, ("IncompleteRead", 0), 1),
        (Fault.SILENT, ("TimeoutError", 0), 1),
        (Fault.BROKEN_AFTER, ("SlackApiError", 500), 1),
        (Fault.BROKEN_BEFORE, ("SlackApiError", 500), 0),
        (Fault.LIMITED, ("SlackApiError", 429), 0),
        (Fault.RECONNECT, ("", 200), 1),
    ],
)
def test_each_fault_befalls_one_call_and_the_next_is_fine(
    workspace: PracticeWorkspace,
    client: WebClient,
    circle: Conversation,
    fault: Fault,
    met: tuple[str, int],
    times: int,
) -> None:
    asked_back: list[str] = []
    workspace.link_listeners.append(asked_back.append)
    workspace.faults.strikes_next("chat.postMessage", fault)
    assert client.auth_test()["ok"]
    assert meets(client, circle) == met
    said = [message.text for message in circle.messages.values()]
    assert said.count("hello there") == times
    assert asked_back == (["refresh_requested"] if fault is Fault.RECONNECT else [])
    assert meets(client, circle) == ("", 200)


def test_slack_says_when_to_come_back(workspace: PracticeWorkspace, client: WebClient, circle: Conversation) -> None:
    workspace.faults.strikes_next("chat.postMessage", Fault.LIMITED)
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=circle.id, text="x")
    assert limited.value.response.headers["Retry-After"] == "1"


def test_one_seed_has_one_fate_for_each_call_whatever_is_called_between() -> None:
    first, second = FaultSwitches(), FaultSwitches()
    chances = {"chat.postMessage": {Fault.CUT: 0.3, Fault.LIMITED: 0.3}, "chat.update": {Fault.SILENT: 0.5}}
    for faults in (first, second):
        faults.strikes_often(7, chances)
    fates = [first.next_fault("chat.postMessage") for _ in range(50)]
    between = [(second.next_fault("chat.postMessage"), second.next_fault("chat.update"))[0] for _ in range(50)]
    assert fates == between and set(fates) == {Fault.CUT, Fault.LIMITED, None}
    first.strikes_often(7, {})
    assert first.next_fault("chat.postMessage") is None
