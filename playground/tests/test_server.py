"""The workspace over real sockets: the official SDK, Bolt in Socket Mode, and signed HTTP."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import websocket
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from block_kit import modal
from playground.model import Conversation, Json, Limits
from playground.people import Person
from playground.server import RunningServer, serve
from playground.workspace import PracticeWorkspace

pytestmark = pytest.mark.sockets


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def workspace() -> PracticeWorkspace:
    workspace = PracticeWorkspace(now, now, limits=Limits.none())
    workspace.commands = {"/ask": "Ask something"}
    return workspace


@pytest.fixture
def served(workspace: PracticeWorkspace, circle: Conversation) -> Iterator[RunningServer]:
    server = serve(workspace, page_routes=())
    yield server
    server.stop()


@pytest.fixture
def client(workspace: PracticeWorkspace, served: RunningServer) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=f"{served.url}/api/", retry_handlers=[])


def until(workspace: PracticeWorkspace, is_so: Callable[[], bool], seconds: float = 40) -> bool:
    """Wait for something to become so in the workspace, woken by its changes."""
    changed = threading.Event()
    unsubscribe = workspace.on_change(lambda _: changed.set())
    deadline = now().timestamp() + seconds
    try:
        while not is_so():
            left = deadline - now().timestamp()
            if left <= 0:
                return False
            changed.wait(min(left, 0.1))
            changed.clear()
        return True
    finally:
        unsubscribe()


# Web API


def test_the_official_client_posts_and_reads(client: WebClient, anna: Person, circle: Conversation) -> None:
    posted = client.chat_postMessage(channel=circle.id, text="good morning", unfurl_links=False)
    read = client.conversations_history(channel=circle.id, limit=1, include_all_metadata=True)
    assert read["messages"][0]["ts"] == posted["ts"]
    assert anna.sees("good morning")


def test_the_official_client_pages_by_itself(client: WebClient, anna: Person, circle: Conversation) -> None:
    for number in range(5):
        anna.says(circle, str(number))
    texts = [m["text"] for page in client.conversations_history(channel=circle.id, limit=2) for m in page["messages"]]
    assert texts[:5] == ["4", "3", "2", "1", "0"] and len(texts) == len(set(texts)) + 0


def test_the_official_client_hears_slacks_error_names(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0NOWHERE", text="x")
    assert refused.value.response["error"] == "channel_not_found"


def test_too_many_posts_are_a_429_with_retry_after(
    client: WebClient, workspace: PracticeWorkspace, circle: Conversation
) -> None:
    workspace.limiter.limits = Limits.slack()
    client.chat_postMessage(channel=circle.id, text="one")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=circle.id, text="two")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"


def test_a_file_travels_through_its_upload_address(
    client: WebClient, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    client.files_upload_v2(
        channel=circle.id, content="a;b", filename="report.csv", title="Report", initial_comment="Here"
    )
    assert anna.sees("Report") and anna.sees("Here")
    file = next(iter(workspace.files.values()))
    address = f"{workspace.base_url}/files-pri/{workspace.team_id}-{file.id}/{file.name}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {workspace.bot_token}"})
    assert urllib.request.urlopen(request).read() == b"a;b"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address)


def test_a_body_that_is_no_json_is_refused_by_name(served: RunningServer) -> None:
    request = urllib.request.Request(f"{served.url}/api/api.test", b"{", {"Content-Type": "application/json"})
    assert json.load(urllib.request.urlopen(request))["error"] == "invalid_json"


# Socket Mode


def bolt_app(client: WebClient) -> App:
    app = App(
        client=client,
        process_before_response=True,
        token_verification_enabled=False,
        signing_secret="playground-secret",
    )

    @app.event("message")
    def greets(event: Json, client: WebClient) -> None:
        if event.get("text") == "hello" and not event.get("bot_id"):
            client.chat_postMessage(channel=event["channel"], text=f"hello <@{event['user']}>")

    @app.command("/ask")
    def asks(ack: Callable[..., None], body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="answer"))
        ack("one moment")

    @app.view("answer")
    def takes(ack: Callable[..., None], view: Json) -> None:
        block = view["blocks"][0]
        words = view["state"]["values"][block["block_id"]]["words"]["value"]
        ack(response_action="errors", errors={block["block_id"]: "Say more."}) if len(words) < 5 else ack()

    @app.event({"type": "member_joined_channel"})
    @app.event({"type": "app_mention"})
    def ignores() -> None:
        return None

    return app


@contextmanager
def connected(app: App, workspace: PracticeWorkspace, client: WebClient) -> Iterator[SocketModeHandler]:
    handler = SocketModeHandler(app, workspace.app_token)
    handler.client.web_client = WebClient(base_url=client.base_url)
    handler.connect()  # type: ignore[no-untyped-call]
    assert workspace.waits_for_app()
    try:
        yield handler
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def test_bolt_in_socket_mode_hears_and_answers(
    client: WebClient, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    with connected(bolt_app(client), workspace, client):
        anna.says(circle, "hello")
        assert until(workspace, lambda: anna.sees("hello @Anna"))
        anna.commands(circle, "/ask")
        assert anna.sees("one moment") and anna.modal is not None
        anna.fills(anna.modal, {"Title": "hm"})
        assert anna.submits().errors == {"Title": "Say more."}
        anna.fills(anna.modal, {"Title": "much more"})
        assert anna.submits().errors is None and anna.modal is None


@pytest.mark.parametrize("reason", ["refresh_requested", "closed"])
def test_bolt_comes_back_when_asked_to_or_cut_off(
    client: WebClient, workspace: PracticeWorkspace, anna: Person, circle: Conversation, reason: str
) -> None:
    with connected(bolt_app(client), workspace, client):
        first = workspace.delivery.sinks[0]
        workspace.asks_reconnect(reason)
        assert until(workspace, lambda: bool(workspace.delivery.sinks) and first not in workspace.delivery.sinks)
        anna.says(circle, "hello")
        assert until(workspace, lambda: anna.sees("hello @Anna"))


def open_socket(workspace: PracticeWorkspace) -> websocket.WebSocket:
    url = workspace.api("apps.connections.open", {}, workspace.app_token).body["url"]
    return websocket.create_connection(url, timeout=30)


def frame(link: websocket.WebSocket) -> Json:
    received: Json = json.loads(link.recv())
    return received


def test_a_socket_says_hello_and_delivers_envelopes(
    served: RunningServer, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    link = open_socket(workspace)
    hello = frame(link)
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": workspace.bot.app_id}
    assert workspace.waits_for_app()
    anna.says(circle, "hello")
    envelope = frame(link)
    assert set(envelope) == {
        "envelope_id", "type", "payload", "accepts_response_payload", "retry_attempt", "retry_reason",
    }  # fmt: skip
    assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
    again = frame(link)
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout"), "nobody acknowledged it"
    link.send(json.dumps({"envelope_id": again["envelope_id"]}))
    assert until(workspace, lambda: not workspace.delivery.waiting)
    link.close()


def test_a_ticket_opens_one_connection(served: RunningServer, workspace: PracticeWorkspace) -> None:
    url = workspace.api("apps.connections.open", {}, workspace.app_token).body["url"]
    link = websocket.create_connection(url, timeout=30)
    with pytest.raises(websocket.WebSocketException):
        websocket.create_connection(url, timeout=30)
    link.close()


def test_an_eleventh_connection_is_sent_away(served: RunningServer, workspace: PracticeWorkspace) -> None:
    links = [open_socket(workspace) for _ in range(10)]
    assert [frame(link)["type"] for link in links] == ["hello"] * 10
    eleventh = open_socket(workspace)
    refused = frame(eleventh)
    assert (refused["type"], refused["reason"]) == ("disconnect", "too_many_websockets")
    for link in [*links, eleventh]:
        link.close()


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_disconnects_say_why(served: RunningServer, workspace: PracticeWorkspace, reason: str) -> None:
    link = open_socket(workspace)
    frame(link)
    workspace.asks_reconnect(reason)
    told = frame(link)
    assert set(told) == {"type", "reason", "debug_info"} and told["reason"] == reason
    link.close()


def test_a_response_url_works_over_the_network(
    served: RunningServer, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    link = open_socket(workspace)
    frame(link)
    assert workspace.waits_for_app()
    typing = threading.Thread(target=anna.commands, args=(circle, "/ask"))
    typing.start()
    envelope = frame(link)
    link.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    answers = [WebhookClient(envelope["payload"]["response_url"]).send(text=f"answer {n}") for n in range(6)]
    typing.join()
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert json.loads(answers[-1].body)["error"] == "used_url"
    assert anna.sees("answer 4")
    link.close()


# Signed HTTP


@contextmanager
def listening(app: App) -> Iterator[tuple[str, list[Json]]]:
    """A small web server in front of Bolt, which checks the signature; with the headers it saw."""
    seen: list[Json] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers: dict[str, str | Sequence[str]] = {n.lower(): [v] for n, v in self.headers.items()}
            seen.append({name: values[0] for name, values in headers.items()} | {"body": body})
            answer = app.dispatch(BoltRequest(body=body, headers=headers))
            self.send_response(answer.status)
            for name, value in answer.first_headers_without_set_cookie().items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write((answer.body or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/slack/events", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_bolt_over_signed_http_hears_and_answers(
    client: WebClient, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    with listening(bolt_app(client)) as (url, seen):
        workspace.request_url = url
        assert workspace.waits_for_app()
        assert "url_verification" in seen[0]["body"], "the address proved itself first"
        anna.says(circle, "hello")
        assert until(workspace, lambda: anna.sees("hello @Anna"))
        anna.commands(circle, "/ask")
        assert anna.sees("one moment")
        anna.fills(anna.modal, {"Title": "hm"})
        assert anna.submits().errors == {"Title": "Say more."}
        assert all(one["x-slack-signature"].startswith("v0=") for one in seen)
        workspace.request_url = None
        assert until(workspace, lambda: not workspace.delivery.sinks)


def test_a_failed_http_delivery_comes_again_with_slacks_headers(
    client: WebClient, workspace: PracticeWorkspace, anna: Person, circle: Conversation
) -> None:
    app = bolt_app(client)
    failing = threading.Event()
    failing.set()

    @app.event("reaction_added")
    def fails_once() -> None:
        if failing.is_set():
            failing.clear()
            raise RuntimeError("the database is away")

    with listening(app) as (url, seen):
        workspace.request_url = url
        assert workspace.waits_for_app()
        anna.reacts(anna.says(circle, "a cake"), "heart")
        assert until(workspace, lambda: any("x-slack-retry-num" in one for one in seen))
        retried = next(one for one in seen if "x-slack-retry-num" in one)
        assert (retried["x-slack-retry-num"], retried["x-slack-retry-reason"]) == ("1", "http_error")
        workspace.request_url = None
        assert until(workspace, lambda: not workspace.delivery.sinks)


def test_a_wrong_secret_is_not_believed(client: WebClient, workspace: PracticeWorkspace, circle: Conversation) -> None:
    workspace.signing_secret = "another-secret"
    with listening(bolt_app(client)) as (url, seen):
        workspace.request_url = url
        assert until(workspace, lambda: bool(seen))
        assert not workspace.waits_for_app(0.5)
        workspace.request_url = None
