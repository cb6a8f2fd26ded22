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
from playground.faults import LONGEST_SECONDS
from playground.model import ApiResponse
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
        answer = await run_in_threadpool(workspace.api, method, args, token)
        await run_in_threadpool(workspace.faults.wait_until_released, method)
        return await arrived(request, answer)

    return api


async def arrived(request: Request, answer: ApiResponse) -> Response:
    """The workspace's answer, as it goes over the network: whole, or as its `way` says. A reset line is a cut one."""
    if answer.way == "silent":
        await _until_gone(request, LONGEST_SECONDS)
    elif answer.way == "slow":
        await _until_gone(request, answer.seconds)
    return TruncatedResponse() if answer.way in ("cut", "reset") else as_response(answer)


def as_response(answer: ApiResponse) -> Response:
    """The workspace's whole answer."""
    return Response(answer.content, answer.status, answer.headers, media_type=answer.content_type)


async def _until_gone(request: Request, seconds: float) -> None:
    """So many seconds, or until whoever asked waits no more."""
    for _ in range(int(seconds / _LOOK_SECONDS)):
        if await request.is_disconnected():
            return
        await asyncio.sleep(_LOOK_SECONDS)
