"""Signed HTTP delivery to the app's request URL, with Slack's retry headers."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from playground.model import Envelope, Json
from playground.workspace import PracticeWorkspace

TIMEOUT_SECONDS = 3
Answer = tuple[int, dict[str, str], str]


class HttpSink:
    """Posts each envelope's payload; a 200 in time is the acknowledgement."""

    def __init__(self, workspace: PracticeWorkspace, url: str) -> None:
        self.workspace = workspace
        self.url = url
        self._threads = ThreadPoolExecutor(max_workers=10, thread_name_prefix="http-delivery")

    def verify(self) -> bool:
        """Slack's first request to a new address: the app must echo the challenge."""
        challenge = secrets.token_urlsafe(32)
        asked = {"token": "verification-token", "challenge": challenge, "type": "url_verification"}
        try:
            status, _, body = self._post(json.dumps(asked), "application/json", {})
        except (urllib.error.URLError, OSError):
            return False
        return status == 200 and challenge in body

    def __call__(self, envelope: Envelope) -> None:
        self._threads.submit(self._deliver, envelope)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _deliver(self, envelope: Envelope) -> None:
        body, content_type = _encoded(envelope)
        try:
            status, headers, answer = self._post(body, content_type, _retry_headers(envelope))
        except TimeoutError:
            self.workspace.fails(envelope.envelope_id, "http_timeout")
        except OSError as error:
            is_timeout = isinstance(getattr(error, "reason", None), TimeoutError)
            self.workspace.fails(envelope.envelope_id, "http_timeout" if is_timeout else "connection_failed")
        else:
            self._settle(envelope, status, headers, answer)

    def _settle(self, envelope: Envelope, status: int, headers: dict[str, str], answer: str) -> None:
        if status != 200:
            wants_retry = headers.get("x-slack-no-retry") != "1"
            self.workspace.fails(envelope.envelope_id, "http_error", retry=wants_retry)
            return
        is_json = headers.get("content-type", "").startswith("application/json")
        self.workspace.acknowledge(envelope.envelope_id, json.loads(answer) if is_json and answer else answer or None)

    def _post(self, body: str, content_type: str, extra: dict[str, str]) -> Answer:
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"} | self._signed(body) | extra
        # The address is the developer's own, given on the command line.
        request = urllib.request.Request(self.url, body.encode(), headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                return answer.status, _lower(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, _lower(refusal.headers), refusal.read().decode()

    def _signed(self, body: str) -> dict[str, str]:
        return signature(self.workspace.signing_secret, str(int(self.workspace.elapsed().timestamp())), body)


def signature(secret: str, timestamp: str, body: str) -> dict[str, str]:
    """Slack's v0 signature headers (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(envelope: Envelope) -> tuple[str, str]:
    """Events are JSON, commands a form, interactions a form with JSON in `payload`."""
    if envelope.type == "events_api":
        return json.dumps(envelope.payload), "application/json"
    fields: Json = envelope.payload if envelope.type == "slash_commands" else {"payload": json.dumps(envelope.payload)}
    return urlencode(fields), "application/x-www-form-urlencoded"


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.retry_attempt:
        return {}
    return {"X-Slack-Retry-Num": str(envelope.retry_attempt), "X-Slack-Retry-Reason": envelope.retry_reason}


def _lower(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]
