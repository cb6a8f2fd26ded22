"""Slack's official SDK and Bolt, talking to a workspace in the same process instead of over the network."""

from __future__ import annotations

import errno
import json
import logging
from http.client import HTTPMessage, IncompleteRead
from io import BytesIO
from ssl import SSLContext
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlparse
from urllib.request import Request

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.web.file_upload_v2_result import FileUploadV2Result

from playground import wire
from playground.model import ApiResponse, Envelope, Json, Sink
from playground.workspace import PracticeWorkspace


class InProcessClient(WebClient):
    """A WebClient whose requests end in `workspace.api`: built, encoded, checked and raised by the SDK itself."""

    def __init__(self, workspace: PracticeWorkspace, token: str, **options: Any) -> None:
        super().__init__(token=token, base_url=f"{workspace.base_url}/api/", retry_handlers=[], **options)
        self.workspace = workspace

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        headers = {name.lower(): value for name, value in req.header_items()}
        address = urlparse(url)
        body = req.data if isinstance(req.data, bytes) else b""
        if not address.path.startswith("/api/"):
            return _answer_of(url, self.respond(url, json.loads(body)))
        args = wire.read_arguments(headers.get("content-type", ""), body, address.query)
        token = wire.read_token(headers.get("authorization", ""), args)
        method = address.path.removeprefix("/api/")
        answer = self._arrived(self.workspace.api(method, args, token))
        self.workspace.faults.wait_until_released(method)
        return _answer_of(url, answer)

    def _arrived(self, answer: ApiResponse) -> ApiResponse:
        """An answer that arrives; what the network would raise for one that does not, without waiting for it."""
        if answer.way == "silent" or (answer.way == "slow" and answer.seconds >= self.timeout):
            raise TimeoutError("The read operation timed out")
        if answer.way == "reset":
            raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
        if answer.way == "cut":
            raise IncompleteRead(b"")
        return answer

    def _upload_file(
        self,
        *,
        url: str,
        data: bytes,
        logger: logging.Logger,
        timeout: int,
        proxy: str | None,
        ssl: SSLContext | None,
    ) -> FileUploadV2Result:
        answer = self._arrived(self.workspace.upload(urlparse(url).path, data))
        return FileUploadV2Result(status=answer.status, body=answer.content.decode())

    def __deepcopy__(self, memo: dict[int, Any]) -> InProcessClient:
        # Bolt copies the client for lazy listeners; the workspace behind it stays the same one.
        return InProcessClient(self.workspace, self.token or "")

    def respond(self, response_url: str, body: Json) -> ApiResponse:
        """POST to a response_url (Bolt's own `respond` would use the network)."""
        return self._arrived(self.workspace.respond(response_url, body))


def _answer_of(url: str, answer: ApiResponse) -> dict[str, Any]:
    """As urllib gives it to the SDK: an answer, or an error with the answer in it."""
    if answer.status >= 400:
        raise _http_error(url, answer)
    return {"status": answer.status, "headers": _headers(answer), "body": answer.content.decode()}


def _headers(answer: ApiResponse) -> HTTPMessage:
    headers = HTTPMessage()
    headers["Content-Type"] = answer.content_type
    for name, value in answer.headers.items():
        headers[name] = value
    return headers


def _http_error(url: str, answer: ApiResponse) -> HTTPError:
    return HTTPError(url, answer.status, "refused", _headers(answer), BytesIO(answer.content))


class _InProcessContext(BoltContext):
    """Bolt makes a fresh WebClient for each request; this puts one in its place that stays in the process."""

    workspace: PracticeWorkspace

    def __setitem__(self, key: str, value: Any) -> None:
        is_network_client = key == "client" and not isinstance(value, InProcessClient)
        super().__setitem__(key, InProcessClient(self.workspace, value.token or "") if is_network_client else value)


def connect_bolt(workspace: PracticeWorkspace, app: App) -> Sink:
    """Deliver to a Bolt app at once, in the calling thread; its answer is the acknowledgement.

    The answer is the sink, for `workspace.disconnect`. Any status but 200 counts as no acknowledgement.
    """

    def sink(envelope: Envelope) -> None:
        response = app.dispatch(_bolt_request(workspace, envelope))
        if response.status == 200:
            workspace.acknowledge(envelope.envelope_id, _answer(response))
        else:
            workspace.acknowledge(envelope.envelope_id, None, response.status)

    workspace.connect(sink)
    return sink


def _bolt_request(workspace: PracticeWorkspace, envelope: Envelope) -> BoltRequest:
    headers: dict[str, Any] = {}
    if envelope.type == "events_api":
        headers = {"x-slack-retry-num": str(envelope.retry_attempt), "x-slack-retry-reason": envelope.retry_reason}
    request = BoltRequest(mode="socket_mode", body=envelope.payload, headers=headers)
    context = _InProcessContext(request.context)
    context.workspace = workspace
    request.context = context
    return request


def _answer(response: BoltResponse) -> Json | str | None:
    if not response.body:
        return None
    content_type = response.headers.get("content-type", [""])[0]
    if content_type.startswith("application/json"):
        answer: Json = json.loads(response.body)
        return answer
    return str(response.body)
