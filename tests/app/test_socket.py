"""Socket Mode: one call for each connection, patience, and why there is none, in a word that quotes nothing."""

import datetime as dt
import logging
import ssl
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.slack.client import SlackClient
from bot.slack.errors import SlackUncertain
from bot.slack.pauses import Pauses
from handlers.socket import Socket
from playground import socket_links
from tests.app.odd_slack import OddAnswer, OddSlack, later, refusal, silent_server
from tests.app.running import ServedWorkspace, free_port
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
OPEN = "apps.connections.open"
# A word of a case, in an answer that is no answer.
CANARY = "lievelingsgeheim"
HASTE = Pauses(after=(0.05,), lasting=60)

Connect = Callable[..., Socket]


@pytest.fixture
def slack(village: ServedWorkspace) -> Iterator[OddSlack]:
    """A Slack that answers oddly where it is told to."""
    odd = OddSlack(village.slack["SLACK_API_URL"])
    yield odd
    odd.stops()


@pytest.fixture
def opened() -> list[str]:
    """An entry for each time that Slack let us in."""
    return []


@pytest.fixture
def connect(village: ServedWorkspace, slack: OddSlack, opened: list[str]) -> Iterator[Connect]:
    """Connect with the workspace."""
    sockets: list[Socket] = []

    def connect(pauses: Pauses = HASTE) -> Socket:
        client = SlackClient.connect(village.workspace.app_token, slack.api_url, timeout=5)
        sockets.append(Socket(None, client, lambda: opened.append("open"), pauses))  # type: ignore[arg-type]
        sockets[-1].start()
        return sockets[-1]

    yield connect
    for each in sockets:
        each.stop()


def test_each_connection_costs_one_call(village: ServedWorkspace, slack: OddSlack, connect: Connect, opened: list[str]):
    ours = connect()
    until(lambda: opened == ["open"], "connected")
    assert ours.connected and ours.reason is None
    village.workspace.asks_reconnect("refresh_requested")
    until(lambda: len(opened) == 2, "connected anew")
    village.workspace.asks_reconnect("warning")
    until(lambda: len(opened) == 3, "connected anew")
    assert slack.calls[OPEN] == 3


def test_the_pauses_grow_to_ten_seconds_and_more():
    assert Pauses().after_calls(0) == 0
    assert [low <= Pauses().after_calls(calls) <= high for calls, low, high in [(1, 1, 1.5), (2, 3, 4.5)]] == [True] * 2
    # Slack that is well again is found within half a minute.
    assert all(10 <= Pauses().after_calls(calls) <= 30 for calls in range(3, 50))


def test_the_reason_is_said_once_and_passes_when_it_is_mended(
    village: ServedWorkspace, slack: OddSlack, connect: Connect, opened: list[str], caplog: pytest.LogCaptureFixture
):
    ours = connect()
    until(lambda: opened == ["open"], "connected")
    slack.answers_always(OPEN, refusal("invalid_auth"))
    village.workspace.asks_reconnect("refresh_requested")
    until(lambda: slack.calls[OPEN] > 4, "it asks again and again")
    assert (ours.connected, ours.reason) == (False, "invalid_auth")
    slack.answers_always(OPEN, None)
    until(lambda: len(opened) == 2, "connected anew")
    assert (ours.connected, ours.reason) == (True, None)
    said = [record.message for record in caplog.records if record.name == "handlers.socket"]
    assert said.count("no connection to Slack (invalid_auth), trying again") == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (OddAnswer(f"<html>{CANARY}</html>"), "odd_answer"),
        (OddAnswer(f'{{"ok": false, "error": "{CANARY} en meer"}}'), "odd_answer"),
        (OddAnswer(CANARY, 500), "odd_answer"),
        (OddAnswer(f'{{"ok": true, "words": "{CANARY}"}}'), "odd_answer"),
        (later(0), "rate_limited"),
        (OddAnswer(f'{{"ok": true, "url": "ws://127.0.0.1:{free_port()}/{CANARY}"}}'), "connection_refused"),
        (OddAnswer(f'{{"ok": true, "url": "ws://slack.invalid/{CANARY}"}}'), "name_not_found"),
    ],
)
def test_no_odd_answer_is_quoted_anywhere(
    village: ServedWorkspace,
    slack: OddSlack,
    connect: Connect,
    opened: list[str],
    caplog: pytest.LogCaptureFixture,
    answer: OddAnswer,
    reason: str,
):
    with caplog.at_level(logging.DEBUG):
        ours = connect()
        until(lambda: opened == ["open"], "connected")
        slack.answers_always(OPEN, answer)
        village.workspace.asks_reconnect("refresh_requested")
        until(lambda: ours.reason == reason, reason)
        slack.answers_always(OPEN, None)
        until(lambda: len(opened) == 2, "connected anew")
    assert CANARY not in caplog.text and CANARY not in str(ours.reason)


def test_slack_says_that_there_are_too_many_connections(
    slack: OddSlack, connect: Connect, opened: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(socket_links, "MOST_CONNECTIONS", 0)
    ours = connect()
    until(lambda: ours.reason == "too_many_websockets", "why")
    assert opened == []
    monkeypatch.setattr(socket_links, "MOST_CONNECTIONS", 10)
    until(lambda: opened == ["open"], "connected")
    assert ours.reason is None


def has_opened(opened: list[str], times: int) -> bool:
    return len(opened) == times


def test_a_connection_that_never_lasts_is_not_asked_for_again_at_once(
    village: ServedWorkspace, slack: OddSlack, connect: Connect, opened: list[str]
):
    connect(Pauses(after=(0.05, 0.05, 600)))
    for turn in (1, 2, 3):
        until(partial(has_opened, opened, turn), "connected")
        village.workspace.asks_reconnect("refresh_requested")
    until(lambda: not village.is_connected(), "the third is gone")
    assert slack.calls[OPEN] == 3


def why(api_url: str) -> str:
    """Why Slack gives no address."""
    with pytest.raises(SlackUncertain) as failure:
        SlackClient.connect("xapp", api_url, timeout=0.5).socket_address()
    return failure.value.why


def test_the_network_and_the_certificate_are_named(tmp_path: Path):
    assert why("http://slack.invalid/api/") == "name_not_found"
    assert why(f"http://127.0.0.1:{free_port()}/api/") == "connection_refused"
    with silent_server() as port:
        assert why(f"http://127.0.0.1:{port}/api/") == "timed_out"
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate_of_nobody(tmp_path))
    plain = why(f"https://127.0.0.1:{_serving(server)}/api/")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    assert (plain, why(f"https://127.0.0.1:{server.server_port}/api/")) == ("no_tls", "certificate")
    server.shutdown()
    server.server_close()


def _serving(server: ThreadingHTTPServer) -> int:
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server.server_port


def _certificate_of_nobody(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    now = dt.datetime.now(dt.UTC)
    found = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    unlocked = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file = folder / "nobody.pem"
    file.write_bytes(found.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unlocked))
    return file
