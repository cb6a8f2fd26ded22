"""The page of the workspace: its files, a socket that pushes what one person sees, an endpoint for what they do."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from contextlib import suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.acts import GONE, MalformedAction, do_action
from playground.fault_routes import fault_routes
from playground.model import ChangeListener, Forbidden, Json, NotThere
from playground.people import Person
from playground.snapshot import places, snapshot
from playground.workspace import PracticeWorkspace

WEB = Path(__file__).parent / "web"
# Several changes in a short time (an app that answers with five messages) become one push.
PUSH_PAUSE_SECONDS = 0.03


def page_routes(workspace: PracticeWorkspace) -> list[BaseRoute]:
    """The routes that `create_app` mounts: the page, its files, its socket and its endpoints."""
    page = _PageEndpoints(workspace)
    return [
        Route("/", page.index),
        Route("/page/do", page.perform, methods=["POST"]),
        Route("/page/files/{file_id}", page.file),
        WebSocketRoute("/page/socket", page.socket),
        *fault_routes(workspace),
        Mount("/web", StaticFiles(directory=WEB)),
    ]


class _PageEndpoints:
    def __init__(self, workspace: PracticeWorkspace) -> None:
        self._workspace = workspace

    async def index(self, request: Request) -> Response:
        return FileResponse(WEB / "index.html", headers={"Cache-Control": "no-cache"})

    async def perform(self, request: Request) -> Response:
        """Do what the body says. 403 with plain words where Slack would not let them, 400 for nonsense."""
        try:
            action = await request.json()
        except json.JSONDecodeError:
            return _refusal(400, "The body should be JSON.")
        return await run_in_threadpool(self._perform, request, action)

    def _perform(self, request: Request, action: object) -> Response:
        person = self._person(request)
        if not isinstance(action, dict):
            return _refusal(400, "The body should be an object.")
        try:
            return JSONResponse(do_action(self._workspace, person, action))
        except NotThere as reason:
            return JSONResponse({"error": str(reason), "gone": self._snapshot(person)}, 403)
        except Forbidden as reason:
            return _refusal(403, str(reason))
        except MalformedAction as reason:
            return _refusal(400, str(reason))

    async def file(self, request: Request) -> Response:
        """A file that was shared in a place this person can see."""
        file = self._workspace.files.get(request.path_params["file_id"])
        seen = {channel.id for channel in places(self._workspace, self._person(request))}
        if file is None or file.content is None or not seen.intersection(file.channels):
            return _refusal(404, GONE)
        # Only pictures open in the page; a shared web page should not run as a part of this page.
        kind = mimetypes.guess_type(file.name)[0] or ""
        is_picture = kind.startswith("image/") and kind != "image/svg+xml"
        return Response(file.content, media_type=kind if is_picture else "application/octet-stream")

    async def socket(self, socket: WebSocket) -> None:
        """Push what the person sees: at once, and again after each change that touches them."""
        await socket.accept()
        person = self._person(socket)
        changed = asyncio.Event()
        changed.set()
        unsubscribe = self._workspace.on_change(_wakes(asyncio.get_running_loop(), changed, person))
        try:
            # Whichever ends first ends both: a page that receives nothing any more should notice, and connect again.
            async with asyncio.TaskGroup() as both:
                pushing = both.create_task(self._push(socket, person, changed))
                await _gone(socket)
                pushing.cancel()
        finally:
            unsubscribe()

    async def _push(self, socket: WebSocket, person: Person, changed: asyncio.Event) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                await changed.wait()
                changed.clear()
                text = await run_in_threadpool(self._picture, person)
                await socket.send_text(text)
                await asyncio.sleep(PUSH_PAUSE_SECONDS)

    def _picture(self, person: Person) -> str:
        return json.dumps(self._snapshot(person), ensure_ascii=False)

    def _snapshot(self, person: Person) -> Json:
        return snapshot(self._workspace, person)

    def _person(self, connection: HTTPConnection) -> Person:
        """The person that `?as=` names, at the window that `&window=` names; the first one when it names nobody."""
        person = self._workspace.someone(connection.query_params.get("as", ""))
        return person.at_window(connection.query_params.get("window", ""))


async def _gone(socket: WebSocket) -> None:
    """Until the page hangs up; it says nothing here."""
    with suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


def _wakes(loop: asyncio.AbstractEventLoop, changed: asyncio.Event, person: Person) -> ChangeListener:
    """A listener for the workspace, which changes in any thread, that wakes a task of this loop."""

    def wake(affected: set[str] | None) -> None:
        if (affected is None or person.id in affected) and not loop.is_closed():
            loop.call_soon_threadsafe(changed.set)

    return wake


def _refusal(status: int, words: str) -> Response:
    return JSONResponse({"error": words}, status)
