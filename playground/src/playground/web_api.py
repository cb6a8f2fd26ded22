"""The Web API on the network: each call from its arguments to its answer, with the fault that meets it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from playground import wire
from playground.faults import LONGEST_SECONDS, Fault, answer_to, is_done
from playground.model import ApiResponse, Json
from playground.workspace import PracticeWorkspace

Endpoint = Callable[[Request], Awaitable[Response]]
_LOOK_SECONDS = 0.05


class TruncatedResponse(Response):
    """An answer of which only the head arrives: then the connection closes."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        head = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": head})


def web_api(workspace: PracticeWorkspace) -> Endpoint:
    """Every method of the Web API, with the faults that are switched on (`playground.faults`)."""

    async def api(request: Request) -> Response:
        try:
            args = wire.read_arguments(request.headers.get("content-type", ""), await request.body(), request.url.query)
        except json.JSONDecodeError:
            return JSONResponse({"ok": False, "error": "invalid_json"})
        token = wire.read_token(request.headers.get("authorization", ""), args)
        method = request.path_params["method"]
        fault = workspace.faults.next_fault(method)
        answer = answer_to(fault, await run_in_threadpool(_done, workspace, method, args, token, fault))
        await run_in_threadpool(workspace.faults.wait_until_released, method)
        if fault is Fault.SILENT:
            await _until_gone(request)
        return TruncatedResponse() if fault is Fault.CUT else as_response(answer)

    return api


def as_response(answer: ApiResponse) -> JSONResponse:
    """The workspace's answer, as it goes over the network."""
    return JSONResponse(answer.body, status_code=answer.status, headers=answer.headers)


def _done(workspace: PracticeWorkspace, method: str, args: Json, token: str, fault: Fault | None) -> ApiResponse:
    if not is_done(fault):
        return ApiResponse(200, {}, {})
    answer = workspace.api(method, args, token)
    if fault is Fault.RECONNECT:
        workspace.asks_reconnect()
    return answer


async def _until_gone(request: Request) -> None:
    """Until whoever asked waits no more."""
    for _ in range(int(LONGEST_SECONDS / _LOOK_SECONDS)):
        if await request.is_disconnected():
            return
        await asyncio.sleep(_LOOK_SECONDS)
