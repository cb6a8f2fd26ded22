"""The workspace on the network: Web API, Socket Mode, signed HTTP delivery, files, and the page."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from playground import wire
from playground.http_delivery import HttpSink
from playground.model import ApiResponse, Json
from playground.page import page_routes as routes_of_page
from playground.socket_links import SocketConnections
from playground.web_api import Endpoint, arrived, web_api
from playground.workspace import PracticeWorkspace

RESEND_EVERY_SECONDS = 0.2
PATIENCE_SECONDS = 3.5


def create_app(workspace: PracticeWorkspace, page_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Everything a Slack app needs of Slack, and whatever page is given."""
    links = SocketConnections(workspace)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.create_task(_tick(workspace))
        yield
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking

    routes: list[BaseRoute] = [
        Route("/api/{method:path}", web_api(workspace), methods=["GET", "POST"]),
        WebSocketRoute("/link/", links.serve),
        Route("/upload/v1/{path:path}", _upload(workspace), methods=["POST"]),
        Route("/files-pri/{path:path}", _download(workspace)),
        *(Route(f"/{family}/{{path:path}}", _respond(workspace), methods=["POST"]) for family in _RESPONSE_FAMILIES),
        *page_routes,
    ]
    return Starlette(routes=routes, lifespan=lifespan)


_RESPONSE_FAMILIES = ("commands", "actions", "app")


def _is_fine(answer: ApiResponse) -> bool:
    return answer.status == 200 and answer.way == "whole" and answer.raw is None


def _respond(workspace: PracticeWorkspace) -> Endpoint:
    async def respond(request: Request) -> Response:
        try:
            body: Json = json.loads(await request.body())
        except json.JSONDecodeError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        answer = await run_in_threadpool(workspace.respond, request.url.path, body)
        return PlainTextResponse("ok") if _is_fine(answer) else await arrived(request, answer)

    return respond


def _upload(workspace: PracticeWorkspace) -> Endpoint:
    async def upload(request: Request) -> Response:
        body = await request.body()
        content_type = request.headers.get("content-type", "")
        if content_type.startswith("multipart/form-data"):
            fields = wire.read_arguments(content_type, body)
            body = next((value for value in fields.values() if isinstance(value, bytes)), b"")
        answer = await run_in_threadpool(workspace.upload, request.url.path, body)
        return PlainTextResponse(f"OK - {len(body)}") if _is_fine(answer) else await arrived(request, answer)

    return upload


def _download(workspace: PracticeWorkspace) -> Endpoint:
    async def download(request: Request) -> Response:
        """A file's bytes, for the app's token."""
        if wire.read_token(request.headers.get("authorization", ""), {}) != workspace.bot_token:
            return PlainTextResponse("not for you", status_code=403)
        file_id = request.path_params["path"].split("/")[0].rpartition("-")[2]
        file = workspace.files.get(file_id)
        if file is None or file.content is None:
            return PlainTextResponse("no such file", status_code=404)
        return Response(file.content, media_type="application/octet-stream")

    return download


async def _tick(workspace: PracticeWorkspace) -> None:
    """Resend what is due, and connect to the app's request URL once it answers Slack's challenge."""
    sink: HttpSink | None = None
    try:
        while True:
            await run_in_threadpool(workspace.resend_due)
            if (sink.url if sink else None) != workspace.request_url:
                sink = await run_in_threadpool(_move_sink, workspace, sink)
            await asyncio.sleep(RESEND_EVERY_SECONDS)
    finally:
        if sink is not None:
            sink.close()


def _move_sink(workspace: PracticeWorkspace, old: HttpSink | None) -> HttpSink | None:
    """Deliver to the address set now; None while nothing there answers the challenge."""
    if old is not None:
        workspace.disconnect(old)
        old.close()
    if workspace.request_url is None:
        return None
    sink = HttpSink(workspace, workspace.request_url)
    if not sink.verify():
        sink.close()
        return None
    workspace.connect(sink)
    return sink


@dataclass
class RunningServer:
    """A served workspace; `url` is where it listens."""

    url: str
    _server: uvicorn.Server
    _thread: threading.Thread

    def stop(self) -> None:
        """Stop serving and wait until it has."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


def serve(
    workspace: PracticeWorkspace, host: str = "127.0.0.1", port: int = 0, page_routes: Sequence[BaseRoute] | None = None
) -> RunningServer:
    """Serve in a thread of its own; port 0 takes a free one. Raises OSError when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    workspace.base_url = f"http://{host}:{listening.getsockname()[1]}"
    workspace.patience = PATIENCE_SECONDS
    app = create_app(workspace, routes_of_page(workspace) if page_routes is None else page_routes)
    config = uvicorn.Config(
        app, log_level="warning", ws="websockets-sansio", date_header=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    started = _StartSignal(server)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="playground", daemon=True)
    thread.start()
    started.wait()
    return RunningServer(workspace.base_url, server, thread)


class _StartSignal:
    """Waits for uvicorn's own sign that it listens."""

    def __init__(self, server: uvicorn.Server) -> None:
        self._event = threading.Event()
        startup = server.startup

        async def announce(sockets: list[socket.socket] | None = None) -> None:
            await startup(sockets=sockets)
            self._event.set()

        server.startup = announce  # type: ignore[method-assign]

    def wait(self) -> None:
        if not self._event.wait(10):
            raise OSError("the playground did not start within ten seconds")
